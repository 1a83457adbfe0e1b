import KISMarket
import KISWire
import Testing

@testable import KISSandbox

/// Lists and rankings of warrants (ELW), at noon of a day on which some thirty are listed.
@Suite("Lists of warrants heed what they are asked for")
struct WarrantListTests {
  private static let noon = KoreanTime(year: 2026, month: 9, day: 21, hour: 12)
  private let quotes = QuotedMarket(seed: 1)

  private func rows(_ id: TransactionID, _ chosen: [String: String] = [:]) throws -> [JSONObject] {
    let api = try #require(Catalogue.rest(id))
    let sample = SampleQuestion(api, id: id, moment: Self.noon, in: quotes, chosen: chosen)
    let request = AnswerRequest(
      api: api, id: id, parameters: sample.parameters.map { NameValue($0.0, $0.1) }, moment: Self.noon, venue: .real,
      quotes: quotes, page: 0)
    return GeneratedAnswer(request).envelope.rows("output")
  }

  private func figures(_ rows: [JSONObject], _ field: String) throws -> [Double] {
    try rows.map { try #require($0[field]?.string.flatMap { Double($0) }, "\(field)") }
  }

  private func words(_ rows: [JSONObject], _ field: String) -> [String] { rows.map { $0[field]?.string ?? "" } }

  private func names(_ rows: [JSONObject]) -> [String] {
    rows.map { ($0["elw_kor_isnm"] ?? $0["hts_kor_isnm"])?.string ?? "" }
  }

  private func price(_ code: String) throws -> JSONObject? { try rows("FHKEW15010000", ["FID_INPUT_ISCD": code]).first }

  // MARK: 만기예정/만기종목

  private func ending(_ first: String, _ last: String, _ chosen: [String: String] = [:]) throws -> [JSONObject] {
    try rows("FHKEW154700C0", ["FID_INPUT_DATE_1": first, "FID_INPUT_DATE_2": last].merging(chosen) { $1 })
  }

  @Test(
    "Warrants that ended long ago are listed, the first to end first, and cost what they cost last wherever they are asked for"
  )
  func ended() throws {
    let rows = try ending("20250101", "20251231")
    #expect(rows.count == 72)
    let days = words(rows, "stck_last_tr_date")
    #expect(days == days.sorted() && Set(days.map { $0.prefix(6) }).count >= 11)
    for day in days {
      let date = try #require(CalendarDate(compact: day))
      #expect(date.year == 2025 && TradingCalendar.isTradingDay(date))
    }
    for row in [rows[0], rows[17], rows[40], rows[71]] {
      let code = row["elw_shrn_iscd"]?.string ?? ""
      let now = try price(code)
      #expect(now?["hts_kor_isnm"] == row["elw_kor_isnm"])
      for field in ["elw_prpr", "acpr", "unas_prpr", "unas_isnm"] {
        #expect(now?[field] == row[field], "\(code) \(field)")
      }
      #expect(now?["elw_prpr"] == row["elw_prpr"])
      let trend = try self.rows("FHPEW02740200", ["FID_INPUT_ISCD": code])
      let traded = words(trend, "stck_bsop_date")
      #expect(
        traded.first == row["stck_last_tr_date"]?.string
          && traded.allSatisfy { $0 >= words([row], "stck_lstn_date")[0] })
      #expect(trend.first?["elw_prpr"] == row["elw_prpr"])
      let number = row["stnd_iscd"]?.string ?? ""
      #expect(number.count == 12 && number.contains(code))
    }
  }

