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
      ("N", "JP#NI225", "니케이 225", 50_800), ("X", "FX@KRW", "원/달러", 1_385.5), ("X", "FX@JPY", "원/100엔", 934.2),
      ("X", "FX@EUR", "원/유로", 1_624.8), ("S", "NYGOLD", "국제 금", 3_850), ("I", "Y0201", "미국 30년T-BOND", 4.6),
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

  @Test("are nothing where nobody knows them, and no share stands for one", arguments: [("X", "FX@XXX"), ("N", "HSI")])
  func unknown(kind: String, code: String) throws {
    let days = try GeneratedAnswerTests.answer(
      "FHKST03030100",
      [
        ("FID_COND_MRKT_DIV_CODE", kind), ("FID_INPUT_ISCD", code), ("FID_INPUT_DATE_1", "20260901"),
        ("FID_INPUT_DATE_2", "20260921"), ("FID_PERIOD_DIV_CODE", "D"),
      ]
    ).envelope
    #expect(days.isSuccess && days.rows("output2").isEmpty)
    #expect(GeneratedAnswerTests.text(days.rows("output1").first, "hts_kor_isnm") == "")
  }

  @Test(
    "make one exchange rate of a day, in quotes and charts",
    arguments: [("NAS", "AAPL", "FX@KRW"), ("TSE", "7203", "FX@JPY")])
  func rates(exchange: String, symbol: String, code: String) throws {
    // In the morning, when New York is closed, and at night.
    for hour in [10, 23] {
      let moment = KoreanTime(year: 2026, month: 9, day: 21, hour: hour, minute: 45)
      let chart = try GeneratedAnswerTests.answer(
        "FHKST03030100",
        [
          ("FID_COND_MRKT_DIV_CODE", "X"), ("FID_INPUT_ISCD", code), ("FID_INPUT_DATE_1", "20260901"),
          ("FID_INPUT_DATE_2", "20260921"), ("FID_PERIOD_DIV_CODE", "D"),
        ], at: moment
      ).envelope.rows("output1").first
      let posted = try number(try #require(chart), hour == 10 ? "ovrs_nmix_prpr" : "ovrs_nmix_prdy_clpr")
      let detail = try GeneratedAnswerTests.answer(
        "HHDFS76200200", [("EXCD", exchange), ("SYMB", symbol)], at: moment
      ).envelope.rows("output").first
      #expect(try number(try #require(detail), "t_rate") == posted)
    }
    let dollars = try GeneratedAnswerTests.answer(
      "FHMIF10000000", [("FID_COND_MRKT_DIV_CODE", "CF"), ("FID_INPUT_ISCD", "A75612")]
    ).envelope.rows("output1").first
    #expect(try abs(number(try #require(dollars), "futs_prpr") / 1_385.5 - 1) < 0.02)
  }

  @Test("tell the same yields as the list of interest rates")
  func yields() throws {
    let list = try GeneratedAnswerTests.answer("FHPST07020000").envelope
    for row in list.rows("output1") + list.rows("output2") {
      let code = GeneratedAnswerTests.text(row, "bcdt_code")
      let chart = try GeneratedAnswerTests.answer(
        "FHKST03030100",
        [
          ("FID_COND_MRKT_DIV_CODE", "I"), ("FID_INPUT_ISCD", code), ("FID_INPUT_DATE_1", "20260901"),
          ("FID_INPUT_DATE_2", "20260921"), ("FID_PERIOD_DIV_CODE", "D"),
        ]
      ).envelope.rows("output1").first
      #expect(try number(try #require(chart), "ovrs_nmix_prpr") == number(row, "bond_mnrt_prpr"))
      #expect(chart?["hts_kor_isnm"] == row["hts_kor_isnm"])
    }
  }

  @Test("A year of a share abroad is 52 weeks")
  func year() throws {
    let detail = try GeneratedAnswerTests.answer("HHDFS76200200", [("EXCD", "NAS"), ("SYMB", "AAPL")])
      .envelope.rows("output").first
    for name in ["h52d", "l52d"] {
      let day = try #require(CalendarDate(compact: GeneratedAnswerTests.text(detail, name)))
      #expect(day >= CalendarDate("2026-09-18").advanced(by: -364) && day <= "2026-09-21")
    }
  }

  @Test("have codes that no share or future abroad has: such a symbol would mean the index")
  func codes() {
    let all = Market(seed: 1, instruments: []).instruments
    let symbols = Set(all.filter { $0.kind == .overseasShare }.map { String($0.code.dropFirst(4)) })
      .union(ForeignProduct.all.map(\.root))
    let indices = all.filter { $0.kind == .index }.map(\.code)
    #expect(indices.count > 20 && symbols.contains("CL") && symbols.isDisjoint(with: indices))
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
