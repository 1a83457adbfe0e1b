/// Time that has passed on any clock; the clock itself, once its type is hidden, no longer tells.
struct ElapsedTime: Sendable {
  private let read: @Sendable () -> Duration

  init(on clock: any Clock<Duration>) { read = ElapsedTime.reader(of: clock) }

  /// Time since this value was made.
  var now: Duration { read() }

  private static func reader<C: Clock<Duration>>(of clock: C) -> @Sendable () -> Duration {
    let start = clock.now
    return { start.duration(to: clock.now) }
  }
}