  @Test("A list of what ends holds the right, the share and the issuer that are asked for, and no more than a hundred")
  func endingFilters() throws {
    let all = try ending("20250101", "20250630")
    let parts = try ["0", "1"].map { try ending("20250101", "20250630", ["FID_DIV_CLS_CODE": $0]) }
    #expect(parts[0].count + parts[1].count == all.count && parts.allSatisfy { !$0.isEmpty })
    #expect(words(parts[0], "elw_kor_isnm").allSatisfy { $0.hasSuffix("콜") })
    let samsung = try ending("20250101", "20250630", ["FID_UNAS_INPUT_ISCD": "005930"])
    #expect(!samsung.isEmpty && words(samsung, "unas_shrn_iscd").allSatisfy { $0 == "005930" })
    for (issuer, name) in [("00003", "한국"), ("00017", "KB"), ("00005", "미래")] {
      let issued = try ending("20250101", "20251231", ["FID_INPUT_ISCD_2": issuer])
      #expect(!issued.isEmpty && words(issued, "elw_kor_isnm").allSatisfy { $0.hasPrefix(name) }, "\(issuer)")
    }
    #expect(try ending("20250101", "20250630", ["FID_INPUT_ISCD_2": "77777"]).isEmpty)
    #expect(try ending("20250630", "20250101").isEmpty)
    #expect(try ending("20150101", "20251231").count == 100)
    // What is to come is listed once it is there.
    let coming = try ending("20260921", "20291231")
    #expect(!coming.isEmpty && words(coming, "stck_lstn_date").allSatisfy { $0 <= "20260921" })
  }

  @Test("A warrant that is not listed yet, and a code that is no warrant's, have no price")
  func unlisted() throws {
    let later = try #require(MonthlyWarrant.ending(year: 2028, month: 5, seed: 1).first)
    for code in [later.code, "005930", "999999", "5"] {
      let trend = try rows("FHPEW02740200", ["FID_INPUT_ISCD": code])
      #expect(trend.isEmpty, "\(code)")
    }
    #expect(try price(later.code)?["elw_prpr"]?.string.flatMap { Double($0) } ?? 0 == 0)
  }

  // MARK: Rankings

  /// Every sort code of a ranking, with the field that it sorts by and whether the highest comes first.
  private static let orders: [(id: TransactionID, code: String, field: String, falls: Bool)] = [
    ("FHPEW02790000", "0", "stck_cnvr_rate", true), ("FHPEW02790000", "1", "lvrg_val", true),
    ("FHPEW02790000", "2", "acpr", true), ("FHPEW02790000", "3", "invl_val", true),
    ("FHPEW02790000", "4", "tmvl_val", true), ("FHPEW02850000", "0", "hts_thpr", true),
    ("FHPEW02850000", "1", "delta_val", true), ("FHPEW02850000", "2", "gama", true),
    ("FHPEW02850000", "3", "theta", true), ("FHPEW02850000", "4", "vega", true), ("FHPEW02850000", "5", "rho", true),
    ("FHPEW02850000", "6", "hts_ints_vltl", true), ("FHPEW02850000", "7", "d90_hist_vltl", true),
    ("FHPEW02770000", "0", "prdy_ctrt", true), ("FHPEW02770000", "1", "prdy_ctrt", false),
    ("FHPEW02780000", "0", "acml_vol", true), ("FHPEW02780000", "3", "acml_tr_pbmn", true),
    ("FHPEW02870000", "1", "stnd_val_ctrt", true), ("FHPEW02870000", "2", "stnd_val_ctrt", false),
    ("FHPEW02870000", "3", "acml_vol", true), ("FHPEW02870000", "4", "total_bidp_rsqn", true),
    ("FHPEW02870000", "5", "total_askp_rsqn", true), ("FHKEW154800C0", "0", "stck_lstn_date", true),
  ]

  @Test(
    "Rankings are sorted by the figure that their code names",
    arguments: orders.map { ($0.id, $0.code, $0.field, $0.falls) })
  func sorted(_ id: TransactionID, _ code: String, _ field: String, _ falls: Bool) throws {
    let figures = try figures(rows(id, ["FID_RANK_SORT_CLS_CODE": code]), field)
    #expect(figures.count > 5)
    #expect(figures == figures.sorted { falls ? $0 > $1 : $0 < $1 }, "\(figures)")
    // Of what is the same of all there is no order; everything else differs.
    #expect(Set(figures).count > 1 || field == "d90_hist_vltl")
  }

