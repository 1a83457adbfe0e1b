import KISWire
import Testing

@testable import KISSandbox

@Suite("Paging (PROTOCOL section 2.5)")
struct PagingTests {
  private static let paged = Catalogue.rest.filter { !$0.paging.cursors.isEmpty && $0.method == "GET" }

  @Test("Every paged API leads through its pages: F, M, D, each cursor padded to its width", arguments: paged)
  func walk(api: RESTAPI) async throws {
    let world = try RESTFixture { $0.limits.requestsPerSecond = 0 }
    let token = await world.token()
    let id = try #require(api.ids.first).rawValue
    var cursors = Dictionary(api.paging.cursors.map { ($0, "") }) { first, _ in first }
    var marks: [String] = []
    var bodies: Set<String> = []
    while marks.count < 5 {
      let isLowerCase = marks.count % 2 == 1
      let parameters = api.parameters.map { parameter in
        let value = cursors[parameter.name] ?? PagingTests.values[parameter.name] ?? ""
        return (isLowerCase ? parameter.name.lowercased() : parameter.name, value)
      }
      let reply = await world.get(
        api.path, id, parameters, token: token, headers: ["tr_cont": marks.isEmpty ? "" : "N"])
      #expect(reply["rt_cd"] == "0", "\(reply.text.prefix(200))")
      marks.append(reply.headers["tr_cont"] ?? "")
      bodies.insert(reply.text)
      for name in cursors.keys {
        let text = try #require(reply[name.lowercased()])
        let width = Int(name.reversed().prefix { $0.isNumber }.reversed().map(String.init).joined()) ?? 20
        #expect(text.utf8.count == width)
        cursors[name] = text
      }
      if !["F", "M"].contains(marks.last) { break }
    }
    #expect(marks == ["F", "M", "D"])
    #expect(bodies.count == 3, "no page comes twice")
    #expect(cursors.values.allSatisfy { $0.allSatisfy { $0 == " " } }, "the last page leads nowhere")
  }

  @Test("An API without cursors says nothing in tr_cont")
  func unpaged() async throws {
    let world = try RESTFixture()
    let reply = await world.get(pricePath, "FHKST01010100", samsung, token: await world.token())
    #expect(reply.headers["tr_cont"] == "")
  }

  private static let values = ["CANO": "12345678", "ACNT_PRDT_CD": "01"]
}
