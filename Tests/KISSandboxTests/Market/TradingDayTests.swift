import Testing

@testable import KISSandbox

@Suite("Trading day")
struct TradingDayTests {
  @Test("The day before a Monday is the Friday before, and holidays are skipped")
  func previous() throws {
    #expect(try #require(TradingDay("2026-09-21")).previous.compact == "20260918")
    #expect(try #require(TradingDay("2026-10-12")).previous.compact == "20261008")
  }

  @Test("What is no day of the calendar is refused", arguments: ["2026-02-30", "20260921", "2026-9-21", "", "Monday"])
  func refused(text: String) {
    #expect(TradingDay(text) == nil)
  }
}
