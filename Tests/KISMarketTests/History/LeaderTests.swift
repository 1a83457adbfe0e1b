import Testing

@testable import KISMarket

@Suite("Warrants and preferred shares follow the share that they are about")
struct LeaderTests {
  private static let date: CalendarDate = "2026-09-21"
  private static let times = stride(from: 9 * 60 + 20, through: 15 * 60, by: 20).map { ClockTime($0 / 60, $0 % 60) }

  /// How many times the leader's moves since the day before the follower makes, and how closely.
  private func following(_ code: String, _ leader: String, in market: inout Market) -> (slope: Double, tie: Double) {
    var (products, squares, others) = (0.0, 0.0, 0.0)
    for offset in 0..<6 {
      let date = TradingCalendar.tradingDay(TradingCalendar.ordinal(of: Self.date) + offset)
      func moves(_ code: String) -> [Double] {
        Self.times.map { time in
          if code.utf8.count == 4 {
            let index = market.index(code, on: date, at: time)
            return Double(index.level - index.previousClose) / Double(index.previousClose)
          }
          let now = market.snapshot(of: code, on: date, at: time)
          return Double(now.price - now.basePrice) / Double(now.basePrice)
        }
      }
      for (one, other) in zip(moves(leader), moves(code)) {
        products += one * other
        squares += one * one
        others += other * other
      }
    }
    return (products / squares, products / (squares * others).squareRoot())
  }

  @Test(
    "A call rises and a put falls with its share, as strongly as Black and Scholes say",
    arguments: ["57JN53", "57JN54", "58K211"])
  func warrants(code: String) throws {
    var market = Market(seed: 1)
    let warrant = try #require(Instrument.builtIn(code).flatMap { Warrant($0) })
    let (slope, tie) = following(code, warrant.share.code, in: &market)
    #expect((warrant.elasticity < 0) == warrant.isPut)
    #expect(abs(slope / warrant.elasticity - 1) < 0.3 && abs(tie) > 0.9, "\(slope) \(warrant.elasticity) \(tie)")
  }

  @Test(
    "A fund makes its multiple of the moves of its index, a future all of them",
    arguments: [
      ("069500", "2001", 1.0), ("122630", "2001", 2), ("114800", "2001", -1), ("252670", "2001", -2),
      ("229200", "3003", 1), ("233740", "3003", 2), ("091160", "4003", 1), ("A05608", "2001", 1),
    ])
  func funds(code: String, index: String, times: Double) {
    var market = Market(seed: 1)
    let (slope, tie) = following(code, index, in: &market)
    // A tick of the cheapest fund is a fifth of a percent.
    #expect(abs(slope / times - 1) < 0.25 && abs(tie) > (code == "252670" ? 0.8 : 0.9), "\(slope) \(tie)")
  }

  @Test("A preferred share goes with the ordinary one", arguments: ["005935", "005387", "066575", "00088K"])
  func preferred(code: String) throws {
    var market = Market(seed: 1)
    let ordinary = try #require(Instrument.builtIn(code)?.ordinaryCode)
    let (slope, tie) = following(code, ordinary, in: &market)
    #expect((0.5...1.3).contains(slope) && tie > 0.7, "\(slope) \(tie)")
    // The distance between them is that of years, not of days.
    let ratios = market.days(of: code, from: "2026-06-01", through: "2026-12-01").map { day in
      Double(day.close) / Double(market.day(of: ordinary, on: day.date).close)
    }
    #expect((ratios.max() ?? 2) / (ratios.min() ?? 1) < 1.35, "\(ratios)")
  }

  @Test("What is asked of a share moves what follows it, and a close that is made known is where it goes on from")
  func steered() {
    var market = Market(seed: 1)
    let (before, after) = (ClockTime(11, 0), ClockTime(11, 20))
    let still = ["57JN53", "57JN54", "005935"].map { market.snapshot(of: $0, on: Self.date, at: before).price }
    market.add(
      MarketEvent(.move(basisPoints: -600, over: 60_000), to: .instrument("005930"), on: Self.date, at: before))
    let moved = ["57JN53", "57JN54", "005935"].map { market.snapshot(of: $0, on: Self.date, at: after).price }
    #expect(moved[0] < still[0] * 85 / 100 && moved[2] < still[2] * 97 / 100, "\(still) \(moved)")
    #expect(moved[1] > still[1] * 115 / 100, "\(still) \(moved)")
    // Nothing in the past changes.
    #expect(market.snapshot(of: "57JN53", on: Self.date, at: before).price == still[0])
    let next = market.day(of: "57JN53", on: "2026-09-22")
    #expect(next.basePrice == market.day(of: "57JN53", on: Self.date).close)
  }
}
