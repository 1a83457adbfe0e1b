import KISMockServer
import KISSandbox
public import KISScenario

/// What a test's mock plays and does.
public struct MockKIS: Sendable {
  /// A scenario's file, or its name in a folder `scenarios` of this package: `token-expiry`. nil plays the bundled
  /// recordings.
  public var scenario: String?
  /// Paths of recordings to play instead of the scenario's.
  public var recordings: [String]
  /// nil takes the scenario's, or the host's; on a virtual one a test gets the day's messages as fast as it reads them.
  public var clock: Scenario.Clock?
  /// nil takes the scenario's, or 1.
  public var seed: UInt64?
  /// The test's own file: the folders above it are searched for scenarios.
  private let sourceFile: String

  /// A mock that plays what comes with this package, unless something else is named.
  public init(
    scenario: String? = nil, recordings: [String] = [], clock: Scenario.Clock? = nil, seed: UInt64? = nil,
    sourceFile: String = #filePath
  ) {
    self.scenario = scenario
    self.recordings = recordings
    self.clock = clock
    self.seed = seed
    self.sourceFile = sourceFile
  }

  /// Recordings are read once for all tests of a process.
  private static let library = RecordingLibrary.forSockets

  @TaskLocal static var running: RunningMockServer?

  /// The mock of the test that runs.
  /// - Throws: ``MockKISError`` in a test that has none.
  public static var current: RunningMockServer {
    get throws {
      guard let running else {
        throw MockKISError(description: "this test has no mock; write @Test(.mockKIS()) or call it in withMockKIS")
      }
      return running
    }
  }

  /// Runs a body against such a mock, which is also ``current`` in it.
  /// - Throws: what the body throws; `ScenarioError`, `RecordingError` or `MockServerError` when it cannot start.
  public func serving<Result>(_ body: (RunningMockServer) async throws -> Result) async throws -> Result {
    let library = ScenarioLibrary(near: sourceFile, library: MockKIS.library)
    let described = try scenario.map { try library.scenario($0) }
    var configuration = MockServerConfiguration.ephemeral
    configuration.scenarios = library
    configuration.sandbox = try library.configuration(of: described, recordings: recordings, seed: seed)
    let clock = configuration.sandbox.clock(self.clock ?? described?.clock ?? .real)
    return try await withMockServer(configuration, clock: clock) { mock in
      try await MockKIS.$running.withValue(mock) { try await body(mock) }
    }
  }
}

/// Why a test has no mock.
public struct MockKISError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is missing, and what to write.
  public let description: String
}
