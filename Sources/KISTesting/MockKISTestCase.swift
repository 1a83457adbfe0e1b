#if canImport(XCTest)
  import KISSandbox
  public import XCTest

  extension XCTestCase {
    /// Runs a body against a mock of its own, on free ports, and checks the scenario's expectations afterwards.
    ///
    ///     func testFetchesANewToken() async throws {
    ///       try await withMockKIS(MockKIS(scenario: "token-expiry")) { mock in
    ///         try await MyClient(restURL: mock.addresses.rest).poll(times: 5)
    ///       }
    ///     }
    ///
    /// A failure of whatever kind is followed by the seed, the near misses and the last frames.
    ///
    /// - Throws: what the body throws, or why the mock could not start.
    public func withMockKIS(
      _ mock: MockKIS, file: StaticString = #filePath, line: UInt = #line,
      _ body: (RunningMockServer) async throws -> Void
    ) async throws {
      let before = testRun?.totalFailureCount ?? 0
      try await mock.serving { running in
        do {
          try await body(running)
        } catch {
          print(await running.sandbox.report())
          throw error
        }
        let report = await running.sandbox.report()
        if !report.isMet {
          XCTFail("the scenario's expectations are not met: \(report)", file: file, line: line)
        } else if testRun?.totalFailureCount ?? 0 > before {
          print(report)
        }
      }
    }
  }
#endif
