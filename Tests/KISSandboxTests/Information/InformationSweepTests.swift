import KISMarket
import KISWire
import Testing

@testable import KISSandbox

@Suite("All APIs about domestic shares")
struct InformationSweepTests {
  static let all = Catalogue.rest.filter {
    $0.path.hasPrefix("/uapi/domestic-stock/v1/") && !$0.path.contains("/trading/") && !$0.ids.isEmpty
  }
  static let rankings = all.filter {
    let names = Set($0.parameters.map { $0.name.uppercased() })
    return $0.path.contains("/ranking/") && names.contains("FID_INPUT_PRICE_1")
      && !names.contains("FID_APLY_RANG_PRC_1")
  }

  /// The names by which a range of days is asked for, first and last.
  static func range(_ api: RESTAPI) -> (String, String)? {
    let names = Set(api.parameters.map { $0.name.uppercased() })
    let ranges = [("F_DT", "T_DT"), ("START_DATE", "END_DATE"), ("FID_INPUT_DATE_1", "FID_INPUT_DATE_2")]
    return ranges.first { names.contains($0.0) && names.contains($0.1) }
  }

  static let ranged = all.filter { range($0) != nil }

  private func ask(_ api: RESTAPI, _ chosen: [String: String] = [:], at moment: KoreanTime = Information.evening)
    -> [JSONObject]
  {
    let isIndex = api.path.contains("index") && !api.path.contains("/ranking/") || api.path.contains("by-market")
    let usual = [
      "FID_INPUT_ISCD": api.path.contains("/ranking/") ? "0000" : isIndex ? "0001" : "005930",
      "MKSC_SHRN_ISCD": "005930", "SHT_CD": api.path.contains("/ksdinfo/") ? "" : "005930", "PDNO": "005930",
      "PRDT_TYPE_CD": "300", "FID_COND_MRKT_DIV_CODE": isIndex ? "U" : "J", "FID_PERIOD_DIV_CODE": "D",
      "MRKT_DIV_CLS_CODE": "3", "FID_INPUT_ISCD_1": isIndex ? "KSP" : "", "FID_INPUT_ISCD_2": isIndex ? "0001" : "",
      "SEQ": "0",
    ]
    let parameters = api.parameters.map { parameter in
      let name = parameter.name.uppercased()
      return NameValue(parameter.name, chosen[name] ?? usual[name] ?? "")
    }
    let answer = GeneratedAnswer(
      api, id: api.ids.first ?? "", parameters: parameters, at: moment, venue: .real, seed: 1)
    #expect(answer.envelope.isSuccess, "\(api.path)")
    return api.outputs.flatMap { answer.envelope.rows($0.key) }
  }

  private static let days = ["stck_bsop_date", "bsop_date", "deal_date", "record_date"]

  @Test("No value is a word that stands for one, and every code is one of the exchange", arguments: all.map(\.path))
  func names(path: String) throws {
    let api = try #require(Catalogue.rest(path: path))
    for row in ask(api) {
      for member in row.members {
        let value = member.value.string ?? ""
        #expect(value != "일반", "\(member.name)")
        if ["mksc_shrn_iscd", "stck_shrn_iscd", "iscd1"].contains(member.name), !value.isEmpty {
          #expect(Instrument.builtIn(value) != nil || api.path.contains("elw"), "\(value)")
        }
      }
    }
  }

  @Test("Days lie in the range that was asked, on trading days, the latest first", arguments: ranged.map(\.path))
  func dates(path: String) throws {
    let api = try #require(Catalogue.rest(path: path))
    let (from, to) = try #require(InformationSweepTests.range(api))
    // A list that is looked for by another day has tests of its own.
    guard !path.hasSuffix("paidin-capin"), !path.contains("/ranking/"), !path.hasSuffix("investor-daily-by-market")
    else { return }
    let rows = ask(api, [from: "20260601", to: "20260731"])
    for field in InformationSweepTests.days {
      let told = rows.compactMap { $0[field]?.string }.filter { !$0.isEmpty }
      #expect(told.allSatisfy { ("20260601"..."20260731").contains($0) }, "\(field) \(told)")
      #expect(told == told.sorted(by: >), "\(field) \(told)")
      guard field.hasSuffix("bsop_date") else { continue }
      #expect(told.allSatisfy { CalendarDate(compact: $0).map(TradingCalendar.isTradingDay) == true }, "\(field)")
    }
  }

  @Test(
    "A ranking leaves out what lies outside of the prices and volumes that were asked for",
    arguments: rankings.map(\.path))
  func filters(path: String) throws {
    let api = try #require(Catalogue.rest(path: path))
    // In the evening all have traded; balances are of the session.
    let prices = ask(api, ["FID_INPUT_PRICE_1": "20000", "FID_INPUT_PRICE_2": "90000"])
    for row in prices where row["stck_prpr"] != nil {
      #expect((20_000...90_000).contains(try Information.number(row, "stck_prpr")))
    }
    if api.parameters.contains(where: { $0.name.uppercased() == "FID_VOL_CNT" }) {
      for row in ask(api, ["FID_VOL_CNT": "1000000"]) where row["stck_prpr"] != nil && row["acml_vol"] != nil {
        #expect(try Information.number(row, "acml_vol") >= 1_000_000)
      }
    }
    for (code, board) in [("0001", Board.kospi), ("1001", .kosdaq)] {
      for row in ask(api, ["FID_INPUT_ISCD": code]) {
        guard let share = (row["mksc_shrn_iscd"] ?? row["stck_shrn_iscd"])?.string else { continue }
        #expect(Instrument.builtIn(share)?.board == board, "\(share)")
      }
    }
  }

  @Test("Rankings by what companies earn, pay and owe are in that order")
  func companies() throws {
    let cases: [(String, [String: String], String, Bool)] = [
      ("profit-asset-index", ["FID_RANK_SORT_CLS_CODE": "0"], "sale_totl_prfi", true),
      ("profit-asset-index", ["FID_RANK_SORT_CLS_CODE": "4"], "total_aset", true),
      ("finance-ratio", ["FID_RANK_SORT_CLS_CODE": "15"], "grs", true),
      ("market-value", ["FID_RANK_SORT_CLS_CODE": "24"], "pbr", true), ("dividend-rate", [:], "divi_rate", true),
      ("credit-balance", ["FID_RANK_SORT_CLS_CODE": "1"], "whol_loan_rmnd_stcn", true),
      ("credit-balance", ["FID_RANK_SORT_CLS_CODE": "4"], "nday_vrss_loan_rmnd_inrt", false),
      ("short-sale", ["FID_PERIOD_DIV_CODE": "D", "FID_INPUT_CNT_1": "4"], "ssts_cntg_qty", true),
    ]
    for (name, chosen, field, isDescending) in cases {
      let api = try #require(Catalogue.rest(path: "/uapi/domestic-stock/v1/ranking/" + name))
      let figures = try ask(api, chosen).filter { $0[field] != nil }.map { try Information.number($0, field) }
      #expect(figures.count == 30 && Set(figures).count > 5, "\(name)")
      #expect(figures == figures.sorted { isDescending ? $0 > $1 : $0 < $1 }, "\(name) \(figures)")
    }
  }
}
