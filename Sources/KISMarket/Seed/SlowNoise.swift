/// Noise that changes slowly with time: independent values at knots, straight lines between them.
enum SlowNoise {
  /// The noise of an instrument at a time, with a deviation of about 0.8 × 4,096.
  ///
  /// - Parameters:
  ///   - time: any number, days as well as seconds.
  ///   - period: how far knots lie apart.
  static func value(seed: UInt64, instrument: UInt64, purpose: CellPurpose, at time: Int, period: Int) -> Int {
    let knot = time >= 0 ? time / period : (time - period + 1) / period
    let fraction = time - knot * period
    var before = CellGenerator(seed: seed, instrument: instrument, day: knot, purpose: purpose)
    var after = CellGenerator(seed: seed, instrument: instrument, day: knot + 1, purpose: purpose)
    return (before.normal() * (period - fraction) + after.normal() * fraction) / period
  }
}
