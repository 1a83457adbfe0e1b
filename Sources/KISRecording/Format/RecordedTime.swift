import KISWire

/// A moment of a recording: how long after its start, to the nanosecond, as the member `t` of a line says it.
///
/// A type of its own, since sizes, clocks and times of day are 64-bit numbers and durations too. Between two moments lies
/// a `Duration`. Moments that 64 bits cannot hold, 292 years away, are cut to the last one that they can.
public struct RecordedTime: Sendable, Hashable, Comparable {
  /// Nanoseconds since the recording's start; negative before it.
  public var nanoseconds: Int64

  /// A moment by its nanoseconds since the recording's start.
  @inlinable
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// A moment by how long after the recording's start it is.
  public init(_ sinceStart: Duration) { nanoseconds = sinceStart.nanoseconds }

  /// The recording's start.
  public static let zero = RecordedTime(nanoseconds: 0)
  /// Later than any event.
  public static let distantFuture = RecordedTime(nanoseconds: .max)
  /// Earlier than any event.
  public static let distantPast = RecordedTime(nanoseconds: .min)

  /// How long after the recording's start it is.
  public var sinceStart: Duration { .nanoseconds(nanoseconds) }

  /// Whether a moment is before another.
  @inlinable
  public static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }

  /// A moment so much later.
  public static func + (time: Self, duration: Duration) -> Self {
    let (sum, overflow) = time.nanoseconds.addingReportingOverflow(duration.nanoseconds)
    return overflow ? (duration < .zero ? distantPast : distantFuture) : Self(nanoseconds: sum)
  }

  /// A moment so much earlier.
  public static func - (time: Self, duration: Duration) -> Self {
    let (difference, overflow) = time.nanoseconds.subtractingReportingOverflow(duration.nanoseconds)
    return overflow ? (duration < .zero ? distantFuture : distantPast) : Self(nanoseconds: difference)
  }

  /// How much later one moment is than another.
  public static func - (left: Self, right: Self) -> Duration { left.sinceStart - right.sinceStart }
}

extension RecordedTime: ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// A moment by its nanoseconds, as a number in the source says: `event.offset == 1_500_000_000`.
  @inlinable
  public init(integerLiteral nanoseconds: Int64) { self.init(nanoseconds: nanoseconds) }

  /// The nanoseconds, without a unit, as recordings have them.
  public var description: String { String(nanoseconds) }
}
