import KISRecording
import KISWire

/// Which recorded time belongs to which moment of the clock: a straight line, replaced whenever the rate changes.
///
/// The line is absolute (anchor + distance ÷ rate), so nothing accumulates: a replay cannot drift.
struct Timebase {
  /// The clock's time at the anchor.
  var anchor: Duration
  /// The recorded time at the anchor.
  var position: RecordedTime
  /// Recorded seconds that pass in one second of the clock; greater than zero.
  var rate: Double

  /// When the clock reaches a recorded position.
  func moment(of position: RecordedTime) -> Duration {
    let distance = position - self.position
    return anchor + (rate == 1 ? distance : .nanoseconds(Int64(clamping: Double(distance.nanoseconds) / rate)))
  }

  /// Which recorded position the clock has reached.
  func position(at moment: Duration) -> RecordedTime {
    let elapsed = moment - anchor
    return position + (rate == 1 ? elapsed : .nanoseconds(Int64(clamping: Double(elapsed.nanoseconds) * rate)))
  }
}

extension Int64 {
  /// The nearest whole number that fits; NaN is zero.
  init(clamping value: Double) {
    if value.isNaN {
      self = 0
    } else if value >= 9.2e18 {
      self = .max / 2
    } else if value <= -9.2e18 {
      self = .min / 2
    } else {
      self = Int64(value.rounded())
    }
  }
}
