import Foundation
public import KISWire
import Synchronization

/// Host time, at its own pace or a multiple of it; it can be frozen and moved forward.
public final class RealClock: MockClock {
  /// The wall-clock moment at which ``now`` was zero: the host's when the clock was made, unless another was given.
  public let wallStart: KoreanTime
  /// Whether clients on this host read the same time of day from their own clocks.
  public let tellsHostTime: Bool
  /// How many seconds pass here in one second of the host.
  public let rate: Double

  private struct State {
    /// What ``now`` was at the anchor.
    var base = Duration.zero
    var anchor = ContinuousClock.now
    var isFrozen = false
  }

  private let state = Mutex(State())

  /// - Parameters:
  ///   - rate: 1 is the host's pace; 60 makes an hour of a minute (for tokens and PINGPONG too, unlike replay speed).
  ///   - wallStart: the wall-clock time to begin at; nil takes the host's.
  public init(rate: Double = 1, wallStart: KoreanTime? = nil) {
    self.rate = rate
    self.wallStart = wallStart ?? KoreanTime.host
    tellsHostTime = wallStart == nil && rate == 1
  }

  /// Time since this clock was made: host time multiplied by ``rate``, less what was frozen, plus what was skipped.
  public var now: Duration { state.withLock { now($0) } }

  /// Whether time stands still; ``advance(by:)`` moves it all the same.
  public var isFrozen: Bool { state.withLock { $0.isFrozen } }

  /// Makes ``now`` stand still; whoever does it has to wake the sleepers, see ``sleep(until:)``.
  public func freeze() {
    state.withLock { state in
      state.base = now(state)
      state.isFrozen = true
    }
  }

  /// Moves ``now`` forward at once, frozen or not; a negative duration changes nothing. It wakes no sleeper.
  public func advance(by duration: Duration) {
    state.withLock { $0.base += max(.zero, duration) }
  }

  /// Lets time run again from where it stood; nothing happens when it is not frozen.
  public func unfreeze() {
    state.withLock { state in
      guard state.isFrozen else { return }
      state.anchor = .now
      state.isFrozen = false
    }
  }

  /// A clock of the same pace that begins at this one's time.
  public func copy() -> any MockClock {
    let copy = RealClock(rate: rate, wallStart: wallStart, tellsHostTime: tellsHostTime)
    let (time, stands) = state.withLock { (now($0), $0.isFrozen) }
    copy.state.withLock { state in
      state.base = time
      state.isFrozen = stands
    }
    return copy
  }

  private init(rate: Double, wallStart: KoreanTime, tellsHostTime: Bool) {
    (self.rate, self.wallStart, self.tellsHostTime) = (rate, wallStart, tellsHostTime)
  }

  /// Whoever freezes or moves the clock has to wake the sleepers: a sleep does not notice.
  public func sleep(until deadline: Duration?) async throws {
    let host = state.withLock { state -> ContinuousClock.Instant? in
      guard let deadline, !state.isFrozen else { return nil }
      let distance = deadline - state.base
      return state.anchor + (rate == 1 ? distance : distance / rate)
    }
    try await ContinuousClock().sleep(until: host ?? .now + .never, tolerance: .zero)
  }

  private func now(_ state: State) -> Duration {
    guard !state.isFrozen else { return state.base }
    let elapsed = ContinuousClock.now - state.anchor
    return state.base + (rate == 1 ? elapsed : elapsed * rate)
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

  /// Waits in host time: for what happens outside any sandbox, such as a file that is edited.
  public static func sleep(for duration: Duration) async throws {
    try await ContinuousClock().sleep(for: duration, tolerance: .zero)
  }
}
