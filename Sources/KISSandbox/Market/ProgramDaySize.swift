import KISScenario

extension ProgramFlow {
  /// What a whole day will bring, in shares and won.
  struct DaySize: Sendable {
    /// In the order of ``ProgramFlow/Cell``.
    var cells: [Total]
    var market: Total

    init(_ industry: IndustryMarket, generator: inout SeededGenerator) {
      let ranges = Ranges(industry)
      func draw(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * generator.unit()
      }
      cells = []
      var sides: [Total] = []
      for (shares, price, ownShare) in [
        (ranges.arbitrageShares, ranges.arbitragePrice, 0.05...0.6),
        (ranges.nonArbitrageShares, ranges.nonArbitragePrice, 0.005...0.03),
      ] {
        let priceOfDay = draw(price)
        for _ in ["sell", "buy"] {
          // Squared where the range spans magnitudes: small arbitrage days are the common ones.
          let span = (shares.upperBound - shares.lowerBound) * generator.unit()
          let isWide = shares.upperBound > 20 * shares.lowerBound
          let total = shares.lowerBound + (isWide ? span * generator.unit() : span)
          let own = total * draw(ownShare)
          for part in [total - own, own] { cells.append(Total(shares: part, won: part * priceOfDay)) }
          sides.append(Total(shares: total, won: total * priceOfDay))
        }
      }
      let nonArbitrage = sides[2] + sides[3]
      market = Total(
        shares: nonArbitrage.shares / 2 / draw(ranges.shareOfVolume),
        won: nonArbitrage.won / 2 / draw(ranges.shareOfAmount))
    }
  }

  /// What a day may bring a side (PROTOCOL section 8 and the daily totals it cites).
  private struct Ranges {
    var arbitrageShares: ClosedRange<Double>
    var arbitragePrice: ClosedRange<Double>
    var nonArbitrageShares: ClosedRange<Double>
    var nonArbitragePrice: ClosedRange<Double>
    var shareOfVolume: ClosedRange<Double>
    var shareOfAmount: ClosedRange<Double>

    init(_ industry: IndustryMarket) {
      switch industry {
      case .kospi, .kospi200:
        // KOSPI200 holds nearly all of KOSPI's program trading, and a good half of its volume.
        let part = industry == .kospi ? 1.0 : 0.85
        arbitrageShares = 50_000...3_900_000
        arbitragePrice = 62_000...68_000
        nonArbitrageShares = 60_000_000 * part...96_000_000 * part
        nonArbitragePrice = 31_500...33_500
        shareOfVolume = industry == .kospi ? 0.14...0.18 : 0.3...0.36
        shareOfAmount = industry == .kospi ? 0.20...0.25 : 0.24...0.29
      case .kosdaq:
        arbitrageShares = 20_000...800_000
        arbitragePrice = 38_000...45_000
        nonArbitrageShares = 115_000_000...185_000_000
        nonArbitragePrice = 11_500...13_500
        shareOfVolume = 0.10...0.14
        shareOfAmount = 0.15...0.20
      }
    }
  }
}
