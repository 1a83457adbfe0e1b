public import KISScenario

/// What a journal says about an expectation.
public struct JournalFinding: Sendable, Hashable, CustomStringConvertible {
  /// Whether it is as expected, as far as the journal can tell.
  public enum Verdict: String, Sendable, Hashable {
    case yes
    case no
    /// The question touches entries that had to go, and what is left does not disprove it.
    case unknown
  }

  /// What was expected.
  public var expectation: JournalExpectation
  /// Whether it is so; a journal that has forgotten too much says `unknown`, never `yes`.
  public var verdict: Verdict
  /// What was found, in one clause.
  public var found: String
  /// The entries that come nearest to what was expected and missed it.
  public var nearest: [NearMiss]

  /// For a failed test: what was expected, what was found, what came near.
  public var description: String {
    (["\(verdict): expected \(expectation); \(found)"] + nearest.map { "  near: \($0)" }).joined(separator: "\n")
  }
}
