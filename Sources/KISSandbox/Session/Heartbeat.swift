import KISScenario

/// PINGPONG of one session: when the next one goes out, and by when it must be answered (PROTOCOL section 3.4).
struct Heartbeat {
  let interval: Duration
  let first: Duration
  let timeout: Duration
  /// Sends nothing while data flows, as some clients observed; by default the timer runs always.
  let onlyWhenIdle: Bool
  private var nextPing: Duration
  private(set) var answerDue: Duration?

  enum Beat {
    case ping
    /// The last PINGPONG was not answered in time.
    case cut
  }

  init(opened: Duration, rules: HeartbeatRules) {
    interval = rules.rhythm == .never ? .zero : rules.interval
    first = rules.first ?? interval
    timeout = rules.timeout
    onlyWhenIdle = rules.rhythm == .idle
    nextPing = interval > .zero ? opened + first : .never
  }

  var nextDeadline: Duration { min(nextPing, answerDue ?? .never) }

  /// What is due; nil when nothing is.
  mutating func beat(at now: Duration) -> Beat? {
    if let answerDue, answerDue <= now { return .cut }
    guard nextPing <= now else { return nil }
    nextPing += interval
    if answerDue == nil { answerDue = now + timeout }
    return .ping
  }

  /// An answer arrived. True when one was owed.
  mutating func answered() -> Bool {
    defer { answerDue = nil }
    return answerDue != nil
  }

  /// Data went out.
  mutating func sentData(at now: Duration) {
    if onlyWhenIdle, interval > .zero, answerDue == nil { nextPing = now + first }
  }
}
