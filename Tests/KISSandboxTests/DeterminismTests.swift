import Crypto
import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

/// Same recording, scenario, seed and client script: the same bytes (100 seeds, three scenarios).
@Suite("Determinism")
struct DeterminismTests {
  private static let scenarios = [
    """
    title: lossy
    faults:
      - {name: ws-drop-frame, chance: 0.3}
      - {name: ws-corrupt-frame, chance: 0.2}
    """,
    """
    title: shuffled
    faults:
      - {name: ws-reorder-frames, window: 3, chance: 0.2}
      - {name: ws-duplicate-frame, chance: 0.2}
    """,
    """
    title: a storm of rules
    rules:
      - when: {frame: {tr_id: H0UPPGM0}}
        chance: 0.2
        do: [{emit: {text: "0|H0UPPGM0|001|0001^made up"}}]
      - when: {request: {path: /oauth2/tokenP}}
        chance: 0.5
        do: [{answer: {code: EGW00133, status: 403}}]
    """,
  ]

  @Test("a hundred seeds, three scenarios, each played twice", arguments: scenarios)
  func transcripts(text: String) async throws {
    let scenario = try Scenario(parsing: text, file: "test.yaml")
    var different: Set<String> = []
    for seed in 1...100 as ClosedRange<UInt64> {
      let first = try await transcript(scenario, seed)
      #expect(try await transcript(scenario, seed) == first, "seed \(seed)")
      different.insert(first)
    }
    #expect(different.count > 90, "seeds make a difference")
  }

  /// The hash of everything a scripted client gets.
  private func transcript(_ scenario: Scenario, _ seed: UInt64) async throws -> String {
    let frames = (0..<20).map { (second: Double($0), text: "0|H0UPPGM0|001|0001^\($0)") }
    let fixture = try SandboxFixture(frames) { configuration in
      let recordings = configuration.recordings
      configuration = SandboxConfiguration(scenario: scenario)
      configuration.recordings = recordings
      configuration.simulates = false
      configuration.seed = seed
    }
    let client = try await fixture.connect()
    let key = await fixture.approvalKey()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key)
    for _ in 0..<25 { await fixture.advance(1) }
    let token = await fixture.sandbox.answer(
      RESTRequest(
        method: "POST", path: "/oauth2/tokenP",
        body: Array(#"{"grant_type":"client_credentials","appkey":"app","appsecret":"secret"}"#.utf8)))
    return SHA256.hash(data: client.sink.wire + token.body).map { String($0, radix: 16) }.joined(separator: ".")
  }
}
