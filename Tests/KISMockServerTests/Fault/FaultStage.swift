import KISMockServer
import KISTesting
import KISWire
import Synchronization
import Testing

@testable import KISSandbox
@testable import KISScenario

/// A running mock with a scenario's faults, a clock that the test moves, and raw clients.
///
/// It plays a message a second, from the first registration on: see ``message(_:_:)``.
final class FaultStage {
  let mock: RunningMockServer
  let clock: VirtualClock
  private var sockets: [RawSocket] = []

  /// What one client saw.
  struct Transcript: Hashable {
    var bytes: [UInt8]
    var end: RawSocket.End?
  }

  private init(_ mock: RunningMockServer, _ clock: VirtualClock) {
    self.mock = mock
    self.clock = clock
  }

  var sandbox: Sandbox { mock.sandbox }

  var transcripts: [Transcript] { sockets.map { Transcript(bytes: $0.received, end: $0.end) } }

  /// Runs a body on a stage of its own.
  static func set<Result>(
    with scenario: Scenario, _ body: (FaultStage) async throws -> Result
  ) async throws -> Result {
    var configuration = MockServerConfiguration.ephemeral
    configuration.sandbox = SandboxConfiguration(scenario: scenario)
    configuration.sandbox.recordings = [try RecordingLibrary().recording(bytes: recording, name: "a message a second")]
    configuration.sandbox.simulates = false
    configuration.sandbox.heartbeat.interval = .seconds(20)
    configuration.sandbox.heartbeat.timeout = .seconds(20)
    let clock = VirtualClock(wallStart: KoreanTime(year: 2026, month: 9, day: 21, hour: 9), autoAdvance: false)
    return try await withMockServer(configuration, clock: clock) { mock in
      try await body(FaultStage(mock, clock))
    }
  }

  // MARK: Time

  /// Moves time once the mock waits for it: an answer, a piece or a message is held back until then.
  func pass(_ duration: Duration) async throws {
    try await until { await $0.holdsSomethingBack }
    await move(duration)
  }

  /// Plays second by second.
  func play(seconds: Int) async {
    for _ in 0..<seconds { await move(.seconds(1)) }
  }

  private func move(_ duration: Duration) async {
    clock.advance(by: duration)
    await sandbox.runUntilIdle()
  }

  // MARK: Clients

  /// A client of the REST port.
  func restClient() throws -> RawSocket { try client(mock.addresses.rest) }

  /// A client of the WebSocket port that has sent its upgrade.
  func upgradingClient() throws -> RawSocket {
    let client = try client(mock.addresses.webSocket)
    client.send(RawWebSocket.handshake())
    return client
  }

  /// A client whose WebSocket is open.
  func openClient() async throws -> RawSocket {
    let client = try upgradingClient()
    try await client.expect(FaultStage.upgraded)
    try await until { await !$0.sessionStatuses.isEmpty }
    return client
  }

  /// A client that has sent a registration.
  func registeringClient(_ id: TransactionID = "H0UPPGM0", _ key: String = "0001") async throws -> RawSocket {
    let client = try await openClient()
    try await register(id, key, client)
    return client
  }

  /// A client that was told SUBSCRIBE SUCCESS.
  func registeredClient(_ id: TransactionID = "H0UPPGM0", _ key: String = "0001") async throws -> RawSocket {
    let client = try await registeringClient(id, key)
    _ = try await client.expectSuccess(id, key)
    return client
  }

  /// Sends a registration.
  func register(_ id: TransactionID, _ key: String, _ client: RawSocket) async throws {
    let answer = await sandbox.answer(
      RESTRequest(
        method: "POST", path: "/oauth2/Approval",
        body: Array(#"{"grant_type":"client_credentials","appkey":"app","secretkey":"secret"}"#.utf8)))
    let approvalKey = try JSONValue(parsing: answer.body)["approval_key"]?.string ?? ""
    client.send(ClientFrame.text(RegistrationRequest(.register, id, key: key, approvalKey: approvalKey).text))
  }

  /// Nothing more comes to a client, now that the mock has done all that is due and answered somebody else.
  func expectSilence(_ client: RawSocket, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await until { await $0.sessionStatuses.allSatisfy { $0.backlog == 0 } }
    let other = try RawSocket(mock.addresses.rest)
    other.send("GET /__admin/version HTTP/1.1\r\nHost: localhost\r\n\r\n")
    _ = try await other.take(12)
    let bytes = client.pending()
    let isSilent = bytes.isEmpty && client.end == nil
    #expect(isSilent, "\(bytes.readable)", sourceLocation: sourceLocation)
  }

  /// Returns when the mock has come so far by itself; time stands meanwhile.
  func until(_ condition: (Sandbox) async -> Bool) async throws {
    while await !condition(sandbox) {
      try Task.checkCancellation()
      await Task.yield()
    }
  }

  /// Returns when the journal has a request.
  func untilRequested(times: Int = 1) async { _ = await sandbox.wait(for: .anyRequest, count: times) }

  /// The journal has so many registrations once a client's messages have been read.
  func expectRegistrations(_ count: Int, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let query = JournalQuery(.register(RegistrationPattern()))
    _ = await sandbox.wait(for: query, count: count)
    #expect(await sandbox.currentJournal().count(of: query).count == count, sourceLocation: sourceLocation)
  }

  private func client(_ url: String) throws -> RawSocket {
    let client = try RawSocket(url)
    sockets.append(client)
    return client
  }
}

extension JournalQuery {
  static let anyRequest = JournalQuery(.request(RequestPattern()))
}

extension Sandbox {
  /// Whether an answer, or what leaves a session, waits for time to pass.
  fileprivate var holdsSomethingBack: Bool {
    !waiters.timers.isEmpty || sessions.inOrder.contains { $0.outflow.nextDeadline < .never }
  }
}
