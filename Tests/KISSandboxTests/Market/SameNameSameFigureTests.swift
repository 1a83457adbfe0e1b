import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

/// Asks every API about one instrument at one moment, puts everything that they say about now under the names of its
/// fields, and compares: whatever two answers call by one name is one figure.
@Suite("What two answers call by one name is one figure")
struct SameNameSameFigureTests {
  /// Large and thin shares of both boards, a preferred share, funds, a note.
  static let codes = ["005930", "000660", "005935", "247540", "145020", "035420", "069500", "122630", "Q500001"]
  /// KOSPI, KOSDAQ, KOSPI 200, an industry.
  static let indices = ["0001", "1001", "2001", "0013"]
  /// A morning, and the afternoon of the next trading day, behind the close.
  static let moments = [
    OneMarketTests.moment, KoreanTime(year: 2026, month: 9, day: 22, hour: 15, minute: 45),
  ]

  @Test("Of a share, a fund and a note", arguments: moments, codes)
  func shares(moment: KoreanTime, code: String) async throws {
    let caller = await (try OneMarketTests.fixture(at: moment)).caller()
    try await compare(Said(about: code, market: "J", hour: moment.timeOfDay, day: moment.compactDate), by: caller)
  }

  @Test("Of an index", arguments: moments, indices)
  func index(moment: KoreanTime, code: String) async throws {
    let caller = await (try OneMarketTests.fixture(at: moment)).caller()
    try await compare(Said(about: code, market: "U", hour: "60", day: moment.compactDate), by: caller)
  }

  private func compare(_ said: Said, by caller: Caller) async throws {
    var said = said
    for api in Catalogue.rest where said.concerns(api) { await said.ask(api, by: caller) }
    #expect(said.answers > (said.market == "U" ? 5 : 25))
    for (field, figures) in said.figures.sorted(by: { $0.key < $1.key }) {
      let told = figures.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value.sorted().joined(separator: ", ")))" }
      #expect(figures.count == 1, "\(said.code) \(field): \(told.joined(separator: " but "))")
    }
  }
}

/// What APIs said about an instrument.
private struct Said {
  let code: String
  let market: String
  let hour: String
  let day: String
  /// By field and figure, who said so.
  var figures: [String: [String: Set<String>]] = [:]
  /// How many answers told of it.
  var answers = 0

  init(about code: String, market: String, hour: String, day: String) {
    (self.code, self.market, self.hour, self.day) = (code, market, hour, day)
  }

  /// Lists of instruments, of which the row about this one counts.
  private func isList(_ api: RESTAPI) -> Bool {
    ["/ranking/", "volume-rank", "capture-uplowprice", "exp-closing-price", "frgnmem-trade-estimate"].contains {
      api.path.contains($0)
    }
  }

  func concerns(_ api: RESTAPI) -> Bool {
    guard api.path.contains("/domestic-stock/"), api.path.contains("quotations/") || api.path.contains("ranking/")
    else { return false }
    let name = String(api.path.split(separator: "/").last ?? "")
    guard !Said.others.contains(name), !name.contains("overtime") else { return false }
    return (market == "U") == name.contains("index")
  }

  /// What tells of something else than an instrument at a moment of KRX's session: of whole markets, of companies, of
  /// people, of figures that staff key in now and then; and the evening.
  private static let others: Set<String> = [
    "chk-holiday", "comp-interest", "comp-program-trade-daily", "comp-program-trade-today", "estimate-perform",
    "foreign-institution-total", "inquire-investor-daily-by-market", "inquire-investor-time-by-market",
    "intstock-grouplist", "intstock-stocklist-by-group", "invest-opbysec", "invest-opinion",
    "investor-program-trade-today", "investor-trend-estimate", "lendable-by-company", "credit-by-company",
    "market-time",
    "mktfunds", "news-title", "psearch-result", "psearch-title", "search-info", "search-stock-info",
    "inquire-elw-price", "profit-asset-index", "exp-total-index",
    // Trades of one size, and of the customers of one member.
    "tradprt-byamt", "bulk-trans-num", "traded-by-company",
    // Rows of days that are settled or over, and of the last auction that was.
    "daily-credit-balance", "short-sale", "exp-price-trend", "exp-index-trend",
  ]

  mutating func ask(_ api: RESTAPI, by caller: Caller) async {
    let parameters = api.parameters.map { ($0.name, value(of: $0.name.uppercased(), in: api)) }
    let answer = await caller.ask(api.path, api.ids[0], parameters)
    for output in api.outputs {
      var rows = answer.rows(output.key)
      if isList(api) { rows = rows.filter { row in Said.names.contains { row[$0]?.string == code } } }
      // An index comes with a list of its kin.
      if rows.contains(where: { $0["bstp_cls_code"] != nil }) {
        rows = rows.filter { $0["bstp_cls_code"]?.string == code }
      }
      guard let row = rows.first?.object else { continue }
      answers += 1
      let name = "\(api.path.split(separator: "/").last ?? "").\(output.key)"
      for member in row.members where counts(member.name, of: name) {
        figures[member.name.lowercased(), default: [:]][member.value.string ?? "", default: []].insert(name)
      }
    }
  }

  private func value(of parameter: String, in api: RESTAPI) -> String {
    switch parameter {
    case "FID_INPUT_ISCD" where isList(api): "0000"
    case "FID_INPUT_ISCD", "FID_INPUT_ISCD_1", "PDNO", "MKSC_SHRN_ISCD", "SHT_CD": code
    case "FID_COND_MRKT_DIV_CODE", "FID_COND_MRKT_DIV_CODE_1": market
    case "FID_INPUT_DATE_1", "FID_INPUT_DATE_2", "START_DATE", "END_DATE": day
    case "FID_PERIOD_DIV_CODE": "D"
    case "FID_INPUT_HOUR_1": hour
    case "FID_ORG_ADJ_PRC": "0"
    default: ""
    }
  }

  private static let names = ["mksc_shrn_iscd", "stck_shrn_iscd", "iscd", "code"]

  /// Whether a field of an answer is about the instrument now, and about nothing that its row alone has.
  private func counts(_ field: String, of name: String) -> Bool {
    let field = field.lowercased()
    if Said.own.contains(field) || Said.madeUp.contains(where: field.contains) { return false }
    // Here it is what foreign houses traded, elsewhere what foreigners did.
    if name.hasPrefix("frgnmem-"), field.hasPrefix("frgn_") { return false }
    // A minute has prices of its own, a trade the quote that it met.
    if name.hasPrefix("inquire-time-"), name.hasSuffix("2") {
      return !["oprc", "hgpr", "lwpr", "askp", "bidp"].contains(where: field.hasSuffix)
    }
    if name.hasPrefix("inquire-index-timeprice") || name.hasPrefix("inquire-index-tickprice") {
      return !["oprc", "hgpr", "lwpr"].contains(where: field.hasSuffix)
    }
    return true
  }

  /// Places in a list, what was traded in a row's own time, and whose trades a row counts.
  private static let own: Set<String> = [
    "data_rank", "cntg_vol", "stck_cntg_hour", "bsop_hour", "stck_bsop_date", "total_seln_qty", "total_shnu_qty",
    "ntby_qty",
    "acml_ntby_qty", "bstp_cls_code", "acml_vol_rlim", "hts_kor_isnm",
  ]

  /// What no market tells as yet: the days of highs and lows, credit, and changes since the row before.
  private static let madeUp = [
    "_date", "_icdc", "whol_loan", "whol_stln", "crdt_rate", "whol_seln", "whol_shun", "dprt",
  ]
}
