import KISMarket
import Testing

@Suite("Two venues, four sessions, one sum")
struct TapeTests {
  static let date: CalendarDate = "2026-09-21"
  static let moments = [
    ClockTime(8, 20), ClockTime(8, 55), ClockTime(9, 0, 31), ClockTime(11, 7, 31), ClockTime(15, 35), ClockTime(17, 0),
    ClockTime(20, 0),
  ]

  @Test(
    "Prints spread over their minute: no quarter of a second has more than a tenth of them",
    arguments: ["005930", "000660", "035420"])
  func spread(code: String) {
    var market = Samples.market
    for minute in 3..<33 {
      let start = ClockTime(9, minute)
      let prints = market.prints(
        of: code, on: Self.date, after: start.later(milliseconds: -1), through: start.later(milliseconds: 59_999))
      let quarters = Dictionary(grouping: prints) { $0.time.milliseconds / 250 }
      #expect((quarters.values.map(\.count).max() ?? 0) <= max(12, prints.count / 10), "09:\(minute)")
    }
  }

  @Test("UN is the sum of KRX and NXT, at any moment, in totals and prints", arguments: ["005930", "000400", "900030"])
  func unified(code: String) {
    var market = Samples.market
    for time in Self.moments {
      let krx = market.snapshot(of: code, on: Self.date, at: time)
      let nxt = market.snapshot(of: code, on: Self.date, at: time, tape: .nxt)
      let both = market.snapshot(of: code, on: Self.date, at: time, tape: .unified)
      #expect(both.volume == krx.volume + nxt.volume && both.amount == krx.amount + nxt.amount)
      #expect(both.boughtVolume == krx.boughtVolume + nxt.boughtVolume)
      #expect(both.high == max(krx.high, nxt.high))
      #expect(both.basePrice == krx.basePrice && both.limits == krx.limits)
      let prints = market.prints(of: code, on: Self.date, after: ClockTime(0, 0), through: time, tape: .unified)
      #expect(prints.reduce(0) { $0 + $1.size } == both.volume)
      if let last = prints.last { #expect(last.price == both.price) }
    }
  }

  @Test("NXT trades a share of KRX' volume in its own hours, at prices of the same minute")
  func nextrade() {
    var market = Samples.market
    let prints = market.prints(
      of: "005930", on: Self.date, after: ClockTime(0, 0), through: ClockTime(24, 0), tape: .nxt)
    let hours = TradingHours(of: .nxt, on: Self.date)
    #expect(prints.allSatisfy { hours.phase(at: $0.time).isContinuous })
    let krx = market.day(of: "005930", on: Self.date)
    let volume = prints.reduce(0) { $0 + $1.size }
    #expect((krx.volume / 5...krx.volume).contains(volume))
    let krxBars = Dictionary(
      uniqueKeysWithValues: market.minuteBars(of: "005930", on: Self.date, through: ClockTime(16, 0)).map {
        ($0.time, $0)
      })
    for bar in market.minuteBars(of: "005930", on: Self.date, through: ClockTime(15, 20), tape: .nxt) {
      guard let other = krxBars[bar.time] else { continue }
      #expect(bar.low >= min(other.low, other.open) && bar.high <= max(other.high, other.open), "\(bar.time)")
    }
    #expect(market.snapshot(of: "Q500001", on: Self.date, at: ClockTime(12, 0), tape: .nxt).volume == 0)
    #expect(market.snapshot(of: "005930", on: "2025-02-28", at: ClockTime(12, 0), tape: .nxt).volume == 0)
  }

  @Test("The evening of KRX is continuous since 2026-09-14; before it, auctions every ten minutes within 10 %")
  func evening() {
    var market = Samples.market
    let now = market.prints(
      of: "005930", on: "2026-09-14", after: ClockTime(0, 0), through: ClockTime(24, 0), tape: .evening)
    #expect(now.count > 100)
    #expect(now.allSatisfy { $0.side != nil && $0.time >= ClockTime(16, 0) && $0.time < ClockTime(20, 0) })
    let before = market.prints(
      of: "005930", on: "2026-09-11", after: ClockTime(0, 0), through: ClockTime(24, 0), tape: .evening)
    #expect(before.count <= 12 && before.count > 6)
    let close = market.day(of: "005930", on: "2026-09-11").close
    for print in before {
      #expect(print.side == nil && abs(print.price - close) * 10 <= close)
      #expect((print.time.minutes - 16 * 60) % 10 == 0 && print.time.milliseconds % 600_000 <= 30_000)
    }
    let snapshot = market.snapshot(of: "005930", on: "2026-09-11", at: ClockTime(20, 0), tape: .evening)
    #expect(snapshot.basePrice == close && snapshot.volume == before.reduce(0) { $0 + $1.size })
  }

  @Test("An interruption on KRX rests NXT too", arguments: ["005930", "000660"])
  func halted(code: String) {
    var market = Samples.market
    let time = ClockTime(10, 30)
    market.add(MarketEvent(.halt(milliseconds: 120_000), to: .instrument(code), on: Self.date, at: time))
    #expect(
      market.prints(of: code, on: Self.date, after: time, through: ClockTime(10, 31, 59), tape: .nxt).isEmpty)
  }

  @Test("Each venue has a book while it trades, and none before its first session")
  func books() {
    var market = Samples.market
    func book(_ time: ClockTime, _ tape: Tape) -> BookSnapshot {
      market.book(of: "005930", on: Self.date, at: time, tape: tape)
    }
    #expect(book(ClockTime(7, 59), .nxt) == .empty && book(ClockTime(8, 20), .krx) == .empty)
    #expect(book(ClockTime(8, 20), .nxt).asks.count == 10)
    #expect(book(ClockTime(8, 45), .unified).expected != nil)
    #expect(book(ClockTime(11, 0), .unified) == book(ClockTime(11, 0), .krx))
    #expect(book(ClockTime(17, 0), .evening).bids.count == 10)
    for tape in [Tape.nxt, .evening] {
      let last = market.prints(
        of: "005930", on: Self.date, after: ClockTime(16, 30), through: ClockTime(17, 0), tape: tape)
      let best = book(ClockTime(17, 0), tape)
      guard let price = last.last?.price, let bid = best.bids.first?.price else { continue }
      #expect(abs(price - bid) <= price / 50)
    }
  }
}
