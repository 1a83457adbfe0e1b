import KISMarket
import KISWire
import Testing

@testable import KISSandbox

@Suite("A code that is none has no figures, whichever API is asked")
struct UnknownCodeTests {
  private static let moment = TradingMoment(Market.referenceDate, ClockTime(10, 30)).koreanTime
  private let quotes = QuotedMarket(seed: 1)

  /// The parameters that name what an inquiry is about.
  private static let subjects: Set<String> = ["FID_INPUT_ISCD", "PDNO", "MKSC_SHRN_ISCD", "SHT_CD"]

  /// Inquiries that are about a code at home.
  private static let paths = Catalogue.rest.filter { api in
    api.method == "GET" && !api.ids.isEmpty && !api.path.contains("/trading/") && !api.path.contains("/overseas-")
      && api.parameters.contains { subjects.contains($0.name.uppercased()) }
  }.map(\.path)

  /// Words of their own: markets, members, and what is kept for all codes alike.
  private static let others = [
    "-by-market", "/invest-opbysec", "/search-info", "/search-stock-info", "/search-bond-info",
    "/comp-program-trade-today",
    "/foreign-institution-total", "/udrl-asset-list", "/udrl-asset-price", "/cond-search",
  ]

  private func answer(_ api: RESTAPI, _ code: String) -> Envelope {
    let id = api.ids.first ?? ""
    let names = api.parameters.map { $0.name.uppercased() }.filter { Self.subjects.contains($0) }
    let chosen = Dictionary(names.map { ($0, code) }) { first, _ in first }
    let sample = SampleQuestion(api, id: id, moment: Self.moment, in: quotes, chosen: chosen)
    return GeneratedAnswer(
      AnswerRequest(
        api: api, id: id, parameters: sample.parameters.map { NameValue($0.0, $0.1) }, moment: Self.moment,
        venue: .real, quotes: quotes, page: 0)
    ).envelope
  }

  @Test("in letters, too short, or of another kind of instrument", arguments: paths)
  func nothing(path: String) throws {
    let api = try #require(Catalogue.rest(path: path))
    guard !Self.others.contains(where: path.hasSuffix) else { return }
    var codes = ["ZZZZZZ", "99", "99999"]
    // A share is no bond, contract, warrant or fund.
    if ["/domestic-bond/", "/domestic-futureoption/", "/etfetn/"].contains(where: path.contains) {
      codes += ["005930"]
    }
    if path.contains("/elw/"), !path.hasSuffix("/compare-stocks") { codes += ["005930"] }
    for code in codes {
      let answer = answer(api, code)
      #expect(answer.isSuccess, "\(code)")
      for output in api.outputs {
        let rows = answer.rows(output.key)
        #expect(output.shape == .object || rows.isEmpty, "\(code) \(output.key) \(rows.count)")
        for row in rows {
          let figures = row.members.filter {
            Double($0.value.string ?? "") ?? 0 != 0 && $0.value.string?.count ?? 0 > 1
          }
          #expect(figures.isEmpty, "\(code) \(output.key) \(figures.map(\.name))")
        }
      }
    }
  }
}
