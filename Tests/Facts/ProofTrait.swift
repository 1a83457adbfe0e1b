import KISSandbox
public import KISScenario
import Synchronization
public import Testing

/// Says which facts of KIS a test proves: `docs/facts.md` is made of what such tests left in the ``FactLog``.
///
///     @Test("a second session on an app key is refused", .proves(.secondSessionRefused), .proves("3.3 second session"))
public struct ProofTrait: TestTrait, TestScoping {
  let facts: [Fact]

  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
  ) async throws {
    for fact in facts where fact.statement == nil {
      Issue.record("there is no fact \(fact.name)", sourceLocation: test.sourceLocation)
    }
    let failures = Mutex(0)
    let watching = IssueHandlingTrait.compactMapIssues { issue in
      if issue.severity == .error { failures.withLock { $0 += 1 } }
      return issue
    }
    do {
      try await watching.provideScope(for: test, testCase: testCase, performing: function)
    } catch {
      FactLog.shared?.note(facts, provedBy: test, passed: false)
      throw error
    }
    FactLog.shared?.note(facts, provedBy: test, passed: failures.withLock { $0 == 0 })
  }
}

extension Trait where Self == ProofTrait {
  /// The test proves what the protocol's sections state, each by its name in ``Fact/sections``.
  public static func proves(_ facts: Fact...) -> ProofTrait { ProofTrait(facts: facts) }

  /// The test shows quirks of the real service.
  public static func proves(_ quirks: Quirk...) -> ProofTrait { ProofTrait(facts: quirks.map { Fact($0) }) }
}
