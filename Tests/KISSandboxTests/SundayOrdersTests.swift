import KISMarket
import KISWire
import Testing

@testable import KISSandbox

@Suite("An exchange that never closes")
struct SundayOrdersTests {
  @Test("stands on a trading day, on a Sunday as well as at night", arguments: [29, 28, 27])
  func tradingDay(day: Int) {
    let wall = KoreanTime(year: 2026, month: 11, day: day, hour: 8)
    var exchange = ClientExchange(SandboxConfiguration(), at: wall, hours: .always)
    let moment = exchange.moment(now: .zero, wall: wall, hours: .always)
    exchange.core.advance(to: moment)
    #expect(exchange.core.now == moment)
    #expect(TradingCalendar.isTradingDay(moment.date))
  }
}
