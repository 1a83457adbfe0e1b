import KISMarket
import Testing

@Suite("Trading days")
struct TradingCalendarTests {
  @Test("Dates count, print and read back, over leap years and centuries")
  func dates() {
    #expect(("1970-01-01" as CalendarDate).number == 0)
    #expect(("2026-09-14" as CalendarDate).weekday == .monday)
    #expect(CalendarDate("2026-02-29" as String) == nil)
    #expect(CalendarDate("2026-9-14" as String) == nil)
    for number in stride(from: -200_000, through: 60_000, by: 7) {
      let date = CalendarDate(number: number)
      #expect(CalendarDate(date.description) == date)
    }
  }

  @Test(
    "Holidays that the common calendar misses are closed: the election of 2026-06-03, 제헌절 again since 2026",
    arguments: ["2026-06-03", "2026-07-17", "2026-12-31", "2026-10-05", "2026-09-24"] as [CalendarDate])
  func closed(date: CalendarDate) { #expect(!TradingCalendar.isTradingDay(date)) }

  @Test("Ordinals and days are each other's inverse, and no trading day is left out")
  func ordinals() {
    var expected = TradingCalendar.ordinal(of: "2015-01-01")
    for number in ("2015-01-01" as CalendarDate).number...("2030-12-31" as CalendarDate).number {
      let date = CalendarDate(number: number)
      #expect(TradingCalendar.ordinal(of: date) == expected)
      guard TradingCalendar.isTradingDay(date) else { continue }
      #expect(TradingCalendar.tradingDay(expected) == date)
      expected += 1
    }
  }

  @Test("Next, previous and settlement skip holidays")
  func neighbours() {
    // 추석 2026: Thursday 24 and Friday 25 September.
    #expect(TradingCalendar.tradingDay(after: "2026-09-23") == "2026-09-28")
    #expect(TradingCalendar.tradingDay(before: "2026-09-28") == "2026-09-23")
    #expect(TradingCalendar.tradingDay(onOrBefore: "2026-09-26") == "2026-09-23")
    #expect(TradingCalendar.settlement(of: "2026-09-22") == "2026-09-28")
  }

  @Test("A shift moves trading days to trading days and back, and keeps the distance of other dates")
  func shift() {
    #expect(TradingCalendar.shifted("2026-09-23", byTradingDays: 1) == "2026-09-28")
    #expect(TradingCalendar.shifted("2026-09-26", byTradingDays: -1) == "2026-09-25")
    for days in [-300, -1, 0, 1, 77] {
      let there = TradingCalendar.shifted("2026-09-14", byTradingDays: days)
      #expect(TradingCalendar.isTradingDay(there))
      #expect(TradingCalendar.shifted(there, byTradingDays: -days) == "2026-09-14")
    }
  }

  @Test("Tax on sales by date: 0.15 % in 2025, 0.20 % since 2026, none of ETF and ETN")
  func saleTax() {
    #expect(SaleTax.basisPoints(of: .share, on: .kospi, at: "2025-12-30") == 15)
    #expect(SaleTax.basisPoints(of: .share, on: .kosdaq, at: "2026-01-02") == 20)
    #expect(SaleTax.basisPoints(of: .etf, on: .kospi, at: "2026-01-02") == 0)
  }
}
