import KISRecording
import KISScenario
import KISWire

/// What quirks of sessions have to remember.
struct QuirkMemory {
  /// Quirk 48: when the last day of instruments on NXT is over; nil when the quirk is off.
  private let lastDayEnds: Duration?
  /// Quirk 48: true once they have left.
  private(set) var haveLeftNXT = false
  /// Quirk 58: when each app key closed a connection or released a registration.
  private var turns: [String: [Duration]] = [:]

  init(_ quirks: Quirks, at now: Duration, wall: KoreanTime) {
    let untilMidnight = Duration.nanoseconds(86_400_000_000_000 - wall.nanosecondOfDay)
    lastDayEnds = quirks.contains(.instrumentLeavesNxt) ? now + untilMidnight : nil
  }

  /// True once: at the midnight when instruments leave NXT.
  mutating func leaveNXT(at now: Duration) -> Bool {
    guard !haveLeftNXT, let lastDayEnds, lastDayEnds <= now else { return false }
    haveLeftNXT = true
    return true
  }

  /// Counts a connection closed or a registration released; true when there were too many of them in a row.
  mutating func hasLooped(_ appKey: String, at now: Duration) -> Bool {
    let recent = (turns[appKey] ?? []).filter { now - $0 < QuirkMemory.window } + [now]
    turns[appKey] = recent.count < QuirkMemory.mostTurns ? recent : nil
    return recent.count >= QuirkMemory.mostTurns
  }

  // KIS's notice gives no figures: these let a client that reconnects with some patience through.
  private static let mostTurns = 10
  private static let window = Duration.seconds(60)
  static let block = Duration.seconds(600)
}

extension Sandbox {
  /// Quirk 48: from midnight on, registrations of instruments that left NXT are silent.
  func leaveNXT(at now: Duration) {
    guard scenarioRun.quirkMemory.leaveNXT(at: now) else { return }
    for session in sessions.inOrder {
      for registration in session.registrations where hasLeftNXT(registration.transactionID, registration.key) {
        session.forget(registration.route)
      }
    }
  }

  /// Whether frames of a registration no longer come since the instrument left NXT.
  func hasLeftNXT(_ transactionID: TransactionID, _ key: String) -> Bool {
    scenarioRun.quirkMemory.haveLeftNXT
      && configuration.quirks.contains(.instrumentLeavesNxt, transactionID: transactionID, key: key)
  }

  /// Quirk 58: blocks an app key that connects and closes, or registers and releases, again and again.
  func blockLoop(of appKey: String?) {
    guard let appKey, configuration.quirks.contains(.loopsBlockAppKey),
      scenarioRun.quirkMemory.hasLooped(appKey, at: clock.now)
    else { return }
    admission.slots[appKey] = .held(until: clock.now + QuirkMemory.block)
  }

  /// Quirk 56: whether a recorded quote comes so soon after the one before that it is left out. Simulated ones, which
  /// have no recorded time, never do.
  func isSampledOut(_ message: FrameBatch.Message, _ name: RouteTable.Name, of session: Session) -> Bool {
    guard configuration.quirks.contains(.sampledQuotes, transactionID: name.transactionID, key: name.key) else {
      return false
    }
    if let last = session.lastSampled[message.route], last < message.offset, message.offset - last < .milliseconds(200)
    {
      return true
    }
    session.lastSampled[message.route] = message.offset
    return false
  }
}
