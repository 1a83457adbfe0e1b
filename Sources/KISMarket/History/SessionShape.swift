/// How volume and volatility are spread over the minutes of a session: both high after the open, lower at noon, higher
/// again before the close.
///
/// A class, because every plan of a session refers to one, and plans are copied at every look-up.
final class SessionShape: Sendable {
  /// Minutes of continuous trading.
  let minutes: Int
  /// The weight of each minute's volume.
  let volume: [Int]
  /// The weights of all minutes before each minute, and of all: one entry more than minutes.
  let volumeBefore: [Int]
  /// The share of the session's deviation that a minute has, Q16.
  let deviation: [Int]
  /// The share of the session's variance before each minute, Q20: one entry more than minutes.
  let variance: [Int]

  /// A session that is busy at both ends, as the regular one is.
  static func regular(minutes: Int) -> SessionShape {
    SessionShape(minutes: minutes) { minute, left in
      (
        volume: 563 + decay(2_662, minute, 22) + decay(461, minute, 90) + decay(922, left, 30),
        variance: 614 + decay(2_458, minute, 15) + decay(614, minute, 80) + decay(358, left, 25)
      )
    }
  }

  /// A session before or after the regular one: lively at first, then even.
  static func extended(minutes: Int) -> SessionShape {
    SessionShape(minutes: minutes) { minute, _ in
      (volume: 400 + decay(2_400, minute, 12), variance: 700 + decay(1_500, minute, 10))
    }
  }

  private init(minutes: Int, weights: (_ minute: Int, _ left: Int) -> (volume: Int, variance: Int)) {
    let minutes = max(1, minutes)
    self.minutes = minutes
    let drawn = (0..<minutes).map { weights($0, minutes - 1 - $0) }
    volume = drawn.map(\.volume)
    volumeBefore = drawn.reduce(into: [0]) { sums, weight in sums.append(sums[sums.count - 1] + weight.volume) }
    let whole = drawn.reduce(0) { $0 + $1.variance }
    deviation = drawn.map { FixedPoint.root(($0.variance << 32) / whole) }
    var sum = 0
    variance =
      [0]
      + drawn.map { weight in
        sum += weight.variance
        return (sum << 20) / whole
      }
  }

  /// `height` times e to the power of −minute / scale.
  private static func decay(_ height: Int, _ minute: Int, _ scale: Int) -> Int {
    FixedPoint.product(height, FixedPoint.exp(-minute * FixedPoint.one / scale))
  }
}
