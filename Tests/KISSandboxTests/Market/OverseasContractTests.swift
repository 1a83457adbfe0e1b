import KISMarket
import KISWire
import Testing

@testable import KISSandbox

@Suite("Futures and options abroad")
struct OverseasContractTests {
  /// A night on which New York trades.
  private static let night = KoreanTime(year: 2026, month: 9, day: 23, hour: 1, minute: 30)

  private func answer(_ id: TransactionID, _ parameters: [(String, String)]) throws -> Envelope {
    try GeneratedAnswerTests.answer(id, parameters, at: OverseasContractTests.night).envelope
  }

  @Test("Price, terms and lists of terms say the same of a contract, and its dates follow each other")
  func terms() throws {
    let price = try #require(try answer("HHDFC55010000", [("SRS_CD", "ESZ26")]).rows("output1").first)
    let detail = try #require(try answer("HHDFC55010100", [("SRS_CD", "ESZ26")]).rows("output1").first)
    let list = try answer(
      "HHDFC55200000", [("QRY_CNT", "2"), ("SRS_CD_01", "ESZ26"), ("SRS_CD_02", "CLZ26"), ("SRS_CD_03", "GCZ26")]
    ).rows("output2")
    #expect(list.count == 2, "as many as were asked for")
    for name in ["exch_cd", "crc_cd", "trd_fr_date", "expr_date", "remn_cnt", "trst_mgn"] {
      #expect(price[name] == detail[name] && list.first?[name] == detail[name] && detail[name] != nil, "\(name)")
    }
    #expect(detail["exch_cd"] == "CME" && list.last?["clas_cd"] == "007" && detail["crc_cd"] == "USD")
    let dates = ["trd_fr_date", "sttl_date", "mrkt_open_date", "mrkt_close_date", "trd_to_date"].compactMap {
      detail[$0]?.string
    }
    #expect(dates.count == 5 && dates == dates.sorted())
    #expect(price["proc_date"] == "20260923", "the night has gone on after midnight")
  }

  @Test(
    "A chart has as many rows as were asked for, the latest first, within the days asked for; the next page goes on",
    arguments: ["HHDFC55020100", "HHDFC55020000", "HHDFC55020300", "HHDFC55020400", "HHDFC55020200", "HHDFO55020100"]
      as [TransactionID])
  func charts(id: TransactionID) throws {
    func page(_ changes: [String: String]) throws -> (rows: [JSONObject], head: JSONObject) {
      let usual = [
        "SRS_CD": "ESZ26", "EXCH_CD": "CME", "START_DATE_TIME": "", "CLOSE_DATE_TIME": "20260922", "QRY_TP": "Q",
        "QRY_CNT": "10", "QRY_GAP": "1", "INDEX_KEY": "",
      ].merging(changes) { $1 }
      let envelope = try answer(id, usual.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
      let outputs = [envelope.rows("output1"), envelope.rows("output2")]
      let rows = try #require(outputs.first { $0.first?["data_date"] != nil })
      return (rows, try #require(outputs.first { $0.first?["index_key"] != nil }?.first))
    }
    func times(_ rows: [JSONObject]) -> [String] {
      rows.map { ($0["data_date"]?.string ?? "") + ($0["data_time"]?.string ?? "") }
    }
    let (rows, head) = try page([:])
    #expect(rows.count == 10)
    #expect((head["ret_cnt"] ?? head["tret_cnt"])?.string == "10")
    #expect(times(rows) == times(rows).sorted(by: >))
    for row in rows {
      let high = Double(row["high_price"]?.string ?? "") ?? 0
      let low = Double(row["low_price"]?.string ?? "") ?? .infinity
      #expect(low <= high && (Double(row["last_price"]?.string ?? "").map { (low...high).contains($0) } ?? false))
    }
    let next = try page(["QRY_TP": "P", "INDEX_KEY": head["index_key"]?.string ?? ""]).rows
    #expect(next.count == 10)
    if let last = times(rows).last, let first = times(next).first { #expect(first < last, "\(first) \(last)") }
    let limited = try page(["START_DATE_TIME": "20260917", "QRY_CNT": "120"]).rows
    #expect(limited.allSatisfy { ($0["data_date"]?.string ?? "") >= "20260914" }, "of the week of that day at most")
  }

  @Test(
    "The tr_id decides what an answer looks like, where the official sample asks one API with that of another")
  func misprintedID() async throws {
    let caller = await (try SandboxFixture.ofOrders()).caller()
    let path = "overseas-futureoption/v1/quotations/inquire-time-optchartprice"
    let asked = ["SRS_CD": "OESZ26 C7000", "EXCH_CD": "CME", "QRY_CNT": "5"]
    let documented = try await caller.ask(path, "HHDFO55020400", saying: asked).json
    #expect(documented["output1"]?.array?.count == 5 && documented["output2"]?["index_key"] != nil)
    let sample = try await caller.ask(path, "HHDFO55020100", saying: asked).json
    let days = try #require(sample["output2"]?.array, "\(sample.text.prefix(300))")
    #expect(days.count == 5 && Set(days.map { $0["data_date"] }).count == 5, "whole days")
    #expect(sample["output1"]?["ret_cnt"] == "5")
    let ids = Catalogue.rest.flatMap { api in api.otherIDs.map { (api, $0) } }
    for (api, id) in ids {
      let answering = Catalogue.rest(path: api.path, method: api.method, id: id)
      let owner = Catalogue.rest.first { $0.ids.contains(id) && $0.method == api.method }
      #expect(answering?.path == (owner ?? api).path, "\(api.path) \(id)")
    }
  }

  @Test("Opening hours are those of the products that are asked for")
  func hours() throws {
    let all = try answer("OTFM2229R", [("OPT_YN", "%")]).rows("output")
    let energy = try answer("OTFM2229R", [("OPT_YN", "N"), ("FM_CLAS_CD", "007")]).rows("output")
    #expect(all.count > energy.count && !energy.isEmpty)
    #expect(energy.allSatisfy { $0["fm_clas_name"] == "에너지" && $0["fuop_dvsn_name"] == "선물" })
    #expect(try answer("OTFM2229R", [("OPT_YN", "N"), ("FM_PDGR_CD", "ES")]).rows("output").count == 1)
    #expect(try answer("OTFM2229R", [("OPT_YN", "N"), ("FM_EXCG_CD", "LIFFE")]).rows("output").isEmpty)
  }

  @Test("Of open contracts as many are bought as sold, counted on Tuesdays until the day asked for")
  func openContracts() throws {
    let envelope = try answer(
      "HHDDB95030000", [("PROD_ISCD", "ES"), ("BSOP_DATE", "20260910"), ("UPMU_GUBUN", "0"), ("CTS_KEY", "")])
    let rows = envelope.rows("output2")
    #expect(envelope.rows("output1").first?["row_cnt"]?.string == "\(rows.count)")
    #expect(rows.first?["bsop_date"] == "20260908")
    for row in rows {
      func count(_ name: String) throws -> Int { try #require(row[name]?.string.flatMap { Int($0) }, "\(name)") }
      let whole = try count("hts_otst_smtn")
      #expect(try count("bidp_spec") + count("spread_spec") + count("bidp_hedge") + count("bidp_missing") == whole)
      #expect(try count("askp_spec") + count("spread_spec") + count("askp_hedge") + count("askp_missing") == whole)
    }
  }
}
