import KISMockServer
import KISScenario
import KISTesting
import KISTransport
import KISWire
import Testing

@testable import KISSandbox

@Suite("Clients side by side")
struct ParallelClientsTests {
  @Test("each get the tokens, keys, ids and chances of their own app key, whoever comes first")
  func outcomes() async throws {
    var outcomes: [String: Set<[String]>] = [:]
    for run in 0..<20 {
      for (appKey, outcome) in try await ParallelClientsTests.run(shiftedBy: run) {
        outcomes[appKey, default: []].insert(outcome)
      }
    }
    #expect(outcomes.count == 4)
    for (appKey, seen) in outcomes { #expect(seen.count == 1, "\(appKey): \(seen)") }
    #expect(Set(outcomes.values.flatMap { $0.map { $0[1] } }).count == 4, "no two app keys have one iv and key")
  }

  /// Four clients at once, begun in another order each time.
  private static func run(shiftedBy shift: Int) async throws -> [String: [String]] {
    var configuration = MockServerConfiguration.ephemeral
    var scenario = Scenario()
    scenario.faults = [
      ConfiguredFault(.gatewayTransient, when: FaultConditions(chance: 0.5, path: TextPattern(["/uapi/*"])))
    ]
    scenario.limits.requestsPerSecond = 0
    configuration.sandbox = SandboxConfiguration(scenario: scenario)
    let clock = VirtualClock(wallStart: KoreanTime(year: 2026, month: 9, day: 21, hour: 9))
    return try await withMockServer(configuration, clock: clock) { mock in
      try await withThrowingTaskGroup(of: (String, [String]).self) { group in
        for index in 0..<4 {
          let client = WireClient(addresses: mock.addresses, appKey: "app \((index + shift) % 4)")
          group.addTask { (client.appKey, try await outcome(of: client, at: mock)) }
        }
        var outcomes: [String: [String]] = [:]
        for try await (appKey, outcome) in group { outcomes[appKey] = outcome }
        return outcomes
      }
    }
  }

  private static func outcome(of client: WireClient, at mock: RunningMockServer) async throws -> [String] {
    let token = try await client.token()
    let approvalKey = try await client.approvalKey()
    let request = RegistrationRequest(.register, "H0STCNI0", key: "me", approvalKey: approvalKey)
    var outputs: [String] = []
    for _ in 0..<2 {
      let socket = try await RawWebSocket(to: mock)
      socket.send(ClientFrame.text(request.text))
      let reply = try #require(try await socket.frame())
      let output = try #require(try RegistrationReply(parsing: String(decoding: reply.payload, as: UTF8.self)).output)
      outputs.append("\(output.iv) \(output.key)")
      socket.send(ClientFrame.close(1000))
      while let frame = try await socket.frame(), frame.opcode != 8 {}
    }
    var codes: [String] = []
    for _ in 0..<10 { codes.append(try await client.code(withToken: token)) }
    return [token] + outputs + [approvalKey, codes.joined(separator: " ")]
  }
}
