import KISWire

/// How long something took, counted in buckets as Prometheus wants them.
package struct Histogram: Sendable, Hashable {
  /// Upper bounds of the buckets, in microseconds; the last bucket has none.
  package static let bounds = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
  ]

  /// How many there were in each bucket, one more than there are bounds.
  package private(set) var counts = Array(repeating: 0, count: bounds.count + 1)
  /// The sum of them all.
  package private(set) var sum = Duration.zero

  package init() {}

  /// How many were observed.
  package var count: Int { counts.reduce(0, +) }

  /// Counts one, or several that took equally long.
  package mutating func observe(_ duration: Duration, times: Int = 1) {
    let microseconds = duration.nanoseconds / 1_000
    counts[Histogram.bounds.firstIndex { microseconds <= $0 } ?? Histogram.bounds.count] += times
    sum += duration * times
  }

  /// The bound in microseconds below which a share of them lies; nil when there are none, or when it lies above all bounds.
  package func quantile(_ share: Double) -> Int? {
    let wanted = (Double(count) * share).rounded(.up)
    var below = 0
    for (bound, count) in zip(Histogram.bounds, counts) {
      below += count
      if below > 0, Double(below) >= wanted { return bound }
    }
    return nil
  }
}
