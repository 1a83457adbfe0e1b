import KISMarket
import Testing

@Suite("A market that is moved, halted, or goes on from a recording")
struct MarketEventTests {
  static let date: CalendarDate = "2026-09-21"
  static let codes = ["005930", "000400", "900030"]

  private func totalsNeverFall(_ market: inout Market, _ code: String, from: ClockTime) {
    var last = market.snapshot(of: code, on: Self.date, at: from)
    for second in stride(from: from.seconds + 1, through: 55_900, by: 61) {
      let next = market.snapshot(of: code, on: Self.date, at: ClockTime(milliseconds: second * 1_000))
      #expect(next.volume >= last.volume && next.amount >= last.amount)
      #expect(next.high >= last.high && (last.low == 0 || next.low <= last.low))
      #expect(next.open == last.open || !last.hasTraded)
      #expect(next.boughtVolume >= last.boughtVolume && next.soldVolume >= last.soldVolume)
      #expect(next.limits.contains(next.price))
      last = next
    }
  }

  @Test("From a recorded state a day goes on: nothing falls, the open stays, high and low only widen", arguments: codes)
  func recorded(code: String) {
    var market = Samples.market
    let base = market.snapshot(of: code, on: Self.date, at: ClockTime(9, 0)).basePrice
    let known = KnownState(
      price: base * 103 / 100 / 100 * 100, open: base, high: base * 104 / 100, low: base * 99 / 100, volume: 123_457,
      amount: 123_457 * base)
    let cut = ClockTime(11, 7, 31)
    let before = market.snapshot(of: code, on: Self.date, at: ClockTime(11, 0))
    market.add(MarketEvent(.known(known), to: .instrument(code), on: Self.date, at: cut))
    #expect(market.snapshot(of: code, on: Self.date, at: ClockTime(11, 0)) == before)
    let next = market.snapshot(of: code, on: Self.date, at: cut.later(milliseconds: 1))
    #expect(next.volume >= known.volume && next.high >= known.high && next.low <= known.low && next.open == base)
    totalsNeverFall(&market, code, from: cut.later(milliseconds: 1))
    let day = market.day(of: code, on: Self.date)
    #expect(day.volume >= known.volume)
    #expect(market.day(of: code, on: "2026-09-22").basePrice == day.close)
  }

  @Test(
    "A recorded state holds at its own moment, whenever in the day that is, and is not lost behind the close",
    arguments: [ClockTime(9, 0, 1), ClockTime(13, 0), ClockTime(15, 24), ClockTime(15, 30, 40), ClockTime(17, 0)])
  func recordedMoment(cut: ClockTime) {
    for code in Self.codes {
      var market = Samples.market
      let base = market.snapshot(of: code, on: Self.date, at: ClockTime(9, 0)).basePrice
      let known = KnownState(
        price: base, open: base, high: base, low: base, volume: 40_123_457, amount: 40_123_457 * base)
      market.add(MarketEvent(.known(known), to: .instrument(code), on: Self.date, at: cut))
      let then = market.snapshot(of: code, on: Self.date, at: cut)
      #expect(then.volume == known.volume && then.amount == known.amount && then.price == base, "\(code)")
      totalsNeverFall(&market, code, from: cut)
      let day = market.day(of: code, on: Self.date)
      #expect(day.volume >= known.volume && (cut < ClockTime(15, 30) || day.close == base), "\(code)")
    }
  }

  @Test("Who is recorded until the closing auction collects orders still has one", arguments: ["005930", "000400"])
  func closingAuction(code: String) {
    var market = Samples.market
    let base = market.snapshot(of: code, on: Self.date, at: ClockTime(9, 0)).basePrice
    let cut = ClockTime(15, 24)
    let known = KnownState(price: base, open: base, high: base, low: base, volume: 1_000_000, amount: 1_000_000 * base)
    market.add(MarketEvent(.known(known), to: .instrument(code), on: Self.date, at: cut))
    let prints = market.prints(of: code, on: Self.date, after: cut, through: ClockTime(15, 31))
    #expect(prints.count == 1 && prints.first?.side == nil && (prints.first?.size ?? 0) > 0)
    #expect(market.prints(of: code, on: Self.date, after: cut, through: ClockTime(15, 29, 59)).isEmpty)
  }

