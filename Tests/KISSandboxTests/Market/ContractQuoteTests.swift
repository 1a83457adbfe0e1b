import KISMarket
import KISWire
import Testing

@testable import KISSandbox

@Suite("Quotations of futures and options")
struct ContractQuoteTests {
  private func answer(_ id: TransactionID, _ parameters: [(String, String)], at moment: KoreanTime? = nil) throws
    -> Envelope
  {
    try GeneratedAnswerTests.answer(id, parameters, at: moment ?? GeneratedAnswerTests.moment).envelope
  }

  private func number(_ row: JSONObject, _ name: String) throws -> Double {
    try #require(row[name]?.string.flatMap { Double($0) }, "\(name): \(row[name]?.string ?? "missing")")
  }

  private func price(_ code: String, _ market: String) throws -> Envelope {
    try answer("FHMIF10000000", [("FID_COND_MRKT_DIV_CODE", market), ("FID_INPUT_ISCD", code)])
  }

  @Test("A future tells its last trading day and the days until then, the last one counted")
  func expiry() throws {
    let row = try #require(try price("A01612", "F").rows("output1").first)
    #expect(row["futs_last_tr_date"] == "20261210")
    #expect(row["hts_rmnn_dynu"] == "81", "from the 21st of September")
    #expect(row["hts_kor_isnm"] == "F 202612" && row["acpr"] == "0.00")
  }

