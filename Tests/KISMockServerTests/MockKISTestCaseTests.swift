import KISSandbox
import KISTesting
import KISWire
import XCTest

/// The way of test suites that have not moved to Swift Testing.
final class MockKISTestCaseTests: XCTestCase {
  func testRunsAMockAndChecksWhatTheScenarioExpects() async throws {
    try await withMockKIS(MockKIS(scenario: "vts-venue", seed: 3)) { mock in
      let venue = await mock.sandbox.configuration.venue
      XCTAssertEqual(venue, .vts)
      XCTAssertEqual(mock.sandbox.seed, 3)
      let token = try await WireClient(addresses: mock.addresses, appKey: "key").token()
      XCTAssertFalse(token.isEmpty)
    }
  }
}
