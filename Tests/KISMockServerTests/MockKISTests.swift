import KISClient
import KISSandbox
import KISScenario
import KISTesting
import KISWire
import Testing

@testable import KISMockServer

@Suite("A test with a mock of its own")
struct MockKISTraitTests {
  @Test("finds it, running on free ports", .mockKIS(seed: 7))
  func current() async throws {
    let mock = try MockKIS.current
    #expect(mock.addresses.rest.hasPrefix("http://127.0.0.1:"))
    #expect(mock.sandbox.seed == 7)
    #expect(try await !WireClient(addresses: mock.addresses, appKey: "key").token().isEmpty)
  }

  @Test("does not wait for the market on a virtual clock", .mockKIS(clock: .virtual), .timeLimit(.minutes(10)))
  func virtual() async throws {
    let mock = try MockKIS.current
    let configuration = ClientConfiguration(
      restURL: mock.addresses.rest, webSocketURL: mock.addresses.webSocket, appKey: "any", appSecret: "any")
    let first: TimeOfDay? = try await withRealtimeClient(configuration) { client in
      for try await trading in try await client.programTrading("0001") { return trading.time }
      return nil
    }
    #expect(first == TimeOfDay("08:59:13"))
    #expect(!mock.sandbox.clock.tellsHostTime)
  }

  @Test(
    "does not wait for it where nothing is recorded either", .mockKIS(clock: .virtual, seed: 7),
    .timeLimit(.minutes(10)))
  func virtualSimulation() async throws {
    let mock = try MockKIS.current
    #expect(await mock.sandbox.configuration.recordings.isEmpty)
    let configuration = ClientConfiguration(
      restURL: mock.addresses.rest, webSocketURL: mock.addresses.webSocket, appKey: "any", appSecret: "any")
    var times: [TimeOfDay] = []
    try await withRealtimeClient(configuration) { client in
      for try await trading in try await client.programTrading("0001") {
        times.append(trading.time)
        if times.count == 3 { break }
      }
    }
    #expect(times == times.sorted() && Set(times).count == 3)
  }

  @Test("plays a scenario by name", .mockKIS(scenario: "vts-venue"))
  func scenario() async throws {
    let configuration = try await MockKIS.current.sandbox.configuration
    #expect(configuration.scenario?.file.hasSuffix("scenarios/vts-venue.yaml") == true)
    #expect(configuration.venue == .vts)
  }

  @Test("is told when it has none")
  func none() {
    #expect(throws: MockKISError.self) { try MockKIS.current }
  }

  @Test("is told the names that come near when a scenario is not there")
  func unknownScenario() async throws {
    await #expect(
      performing: {
        try await MockKIS(scenario: "token-expire").serving { _ in }
      }, throws: { "\($0)" == "there is no scenario `token-expire`; did you mean `token-expiry`?" })
  }

  @Test("reports the seed, what was expected, what came near and the last frames")
  func report() async throws {
    try await withAdminConsole { console, sandbox in
      let (session, _) = try await AdminSession.registered(.indexProgramTrading, "0001", in: sandbox)
      _ = await console.post("/clock/advance", ["by": "3s"])
      await sandbox.disconnected(session, cleanly: true)
      let query = JournalQuery(.register(RegistrationPattern(transactionID: TextPattern(["H0STCNT0"]))))
      let report = await sandbox.report(expecting: [JournalExpectation(.count(query, .atLeast(1)))])
      #expect(!report.isMet)
      let text = report.description
      for part in [
        "seed 1", "no: expected at least 1 of [register tr_id H0STCNT0]; found 0", "near: ", "register H0UPPGM0 0001",
        "0|H0UPPGM0|001|0001^090002^2",
      ] {
        #expect(text.contains(part), "\(text)")
      }
    }
  }
}
