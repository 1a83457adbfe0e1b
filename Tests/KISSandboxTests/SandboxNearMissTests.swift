import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("What came near")
struct SandboxNearMissTests {
  private static let frame = "0|H0UPPGM0|001|0001^090001^1"

  /// The journal's last registration, of a mock that plays program trading of 0001.
  private func registering(
    _ id: String, _ key: String, _ change: (inout SandboxConfiguration) -> Void = { _ in }
  ) async throws -> JournalEntry {
    let fixture = try SandboxFixture([(0, Self.frame)], change)
    let client = try await fixture.connect()
    await fixture.register(client.id, TransactionID(id), key, approvalKey: await fixture.approvalKey())
    let journal = await fixture.sandbox.currentJournal()
    return try #require(journal.entries.last { $0.kind == .register })
  }

  @Test("to a registration with a tr_id that does not exist: the rule, the recording, the TR")
  func transactionID() async throws {
    let scenario = try Scenario(
      parsing: "rules: [{name: greet, when: {register: {tr_id: H0UPPGM0}}, do: [{emit: pingpong}]}]", file: "x.yaml")
    let entry = try await registering("H0UPPGMO", "0001") { $0.scenario = scenario }
    #expect(entry.isUnmatched)
    #expect(entry.nearMisses.map(\.name) == ["rule greet", "recording", "TR H0UPPGM0"])
    #expect(entry.nearMisses.first?.difference.description == "tr_id: expected H0UPPGM0, found H0UPPGMO")
  }

  @Test("to a registration with a key that does not exist: keys, not other TRs")
  func key() async throws {
    let entry = try await registering("H0UPPGM0", "0O01")
    #expect(entry.isUnmatched)
    #expect(entry.nearMisses.count == 3)
    #expect(entry.nearMisses.allSatisfy { $0.difference.field == "tr_key" })
    #expect(entry.nearMisses.first?.description == "recording: tr_key: expected 0001, found 0O01")
  }

  @Test("to a registration that succeeds and that nothing will ever feed: what is recorded")
  func silence() async throws {
    let silent = try await registering("H0UPPGM0", "1001") { $0.simulates = false }
    #expect(silent.isUnmatched)
    #expect(silent.nearMisses.first?.description == "recording: tr_key: expected 0001, found 1001")
    #expect(try await !registering("H0UPPGM0", "0001") { $0.simulates = false }.isUnmatched)
    #expect(try await !registering("H0UPPGM0", "1001") { $0.simulates = true }.isUnmatched)
  }

  @Test("to a request whose tr_id is not that of its path")
  func wrongService() async throws {
    let fixture = try SandboxFixture()
    let issued = await fixture.sandbox.answer(
      RESTRequest(
        method: "POST", path: "/oauth2/tokenP",
        body: Array(#"{"grant_type":"client_credentials","appkey":"app-key","appsecret":"secret"}"#.utf8)))
    let token = try JSONValue(parsing: issued.body)["access_token"]?.string ?? ""
    let headers = [
      ("authorization", "Bearer \(token)"), ("appkey", "app-key"), ("appsecret", "secret"), ("tr_id", "FHKST01010101"),
    ]
    _ = await fixture.sandbox.answer(
      RESTRequest(method: "GET", path: "/uapi/domestic-stock/v1/quotations/inquire-price", headers: headers))
    let entry = try #require(await fixture.sandbox.currentJournal().entries.last)
    #expect(entry.isUnmatched)
    #expect(
      entry.nearMisses.first?.description
        == "API 주식현재가 시세: tr_id: expected FHKST01010100, found FHKST01010101")
  }

  @Test("to a request is found beside the sandbox, which answers others meanwhile, and written down when it is known")
  func aside() async throws {
    let fixture = try SandboxFixture()
    let request = RESTRequest(method: "GET", path: "/uapi/domestic-stock/v1/quotations/inquire-prices")
    let outcome = await fixture.sandbox.respond(to: request)
    let unmatched = try #require(outcome.unmatched)
    #expect(outcome.entry == nil)
    #expect(await fixture.sandbox.currentJournal().entries.isEmpty)
    let nearest = await unmatched.nearestAside()
    #expect(nearest.first?.name == "API 주식현재가 시세")
    #expect(await fixture.sandbox.note(unmatched, nearest: nearest) == 1)
    #expect(await fixture.sandbox.currentJournal().entries.first?.nearMisses == nearest)
  }

  @Test("to a request of any length is told in few words")
  func long() async throws {
    let fixture = try SandboxFixture()
    let path = "/uapi/" + String(repeating: "x", count: 60_000)
    _ = await fixture.sandbox.answer(RESTRequest(method: "GET", path: path))
    let entry = try #require(await fixture.sandbox.currentJournal().entries.last)
    #expect(entry.nearMisses.allSatisfy { $0.description.utf8.count < 1_000 })
  }
}
