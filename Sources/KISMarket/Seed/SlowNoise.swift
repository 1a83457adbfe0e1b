/// Noise that changes slowly with time: independent values at knots, straight lines between them.
enum SlowNoise {
  /// The noise of an instrument at a time, with a deviation of about 0.8 × 4,096.
  ///
  /// - Parameters:
  ///   - time: any number, days as well as seconds.
  ///   - period: how far knots lie apart.
  static func value(seed: UInt64, instrument: UInt64, purpose: CellPurpose, at time: Int, period: Int) -> Int {
    var course = Course(seed: seed, instrument: instrument, purpose: purpose, period: period)
    return course.value(at: time)
  }

  /// The noise of one moment after the other: the knots that both lie between are drawn once.
  struct Course {
    private let seed: UInt64
    private let instrument: UInt64
    private let purpose: CellPurpose
    private let period: Int
    private var knot = Int.min
    private var before = 0
    private var after = 0

    init(seed: UInt64, instrument: UInt64, purpose: CellPurpose, period: Int) {
      (self.seed, self.instrument, self.purpose, self.period) = (seed, instrument, purpose, period)
    }

    mutating func value(at time: Int) -> Int {
      let knot = time >= 0 ? time / period : (time - period + 1) / period
      if knot != self.knot {
        before = self.knot == knot - 1 ? after : value(atKnot: knot)
        after = value(atKnot: knot + 1)
        self.knot = knot
      }
      let fraction = time - knot * period
      return (before * (period - fraction) + after * fraction) / period
    }

    private func value(atKnot knot: Int) -> Int {
      var numbers = CellGenerator(seed: seed, instrument: instrument, day: knot, purpose: purpose)
      return numbers.normal()
    }
  }
}
