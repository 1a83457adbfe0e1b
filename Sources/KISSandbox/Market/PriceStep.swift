/// The price steps (호가단위) of a market, and its daily limits of 30 %. Prices are in the market's smallest units.
///
/// Those of shares are the Korea Exchange's since 2023-01-25.
struct PriceStep: Sendable, Hashable {
  private let market: Instrument.Market

  init(_ market: Instrument.Market) { self.market = market }

  /// The step at a price.
  func size(at price: Int) -> Int {
    switch market {
    case .kospi, .kosdaq, .stockFutures: shareStep(at: price)
    case .etf: price < 2_000 ? 1 : 5
    case .elw: 5
    case .index, .indexOption: 1
    case .indexFutures, .overseasFutures: 5
    case .bond: 50
    case .overseas: 100
    }
  }

  private func shareStep(at price: Int) -> Int {
    switch price {
    case ..<2_000: 1
    case ..<5_000: 5
    case ..<20_000: 10
    case ..<50_000: 50
    case ..<200_000: 100
    case ..<500_000: 500
    default: 1_000
    }
  }

  /// The next price above.
  func above(_ price: Int) -> Int { price + size(at: price) }

  /// The next price below, at least one unit.
  func below(_ price: Int) -> Int { max(1, price - size(at: price - 1)) }

  /// The valid price nearest to a number.
  func nearest(to value: Double) -> Int {
    let price = Int(value.clamped(to: 1...1e12))
    let size = Double(size(at: price))
    return max(Int(size), Int((value / size).rounded()) * Int(size))
  }

  /// The lowest and the highest price of a day (하한가, 상한가) after a previous close.
  func limits(around previousClose: Int) -> ClosedRange<Int> {
    let width = previousClose * 3 / 10
    let allowed = width - width % size(at: previousClose)
    return max(1, previousClose - allowed)...(previousClose + allowed)
  }
}

extension Comparable {
  /// The value, or the nearer end of the range when it lies outside.
  func clamped(to range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}
