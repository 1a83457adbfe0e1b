public import KISScenario

#if canImport(Testing)
  import KISSandbox
  import Synchronization
  public import Testing

  /// Gives each test a mock of its own, on free ports, stopped when it is over.
  ///
  ///     @Test(.mockKIS(scenario: "token-expiry"))
  ///     func fetchesANewToken() async throws {
  ///       let mock = try MockKIS.current
  ///       try await MyClient(restURL: mock.addresses.rest).poll(times: 5)
  ///     }
  ///
  /// The scenario's expectations are checked when the test is over. A failure of whatever kind is followed by the seed,
  /// the near misses and the last frames. On a suite it goes for every test in it.
  public struct MockKISTrait: TestTrait, SuiteTrait, TestScoping {
    let mock: MockKIS

    /// Each test of a suite gets a mock of its own.
    public var isRecursive: Bool { true }

    /// Runs a test against a mock, then checks what the scenario expects.
    public func provideScope(
      for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
      try await mock.serving { running in
        let issues = IssueCount()
        let watching = IssueHandlingTrait.compactMapIssues { issue in
          issues.add(issue)
          return issue
        }
        do {
          try await watching.provideScope(for: test, testCase: testCase, performing: function)
        } catch {
          // The runner records the error itself once it is thrown.
          Issue.record("\(await running.sandbox.report())", severity: .warning, sourceLocation: test.sourceLocation)
          throw error
        }
        let report = await running.sandbox.report()
        if !report.isMet {
          Issue.record("the scenario's expectations are not met: \(report)", sourceLocation: test.sourceLocation)
        } else if issues.hasAny {
          Issue.record("\(report)", severity: .warning, sourceLocation: test.sourceLocation)
        }
      }
    }
  }

  extension Trait where Self == MockKISTrait {
    /// A mock of its own for each test: see ``MockKISTrait``.
    ///
    /// - Parameters:
    ///   - scenario: its file, or its name in a folder `scenarios` of this package; nil plays the bundled recordings.
    ///   - recordings: paths of recordings to play instead of the scenario's.
    ///   - clock: instead of the scenario's, or the host's; on a virtual one nobody waits.
    ///   - seed: instead of the scenario's.
    public static func mockKIS(
      scenario: String? = nil, recordings: [String] = [], clock: Scenario.Clock? = nil, seed: UInt64? = nil,
      sourceFile: String = #filePath
    ) -> MockKISTrait {
      MockKISTrait(
        mock: MockKIS(scenario: scenario, recordings: recordings, clock: clock, seed: seed, sourceFile: sourceFile))
    }
  }

  /// Whether a test recorded an issue that fails it.
  private final class IssueCount: Sendable {
    private let count = Mutex(0)

    var hasAny: Bool { count.withLock { $0 > 0 } }

    func add(_ issue: Issue) {
      if issue.severity == .error { count.withLock { $0 += 1 } }
    }
  }
#endif
