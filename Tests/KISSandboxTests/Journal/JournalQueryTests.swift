import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("Asking the journal")
struct JournalQueryTests {
  private let journal: Journal

  init() {
    var journal = Journal()
    journal.append(.get("/oauth2/tokenP", code: ""), appKey: "A", at: .seconds(1))
    journal.append(.connect(path: "/"), session: 1, at: .seconds(2))
    journal.append(.registered("H0UPPGM0", "0001"), session: 1, appKey: "A", at: .seconds(3))
    journal.append(.registered("H0UPPGM0", "9999", code: "OPSP8992"), session: 2, appKey: "B", at: .seconds(4))
    journal.append(
      .release(.init(transactionID: "H0UPPGM0", key: "0001", code: "OPSP0001")), session: 1, at: .seconds(5))
    journal.append(
      .get(
        "/uapi/price", "FHKST01010100", status: 500, code: "EGW00201", parameters: [.init("fid_input_iscd", "005930")]),
      appKey: "A", at: .seconds(6))
    journal.append(.get("/uapi/prise", "FHKST01010100", status: 404, code: "", isMatched: false), at: .seconds(7))
    journal.append(.fault(name: "ws-stall", detail: "nothing more is sent"), session: 1, at: .seconds(8))
    journal.append(.message("pong"), session: 1, at: .seconds(9))
    journal.append(.disconnect(reason: "by the client, 1000"), session: 1, at: .seconds(10))
    self.journal = journal
  }

  @Test(
    "finds what is meant",
    arguments: [
      ("request", [1, 6, 7]), ("connect", [2]), ("register", [3, 4]), ("release", [5]), ("fault", [8]),
      ("message", [9]),
      ("disconnect", [10]),
      ("request: {path: /uapi/*}", [6, 7]), ("request: {path: [/uapi/price, /oauth2/tokenP], method: GET}", [1, 6]),
      ("request: {tr_id: FHKST01010100, parameters: {FID_INPUT_ISCD: '005930'}}", [6]),
      ("{request: {}, status: [404, 500]}", [6, 7]), ("{request: {}, code: EGW*}", [6]),
      ("{request: {}, unmatched: true}", [7]), ("{request: {}, unmatched: false}", [1, 6]),
      ("{request: {}, app-key: A}", [1, 6]), ("register: {tr_key: '9999'}", [4]),
      ("{register: {}, code: OPSP0000}", [3]),
      ("{register: {}, session: 2}", [4]), ("{request: {}, since: 6s}", [6, 7]), ("{request: {}, until: 6s}", [1, 6]),
      ("{request: {}, since: 2s, until: 5s}", []), ("message: p*", [9]), ("fault: ws-reset", []),
      ("{\"register\": {\"tr_id\": \"H0UPPGM0\"}, \"code\": \"OPSP0000\"}", [3]),
    ])
  func matches(query: String, numbers: [Int]) throws {
    #expect(journal.entries(matching: try .reading(query)).map(\.number) == numbers)
  }

  @Test(
    "a query says what is wrong with it",
    arguments: [
      ("request: {pth: /x}", "query:1:11: expected a key of a request, found `pth`; did you mean `path`?"),
      ("{request: {}, register: {}}", "expected exactly one of"),
      ("{status: 200}", "expected exactly one of"),
      ("{request: {}, status: ok}", "expected a whole number from 100 to 999, found `ok`"),
      ("{request: {}, since: 5}", "expected a duration"),
      ("requests: {}", "did you mean `request`?"),
    ])
  func mistakes(query: String, says: String) {
    let error = #expect(throws: ScenarioError.self) { try JournalQuery.reading(query) }
    #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
  }

  @Test("a query describes itself")
  func description() throws {
    let query = try JournalQuery.reading(
      "{request: {method: GET, path: /uapi/*, parameters: {A: 1}}, status: [200, 500], app-key: K, since: 1s}")
    #expect(
      query.description == "request method GET, path /uapi/*, A 1, status 200 or 500, app-key K, from 1s to now")
    #expect(try JournalQuery.reading("connect").description == "connect")
  }
}
