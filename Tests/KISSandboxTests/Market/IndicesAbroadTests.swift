import KISMarket
import KISWire
import Testing

@testable import KISSandbox

@Suite("Indices and currencies abroad")
struct IndicesAbroadTests {
  private func number(_ row: JSONObject, _ name: String) throws -> Double {
    try #require(row[name]?.string.flatMap { Double($0) }, "\(name)")
  }

  @Test(
    "have their names and stand where such a figure stands, by the day and by the minute",
    arguments: [
      ("N", ".DJI", "다우존스 산업", 47_500.0), ("N", "SPX", "S&P500", 6_900), ("N", "NDX", "나스닥 100", 25_300),
      ("N", "JP#NI225", "니케이 225", 50_800), ("X", "FX@KRW", "원/달러", 1_385.5),
    ])
  func figures(kind: String, code: String, name: String, level: Double) throws {
    let asked = [("FID_COND_MRKT_DIV_CODE", kind), ("FID_INPUT_ISCD", code)]
    let days = try GeneratedAnswerTests.answer(
      "FHKST03030100",
      asked + [("FID_INPUT_DATE_1", "20260901"), ("FID_INPUT_DATE_2", "20260921"), ("FID_PERIOD_DIV_CODE", "D")]
    ).envelope
    let now = try #require(days.rows("output1").first)
    #expect(GeneratedAnswerTests.text(now, "hts_kor_isnm") == name)
    let rows = days.rows("output2")
    #expect(rows.count >= 12)
    for row in rows {
      let close = try number(row, "ovrs_nmix_prpr")
      #expect(abs(close / level - 1) < 0.4, "\(close)")
      #expect(try number(row, "ovrs_nmix_lwpr")...number(row, "ovrs_nmix_hgpr") ~= close)
    }
    for (later, earlier) in zip(rows, rows.dropFirst()) {
      #expect(try abs(number(later, "ovrs_nmix_prpr") / number(earlier, "ovrs_nmix_prpr") - 1) < 0.1)
    }
    let minutes = try GeneratedAnswerTests.answer(
      "FHKST03030200", asked + [("FID_HOUR_CLS_CODE", "0"), ("FID_PW_DATA_INCU_YN", "Y")]
    ).envelope
    #expect(minutes.rows("output1").first?["ovrs_nmix_prpr"] == now["ovrs_nmix_prpr"])
    #expect(minutes.rows("output2").first?["optn_prpr"] == now["ovrs_nmix_prpr"])
  }

  @Test("are no shares: no ranking abroad lists them")
  func rankings() throws {
    for exchange in ["NAS", "NYS", "TSE", "HKS"] {
      let rows = try GeneratedAnswerTests.answer(
        "HHDFS76350100", [("EXCD", exchange), ("NDAY", "0"), ("VOL_RANG", "0")]
      ).envelope.rows("output2")
      #expect(!rows.isEmpty)
      #expect(rows.allSatisfy { Instrument.builtIn($0["symb"]?.string ?? "")?.kind != .index })
    }
  }
}
