public import KISMockServer
public import KISSandbox

/// Runs a body against a mock KIS on free ports of this machine, and stops it afterwards.
///
///     try await withMockServer { mock in
///       let client = RESTClient(.init(restURL: mock.addresses.rest, …))
///     }
///
/// - Parameters:
///   - configuration: what it serves; free ports by default.
///   - clock: its clock; give a `VirtualClock` to move time in the test.
/// - Throws: what the body throws, or why the server could not start.
public func withMockServer<Result>(
  _ configuration: MockServerConfiguration = .ephemeral, clock: any MockClock = RealClock(),
  _ body: (RunningMockServer) async throws -> Result
) async throws -> Result {
  try await MockServer(configuration, clock: clock).serving { server, addresses in
    try await body(RunningMockServer(server: server, addresses: addresses))
  }
}

/// A mock server inside the scope of ``withMockServer(_:clock:_:)`` or of the trait `mockKIS`.
public struct RunningMockServer: Sendable {
  /// The server itself: its sandboxes, its certificate.
  public let server: MockServer
  /// Where clients find it.
  public let addresses: MockServer.Addresses

  /// The default sandbox: its playhead, clock, sessions and journal.
  public var sandbox: Sandbox { server.sandbox }
}
