import Foundation
public import KISWire

/// Host time, at its own pace or a multiple of it.
public struct RealClock: MockClock {
  public let wallStart: KoreanTime
  /// How many seconds pass here in one second of the host.
  public let rate: Double
  private let start: ContinuousClock.Instant

  /// - Parameters:
  ///   - rate: 1 is the host's pace; 60 makes an hour of a minute (for tokens and PINGPONG too, unlike replay speed).
  ///   - wallStart: the wall-clock time to begin at; nil takes the host's.
  public init(rate: Double = 1, wallStart: KoreanTime? = nil) {
    self.rate = rate
    self.wallStart = wallStart ?? KoreanTime.host
    start = ContinuousClock.now
  }

  public var now: Duration {
    let elapsed = ContinuousClock.now - start
    return rate == 1 ? elapsed : elapsed * rate
  }

  public func sleep(until deadline: Duration?) async throws {
    let host = deadline.map { rate == 1 ? $0 : $0 / rate } ?? .seconds(86_400 * 36_500)
    try await ContinuousClock().sleep(until: start + host, tolerance: .zero)
  }
}

extension KoreanTime {
  /// The host's wall clock, read once when a clock is made.
  static var host: KoreanTime {
    KoreanTime(epochNanoseconds: Int64(Date().timeIntervalSince1970 * 1_000_000) * 1_000)
  }
}

/// The host's own time, for what no injected clock can know: measurements, and how long a socket has stood still.
public enum HostTime {
  /// Monotonic nanoseconds, comparable between processes of one machine.
  public static var monotonicNanoseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  static var now: Duration { .nanoseconds(monotonicNanoseconds) }

  static func sleep(for duration: Duration) async throws {
    try await ContinuousClock().sleep(for: duration, tolerance: .zero)
  }
}
