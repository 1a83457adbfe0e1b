import KISMarket
import Testing

@Suite("An index")
struct MovingIndexTests {
  @Test("moves from minute to minute while its shares do", arguments: [1, 2, 3] as [UInt64])
  func moves(seed: UInt64) {
    var market = Market(seed: seed)
    for code in ["0001", "1001", "2001"] {
      // The closing auction's minutes stand, as all shares do.
      let bars = market.indexMinuteBars(code, on: "2026-09-21", through: ClockTime(15, 20))
      #expect(bars.count == 380)
      let standing = bars.map { $0.high == $0.low }
      #expect(standing.filter { $0 }.count < 12, "\(code)")
      #expect(standing.split(separator: false).map(\.count).max() ?? 0 <= 2, "\(code)")
      let day = market.index(code, on: "2026-09-21", at: Market.endOfDay)
      #expect(bars.map(\.high).max() ?? 0 <= day.high && bars.map(\.low).min() ?? 0 >= day.low, "\(code)")
    }
  }
}
