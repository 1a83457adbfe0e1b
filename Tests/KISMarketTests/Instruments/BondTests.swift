import Testing

@testable import KISMarket

@Suite("Bonds move as bonds do")
struct BondTests {
  private static let codes = ["KR103502GD31", "KR103502GB97", "KR6449111CB8", "KR2033022D33"]

  /// The deviation of a day's return over a year, in hundredths of a percent.
  private func deviation(of bond: Instrument) -> Double {
    var market = Market(seed: 1, instruments: [bond])
    let closes = market.days(of: bond.code, from: "2025-09-18", through: "2026-09-18").map { Double($0.close) }
    let changes = zip(closes, closes.dropFirst()).map { 10_000 * ($1 / $0 - 1) }
    return (changes.reduce(0) { $0 + $1 * $1 } / Double(changes.count)).squareRoot()
  }

  @Test(
    "A bond moves on a day by what a few hundredths of a percent of yield make of it, the more the longer it runs",
    arguments: codes)
  func moves(code: String) {
    let bond = Instrument(unknown: code, kind: .bond, seed: 1)
    let duration = BondTerms(bond).duration(on: Market.referenceDate)
    #expect((1...8 * duration).contains(deviation(of: bond)), "\(duration)")
    #expect(deviation(of: bond) > duration)
    let listed = Instrument(code: code, name: bond.name, kind: .bond, referencePrice: 990_000, ordinaryVolume: 100_000)
    #expect(deviation(of: listed) < 8 * duration)
  }

  @Test("A bond of three years moves by 0.05 to 0.3 % a day, one of thirty by 0.3 to 0.8 %")
  func byMaturity() {
    func bond(_ name: String) -> Instrument {
      Instrument(code: "KR103502GXX1", name: name, kind: .bond, referencePrice: 1_000_000, ordinaryVolume: 100_000)
    }
    #expect((5...30).contains(deviation(of: bond("국고03000-2909(26-6)"))))
    #expect((30...80).contains(deviation(of: bond("국고03250-5303(23-2)"))))
  }

  @Test("The built-in bond moves as its terms say")
  func builtIn() throws {
    let bond = try #require(Instrument.builtIn("KR103502GD31"))
    #expect(bond.volatility == BondTerms(bond).volatility(on: Market.referenceDate))
  }

  @Test("At its face value a bond yields its coupon, and a yield is that of its price", arguments: codes)
  func yields(code: String) {
    let terms = BondTerms(Instrument(unknown: code, kind: .bond, seed: 1))
    for day: CalendarDate in ["2026-09-18", "2026-09-21", "2027-01-29"] {
      #expect((terms.yield(at: 10_000, on: day) - terms.coupon).magnitude < 0.02)
      for yield in [0.25, 1.25, 3.0, 4.75, 12] {
        #expect((terms.yield(at: terms.price(yielding: yield, on: day), on: day) - yield).magnitude < 1e-6)
      }
      #expect(terms.yield(at: 9_900, on: day) > terms.yield(at: 10_050, on: day))
    }
  }

  @Test("A made-up bond costs what its coupons are worth at the yields of the day", arguments: codes.dropFirst())
  func price(code: String) {
    let bond = Instrument(unknown: code, kind: .bond, seed: 1)
    let yield = BondTerms(bond).yield(at: Double(bond.referencePrice) / 100, on: Market.referenceDate)
    #expect((2.7...3.9).contains(yield))
  }

  @Test("Indices of bonds and whatever else somebody lists move as others of their kind")
  func listed() {
    func volatility(_ code: String, _ kind: SecurityKind) -> Int {
      Instrument(code: code, name: "", kind: kind, referencePrice: 10_000, ordinaryVolume: 1_000).volatility
    }
    #expect(volatility("KBPR03", .index) < 20 && Instrument(unknown: "KBPR03", kind: .index, seed: 1).volatility < 20)
    #expect(volatility("2001", .index) > 100)
    #expect(volatility("A01612", .indexFuture) < volatility("A11612", .stockFuture))
  }
}
