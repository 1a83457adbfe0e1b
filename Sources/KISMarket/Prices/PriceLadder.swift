/// The valid prices between two of them, for code that asks thousands of times: within a stretch they seldom cross from
/// one step to another.
struct PriceLadder {
  private let ticks: PriceTicks
  private let lowest: Int
  private let lowestPrice: Int
  /// The step between neighbours; 0 where it changes among them.
  private let evenStep: Int

  /// - Parameters:
  ///   - lowest: an index of the ticks.
  ///   - highest: another one, not below it.
  init(_ ticks: PriceTicks, from lowest: Int, through highest: Int) {
    self.ticks = ticks
    self.lowest = lowest
    lowestPrice = ticks.price(at: lowest)
    let (step, last) = (ticks.step(at: lowestPrice), ticks.step(at: ticks.price(at: highest)))
    evenStep = step == last ? step : 0
  }

  /// The price of an index among them.
  @inline(__always)
  func price(at index: Int) -> Int {
    evenStep > 0 ? lowestPrice + (index - lowest) * evenStep : ticks.price(at: index)
  }

  /// The step at a price; of a price that is not among them that of a neighbour.
  @inline(__always)
  func step(at price: Int) -> Int { evenStep > 0 ? evenStep : ticks.step(at: price) }

  /// The index of the highest valid price that is not above; of a price that is not among them any index that is not either.
  @inline(__always)
  func index(atOrBelow price: Int) -> Int {
    guard evenStep > 0 else { return ticks.index(atOrBelow: price) }
    return price < lowestPrice ? lowest - 1 : lowest + (price - lowestPrice) / evenStep
  }
}

extension PriceLadder {
  /// The prices of a stretch.
  init(_ ticks: PriceTicks, of stretch: Stretch) {
    let (open, close) = (stretch.open, stretch.close)
    self.init(ticks, from: min(stretch.low, open, close), through: max(stretch.high, open, close))
  }
}
