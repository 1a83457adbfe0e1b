import KISWire

extension Rule {
  /// The states that its actions enter.
  package var enteredStates: [String] {
    actions.compactMap { if case .state(let state) = $0 { state } else { nil } }
  }

  /// True when it may fire while the scenario only ever is in these states, unless it contradicts itself.
  func canFire(in reachable: Set<String>) -> Bool {
    guard states.isEmpty || states.contains(where: reachable.contains) else { return false }
    if case .state(let state) = trigger { return reachable.contains(state) }
    return true
  }

  /// Why it can never fire, or why part of it never happens.
  var contradictions: [String] {
    var messages: [String] = []
    if chance == 0 { messages.append("`\(name)` never fires: its chance is 0") }
    if let nth, let everyNth, nth % everyNth != 0 {
      messages.append("`\(name)` never fires: match \(nth) is none of every \(everyNth)")
    }
    if trigger == .start, nth ?? everyNth ?? 1 > 1 {
      messages.append("`\(name)` never fires: a scenario starts once")
    }
    if case .state(let state) = trigger, !states.isEmpty, !states.contains(state) {
      messages.append(
        "`\(name)` never fires: it waits for `\(state)` and is awake only in \(states.joined(separator: ", "))")
    }
    if answers, !trigger.canBeAnswered {
      messages.append("`\(name)` never answers: only requests, registrations and releases are answered")
    }
    if let end = actions.firstIndex(of: .end), end < actions.count - 1 {
      messages.append("`\(name)` does nothing after `end`")
    }
    return messages
  }

  /// True when some action answers.
  package var answers: Bool { actions.contains { if case .answer = $0 { true } else { false } } }

  /// True when it answers everything that a later rule would.
  func shadows(_ later: Rule) -> Bool {
    guard answers, later.answers, nth == nil, everyNth == nil, times == nil, chance == 1 else { return false }
    guard states.isEmpty || (!later.states.isEmpty && Set(states).isSuperset(of: later.states)) else { return false }
    switch (trigger, later.trigger) {
    case (.request(let first), .request(let second)): return first.covers(second)
    case (.register(let first), .register(let second)), (.release(let first), .release(let second)):
      return first.covers(second)
    default: return false
    }
  }

  /// Ids, paths, parameters and codes that KIS does not have.
  var remarks: [LintRemark] {
    var messages = trigger.unknownNames
    for action in actions {
      switch action {
      case .answer(let answer): messages += answer.unknownNames
      case .fault(let fault): messages += fault.remarks
      case .dialect(let dialect): messages += TextPattern(dialect.overrides.keys.sorted()).unknownRealtimeIDs
      case .emit(let emission): messages += emission.unknownNames
      default: break
      }
    }
    return messages
  }
}

extension Trigger {
  /// True when somebody waits for an answer.
  fileprivate var canBeAnswered: Bool {
    switch self {
    case .request, .register, .release: true
    default: false
    }
  }

  fileprivate var unknownNames: [LintRemark] {
    switch self {
    case .request(let pattern): pattern.unknownNames
    case .register(let pattern), .release(let pattern), .frame(let pattern):
      pattern.transactionID?.unknownRealtimeIDs ?? []
    default: []
    }
  }
}

extension RequestPattern {
  fileprivate func covers(_ other: RequestPattern) -> Bool {
    [(method, other.method), (path, other.path), (transactionID, other.transactionID), (appKey, other.appKey)]
      .allSatisfy { $0 == nil || $0 == $1 }
      && parameters.allSatisfy(other.parameters.contains) && headers.allSatisfy(other.headers.contains)
  }
}

extension RegistrationPattern {
  fileprivate func covers(_ other: RegistrationPattern) -> Bool {
    (transactionID == nil || transactionID == other.transactionID) && (key == nil || key == other.key)
  }
}
