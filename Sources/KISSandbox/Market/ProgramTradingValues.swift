import KISScenario

extension ProgramTotals {
  /// The 88 values of an H0UPPGM0 record (PROTOCOL section 5): quantities in thousand shares, amounts in million won,
  /// each rounded by itself as KIS does, so sums of printed values hold to within one unit.
  func values(of industry: IndustryMarket) -> [String] {
    typealias Net = (sell: Total, buy: Total)
    let arbitrage: Net = (
      self[.arbitrageSellEntrusted] + self[.arbitrageSellOwn], self[.arbitrageBuyEntrusted] + self[.arbitrageBuyOwn]
    )
    let nonArbitrage: Net = (
      self[.nonArbitrageSellEntrusted] + self[.nonArbitrageSellOwn],
      self[.nonArbitrageBuyEntrusted] + self[.nonArbitrageBuyOwn]
    )
    let entrusted: Net = (
      self[.arbitrageSellEntrusted] + self[.nonArbitrageSellEntrusted],
      self[.arbitrageBuyEntrusted] + self[.nonArbitrageBuyEntrusted]
    )
    let own: Net = (
      self[.arbitrageSellOwn] + self[.nonArbitrageSellOwn], self[.arbitrageBuyOwn] + self[.nonArbitrageBuyOwn]
    )
    let all: Net = (arbitrage.sell + nonArbitrage.sell, arbitrage.buy + nonArbitrage.buy)

    var values = [industry.rawValue, clockDigits(second)]
    values += Cell.allCases.map { thousands(self[$0].shares) }
    values += Cell.allCases.map { millions(self[$0].won) }
    for block in [arbitrage, nonArbitrage, entrusted, own, all] {
      for total in [block.sell, block.buy, block.buy - block.sell] {
        values += [thousands(total.shares), percent(total.shares, of: market.shares)]
        values += [millions(total.won), percent(total.won, of: market.won)]
      }
    }
    for (sell, buy) in [
      (Cell.arbitrageSellEntrusted, Cell.arbitrageBuyEntrusted), (.arbitrageSellOwn, .arbitrageBuyOwn),
      (.nonArbitrageSellEntrusted, .nonArbitrageBuyEntrusted), (.nonArbitrageSellOwn, .nonArbitrageBuyOwn),
    ] {
      let net = self[buy] - self[sell]
      values += [thousands(net.shares), millions(net.won)]
    }
    return values + [thousands(market.shares), millions(market.won)]
  }
}

/// Thousand shares, as index TRs count.
private func thousands(_ shares: Double) -> String { decimal(shares / 1_000, places: 0) }

/// Million won, as index TRs count.
private func millions(_ won: Double) -> String { decimal(won / 1_000_000, places: 0) }
