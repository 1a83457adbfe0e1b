#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The time of what passes the proxy: the wall clock when it began, from then on a clock that nobody sets.
package struct CaptureClock: Sendable {
  /// Nanoseconds since 1970 now.
  package let now: @Sendable () -> Int64

  /// A clock of the caller's, for tests.
  package init(now: @escaping @Sendable () -> Int64) { self.now = now }

  /// The machine's.
  package static func machine() -> CaptureClock {
    let wall = read(CLOCK_REALTIME)
    let start = read(CLOCK_MONOTONIC)
    return CaptureClock { wall + read(CLOCK_MONOTONIC) - start }
  }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
