/// How shares are given out among orders when an auction ends at a limit of the day (상한가·하한가 배분), where time does
/// not count: in rounds of 100, 500, 1,000 and 2,000 shares an order, then half of what each still wants, then the rest;
/// in each round the largest order first, of equal ones the older (KRX market guide GLB0602010202T2).
enum Allotment {
  private static let rounds = [100, 500, 1_000, 2_000]

  /// What each order gets.
  /// - Parameter orders: what each wants, oldest first.
  static func shares(of orders: [Int], from available: Int128) -> [Int] {
    let sequence = orders.indices.sorted { (orders[$0], $1) > (orders[$1], $0) }
    var shares = [Int](repeating: 0, count: orders.count)
    var left = available
    func give(_ wanted: Int, to order: Int) {
      let part = Int(min(Int128(min(wanted, orders[order] - shares[order])), left))
      shares[order] += part
      left -= Int128(part)
    }
    for round in rounds {
      for order in sequence { give(round, to: order) }
    }
    // Half, rounded to the nearest share.
    for order in sequence {
      let half = (orders[order] - shares[order]) / 2 + (orders[order] - shares[order]) % 2
      give(half, to: order)
    }
    for order in sequence { give(.max, to: order) }
    return shares
  }
}
