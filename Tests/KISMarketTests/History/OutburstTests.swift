import Testing

@testable import KISMarket

@Suite("Small speculative shares go to their limits")
struct OutburstTests {
  /// Among them the last of a year, and the one on which prices are known.
  private static let days =
    (-2..<10).map { TradingCalendar.tradingDay(TradingCalendar.ordinal(of: "2026-09-21") + $0) } + [
      "2024-12-30", "2026-12-30",
    ]
  private static let speculative = Instrument.builtIn.filter(\.isSpeculative)

  /// The shares that close at a limit of a day, and those that come near.
  private func ends(_ market: inout Market, on date: CalendarDate) -> (upper: [String], lower: [String], near: Int) {
    var (upper, lower, near) = ([String](), [String](), 0)
    for share in Self.speculative {
      let day = market.day(of: share.code, on: date)
      if day.close == day.limits.upper { upper.append(share.code) }
      if day.close == day.limits.lower { lower.append(share.code) }
      if abs(day.close - day.basePrice) * 100 >= day.basePrice * 14 { near += 1 }
    }
    return (upper, lower, near)
  }

  @Test("Every day a share ends at its upper limit, one at its lower, and some go far; in another market others do")
  func everyDay() {
    var (market, other) = (Market(seed: 1), Market(seed: 2))
    var differs = false
    for date in Self.days {
      let ends = ends(&market, on: date)
      // A known close may be one that is no limit of any base price.
      let least = date.parts.1 == 12 ? 0 : 1
      #expect((least...3).contains(ends.upper.count) && (least...3).contains(ends.lower.count), "\(date)")
      #expect((4...14).contains(ends.near), "\(date) \(ends.near)")
      differs = differs || ends.upper != self.ends(&other, on: date).upper
    }
    #expect(differs)
    #expect(Self.speculative.allSatisfy { $0.size == .small && $0.referencePrice < 30_000 })
  }

  @Test("A share that goes to its limit is there an hour later and stays; its minutes and prints are its day")
  func stays() throws {
    var market = Market(seed: 1)
    for date in Self.days.prefix(6) {
      let ends = ends(&market, on: date)
      for code in ends.upper + ends.lower {
        let day = market.day(of: code, on: date)
        let bars = market.minuteBars(of: code, on: date, through: ClockTime(48, 0))
        #expect(bars.reduce(0) { $0 + $1.volume } == day.volume && bars.map(\.high).max() == day.high)
        #expect(bars.map(\.low).min() == day.low && bars.first?.open == day.open && bars.last?.close == day.close)
        let late = bars.filter { $0.time >= ClockTime(10, 0) }
        #expect(late.allSatisfy { $0.low == day.close && $0.high == day.close }, "\(code) \(date)")
        let prints = market.prints(of: code, on: date, after: ClockTime(10, 0), through: ClockTime(11, 0))
        #expect(!prints.isEmpty && prints.allSatisfy { $0.price == day.close })
        // Only one side waits there.
        let book = market.book(of: code, on: date, at: ClockTime(11, 0))
        #expect(ends.upper.contains(code) ? book.asks.isEmpty : book.bids.isEmpty, "\(code) \(date)")
      }
    }
  }
}
