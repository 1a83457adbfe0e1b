public import KISWire
import Synchronization

/// Time that moves only when told, or, with ``autoAdvance``, when everybody is idle.
///
/// Idle means: nobody holds the clock (no request being answered, no client far behind in reading), no client message
/// arrived within ``settle`` of host time, and somebody sleeps. Then time jumps to the earliest sleeper.
public final class VirtualClock: MockClock {
  /// The wall-clock moment at which ``now`` was zero, such as a recording's beginning.
  public let wallStart: KoreanTime
  /// Whether time jumps to the next sleeper by itself; not while it is frozen.
  public let autoAdvance: Bool
  /// Host time to leave after a client's message, so that a burst of registrations is one moment.
  public let settle: Duration
  /// Host time to wait for an answer that a client owes, or for one that has stopped reading.
  public let clientPatience: Duration
  /// Time jumps to whole multiples of this, so that what happens within one is sent together; zero jumps to each
  /// moment.
  public let grain: Duration

  private struct Sleeper {
    var id: Int
    var deadline: Duration
    var continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now = Duration.zero
    var sleepers: [Sleeper] = []
    var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    var nextID = 0
    var cancelledEarly: Set<Int> = []
    var workHolds = 0
    /// Since when each client's answer is waited for, the latest last.
    var clientHolds: [ContinuousClock.Instant] = []
    var quietSince = ContinuousClock.now
    /// When the next check for idleness is due, which waits for patience or ``settle``.
    var nextLook: ContinuousClock.Instant?
    var isFrozen = false
  }

  private let state = Mutex(State())

  /// A clock that stands at zero.
  ///
  /// - Parameters:
  ///   - wallStart: the wall-clock time that zero is.
  ///   - autoAdvance: whether time jumps to the next sleeper when everybody is idle.
  ///   - settle: host time left to a client after each of its messages.
  ///   - clientPatience: host time to wait for an answer that a client owes.
  ///   - grain: jumps end at whole multiples of it; zero for each sleeper's own moment.
  public init(
    wallStart: KoreanTime, autoAdvance: Bool = true, settle: Duration = .milliseconds(20),
    clientPatience: Duration = .seconds(1), grain: Duration = .zero
  ) {
    self.wallStart = wallStart
    self.autoAdvance = autoAdvance
    self.settle = settle
    self.clientPatience = clientPatience
    self.grain = grain
  }

  /// The sum of all that time was moved by; host time has no part in it.
  public var now: Duration { state.withLock { $0.now } }

