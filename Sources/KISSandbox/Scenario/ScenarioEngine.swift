public import KISScenario
public import KISWire

/// Runs the rules of a scenario: events and moments in, actions out. It never waits and never reads a clock.
///
/// On each event the rules are looked at in the order of the file, all of them in the state that was there before.
/// Every rule that matches fires, except that only the first one with an `answer` answers: later ones with an answer
/// are passed over and not counted. A change of state takes effect after the event and wakes the rules that wait
/// for it.
public struct ScenarioEngine: Sendable {
  /// The rules that run, and everything else of the file.
  public private(set) var scenario: Scenario
  /// The state it is in; nil when the scenario has none.
  public private(set) var state: String?
  /// True when some rule waits for delivered frames; when false, they need not be reported.
  public private(set) var watchesFrames: Bool

  private var tallies: [RuleTally]
  private var timers: ScenarioTimers

  /// - Parameters:
  ///   - start: where the playhead stands when the scenario starts.
  ///   - elapsed: time on the sandbox's clock then.
  public init(_ scenario: Scenario, start: TimeOfDay, at elapsed: Duration = .zero) {
    self.scenario = scenario
    state = scenario.states.first
    watchesFrames = scenario.rules.contains { if case .frame = $0.trigger { true } else { false } }
    tallies = Array(repeating: RuleTally(), count: scenario.rules.count)
    timers = ScenarioTimers(scenario.rules, start: start)
    for rule in rulesAwake(in: state) { timers.arm(rule, scenario.rules[rule], at: elapsed) }
  }

  /// One action of a rule that fired.
  public struct Firing: Sendable, Hashable {
    /// The rule's name.
    public var rule: String
    /// What to do.
    public var action: Action
    /// The session of the event; nil when it had none.
    public var session: Int?
  }

  /// Reports that something happened, or with ``ScenarioEvent/time`` that a deadline may have come.
  ///
  /// Rules whose time has come by then fire first.
  /// - Returns: what to do, in order.
  public mutating func observe(
    _ event: ScenarioEvent, at moment: ScenarioMoment, using generator: inout SeededGenerator
  ) -> [Firing] {
    var firings: [Firing] = []
    let due = timers.takeDue(at: moment)
    fire(due, session: nil, at: moment, using: &generator, into: &firings)
    let matching = scenario.rules.indices.filter { scenario.rules[$0].trigger.matches(event) }
    fire(matching, session: event.session, at: moment, using: &generator, into: &firings)
    if case .disconnected(let session) = event {
      for rule in tallies.indices { tallies[rule].matchesOfSessions[session] = nil }
    }
    return firings
  }

  /// When ``observe(_:at:using:)`` is due next with ``ScenarioEvent/time``.
  public var nextDeadline: ScenarioDeadline {
    timers.nextDeadline { rule in
      !tallies[rule].isSpent(scenario.rules[rule]) && scenario.rules[rule].isAwake(in: state)
    }
  }

  /// Reports that the playhead was moved. Times of day that were jumped over do not fire; those that lie ahead again
  /// do.
  public mutating func seek(to timeOfDay: TimeOfDay) { timers.seek(to: timeOfDay) }

  /// Goes on with an edited scenario: the state stays if it still exists, unchanged rules keep their counts.
  public mutating func adopt(_ edited: Scenario, at moment: ScenarioMoment) {
    let old = self
    self = ScenarioEngine(edited, start: moment.timeOfDay)
    timers.seek(to: moment.timeOfDay)
    if let kept = old.state, edited.states.contains(kept) { state = kept }
    for (index, rule) in edited.rules.enumerated() {
      if let before = old.scenario.rules.firstIndex(where: { $0.isSame(as: rule) }) {
        tallies[index] = old.tallies[before]
        timers.keep(index, from: old.timers, before)
      } else if rule.isAwake(in: state) {
        timers.arm(index, rule, at: moment.elapsed)
      }
    }
  }

  private func rulesAwake(in state: String?) -> [Int] {
    scenario.rules.indices.filter { scenario.rules[$0].isAwake(in: state) }
  }

  /// Fires those of some matching rules that are awake and whose turn it is, then enters the states they name.
  private mutating func fire(
    _ matching: [Int], session: Int?, at moment: ScenarioMoment, using generator: inout SeededGenerator,
    into firings: inout [Firing]
  ) {
    var waiting = matching
    // Rules that wake each other must come to an end: each state is entered at most once for one event.
    for _ in 0...scenario.states.count {
      let before = state
      var entered: [String] = []
      var answered = false
      for index in waiting where scenario.rules[index].isAwake(in: before) {
        let rule = scenario.rules[index]
        if rule.answers, answered { continue }
        guard tallies[index].matchFires(rule, session: session, using: &generator) else { continue }
        answered = answered || rule.answers
        firings += rule.actions.map { Firing(rule: rule.name, action: $0, session: session) }
        entered += rule.enteredStates
      }
      guard let next = entered.last, next != state else { return }
      state = next
      for rule in rulesAwake(in: next) where !scenario.rules[rule].states.isEmpty {
        timers.arm(rule, scenario.rules[rule], at: moment.elapsed)
      }
      waiting = scenario.rules.indices.filter { scenario.rules[$0].trigger == .state(next) }
    }
  }
}

extension Rule {
  /// True for the same rule at whatever place of the file.
  fileprivate func isSame(as other: Rule) -> Bool {
    var moved = other
    moved.position = position
    return self == moved
  }
}

extension Trigger {
  /// True when an event is what it waits for; triggers that wait for a time match none.
  fileprivate func matches(_ event: ScenarioEvent) -> Bool {
    switch (self, event) {
    case (.start, .started), (.connect, .connected), (.disconnect, .disconnected),
      (.pingPongAnswered, .pingPongAnswered):
      true
    case (.request(let pattern), .request(let request)): pattern.matches(request)
    case (.register(let pattern), .registered(_, let id, let key)),
      (.release(let pattern), .released(_, let id, let key)),
      (.frame(let pattern), .frameDelivered(_, let id, let key)):
      pattern.matches(transactionID: id, key: key)
    default: false
    }
  }
}
