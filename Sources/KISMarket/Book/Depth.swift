/// How much rests at the price levels of a book: a shape by distance from the best price, times noise that changes slowly
/// at each price.
struct Depth {
  let model: InstrumentModel
  let ordinal: Int
  let ticks: PriceTicks
  let lower: Int
  let upper: Int
  /// What rests a few ticks off on an ordinary day.
  private let base: Int

  init(model: InstrumentModel, ordinal: Int, ticks: PriceTicks, lower: Int, upper: Int) {
    self.model = model
    self.ordinal = ordinal
    self.ticks = ticks
    self.lower = lower
    self.upper = upper
    // The wider a tick is (in millionths of the price), the more waits on it: captures show 0.4 % of a day's volume where
    // it is 0.2 % of the price, and 0.01 % where it is 0.05 %.
    let price = max(1, ticks.price(at: lower + (upper - lower) / 2))
    let width = min(20_000, ticks.step(at: price) * 1_000_000 / price)
    let volume = model.instrument.ordinaryVolume
    let wide = FixedPoint.ratio(volume, width * width, 700_000_000)
    base = max(1, min(volume / 60, max(volume / 20_000, wide)))
  }

  /// A side of the book from its best price on, away from the middle.
  ///
  /// - Parameters:
  ///   - best: the best price's tick index.
  ///   - direction: 1 for asks, −1 for bids.
  ///   - atLeast: what has to be there at the best price because it is about to be taken.
  ///   - levels: how many levels.
  func side(best: Int, direction: Int, atLeast: Int, time: Int, levels: Int = 10) -> [BookSnapshot.Level] {
    var side: [BookSnapshot.Level] = []
    side.reserveCapacity(levels)
    for distance in 0..<levels {
      let index = best + distance * direction
      guard index >= max(1, lower), index <= upper else { break }
      let quantity = quantity(index, distance, direction, time) + (distance == 0 ? atLeast : 0)
      side.append(BookSnapshot.Level(price: ticks.price(at: index), quantity: quantity))
    }
    return side
  }

  private func quantity(_ index: Int, _ distance: Int, _ direction: Int, _ time: Int) -> Int {
    let shape = min(1_024, 400 + 160 * distance)
    return max(1, FixedPoint.ratio(base * shape / 1_024, noise(index, direction, time), 1_024))
  }

  /// Noise of mean 1,024 at a price: knots every 20 seconds, at other moments for each price.
  private func noise(_ index: Int, _ direction: Int, _ time: Int) -> Int {
    var cell = model.cell(.depth, day: ordinal, index * 2 + (direction > 0 ? 1 : 0))
    let name = cell.next()
    let shifted = time + Int(name & 0x3FFF)
    let (knot, fraction) = (shifted / 20_000, shifted % 20_000)
    let before = Quantiles.lognormal(CellGenerator.mixed(name &+ UInt64(truncatingIfNeeded: knot)))
    let after = Quantiles.lognormal(CellGenerator.mixed(name &+ UInt64(truncatingIfNeeded: knot + 1)))
    return (before * (20_000 - fraction) + after * fraction) / 20_000
  }
}
