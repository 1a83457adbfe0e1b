import KISRecording
import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("The journal")
struct JournalTests {
  @Test("numbers its entries and keeps their times, sessions and app keys")
  func appends() {
    var journal = Journal()
    journal.append(.connect(path: "/tryitout"), session: 1, at: .seconds(1))
    let entry = journal.append(.registered("H0UPPGM0", "0001"), session: 1, appKey: "PSapp", at: .milliseconds(1_500))
    #expect(journal.entries.map(\.number) == [1, 2])
    #expect(entry.description == "#2 at 1.500s, session 1: register H0UPPGM0 0001 → OPSP0000")
    #expect(
      entry.json.text
        == #"{"id":2,"t":1500000000,"kind":"register","session":1,"app_key":"PSapp","tr_id":"H0UPPGM0","tr_key":"0001","code":"OPSP0000","text":"","reply":null,"matched":true,"near_misses":[]}"#
    )
    #expect(!journal.hasForgotten)
  }

  @Test("keeps no more entries than it may, the newest ones")
  func boundedByCount() {
    var journal = Journal(limits: .init(entries: 3))
    for second in 1...10 { journal.append(.connect(path: "/"), at: .seconds(second)) }
    #expect(journal.entries.map(\.number) == [8, 9, 10])
    #expect(journal.total == 10)
    #expect(journal.hasForgotten)
    #expect(journal.evictedUntil(.connect) == .seconds(7))
    #expect(journal.evictedUntil(.request) == nil)
  }

  @Test("keeps no more bytes than it may")
  func boundedByBytes() {
    var journal = Journal(limits: .init(entries: 1_000_000, bytes: 100_000))
    for _ in 0..<200 { journal.append(.message(String(repeating: "가 ", count: 400)), at: .zero) }
    #expect((20...70).contains(journal.entries.count))
    journal.append(.message(String(repeating: "x y ", count: 1_000_000)), at: .zero)
    #expect(journal.entries.last?.number == 201)
  }

  @Test("never holds a secret: not in headers, parameters, messages or bodies")
  func masksSecrets() {
    var journal = Journal()
    let secret = "s3cr3t"
    let token = String(repeating: "eyJ0eXAiOiJKV1Qi", count: 4)
    let request = ObservedRequest(
      method: "POST", path: "/oauth2/tokenP", appKey: "PSapp",
      parameters: [.init("appsecret", secret), .init("a", "b")],
      headers: [.init("Authorization", "Bearer \(secret)"), .init("appSecret", secret), .init("tr_id", "X")])
    journal.append(
      .request(
        request, JournalAnswer(status: 200, source: .oauth, body: #"{"access_token" : "\#(token)","n":1}"#.utf8)),
      appKey: "PSapp", at: .zero)
    journal.append(
      .message(#"{"header":{"approval_key":"\#(secret)","custtype":"P"},"body":{"x":"\#(secret)y"#), at: .zero)
    journal.append(.message(#"{"header":{"approval_key":"\#(secret)"#), at: .zero)
    journal.append(.message(token), at: .zero)
    let text = journal.entries.prefix(1).map(\.json.text).joined()
    #expect(!text.contains(secret) && !text.contains(token))
    #expect(text.contains(#""parameters":{"appsecret":"***","a":"b"}"#))
    #expect(text.contains(#"{\"access_token\" : \"***\",\"n\":1}"#))
    #expect(
      journal.entries[1].content
        == .message(#"{"header":{"approval_key":"***","custtype":"P"},"body":{"x":"s3cr3ty"#))
    #expect(journal.entries[2].content == .message(#"{"header":{"approval_key":"***"#))
    #expect(journal.entries[3].content == .message("***"))
  }

  @Test("counts delivered frames by session and registration, and forgets the oldest counts first")
  func delivered() throws {
    var journal = Journal(limits: .init(deliveries: 2))
    journal.delivered(5, transactionID: "H0UPPGM0", key: "0001", to: 1, at: .seconds(1))
    journal.delivered(7, transactionID: "H0UPPGM0", key: "0001", to: 1, at: .seconds(2))
    journal.delivered(1, transactionID: "H0UPPGM0", key: "0001", to: 2, appKey: "B", at: .seconds(2))
    let all = try JournalQuery.reading("frame: {tr_id: H0UPPGM0}")
    #expect(journal.count(of: all) == (13, true))
    #expect(journal.count(of: try .reading("{frame: {tr_key: '0001'}, session: 1}")) == (12, true))
    #expect(journal.count(of: try .reading("{frame: {}, app-key: B}")) == (1, true))
    #expect(journal.count(of: try .reading("{frame: {}, since: 3s}")) == (0, true))
    #expect(journal.count(of: try .reading("{frame: {}, session: 1, since: 1500ms}")) == (0, false))
    journal.delivered(1, transactionID: "H0UPPGM0", key: "1001", to: 2, at: .seconds(3))
    #expect(journal.count(of: all).isComplete == false)
  }

  @Test("is empty after a reset and knows it all again")
  func reset() {
    var journal = Journal(limits: .init(entries: 1))
    for _ in 0..<3 { journal.append(.connect(path: "/"), at: .zero) }
    journal.reset()
    #expect(journal.entries.isEmpty)
    #expect(!journal.hasForgotten)
    #expect(journal.append(.connect(path: "/"), at: .zero).number == 1)
  }
}
