/// Ten levels of asks above ten levels of bids (호가), one price step apart.
struct OrderBook: Sendable, Hashable {
  static let depth = 10

  private(set) var askPrices: [Int]
  private(set) var bidPrices: [Int]
  private(set) var askQuantities: [Int]
  private(set) var bidQuantities: [Int]

  private let step: PriceStep
  private let limits: ClosedRange<Int>
  /// What an ordinary level holds.
  private let levelSize: Double

  /// A full book whose best bid is that price.
  init(
    bestBid: Int, step: PriceStep, limits: ClosedRange<Int>, levelSize: Double, generator: inout SeededGenerator
  ) {
    self.step = step
    self.limits = limits
    self.levelSize = levelSize
    askPrices = []
    bidPrices = []
    askQuantities = []
    bidQuantities = []
    let lowest = max(1, limits.lowerBound)
    place(bestBid: bestBid.clamped(to: lowest...max(lowest, step.below(limits.upperBound))), generator: &generator)
  }

  var bestAsk: Int { askPrices[0] }
  var bestBid: Int { bidPrices[0] }
  var totalAsks: Int { askQuantities.reduce(0, +) }
  var totalBids: Int { bidQuantities.reduce(0, +) }

  /// Fills both sides anew around a best bid.
  mutating func place(bestBid: Int, generator: inout SeededGenerator) {
    bidPrices = [bestBid]
    askPrices = [step.above(bestBid)]
    for level in 1..<OrderBook.depth {
      bidPrices.append(step.below(bidPrices[level - 1]))
      askPrices.append(step.above(askPrices[level - 1]))
    }
    askQuantities = (0..<OrderBook.depth).map { _ in quantity(&generator) }
    bidQuantities = (0..<OrderBook.depth).map { _ in quantity(&generator) }
  }

  /// Takes shares from the best ask; the price rises a step when nothing is left there.
  /// - Returns: how many were taken, at most what the level held.
  mutating func buy(_ shares: Int, generator: inout SeededGenerator) -> Int {
    let taken = min(shares, askQuantities[0])
    askQuantities[0] -= taken
    if askQuantities[0] == 0 { rise(generator: &generator) }
    return taken
  }

  /// Takes shares from the best bid; the price falls a step when nothing is left there.
  mutating func sell(_ shares: Int, generator: inout SeededGenerator) -> Int {
    let taken = min(shares, bidQuantities[0])
    bidQuantities[0] -= taken
    if bidQuantities[0] == 0 { fall(generator: &generator) }
    return taken
  }

  /// The best ask is gone: it becomes the best bid. At the upper limit new asks come instead.
  mutating func rise(generator: inout SeededGenerator) {
    guard askPrices[0] < limits.upperBound else {
      askQuantities[0] = quantity(&generator)
      return
    }
    let risen = askPrices.removeFirst()
    askQuantities.removeFirst()
    askPrices.append(step.above(askPrices[OrderBook.depth - 2]))
    askQuantities.append(quantity(&generator))
    bidPrices.insert(risen, at: 0)
    bidQuantities.insert(quantity(&generator), at: 0)
    bidPrices.removeLast()
    bidQuantities.removeLast()
  }

  /// The best bid is gone: it becomes the best ask. At the lower limit new bids come instead.
  mutating func fall(generator: inout SeededGenerator) {
    guard bidPrices[0] > limits.lowerBound else {
      bidQuantities[0] = quantity(&generator)
      return
    }
    let fallen = bidPrices.removeFirst()
    bidQuantities.removeFirst()
    bidPrices.append(step.below(bidPrices[OrderBook.depth - 2]))
    bidQuantities.append(quantity(&generator))
    askPrices.insert(fallen, at: 0)
    askQuantities.insert(quantity(&generator), at: 0)
    askPrices.removeLast()
    askQuantities.removeLast()
  }

  /// Somebody places or cancels orders at one level of one side.
  mutating func stir(generator: inout SeededGenerator) {
    let draw = generator.next()
    let level = Int(draw % UInt64(OrderBook.depth))
    let change = quantity(&generator)
    if draw & 0x1_0000 == 0 {
      askQuantities[level] = (askQuantities[level] + change) / 2 + 1
    } else {
      bidQuantities[level] = (bidQuantities[level] + change) / 2 + 1
    }
  }

  private func quantity(_ generator: inout SeededGenerator) -> Int {
    let draw = generator.unit()
    return max(1, Int(levelSize * (0.15 + 2.5 * draw * draw)))
  }
}