  @Test("Beside a contract stand the indices themselves, as their own API tells them")
  func indices() throws {
    let envelope = try price("A01612", "F")
    for (output, code) in [("output2", "0001"), ("output3", "2001")] {
      let row = try #require(envelope.rows(output).first)
      let index = try #require(
        try answer("FHPUP02100000", [("FID_COND_MRKT_DIV_CODE", "U"), ("FID_INPUT_ISCD", code)]).rows("output").first)
      #expect(row["bstp_cls_code"]?.string == code)
      #expect(row["bstp_nmix_prpr"] == index["bstp_nmix_prpr"] && row["bstp_nmix_prpr"] != nil)
    }
  }

  @Test("Bases are distances from the index, and the disparity that from the theoretical price")
  func bases() throws {
    let envelope = try price("A01612", "F")
    let row = try #require(envelope.rows("output1").first)
    let index = try #require(envelope.rows("output3").first)
    let spot = try number(index, "bstp_nmix_prpr")
    let (last, theory) = (try number(row, "futs_prpr"), try number(row, "hts_thpr"))
    #expect(try abs(number(row, "mrkt_basis") - (last - spot)) < 0.011)
    #expect(try abs(number(row, "basis") - (theory - spot)) < 0.011)
    #expect(try abs(number(row, "dprt") - (last - theory) * 100 / theory) < 0.006)
    #expect(theory > spot, "a future costs interest")
  }

  @Test(
    "An option's price is what exercising brings and time; its strike is the one of its code", arguments: ["B", "C"])
  func option(first: String) throws {
    let row = try #require(try price(first + "01612B00", "O").rows("output1").first)
    #expect(row["acpr"] == "1100.00")
    #expect(row["hts_kor_isnm"]?.string == (first == "B" ? "C" : "P") + " 202612 1100.0")
    #expect(try number(row, "delta_val") * (first == "B" ? 1 : -1) > 0.2)
    #expect(try number(row, "gama") > 0 && number(row, "vega") > 0 && number(row, "theta") < 0)
    #expect(try (5...60).contains(number(row, "hts_ints_vltl")))
  }

  @Test(
    "The board lists calls and puts of the month by rising strikes around the index, dearer than exercising them")
  func board() throws {
    let months = try answer("FHPIO056104C0", [("FID_COND_SCR_DIV_CODE", "509")])
    let output = months.members.members.first { $0.value.array != nil }
    let listed = try #require(output?.value.array)
    #expect(listed.compactMap { $0["mtrt_yymm"]?.string }.prefix(3) == ["202610", "202611", "202612"])
    let envelope = try answer(
      "FHPIF05030100",
      [
        ("FID_COND_MRKT_DIV_CODE", "O"), ("FID_COND_SCR_DIV_CODE", "20503"), ("FID_MRKT_CLS_CODE", "CO"),
        ("FID_MTRT_CNT", "202612"), ("FID_COND_MRKT_CLS_CODE", ""), ("FID_MRKT_CLS_CODE1", "PO"),
      ])
    for (output, first) in [("output1", "B01612"), ("output2", "C01612")] {
      let rows = envelope.rows(output)
      #expect(rows.count > 20)
      let strikes = try rows.map { try number($0, "acpr") }
      #expect(strikes == strikes.sorted() && Set(strikes).count == strikes.count)
      let spot = try number(rows[0], "unch_prpr")
      #expect(strikes.first.map { $0 < spot } == true && strikes.last.map { $0 > spot } == true)
      #expect(rows.allSatisfy { $0["optn_shrn_iscd"]?.string?.hasPrefix(first) == true })
      #expect(rows.filter { $0["atm_cls_name"] == "ATM" }.count == 1)
      for row in rows {
        let strike = try number(row, "acpr")
        let intrinsic = max(0, first == "B01612" ? spot - strike : strike - spot)
        #expect(try number(row, "optn_prpr") > intrinsic - 0.011, "\(row["hts_kor_isnm"]?.string ?? "") \(strike)")
        #expect(try abs(number(row, "invl_val") + number(row, "tmvl_val") - number(row, "optn_prpr")) < 0.011)
      }
    }
    let expired = try answer("FHPIF05030100", [("FID_MTRT_CNT", "202501")])
    #expect(expired.rows("output1").isEmpty, "nothing expires in a month that is over")
  }

  @Test("The board of futures lists the months that are to come, the nearest first", arguments: ["", "MKI", "KQI"])
  func futures(product: String) throws {
    let envelope = try answer(
      "FHPIF05030200", [("FID_COND_MRKT_DIV_CODE", "F"), ("FID_COND_MRKT_CLS_CODE", product)])
    let output = envelope.members.members.first { $0.value.array != nil }
    let rows = try #require(output?.value.array).compactMap(\.object)
    let days = try rows.map { try number($0, "hts_rmnn_dynu") }
    #expect(days == days.sorted() && Set(days).count == days.count && days.count >= 4 && days[0] > 0)
    let first = ["": "A01612", "MKI": "A05610", "KQI": "A06612"][product]
    #expect(rows.first?["futs_shrn_iscd"]?.string == first)
  }

  @Test("The trend of an auction is told while it lasts and after it, and is no loss of all")
  func auctions() throws {
    for minute in [(8, 40), (11, 0), (15, 40)] {
      let moment = KoreanTime(year: 2026, month: 9, day: 21, hour: minute.0, minute: minute.1)
      let envelope = try answer(
        "FHPIF05110100", [("FID_INPUT_ISCD", "A01612"), ("FID_COND_MRKT_DIV_CODE", "F")], at: moment)
      let rows = envelope.rows("output2")
      let times = rows.compactMap { $0["stck_cntg_hour"]?.string }
      #expect(!times.isEmpty && times == times.sorted(by: >) && times.allSatisfy { $0 <= moment.timeOfDay })
      for row in rows + envelope.rows("output1") {
        #expect(try abs(number(row, "antc_cntg_prdy_ctrt")) < 20)
      }
    }
  }

  @Test("Margins are those of the underlying that is asked for")
  func margins() throws {
    let all = try answer("TTTO6032R", [("BASS_DT", "20260918")]).rows("output")
    #expect(all.count > 2)
    let one = try answer("TTTO6032R", [("BASS_DT", "20260918"), ("BAST_ID", "K2I")]).rows("output")
    #expect(one.count == 1)
    let row = try #require(one.first)
    let margin = try number(row, "bast_pric") * number(row, "tr_mtpl_idx") * number(row, "brkg_mgna_rt") / 100
    #expect(try abs(number(row, "ctrt_per_futr_mgna") - margin) < 1)
  }

  @Test("A contract expires on a day of the calendar that is shown")
  func shifted() throws {
    let shift = DateShift(showing: "2026-09-21", as: "2026-11-27")
    let terms = try #require(
      ContractTerms(Instrument(code: "A01612", market: .indexFutures), on: "2026-09-21", shift: shift))
    #expect(shift.shown(terms.lastDay).compact == "20261210" && terms.days == 13)
  }
}