  /// Suspends until time is moved to the deadline, or jumps there by itself; nil waits for cancellation.
  /// - Throws: `CancellationError` when the task is cancelled first.
  public func sleep(until deadline: Duration?) async throws {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        let outcome = state.withLock { state -> Result<Void, any Error>? in
          if state.cancelledEarly.remove(id) != nil { return .failure(CancellationError()) }
          if let deadline, deadline <= state.now { return .success(()) }
          state.sleepers.append(Sleeper(id: id, deadline: deadline ?? .never, continuation: continuation))
          return nil
        }
        if let outcome {
          continuation.resume(with: outcome)
        } else {
          wakeWatchers()
          advanceIfIdle()
        }
      }
    } onCancel: {
      let sleeper = state.withLock { state -> Sleeper? in
        if let index = state.sleepers.firstIndex(where: { $0.id == id }) { return state.sleepers.remove(at: index) }
        state.cancelledEarly.insert(id)
        return nil
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
    state.withLock { _ = $0.cancelledEarly.remove(id) }
  }

  /// Whether jumps to the next sleeper are held back; ``advance(by:)`` moves time all the same.
  public var isFrozen: Bool { state.withLock { $0.isFrozen } }

  /// Holds jumps to the next sleeper back.
  public func freeze() { state.withLock { $0.isFrozen = true } }

  /// Lets jumps go on, with one at once when everybody is idle; without ``autoAdvance`` there are none.
  public func unfreeze() {
    state.withLock { $0.isFrozen = false }
    advanceIfIdle()
  }

  /// Moves time forward and wakes whoever slept until then, in the order of their deadlines.
  public func advance(by duration: Duration) { advance(to: now + duration) }

  /// Moves time forward to a moment; a moment in the past changes nothing.
  public func advance(to moment: Duration) {
    let due = state.withLock { state -> [Sleeper] in
      state.now = max(state.now, moment)
      let due = state.sleepers.filter { $0.deadline <= state.now }.sorted { $0.deadline < $1.deadline }
      state.sleepers.removeAll { $0.deadline <= state.now }
      return due
    }
    for sleeper in due { sleeper.continuation.resume() }
  }

  /// A clock of the same kind that begins at this one's time; nobody sleeps on it.
  public func copy() -> any MockClock {
    let copy = VirtualClock(
      wallStart: wallStart, autoAdvance: autoAdvance, settle: settle, clientPatience: clientPatience, grain: grain)
    let (time, stands) = state.withLock { ($0.now, $0.isFrozen) }
    copy.state.withLock { state in
      state.now = time
      state.isFrozen = stands
    }
    return copy
  }

  /// Suspends until at least `count` tasks sleep on this clock: a test then knows that all have settled.
  public func sleepers(atLeast count: Int = 1) async {
    await withCheckedContinuation { continuation in
      let ready = state.withLock { state in
        if state.sleepers.count >= count { return true }
        state.watchers.append((count, continuation))
        return false
      }
      if ready { continuation.resume() }
    }
  }

  /// Keeps time from jumping: without limit for work, for ``clientPatience`` of host time for what a client owes.
  public func hold(_ reason: ClockHold) {
    state.withLock { state in
      switch reason {
      case .work: state.workHolds += 1
      case .client: state.clientHolds.append(.now)
      }
    }
  }

  /// Takes one ``hold(_:)`` back, for clients the latest, and jumps when that was the last thing in the way.
  public func release(_ reason: ClockHold) {
    state.withLock { state in
      switch reason {
      case .work: state.workHolds -= 1
      // Taken for the latest: a client that never answers uses up its patience once, whatever the others do.
      case .client: _ = state.clientHolds.popLast()
      }
    }
    advanceIfIdle()
  }

  /// Notes that a client just said something, so that time waits for ``settle``.
  public func clientSpoke() {
    guard autoAdvance else { return }
    state.withLock { $0.quietSince = ContinuousClock.now + settle }
  }

  private func wakeWatchers() {
    let ready = state.withLock { state in
      let ready = state.watchers.filter { $0.count <= state.sleepers.count }
      state.watchers.removeAll { $0.count <= state.sleepers.count }
      return ready
    }
    for watcher in ready { watcher.continuation.resume() }
  }

  /// Jumps to the next sleeper, or, when only patience is missing, looks again once it has run out.
  private func advanceIfIdle() {
    guard autoAdvance else { return }
    enum Next {
      case nothing
      case jump(Duration)
      case lookAgain(at: ContinuousClock.Instant)
    }
    let next = state.withLock { state -> Next in
      guard state.workHolds <= 0, !state.isFrozen,
        let earliest = state.sleepers.map(\.deadline).min(),
        earliest < .never
      else { return .nothing }
      var quiet = state.quietSince
      if let latest = state.clientHolds.last { quiet = max(quiet, latest + clientPatience) }
      if ContinuousClock.now >= quiet { return .jump(earliest.roundedUp(to: grain)) }
      // A check that is due later, such as one that waits for a client's answer, must not hold up this one.
      if let nextLook = state.nextLook, nextLook <= quiet { return .nothing }
      state.nextLook = quiet
      return .lookAgain(at: quiet)
    }
    switch next {
    case .nothing: break
    case .jump(let moment): advance(to: moment)
    case .lookAgain(let instant):
      Task {
        try? await ContinuousClock().sleep(until: instant, tolerance: .zero)
        state.withLock { if $0.nextLook == instant { $0.nextLook = nil } }
        advanceIfIdle()
      }
    }
  }
}

extension Duration {
  /// Later than any moment a sandbox reaches.
  static let never = Duration.seconds(86_400 * 36_500)

  /// The next whole multiple; itself for a multiple of zero.
  fileprivate func roundedUp(to grain: Duration) -> Duration {
    guard grain > .zero else { return self }
    let rest = nanoseconds % grain.nanoseconds
    return rest > 0 ? self + grain - .nanoseconds(rest) : self
  }
}
