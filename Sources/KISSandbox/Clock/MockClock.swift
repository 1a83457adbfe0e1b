public import KISWire

/// Where every time in a sandbox comes from. Nothing else reads the wall clock or sleeps.
public protocol MockClock: Sendable {
  /// Time since this clock was made.
  var now: Duration { get }
  /// The wall-clock moment at which ``now`` was zero.
  var wallStart: KoreanTime { get }
  /// Seconds that pass here in one of the host while it runs by itself.
  var rate: Double { get }
  /// Whether clients on this host read the same time of day from their own clocks.
  var tellsHostTime: Bool { get }
  /// Suspends until ``now`` reaches the deadline; nil waits for cancellation.
  /// - Throws: `CancellationError` when the task is cancelled first.
  func sleep(until deadline: Duration?) async throws
  /// Whether time stands still until it is told to move.
  var isFrozen: Bool { get }
  /// Makes time stand still.
  func freeze()
  /// Moves time forward at once.
  func advance(by duration: Duration)
  /// Lets time run again as it did before ``freeze()``.
  func unfreeze()
  /// Says that something is under way which time must not overtake: a request being answered, a full socket.
  /// Real clocks do not care.
  func hold(_ reason: ClockHold)
  /// Takes one ``hold(_:)`` back.
  func release(_ reason: ClockHold)
  /// Another clock that shows the same time now, and goes on by itself as this one would.
  func copy() -> any MockClock
  /// Notes that a client just said something, so that a virtual clock leaves it a moment to go on.
  func clientSpoke()
}

/// Why a virtual clock must not move by itself just now.
public enum ClockHold: Sendable {
  /// Work of ours, sure to end: it is waited for without limit.
  case work
  /// Something that a client owes us: an answer to a PINGPONG, reading what fills its socket. Some never do it, so this
  /// is waited for only a while.
  case client
}

extension MockClock {
  /// The wall-clock time in Korea now.
  public var wallTime: KoreanTime { wallStart + now }

  /// 1: that of a clock which keeps no pace of its own.
  public var rate: Double { 1 }

  /// False: a clock that moves on command has a time of its own.
  public var tellsHostTime: Bool { false }

  /// Does nothing: only a clock that moves by itself has to be held back.
  public func hold(_ reason: ClockHold) {}
  /// Does nothing, for nothing was held.
  public func release(_ reason: ClockHold) {}
  /// Does nothing: time that passes anyway leaves nobody a moment.
  public func clientSpoke() {}
}
