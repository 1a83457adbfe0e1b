import KISMarket
import Testing

@Suite("Ticks and limits by date")
struct PriceLimitsTests {
  private func ticks(_ date: CalendarDate, _ board: Board = .kospi) -> PriceTicks {
    PriceTicks(of: .share, on: board, at: date)
  }

  @Test(
    "Examples of KRX: the width is floored at the base price, the limit at its own price",
    arguments: [
      (1_990, "2026-09-14", 2_585), (19_990, "2026-09-14", 25_950), (9_940, "2022-12-29", 12_900),
      (9_940, "2026-09-14", 12_920),
    ] as [(Int, CalendarDate, Int)])
  func upperLimit(base: Int, date: CalendarDate, upper: Int) {
    let limits = PriceLimits(around: base, percent: PriceLimits.percent(on: date), ticks: ticks(date))
    #expect(limits.upper == upper)
  }

  @Test("Before 2015-06-15 a price goes 15 % at most")
  func narrowLimits() {
    #expect(PriceLimits.percent(on: "2015-06-12") == 15)
    #expect(PriceLimits.percent(on: "2015-06-15") == 30)
    #expect(PriceLimits.percent(on: "2026-09-14", leverage: -2) == 60)
  }

  @Test("A new listing goes from 60 % to 400 % of its offer price on its first day")
  func newListing() {
    let limits = PriceLimits.firstDay(offerPrice: 15_000, ticks: ticks("2026-09-14"))
    #expect(limits == PriceLimits(lower: 9_000, upper: 60_000))
  }

  @Test(
    "Steps of shares since 2023-01-25, on both boards",
    arguments: [
      (1_999, 1), (2_000, 5), (4_995, 5), (5_000, 10), (19_990, 10), (20_000, 50), (49_950, 50), (50_000, 100),
      (199_900, 100), (200_000, 500), (499_500, 500), (500_000, 1_000),
    ])
  func steps(price: Int, step: Int) {
    for board in Board.allCases { #expect(ticks("2023-01-25", board).step(at: price) == step) }
  }

  @Test("Before 2023-01-25 KOSDAQ stayed at 100 won from 50,000 on, KOSPI did not")
  func stepsBefore() {
    #expect(ticks("2023-01-20", .kosdaq).step(at: 600_000) == 100)
    #expect(ticks("2023-01-20", .kospi).step(at: 600_000) == 1_000)
    #expect(ticks("2023-01-20", .kospi).step(at: 12_000) == 50)
  }

  @Test("ETF and ETN move by a won below 2,000 and by five above")
  func exchangeTradedProducts() {
    for kind in [SecurityKind.etf, .etn] {
      let ticks = PriceTicks(of: kind, on: .kospi, at: "2026-09-14")
      #expect(ticks.step(at: 1_999) == 1)
      #expect(ticks.step(at: 108_500) == 5)
    }
  }

  @Test("Prices and indices are each other's inverse, over every band")
  func indices() {
    let ticks = ticks("2026-09-14")
    for index in 1...8_000 {
      let price = ticks.price(at: index)
      #expect(ticks.allows(price))
      #expect(ticks.index(atOrBelow: price) == index)
      #expect(ticks.index(atOrAbove: price) == index)
      #expect(ticks.index(atOrBelow: ticks.price(at: index + 1) - 1) == index)
      #expect(ticks.index(atOrAbove: price + 1) == index + 1)
    }
  }
}
