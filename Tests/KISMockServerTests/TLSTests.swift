import Foundation
import KISClient
import KISMockServer
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
