import KISMarket
import KISWire
import Testing

@testable import KISSandbox

@Suite("A market whose clients read the host's clock")
struct SundayOrdersTests {
  @Test("stands on a trading day at ten o'clock, on a Sunday as well as at night", arguments: [29, 28, 27])
  func tradingDay(day: Int) throws {
    var configuration = SandboxConfiguration()
    configuration.openMarket(at: KoreanTime(year: 2026, month: 11, day: day, hour: 8))
    #expect(configuration.marketDay == "2026-11-27")
    #expect(configuration.start?.colons == "10:00:00")
  }

  @Test("takes orders on whatever day it is")
  func orders() async throws {
    let sandbox = try Sandbox(SandboxConfiguration(), clock: RealClock())
    let (moment, now) = await (sandbox.marketTime, sandbox.exchange.core.now)
    #expect(TradingCalendar.isTradingDay(TradingMoment(moment).date))
    #expect(now == TradingMoment(moment))
  }
}
