import Testing

@testable import KISMarket

@Suite("What is looked up is what the parts come to")
struct LookUpTests {
  static let date: CalendarDate = "2026-09-21"

  @Test(
    "The turnover of an index is the index's own, at the ends of minutes and between them", arguments: ["0001", "1024"])
  func turnover(code: String) {
    var market = Market(seed: 3)
    for time in [
      ClockTime(8, 59, 59), ClockTime(9, 0, 30), ClockTime(13, 12, 0), ClockTime(15, 19, 0), ClockTime(15, 30, 0),
      ClockTime(17, 0, 0), ClockTime(21, 0, 0),
    ] {
      for moment in [time, time.later(milliseconds: 59_999)] {
        let turnover = market.turnover(ofIndex: code, on: Self.date, at: moment)
        let index = market.index(code, on: Self.date, at: moment)
        #expect(turnover.volume == index.volume && turnover.amount == index.amount, "\(moment)")
      }
    }
  }

  @Test("The last print is the last of all prints until then", arguments: ["005930", "247540", "KR103502GD31"])
  func lastPrint(code: String) {
    var market = Market(seed: 3)
    for tape in [Tape.krx, .nxt, .unified] {
      for time in [ClockTime(8, 30), ClockTime(9, 0, 31), ClockTime(12, 0), ClockTime(15, 25), ClockTime(19, 0)] {
        let all = market.prints(of: code, on: Self.date, after: ClockTime(0, 0), through: time, tape: tape)
        #expect(market.lastPrint(of: code, on: Self.date, at: time, tape: tape) == all.last, "\(tape) \(time)")
      }
    }
    #expect(market.lastPrint(of: code, on: "2026-09-20", at: ClockTime(12, 0)) == nil)
  }

  @Test("Days asked for at once are those asked for one by one, over known closes and ends of years")
  func days() {
    var market = Market(seed: 3)
    market.pin(close: 71_000, of: "005930", on: "2026-03-11")
    let days = market.days(of: "005930", from: "2024-12-20", through: "2026-10-02")
    #expect(days.count > 400)
    #expect(days == days.map { market.day(of: "005930", on: $0.date) })
  }

  @Test("Flows of an index are the same whatever was asked before", arguments: ["0001", "1024"])
  func flows(code: String) {
    let moments = [
      ClockTime(milliseconds: 36_059_999), ClockTime(10, 0, 30), ClockTime(15, 40), ClockTime(18, 0),
      ClockTime(20, 0), ClockTime(23, 0),
    ]
    var asked = Market(seed: 3)
    for moment in moments.reversed() {
      // A known close of anybody keeps a market from what others have drawn of indices.
      var fresh = Market(seed: 3)
      fresh.pin(close: 60_000, of: "069500", on: Market.referenceDate)
      let again = asked.programs(ofIndex: code, on: Self.date, at: moment)
      #expect(fresh.programs(ofIndex: code, on: Self.date, at: moment) == again, "\(moment)")
      #expect(asked.programs(ofIndex: code, on: Self.date, at: moment) == again)
      #expect(
        fresh.investors(ofIndex: code, on: Self.date, at: moment)
          == asked.investors(ofIndex: code, on: Self.date, at: moment))
      #expect(
        fresh.index(code, on: Self.date, at: moment).volume == asked.index(code, on: Self.date, at: moment).volume)
    }
  }

  @Test("A range of prices is that of its days, known closes and what happened on them included", arguments: [0, 1, 2])
  func ranges(changes: Int) {
    var market = Market(seed: 6)
    if changes == 1 { market.pin(close: 300_000, of: "005930", on: "2026-03-02") }
    if changes == 2 {
      market.add(
        MarketEvent(
          .move(basisPoints: -2_000, over: 60_000), to: .instrument("005930"), on: "2026-09-01", at: ClockTime(10, 0)))
    }
    for code in ["005930", "145020", "069500"] {
      for (first, before) in [("2025-09-22", "2026-09-21"), ("2026-01-01", "2026-09-21"), ("2026-09-19", "2026-09-21")]
        as [(CalendarDate, CalendarDate)]
      {
        let range = market.range(of: code, from: first, before: before)
        let days = market.days(of: code, from: first, through: before.advanced(by: -1))
        #expect(range.high.price == days.map(\.high).max() ?? 0)
        #expect(range.low.price == days.map(\.low).min() ?? .max)
        #expect(range.high.date == days.first { $0.high == range.high.price }?.date ?? before)
        #expect(range.low.date == days.first { $0.low == range.low.price }?.date ?? before)
      }
    }
  }

  @Test(
    "What a day or a year comes to is told without keeping its minutes and days, which would take the place of today's")
  func sums() {
    var market = Market(seed: 23)
    let (today, code) = ("2026-09-21" as CalendarDate, "000660")
    _ = market.snapshot(of: code, on: today, at: ClockTime(14, 0))
    func plans() -> Int { market.cache.plans.values { _ in true }.count }
    #expect(plans() == 1)
    let before = TradingCalendar.tradingDay(before: today)
    let short = market.volumeSoldShort(of: code, on: before)
    #expect(short > 0 && short == market.shortSales(of: code, on: before, at: Market.endOfDay).volume)
    _ = market.dayBars(of: code, from: today.advanced(by: -30), through: before)
    let range = market.range(of: code, from: today.advanced(by: -365), before: today)
    let days = market.days(of: code, from: today.advanced(by: -365), through: before)
    #expect(range.high.price == days.map(\.high).max() && range.low.price == days.map(\.low).min())
    _ = market.indexDays("1001", from: today.advanced(by: -90), through: before)
    // The day whose short sales were asked for at a moment is the only other one.
    #expect(plans() == 2)
  }
}
