public import KISScenario

/// What a journal says about an expectation.
public struct JournalFinding: Sendable, Hashable, CustomStringConvertible {
  /// Whether it is as expected, as far as the journal can tell.
  public enum Verdict: String, Sendable, Hashable {
    /// It is met.
    case yes
    /// It is not met.
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

  /// For a failed test: what was expected and why, what was found, what came near and what its client sent.
  public var description: String {
    let reason = expectation.because.map { ["  because: \($0)"] } ?? []
    let near = nearest.flatMap { miss in ["  near: \(miss)"] + (miss.sent.map { ["    sent: \($0)"] } ?? []) }
    return (["\(verdict): expected \(expectation); \(found)"] + reason + near).joined(separator: "\n")
  }
}