  @Test("A search sorts by each of its figures, from either end")
  func searched() throws {
    let fields = [
      "1": "elw_shrn_iscd", "2": "elw_prpr", "3": "prdy_ctrt", "4": "acml_vol", "5": "acpr", "6": "stck_cnvr_rate",
      "7": "stck_lstn_date", "8": "mtrt_date", "9": "hts_rmnn_dynu", "10": "lvrg_val",
    ]
    let outputs = try #require(Catalogue.rest("FHKEW15100000")?.outputs.first?.fields.map { $0.lowercased() })
    for (code, field) in fields where outputs.contains(field) {
      for falls in [true, false] {
        let rows = try rows("FHKEW15100000", ["FID_RANK_SORT_CLS_CODE": code, "FID_INPUT_CNT_1": falls ? "1" : "2"])
        #expect(rows.count > 20)
        if field == "elw_shrn_iscd" {
          #expect(words(rows, field) == words(rows, field).sorted { falls ? $0 > $1 : $0 < $1 })
        } else {
          let figures = try figures(rows, field)
          #expect(figures == figures.sorted { falls ? $0 > $1 : $0 < $1 }, "\(code) \(figures)")
        }
      }
    }
  }

  @Test(
    "Every ranking keeps to the right, the share, the issuer, the price and the volume that are asked for",
    arguments: ["FHPEW02790000", "FHPEW02850000", "FHPEW02870000", "FHPEW02770000", "FHPEW02780000"] as [TransactionID])
  func filtered(_ id: TransactionID) throws {
    let all = try rows(id)
    let called = names(all)
    #expect(all.count > 10 && called.contains { $0.hasSuffix("콜") } && called.contains { $0.hasSuffix("풋") })
    let right = id == "FHPEW02870000" ? "FID_MRKT_CLS_CODE" : "FID_DIV_CLS_CODE"
    let (call, put) = id == "FHPEW02870000" ? ("C", "P") : ("1", "2")
    #expect(names(try rows(id, [right: call])).allSatisfy { $0.hasSuffix("콜") })
    #expect(names(try rows(id, [right: put])).allSatisfy { $0.hasSuffix("풋") })
    let samsung = names(try rows(id, ["FID_UNAS_INPUT_ISCD": "005930"]))
    #expect(!samsung.isEmpty && samsung.allSatisfy { $0.contains("삼성전자") } && samsung.count < all.count)
    let issued = names(try rows(id, ["FID_INPUT_ISCD": "00003"]))
    #expect(!issued.isEmpty && issued.allSatisfy { $0.hasPrefix("한국") } && issued.count < all.count)
    let cheap = try figures(rows(id, ["FID_INPUT_PRICE_1": "50", "FID_INPUT_PRICE_2": "200"]), "elw_prpr")
    #expect(!cheap.isEmpty && cheap.count < all.count && cheap.allSatisfy { (50...200).contains($0) })
    let middle = try figures(all, "acml_vol").sorted()[all.count / 2]
    let busy = try figures(rows(id, ["FID_INPUT_VOL_1": "\(Int(middle))"]), "acml_vol")
    #expect(!busy.isEmpty && busy.count < all.count && busy.allSatisfy { $0 >= middle })
  }

  @Test("What has been listed since a day, and what ends within so many months")
  func lives() throws {
    let listed = words(try rows("FHKEW154800C0", ["FID_INPUT_DATE_1": "20260901"]), "stck_lstn_date")
    #expect(!listed.isEmpty && listed.allSatisfy { ("20260901"..."20260921").contains($0) })
    for (code, days) in [("1", 0...30), ("2", 31...60), ("3", 61...90), ("4", 91...180)] {
      let names = words(try rows("FHPEW02770000", ["FID_INPUT_RMNN_DYNU_1": code]), "elw_shrn_iscd")
      #expect(!names.isEmpty, "\(code)")
      for name in names {
        let monthly = MonthlyWarrant(name, seed: 1)
        if let monthly {
          #expect(days.contains(monthly.lastDay.number - ("2026-09-21" as CalendarDate).number), "\(code) \(name)")
        }
      }
    }
  }
}
