import Testing

@testable import KISMarket

@Suite("What is drawn only when it is asked for, and what is kept, is what it would have been")
struct DrawnLateTests {
  private static let date: CalendarDate = "2026-09-21"

  /// A market that shares nothing that it draws with any other.
  private static func alone() -> Market {
    var market = Market(seed: 5)
    for code in ["005930", "000400", "900030", "247540"] {
      let close = market.day(of: code, on: "2026-09-18").close
      market.pin(close: close, of: code, on: "2026-09-18")
    }
    return market
  }

  @Test(
    "Days are the same asked for one by one from the last to the first, and as a range",
    arguments: ["000400", "900030"])
  func days(code: String) {
    var (whole, single) = (Self.alone(), Self.alone())
    let days = whole.days(of: code, from: "2025-12-01", through: Self.date)
    #expect(days.reversed().allSatisfy { single.day(of: code, on: $0.date) == $0 })
    #expect(zip(days, days.dropFirst()).allSatisfy { $0.close == $1.basePrice })
    let range = single.range(of: code, from: "2025-12-01", before: Self.date)
    #expect(
      range.high.price == days.dropLast().map(\.high).max() && range.low.price == days.dropLast().map(\.low).min())
  }

  @Test("The tape at the end of each minute is the sum of its bars", arguments: ["005930", "900030"])
  func minutes(code: String) {
    var market = Self.alone()
    let bars = market.minuteBars(of: code, on: Self.date, through: ClockTime(15, 30, 59))
    var (volume, amount) = (0, 0)
    for bar in bars {
      (volume, amount) = (volume + bar.volume, amount + bar.amount)
      let end = market.snapshot(of: code, on: Self.date, at: bar.time.later(milliseconds: 59_999))
      #expect(end.volume == volume && end.amount == amount && end.price == bar.close)
    }
  }

  @Test("Who traded is the same whether earlier hours were asked for or not, on days that are over too")
  func hours() {
    var (asked, fresh) = (Self.alone(), Self.alone())
    let code = "005930"
    let moments = [ClockTime(9, 30), ClockTime(11, 0), ClockTime(14, 59, 59), ClockTime(15, 0), ClockTime(23, 0)]
    for time in moments { _ = asked.brokers(of: code, on: Self.date, at: time) }
    for time in moments.reversed() {
      #expect(asked.brokers(of: code, on: Self.date, at: time) == fresh.brokers(of: code, on: Self.date, at: time))
      let traded = fresh.snapshot(of: code, on: Self.date, at: time)
      #expect(fresh.brokers(of: code, on: Self.date, at: time).reduce(0) { $0 + $1.flow.soldAmount } == traded.amount)
      #expect(asked.investors(of: code, on: Self.date, at: time) == fresh.investors(of: code, on: Self.date, at: time))
    }
  }

  @Test(
    "Auctions asked for at many moments at once are those of each, and those that the book shows",
    arguments: Tape.allCases)
  func auctions(tape: Tape) {
    var market = Self.alone()
    market.add(
      MarketEvent(.halt(milliseconds: 120_000), to: .instrument("005930"), on: Self.date, at: ClockTime(10, 0)))
    for code in ["005930", "247540"] {
      let times = [(8, 29), (8, 40), (8, 59), (9, 5), (10, 1), (15, 21), (15, 29), (16, 10)].map { ClockTime($0, $1) }
      let one = times.map { market.expectedExecution(of: code, on: Self.date, at: $0, tape: tape) }
      #expect(one == times.map { market.book(of: code, on: Self.date, at: $0, tape: tape).expected })
      if tape == .krx { #expect(one == market.expectedExecutions(of: code, on: Self.date, at: times)) }
    }
  }

  @Test("An evening that is over stands as it ended, at whatever time it is asked for")
  func evenings() {
    var market = Self.alone()
    let last = market.lastPrint(of: "005930", on: Self.date, at: ClockTime(24, 0), tape: .evening)
    for time in [ClockTime(23, 0), ClockTime(20, 0), ClockTime(30, 0)] {
      let evening = market.snapshot(of: "005930", on: Self.date, at: time, tape: .evening)
      #expect(evening.price == last?.price && evening.time == time)
    }
  }

  @Test("A year of an index is the same as its days one by one")
  func indexYear() {
    var (year, single) = (Self.alone(), Self.alone())
    let bars = year.indexDays("0013", from: "2026-06-01", through: Self.date)
    #expect(bars.reversed().allSatisfy { single.indexDays("0013", from: $0.date, through: $0.date) == [$0] })
    // Before the open an index stands where it closed, which is known without its members.
    let early = ClockTime(8, 10)
    #expect(
      single.knownLevel(ofIndex: "0013", on: Self.date, at: early)
        == single.index("0013", on: Self.date, at: early).level)
  }

  @Test("A ladder of prices is the ticks that it is made of, also where their step changes")
  func ladder() {
    let ticks = Instrument.builtIn("005930")?.ticks(on: Self.date) ?? PriceTicks.shares
    for (low, high) in [(1_500, 2_600), (2_000, 4_995), (49_900, 50_000), (50_000, 200_000), (180_000, 210_000)] {
      let (first, last) = (ticks.index(nearest: low), ticks.index(nearest: high))
      let ladder = PriceLadder(ticks, from: first, through: last)
      for index in first...last {
        let price = ticks.price(at: index)
        guard ladder.price(at: index) == price, ladder.step(at: price) == ticks.step(at: price),
          ladder.index(atOrBelow: price) == index
        else {
          Issue.record("\(index) of \(low)...\(high)")
          break
        }
      }
      #expect(ladder.index(atOrBelow: low - 1) < first && ladder.index(atOrBelow: high + ticks.step(at: high)) >= last)
    }
  }

  @Test("Logarithms and exponentials undo each other")
  func logarithms() {
    for number in [1, 2, 3, 70_100, 123_456_789, 999_999_999] {
      let back = FixedPoint.integer(ofLn: FixedPoint.ln(number))
      #expect(abs(back - number) <= number / 5_000_000 + 1)
    }
  }
}
