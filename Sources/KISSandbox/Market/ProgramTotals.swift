import KISMarket

/// The running totals of program trading (프로그램매매) of one market at a moment, and of the market itself.
///
/// They are the sums of what programs traded of the index's shares, so that totals never fall and never exceed the market.
struct ProgramTotals {
  /// What is traded together: arbitrage (차익) or not (비차익), selling or buying, for customers (위탁) or own account (자기).
  ///
  /// The order is that of values 3 to 10 and 11 to 18 of H0UPPGM0.
  enum Cell: Int, CaseIterable {
    case arbitrageSellEntrusted, arbitrageSellOwn, arbitrageBuyEntrusted, arbitrageBuyOwn
    case nonArbitrageSellEntrusted, nonArbitrageSellOwn, nonArbitrageBuyEntrusted, nonArbitrageBuyOwn
  }

  /// Shares and won.
  struct Total: Sendable, Hashable {
    var shares = 0.0
    var won = 0.0

    static func + (left: Total, right: Total) -> Total {
      Total(shares: left.shares + right.shares, won: left.won + right.won)
    }
    static func - (left: Total, right: Total) -> Total {
      Total(shares: left.shares - right.shares, won: left.won - right.won)
    }
  }

  private let cells: [Total]
  /// Everything traded in the market, program or not.
  let market: Total
  /// Seconds since midnight.
  let second: Int

  subscript(cell: Cell) -> Total { cells[cell.rawValue] }

  /// - Parameter traded: shares and won of the whole market at the same moment.
  init(_ flows: ProgramFlows, traded: (volume: Int, amount: Int), second: Int) {
    self.second = second
    market = Total(shares: Double(traded.volume), won: Double(traded.amount))
    func sold(_ flow: Flow) -> Total { Total(shares: Double(flow.soldVolume), won: Double(flow.soldAmount)) }
    func bought(_ flow: Flow) -> Total { Total(shares: Double(flow.boughtVolume), won: Double(flow.boughtAmount)) }
    cells = [
      sold(flows.arbitrageEntrusted), sold(flows.arbitrageOwn), bought(flows.arbitrageEntrusted),
      bought(flows.arbitrageOwn), sold(flows.otherEntrusted), sold(flows.otherOwn), bought(flows.otherEntrusted),
      bought(flows.otherOwn),
    ]
  }
}
