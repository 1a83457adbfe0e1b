import Histogram

/// The control for pacing: how late this machine wakes a task that does nothing but sleep to absolute deadlines.
enum TimerControl {
  /// Sleeps to each deadline in turn and records how many nanoseconds late it woke.
  static func lateness(interval: Int64, count: Int) async throws -> Histogram<UInt64> {
    var lateness = Histogram<UInt64>(
      highestTrackableValue: 60_000_000_000, numberOfSignificantValueDigits: .three)
    let clock = ContinuousClock()
    let start = clock.now
    for index in 1...count {
      let due = start + .nanoseconds(interval * Int64(index))
      try await clock.sleep(until: due, tolerance: .zero)
      let late = (clock.now - due).components
      lateness.record(UInt64(max(0, late.seconds * 1_000_000_000 + late.attoseconds / 1_000_000_000)))
    }
    return lateness
  }
}
