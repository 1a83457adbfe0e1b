import Facts
import KISMarket
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("Program trading flow")
struct ProgramTotalsTests {
  @Test(
    "Every record obeys the identities of PROTOCOL section 5 to within one unit", .proves("5 identities", "8 units"),
    arguments: IndustryMarket.allCases)
  func identities(industry: IndustryMarket) throws {
    for seed in UInt64(1)...3 {
      let quotes = QuotedMarket(seed: seed)
      for second in stride(from: 32_353, through: 57_000, by: 400) {
        let moment = TradingMoment("2026-09-21", ClockTime(milliseconds: second * 1_000))
        let values = quotes.programTotals(industry, at: moment).values(of: industry)
        try #require(values.count == 88)
        /// The value at KIS's 1-based position.
        func at(_ position: Int) -> Int { Int(values[position - 1]) ?? .min }
        for (cells, blocks) in [(2, 0), (10, 2)] {
          let cell = (1...8).map { at(cells + $0) }
          // Sums of entrusted and own, of arbitrage and not, and of all.
          let sums = [
            19: cell[0] + cell[1], 23: cell[2] + cell[3], 31: cell[4] + cell[5], 35: cell[6] + cell[7],
            43: cell[0] + cell[4], 47: cell[2] + cell[6], 55: cell[1] + cell[5], 59: cell[3] + cell[7],
            67: at(43 + blocks) + at(55 + blocks), 71: at(47 + blocks) + at(59 + blocks),
          ]
          for (position, sum) in sums { #expect(abs(at(position + blocks) - sum) <= 1, "value \(position + blocks)") }
          #expect(abs(at(67 + blocks) - at(19 + blocks) - at(31 + blocks)) <= 1)
          for block in [19, 31, 43, 55, 67] {
            let net = at(block + 4 + blocks) - at(block + blocks)
            #expect(abs(at(block + 8 + blocks) - net) <= 1, "net of block \(block)")
          }
          for (index, pair) in [(0, 2), (1, 3), (4, 6), (5, 7)].enumerated() {
            #expect(abs(at(79 + 2 * index + blocks / 2) - (cell[pair.1] - cell[pair.0])) <= 1)
          }
          for position in stride(from: 19, to: 79, by: 4) {
            let rate = try #require(Double(values[position + blocks]))
            let share = 100 * Double(at(position + blocks)) / Double(at(blocks == 0 ? 87 : 88))
            if second > 33_000 { #expect(abs(rate - share) <= 0.011, "rate \(position + blocks + 1)") }
            #expect(values[position + blocks].split(separator: ".").last?.count == 2)
          }
        }
      }
    }
  }

  @Test("Totals never fall, and a day ends within the magnitudes of PROTOCOL section 8", .proves("8 magnitudes"))
  func magnitudes() {
    for seed in UInt64(1)...3 {
      let quotes = QuotedMarket(seed: seed)
      func totals(_ second: Int) -> ProgramTotals {
        quotes.programTotals(.kospi, at: TradingMoment("2026-09-21", ClockTime(milliseconds: second * 1_000)))
      }
      var before = totals(32_350)
      for second in stride(from: 32_450, through: 64_800, by: 600) {
        let now = totals(second)
        for cell in ProgramTotals.Cell.allCases {
          #expect(now[cell].shares >= before[cell].shares && now[cell].won >= before[cell].won)
        }
        #expect(now.market.shares >= before.market.shares && now.market.won >= before.market.won)
        before = now
      }
      let sold = before[.nonArbitrageSellEntrusted] + before[.nonArbitrageSellOwn]
      #expect((0.08...0.25).contains(sold.shares / before.market.shares))
      #expect((0.08...0.31).contains(sold.won / before.market.won))
      let arbitrage = before[.arbitrageBuyEntrusted] + before[.arbitrageBuyOwn]
      #expect(arbitrage.shares > 0 && arbitrage.shares < sold.shares / 5)
    }
  }

  @Test("Nothing but single blocks trades before the open, and rates are 0.00 then", .proves("5 first frame"))
  func beforeTheOpen() {
    let moment = TradingMoment("2026-09-21", ClockTime(milliseconds: 32_353_000))
    let values = QuotedMarket(seed: 1).programTotals(.kospi, at: moment).values(of: .kospi)
    #expect(values[1] == "085913")
    #expect(values[19] == "0.00" && values[86] == "0")
  }
}
