import KISWire

/// Something about a file that its writer should know.
public struct LintFinding: Sendable, Hashable, CustomStringConvertible {
  /// Whether the file can be used all the same.
  public var severity: Severity
  /// Where it stands.
  public var position: FilePosition
  /// What is wrong and, where it is known, what to do: one line, without a full stop.
  public var message: String
  /// The value that it is about, as written; nil when it is about all that begins there.
  var value: String?

  /// How bad it is.
  public enum Severity: String, Sendable, Hashable, CaseIterable {
    /// The file cannot be used.
    case error
    /// It can be used, but not all of it means something.
    case warning
  }

  /// A finding at a place in the file.
  public init(_ severity: Severity, at position: FilePosition, _ message: String) {
    self.severity = severity
    self.position = position
    self.message = message
  }

  public var description: String { "\(position): \(severity.rawValue): \(message)" }

  /// The same at its value, where that stands in the part that begins at its position.
  fileprivate func pointed(at places: [String: [FilePosition]]) -> LintFinding {
    let place = value.flatMap { places[$0] }?.first { ($0.line, $0.column) >= (position.line, position.column) }
    var finding = self
    finding.position = place ?? position
    return finding
  }
}

/// Something to say about a part of a scenario, before it has a place.
struct LintRemark: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// What is wrong.
  var message: String
  /// The value that it is about, as written; nil when it is about the whole part.
  var value: String?

  /// About the whole part.
  init(stringLiteral message: String) { self.message = message }

  /// About a value.
  init(_ message: String, value: String? = nil) {
    self.message = message
    self.value = value
  }
}

extension Scenario {
  /// What can never happen, and ids that KIS does not have; empty when all is well.
  ///
  /// - Parameter source: what it was read from, so that findings about a value stand where the value does; else they stand
  ///   where its part of the file begins.
  public func lint(_ source: YAMLNode? = nil) -> [LintFinding] {
    let places = source?.places ?? [:]
    let findings =
      stateFindings() + ruleFindings() + contradictions() + expectationFindings()
    return findings.map { $0.pointed(at: places) }
      .sorted { ($0.position.line, $0.position.column) < ($1.position.line, $1.position.column) }
  }

  /// States that no rule leads to, and rules that apply in these only.
  private func stateFindings() -> [LintFinding] {
    let reachable = reachableStates()
    return states.filter { !reachable.contains($0) }.map { state in
      let user = rules.first { $0.states.contains(state) || $0.trigger == .state(state) }
      return warning(
        at: user?.position ?? position(of: "states"),
        "no rule that can fire leads to the state `\(state)`; add an action `state: \(state)`")
    }
  }

  /// Follows the rules from the first state until no further state turns up.
  private func reachableStates() -> Set<String> {
    guard let first = states.first else { return [] }
    var reachable: Set<String> = [first]
    var waiting = rules.filter(\.contradictions.isEmpty).filter { !$0.enteredStates.isEmpty }
    var grew = true
    while grew {
      let next = waiting.filter { $0.canFire(in: reachable) }.flatMap(\.enteredStates)
      waiting.removeAll { $0.canFire(in: reachable) }
      grew = !reachable.isSuperset(of: next)
      reachable.formUnion(next)
    }
    return reachable
  }

  private func ruleFindings() -> [LintFinding] {
    let armed = armedFaults
    return rules.indices.flatMap { findings(forRuleAt: $0, armed) }
  }

  private func findings(forRuleAt index: Int, _ armedFaults: Set<FaultName>) -> [LintFinding] {
    let rule = rules[index]
    var messages = rule.contradictions.map { LintRemark($0) } + rule.remarks
    if rule.trigger == .start, let first = states.first, !rule.isAwake(in: first) {
      messages.append("`\(rule.name)` never fires: at the start the state is `\(first)`")
    }
    if playhead == .session, case .timeOfDay = rule.trigger {
      messages.append(
        "`\(rule.name)` never fires: with `playhead: session` there is no time of day that everybody shares")
    }
    for case .clearFaults(let name?) in rule.actions where !armedFaults.contains(name) {
      messages.append("`\(rule.name)` clears `\(name.rawValue)`, which nothing arms")
    }
    // Of a long list only its beginning: who writes so many rules makes them by a program.
    if let earlier = rules[..<min(index, 500)].first(where: { $0.shadows(rule) }) {
      messages.append(
        "`\(rule.name)` never answers: `\(earlier.name)` (line \(earlier.position.line)) answers the same before it")
    }
    return messages.map { warning(from: rule.position, $0) }
  }

  /// Every fault that is there from the start, by a quirk or by a rule.
  private var armedFaults: Set<FaultName> {
    let byRules = rules.flatMap(\.actions).compactMap { if case .fault(let fault) = $0 { fault.name } else { nil } }
    return Set(faults.map(\.name) + quirks.faults.map(\.name) + byRules)
  }

  /// Settings that cancel each other out.
  private func contradictions() -> [LintFinding] {
    var findings: [LintFinding] = []
    if quirks.contains(.noticeEncryptN, transactionID: "H0STCNI0"),
      faults.contains(where: { $0.behavior == .frame(.notice(.plain)) })
    {
      findings.append(
        warning(
          at: position(of: "quirks"),
          "`notice-plain` sends notices unencrypted, so `notice-encrypt-n` changes nothing that clients see"))
    }
    findings += TextPattern(dialect.overrides.keys.sorted()).unknownRealtimeIDs.map {
      warning(from: position(of: "dialect"), $0)
    }
    findings += orders.flatMap(\.unknownNames).map { warning(from: position(of: "orders"), $0) }
    return findings + faults.flatMap(\.remarks).map { warning(from: position(of: "faults"), $0) }
  }

  /// Ids and paths that KIS does not have and that are expected all the same.
  private func expectationFindings() -> [LintFinding] {
    expectations.flatMap(\.unknownNames).map { warning(from: position(of: "expect"), $0) }
  }

  private func warning(from position: FilePosition, _ remark: LintRemark) -> LintFinding {
    var finding = LintFinding(.warning, at: position, remark.message)
    finding.value = remark.value
    return finding
  }

  private func warning(at position: FilePosition, _ message: String) -> LintFinding {
    LintFinding(.warning, at: position, message)
  }
}
