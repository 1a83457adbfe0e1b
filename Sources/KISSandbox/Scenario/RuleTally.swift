import KISScenario

/// How often a rule has matched and fired.
struct RuleTally: Sendable {
  var matches = 0
  var matchesOfSessions: [Int: Int] = [:]
  var firings = 0

  /// True when it may not fire any more.
  func isSpent(_ rule: Rule) -> Bool { rule.times.map { firings >= $0 } ?? false }

  /// Counts a match and decides whether it fires.
  mutating func matchFires(_ rule: Rule, session: Int?, using generator: inout SeededGenerator) -> Bool {
    guard !isSpent(rule) else { return false }
    let match = countMatch(rule, session: session)
    if let nth = rule.nth, match != nth { return false }
    if let everyNth = rule.everyNth, match % everyNth != 0 { return false }
    if rule.chance < 1, !generator.chance(rule.chance) { return false }
    firings += 1
    return true
  }

  private mutating func countMatch(_ rule: Rule, session: Int?) -> Int {
    guard rule.counted == .session, let session else {
      matches += 1
      return matches
    }
    matchesOfSessions[session, default: 0] += 1
    return matchesOfSessions[session] ?? 0
  }
}
