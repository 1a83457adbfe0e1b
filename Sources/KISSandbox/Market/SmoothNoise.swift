/// A curve between -1 and 1 through random points one unit apart, the same whenever it is asked for.
struct SmoothNoise: Sendable {
  private let generator: SeededGenerator

  init(_ generator: SeededGenerator) { self.generator = generator }

  func value(at x: Double) -> Double {
    let left = x.rounded(.down)
    let fraction = x - left
    let weight = fraction * fraction * (3 - 2 * fraction)
    return point(Int(left)) * (1 - weight) + point(Int(left) + 1) * weight
  }

  private func point(_ index: Int) -> Double {
    var generator = generator.fork(index)
    return generator.unit() * 2 - 1
  }
}
