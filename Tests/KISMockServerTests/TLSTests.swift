import Foundation
import KISCapture
import KISClient
import KISMockServer
import KISRecording
import KISSandbox
import KISScenario
import KISTesting
import KISTransport
import KISWire
import Testing

#if TLS
  @Suite("A mock with TLS")
  struct TLSTests {
    @Test("gives a token to whoever trusts its certificate", arguments: ["127.0.0.1", "localhost"])
    func token(host: String) async throws {
      try await withSecureMock { _, configuration in
        #expect(configuration.restURL.hasPrefix("https://127.0.0.1:"))
        var configuration = configuration
        configuration.restURL = configuration.restURL.replacing("127.0.0.1", with: host)
        let token = try await TokenStore(configuration).accessToken()
        #expect(token != "")
      }
    }

    @Test("takes registrations and sends records over wss")
    func registration() async throws {
      try await withSecureMock { _, configuration in
        #expect(configuration.webSocketURL.hasPrefix("wss://127.0.0.1:"))
        try await withRealtimeClient(configuration) { client in
          var records = try await client.records(of: "H0UPPGM0", key: "0001").makeAsyncIterator()
          let first = try await records.next()
          #expect(first?.values.first == "0001")
        }
      }
    }

    @Test("encrypts answers that are spoilt on purpose too")
    func spoiltAnswer() async throws {
      let scenario = try Scenario(
        parsing: "title: spoilt\nfaults: [{name: http-broken-json, path: /uapi/*}]", file: "spoilt.yaml")
      try await withSecureMock(SandboxConfiguration(scenario: scenario)) { _, configuration in
        let trust = TLSTrust.certificates(atPath: configuration.trustedCertificates ?? "")
        let answer = try await HTTPExchange(try Endpoint(configuration.restURL), trust: trust).send(
          HTTPRequest("GET", "/uapi/domestic-stock/v1/quotations/inquire-price"))
        #expect(throws: (any Error).self) { try JSONValue(parsing: answer.body) }
      }
    }

    @Test("is refused by whoever does not trust its certificate, with a word on what to do")
    func mistrust() async throws {
      try await withSecureMock { server, _ in
        let exchange = HTTPExchange(try Endpoint(server.addresses.rest))
        let error = await #expect(throws: TransportError.self) {
          try await exchange.send(HTTPRequest("GET", "/__admin/health"))
        }
        #expect(error?.code == .unreachable)
        #expect(error?.message.contains("certificate") == true)
      }
    }
  }

  @Suite("A recording proxy before an upstream with TLS")
  struct TLSUpstreamTests {
    @Test("records REST and stream in clear when it trusts the upstream's certificate")
    func trusted() async throws {
      try await withSecureMock { running, configuration in
        let trust = TLSTrust.certificates(atPath: configuration.trustedCertificates ?? "")
        let (lines, _) = try await recorded(running, trust) { client, _ in
          #expect(try await TokenStore(client).accessToken() != "")
          try await withRealtimeClient(client) { client in
            var records = try await client.records(of: "H0UPPGM0", key: "0001").makeAsyncIterator()
            #expect(try await records.next()?.values.first == "0001")
          }
        }
        #expect(lines.contains { $0.contains("/oauth2/tokenP") })
        #expect(lines.contains { $0.contains(#""ws":"0|H0UPPGM0|001|0001"#) })
        #expect(!lines.contains { $0.contains(#""appsecret":"secret""#) })
      }
    }

    @Test("refuses one whose certificate it does not trust, and says so in words", arguments: [true, false])
    func mistrusted(isOfAnother: Bool) async throws {
      try await withSecureMock { _, other in
        try await withSecureMock { running, _ in
          let trust = isOfAnother ? TLSTrust.certificates(atPath: other.trustedCertificates ?? "") : TLSTrust.system
          let (lines, failure) = try await recorded(running, trust) { client, failures in
            await #expect(throws: (any Error).self) { try await TokenStore(client).accessToken() }
            var told = failures.makeAsyncIterator()
            return await told.next()
          }
          #expect(failure?.contains("certificate") == true)
          #expect(lines.count == 1, "nothing but the header: the request was not forwarded")
        }
      }
    }

    /// What a proxy before a mock has recorded when a client of it is done, and what the client's code gives.
    private func recorded<Result: Sendable>(
      _ running: RunningMockServer, _ trust: TLSTrust,
      _ body: @Sendable (ClientConfiguration, AsyncStream<String>) async throws -> Result
    ) async throws -> (lines: [Substring], Result) {
      let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).jsonl").path
      defer { try? FileManager.default.removeItem(atPath: path) }
      let clock = CaptureClock.machine()
      let recorder = try SessionRecorder(
        creating: path, replacing: false, start: clock.now(), venue: .real, source: "a test", redacting: true,
        maximumSize: 1 << 30)
      let proxy = CaptureProxy(
        rest: try Endpoint(running.addresses.rest), webSocket: try Endpoint(running.addresses.webSocket),
        host: "127.0.0.1", restPort: 0, webSocketPort: 0, trust: trust, recorder: recorder, clock: clock)
      let (ready, tellReady) = AsyncStream<[Int]>.makeStream()
      let (failures, tellFailure) = AsyncStream<String>.makeStream()
      let result = try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          try await proxy.run(ready: { tellReady.yield([$0, $1]) }, failed: { tellFailure.yield($0) })
        }
        defer { group.cancelAll() }
        var announced = ready.makeAsyncIterator()
        let ports = try #require(await announced.next())
        return try await body(
          ClientConfiguration(
            restURL: "http://127.0.0.1:\(ports[0])", webSocketURL: "ws://127.0.0.1:\(ports[1])", appKey: "key",
            appSecret: "secret"), failures)
      }
      try recorder.finish()
      return (try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n"), result)
    }
  }

  /// A mock with TLS that plays one record, and the configuration of a client that trusts it.
  private func withSecureMock(
    _ sandbox: SandboxConfiguration = SandboxConfiguration(),
    _ body: (RunningMockServer, ClientConfiguration) async throws -> Void
  ) async throws {
    var configuration = MockServerConfiguration.ephemeral
    configuration.usesTLS = true
    configuration.sandbox = sandbox
    configuration.sandbox.recordings = [try RecordingLibrary().recording(bytes: tenSeconds)]
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pem")
    defer { try? FileManager.default.removeItem(at: file) }
    try await withMockServer(configuration) { running in
      try Data((running.server.certificate ?? "").utf8).write(to: file)
      var client = ClientConfiguration(
        restURL: running.addresses.rest, webSocketURL: running.addresses.webSocket, appKey: "key", appSecret: "secret")
      client.trustedCertificates = file.path
      try await body(running, client)
    }
  }
#else
  @Suite("A mock built without TLS")
  struct NoTLSTests {
    @Test("says what to run when TLS is asked for")
    func refuses() {
      var configuration = MockServerConfiguration.ephemeral
      configuration.usesTLS = true
      let error = #expect(throws: MockServerError.self) { try MockServer(configuration, clock: RealClock()) }
      #expect(error?.description.contains("swift run --traits TLS kis-mock serve --tls") == true)
    }
  }
#endif
