import Facts
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Paging")
struct PagingTests {
  /// All but those that list orders, of which a fresh account has none.
  private static let paged = Catalogue.rest.filter { api in
    !api.paging.cursors.isEmpty && api.method == "GET"
      && !api.outputs.contains { $0.fields.contains { $0.lowercased() == "odno" } }
  }

  @Test(
    "every paged API leads through its pages: F, M, D, or D alone where one holds all, each cursor padded to its width",
    .proves("2.5 tr_cont", "2.5 cursors"), arguments: paged)
  func walk(api: RESTAPI) async throws {
    let caller = await (try SandboxFixture { $0.limits.requestsPerSecond = 0 }).caller()
    let id = try #require(api.ids.first)
    var cursors = Dictionary(api.paging.cursors.map { ($0, "") }) { first, _ in first }
    var marks: [String] = []
    var bodies: Set<String> = []
    while marks.count < 20 {
      let isLowerCase = marks.count % 2 == 1
      let parameters = api.parameters.map { parameter in
        let value = cursors[parameter.name] ?? PagingTests.values[parameter.name] ?? ""
        return (isLowerCase ? parameter.name.lowercased() : parameter.name, value)
      }
      let reply = await caller.ask(api.path, id, parameters, headers: ["tr_cont": marks.isEmpty ? "" : "N"])
      #expect(reply.json["rt_cd"] == "0", "\(reply.text.prefix(200))")
      marks.append(reply.header("tr_cont") ?? "")
      bodies.insert(reply.text)
      for name in cursors.keys {
        let text = try #require(reply.json[name.lowercased()]?.string)
        let width = Int(name.reversed().prefix { $0.isNumber }.reversed().map(String.init).joined()) ?? 20
        #expect(text.utf8.count == width)
        cursors[name] = text
      }
      if !["F", "M"].contains(marks.last) { break }
    }
    #expect(
      marks.last == "D" && marks.dropLast().enumerated().allSatisfy { $0 == 0 ? $1 == "F" : $1 == "M" }, "\(marks)")
    #expect(bodies.count == marks.count, "no page comes twice")
    #expect(cursors.values.allSatisfy { $0.allSatisfy { $0 == " " } }, "the last page leads nowhere")
  }

  @Test(
    "A page has as many rows as KIS documents, and the last one says that none follows",
    arguments: [(Venue.real, [50, 5]), (.vts, [20, 20, 15])])
  func documentedSizes(venue: Venue, sizes: [Int]) async throws {
    let fixture = try SandboxFixture {
      $0.venue = venue
      $0.limits.requestsPerSecond = 0
    }
    let caller = await fixture.caller()
    try await caller.hold(shares: 55)
    var (cursor, counts, mark) = ("", [Int](), "F")
    while ["F", "M"].contains(mark), counts.count < 9 {
      let id: TransactionID = venue == .real ? "TTTC8434R" : "VTTC8434R"
      let answer = await caller.balance(id, cursor: cursor, next: !counts.isEmpty)
      counts.append(answer.rows("output1").count)
      cursor = answer.json["ctx_area_nk100"]?.string ?? ""
      mark = answer.header("tr_cont") ?? ""
    }
    #expect(counts == sizes && mark == "D")
  }

  @Test("What cannot be asked further (다음조회 불가) stands on one page", arguments: ["CTSC2702R", "CTLN4050R"])
  func onePage(id: String) async throws {
    let caller = await (try SandboxFixture { $0.limits.requestsPerSecond = 0 }).caller()
    let api = try #require(Catalogue.rest(TransactionID(id)))
    let values = ["EXCG_DVSN_CD": "00", "THCO_STLN_PSBL_YN": "Y", "INQR_DVSN_1": "0", "INQR_SQN_DVSN": "01"]
    let answer = await caller.ask(
      api.path, TransactionID(id), api.parameters.map { ($0.name, values[$0.name] ?? "") })
    #expect(answer.header("tr_cont") == "D")
    let rows = answer.rows("output1").count
    #expect(id == "CTSC2702R" ? rows > 30 : rows == 20, "\(rows)")
  }

  private static let values = ["CANO": "12345678", "ACNT_PRDT_CD": "01"]
}