  @Test("A fall of 5 % in a minute is there after that minute, in price, bars, index and the next day's base price")
  func move() {
    var market = Samples.market
    let time = ClockTime(10, 30)
    let before = market.snapshot(of: "005930", on: Self.date, at: time)
    let index = market.index("0013", on: Self.date, at: ClockTime(10, 31, 30))
    market.add(MarketEvent(.move(basisPoints: -500, over: 60_000), to: .instrument("005930"), on: Self.date, at: time))
    #expect(market.snapshot(of: "005930", on: Self.date, at: time) == before)
    let after = market.snapshot(of: "005930", on: Self.date, at: ClockTime(10, 31))
    #expect(abs(after.price - before.price * 95 / 100) < before.price / 100)
    #expect(market.index("0013", on: Self.date, at: ClockTime(10, 31, 30)).level < index.level)
    let bars = market.minuteBars(of: "005930", on: Self.date, through: ClockTime(10, 31))
    #expect(bars.map(\.low).min() ?? 0 <= after.price)
    totalsNeverFall(&market, "005930", from: time)
    let day = market.day(of: "005930", on: Self.date)
    #expect(market.day(of: "005930", on: "2026-09-22").basePrice == day.close)
    #expect(
      market.days(of: "005930", from: "2026-09-01", through: "2026-09-18")
        == { () -> [DayBar] in
          var other = Samples.market
          return other.days(of: "005930", from: "2026-09-01", through: "2026-09-18")
        }())
  }

  @Test("A halt of two minutes: nothing is printed, then an auction", arguments: ["005930", "000400"])
  func halt(code: String) throws {
    var market = Samples.market
    let time = ClockTime(10, 30, 20)
    market.add(MarketEvent(.halt(milliseconds: 120_000), to: .instrument(code), on: Self.date, at: time))
    let end = time.later(minutes: 2)
    #expect(market.prints(of: code, on: Self.date, after: time, through: end.later(milliseconds: -1)).isEmpty)
    let next = try #require(
      market.prints(of: code, on: Self.date, after: time, through: ClockTime(11, 0)).first)
    #expect(next.side == nil && next.time >= end)
    let halt = try #require(market.interruptions(of: code, on: Self.date, through: ClockTime(10, 31)).last)
    #expect(halt.kind == .halt && halt.start <= time.later(milliseconds: 1) && halt.end == next.time)
    #expect(market.expectedExecution(of: code, on: Self.date, at: ClockTime(10, 31)) != nil)
    totalsNeverFall(&market, code, from: time)
  }

  @Test("At the upper limit the price stays, nothing is offered, and every print is a seller's", arguments: codes)
  func limit(code: String) {
    var market = Samples.market
    let time = ClockTime(13, 0)
    market.add(MarketEvent(.limit(.buy), to: .instrument(code), on: Self.date, at: time))
    let end = market.snapshot(of: code, on: Self.date, at: ClockTime(15, 31))
    guard end.volume > market.snapshot(of: code, on: Self.date, at: time).volume else { return }
    #expect(end.price == end.limits.upper)
    let prints = market.prints(of: code, on: Self.date, after: ClockTime(13, 2), through: ClockTime(15, 19))
    if code == "005930" {
      #expect(prints.allSatisfy { $0.price == end.limits.upper && $0.side != .buy })
      let book = market.book(of: code, on: Self.date, at: ClockTime(14, 0))
      #expect(book.asks.isEmpty && book.bids.first?.price == end.limits.upper)
    }
  }

  @Test("A circuit breaker lets a board fall by 8 %, rest, and go on with auctions")
  func circuitBreaker() {
    var market = Samples.market
    let time = ClockTime(13, 0)
    let before = market.index("0001", on: Self.date, at: time)
    let kosdaq = market.snapshot(of: "247540", on: Self.date, at: ClockTime(14, 0))
    market.add(MarketEvent(.circuitBreaker, to: .board(.kospi), on: Self.date, at: time))
    for code in ["005930", "000660"] {
      let fallen = market.snapshot(of: code, on: Self.date, at: ClockTime(13, 1))
      let rested = market.snapshot(of: code, on: Self.date, at: ClockTime(13, 30, 59))
      #expect(fallen.volume == rested.volume)
      #expect(
        market.prints(of: code, on: Self.date, after: ClockTime(13, 1), through: ClockTime(13, 40)).first?.side == nil)
    }
    let after = market.index("0001", on: Self.date, at: ClockTime(13, 10))
    #expect(after.level < before.level * 95 / 100)
    #expect(market.snapshot(of: "247540", on: Self.date, at: ClockTime(14, 0)) == kosdaq)
  }

  @Test("A known close is the base price of the day after, and the history is scaled to it")
  func pinned() {
    var market = Samples.market
    market.pin(close: 70_100, of: "005930", on: "2026-09-18")
    #expect(market.day(of: "005930", on: "2026-09-18").close == 70_100)
    #expect(market.snapshot(of: "005930", on: "2026-09-21", at: ClockTime(9, 0)).basePrice == 70_100)
    for day in market.days(of: "005930", from: "2026-06-01", through: "2026-09-18") {
      #expect((35_000...140_000).contains(day.close))
    }
  }
}
