package import KISScenario

/// The faults that are armed in a sandbox, and which of them happen now.
package struct FaultPlan: Sendable {
  private var armed: [ArmedFault] = []

  /// Nothing is armed.
  package init() {}

  /// What is armed, for people to look at.
  package var faults: [ConfiguredFault] { armed.map(\.fault) }

  /// What is armed and how far each has come.
  func statuses(at elapsed: Duration) -> [FaultStatus] { armed.map { $0.status(at: elapsed) } }

  /// True when something armed could happen on such an occasion: when false, there is no need to ask.
  package func concerns(_ occasion: Fault.Occasion) -> Bool {
    armed.contains { $0.fault.behavior.occasion == occasion }
  }

  /// Arms a fault until it is disarmed, or its conditions end it.
  ///
  /// - Parameters:
  ///   - elapsed: time on the sandbox's clock.
  ///   - session: the only session it happens to; nil for everybody.
  package mutating func arm(_ fault: ConfiguredFault, at elapsed: Duration, session: Int? = nil) {
    armed.append(ArmedFault(fault, since: elapsed, session: session))
  }

  /// Arms a fault because a rule fired on an event.
  ///
  /// It concerns the event's session only. A fault of the same kind as the event happens once, unless it says how often
  /// or how long: to that very request or registration, or to the session's next frame.
  /// - Returns: false when it is not armed but has to be done at once, to the event's session or to all: it ends or
  ///   silences sessions, and nothing restricts when.
  package mutating func arm(_ fault: ConfiguredFault, after event: ScenarioEvent, at elapsed: Duration) -> Bool {
    if fault.behavior.strikesSession, fault.conditions.isUnconditional { return false }
    var fault = fault
    if event.occasion == fault.behavior.occasion, fault.conditions.times == nil, fault.conditions.lasts == nil {
      fault.conditions.times = 1
    }
    arm(fault, at: elapsed, session: event.session)
    return true
  }

  /// Takes faults away: all of a name, or all.
  package mutating func disarm(_ name: FaultName? = nil) {
    armed.removeAll { name == nil || $0.fault.name == name }
  }

  /// Forgets what was armed for a session that has ended.
  package mutating func forget(session: Int) {
    armed.removeAll { $0.session == session }
  }

  /// The faults that happen on this occasion, in the order they were armed. Asking counts: ask once for each occasion.
  ///
  /// - Parameter behavior: the only one to ask for, where an occasion is of several kinds; nil asks for all.
  package mutating func faults(
    on occasion: FaultOccasion, that behavior: FaultBehavior? = nil, at elapsed: Duration,
    using generator: inout SeededGenerator
  ) -> [ConfiguredFault] {
    var happening: [ConfiguredFault] = []
    for index in armed.indices where behavior == nil || armed[index].fault.behavior == behavior {
      guard armed[index].happens(on: occasion, at: elapsed, using: &generator) else { continue }
      happening.append(armed[index].fault)
    }
    armed.removeAll { $0.isOver(at: elapsed) }
    return happening
  }
}

/// A fault with its history.
private struct ArmedFault: Sendable {
  let fault: ConfiguredFault
  let since: Duration
  let session: Int?
  private var matched = 0
  private var happened = 0

  init(_ fault: ConfiguredFault, since: Duration, session: Int?) {
    self.fault = fault
    self.since = since
    self.session = session
  }

  func status(at elapsed: Duration) -> FaultStatus {
    FaultStatus(
      fault: fault, session: session, happened: happened,
      remaining: fault.conditions.times.map { max(0, $0 - happened) },
      left: fault.conditions.lasts.map { max(.zero, $0 - (elapsed - since)) })
  }

  func isOver(at elapsed: Duration) -> Bool {
    if let times = fault.conditions.times, happened >= times { return true }
    return fault.conditions.lasts.map { elapsed - since >= $0 } ?? false
  }

  mutating func happens(
    on occasion: FaultOccasion, at elapsed: Duration, using generator: inout SeededGenerator
  ) -> Bool {
    guard fault.behavior.occasion == occasion.kind, fault.behavior.concerns(occasion),
      session == nil || session == occasion.session, !isOver(at: elapsed), fault.conditions.match(occasion)
    else { return false }
    matched += 1
    let conditions = fault.conditions
    guard matched > conditions.skip else { return false }
    if let everyNth = conditions.everyNth, (matched - conditions.skip) % everyNth != 0 { return false }
    if conditions.chance < 1, !generator.chance(conditions.chance) { return false }
    happened += 1
    return true
  }
}

extension FaultConditions {
  /// True when nothing restricts when it happens.
  fileprivate var isUnconditional: Bool { self == FaultConditions() }
}

extension FaultBehavior {
  /// True for the faults that end or silence a whole session.
  var strikesSession: Bool { if case .frame(.end) = self { true } else { false } }
}

extension ScenarioEvent {
  /// The occasion that this event is, for faults of the same kind.
  fileprivate var occasion: Fault.Occasion? {
    switch self {
    case .request: .request
    case .registered: .registration
    case .frameDelivered: .frame
    case .pingPongAnswered: .clientPing
    case .started, .time, .connected, .disconnected, .released: nil
    }
  }
}
