import Facts
import KISWire
import Testing

@testable import KISSandbox

@Suite("Figures that belong together")
struct ConsistentFiguresTests {
  private func answer(_ id: TransactionID, _ parameters: [(String, String)] = []) throws -> GeneratedAnswer {
    try GeneratedAnswerTests.answer(id, parameters)
  }

  private func number(_ row: JSONObject, _ name: String) throws -> Double {
    try #require(row[name]?.string.flatMap { Double($0) }, "\(name)")
  }

  private static func isShare(_ field: String) -> Bool {
    ["rlim", "tnrt", "vltl", "gvrt", "rmnd_rate", "divi_rate", "_ert"].contains { field.hasSuffix($0) }
  }

  @Test(
    "No share, turnover or volatility is negative in any answer", .proves("2.2 values"),
    arguments: Catalogue.rest.filter { $0.outputs.contains { $0.fields.contains(where: isShare) } }.map(\.path))
  func shares(path: String) throws {
    let api = try #require(Catalogue.rest(path: path))
    let answer = GeneratedAnswer(
      api, id: api.ids.first ?? "", parameters: [], at: GeneratedAnswerTests.early, venue: .real, seed: 1)
    for member in api.outputs.flatMap({ answer.envelope.rows($0.key) }).flatMap(\.members)
    where Self.isShare(member.name) {
      #expect(member.value.string?.hasPrefix("-") == false, "\(path) \(member.name)")
    }
  }

  @Test(
    "The highs and lows of a year stand in the daily chart, on the days that are told",
    arguments: ["005930", "247540", "069500", "145020"])
  func extremes(code: String) throws {
    let share = ("FID_INPUT_ISCD", code)
    let price = try answer("FHKST01010100", [share]).envelope.rows("output")[0]
    func chart(from first: String, through last: String) throws -> [JSONObject] {
      try answer(
        "FHKST03010100",
        [
          share, ("FID_INPUT_DATE_1", first), ("FID_INPUT_DATE_2", last), ("FID_PERIOD_DIV_CODE", "D"),
          ("FID_ORG_ADJ_PRC", "0"),
        ]
      ).envelope.rows("output2")
    }
    let extremes = [("w52", "w52"), ("d250", "d250"), ("stck_dryy", "dryy")].flatMap { names in
      ["hgpr", "lwpr"].map { (price: "\(names.0)_\($0)", date: "\(names.1)_\($0)_date", bar: "stck_\($0)") }
    }
    for extreme in extremes {
      let date = GeneratedAnswerTests.text(price, extreme.date)
      let bar = try #require(try chart(from: date, through: date).first, "\(extreme.date) \(date)")
      #expect(bar[extreme.bar] == price[extreme.price], "\(extreme.price) on \(date)")
    }
    // The year of the calendar begins in January: no chart of it has another price beyond.
    let quarters = [("0101", "0331"), ("0401", "0630"), ("0701", "0930")]
    let days = try quarters.flatMap { try chart(from: "2026" + $0.0, through: "2026" + $0.1) }
    #expect(days.count > 150)
    #expect(try days.map { try number($0, "stck_hgpr") }.max() == number(price, "stck_dryy_hgpr"))
    #expect(try days.map { try number($0, "stck_lwpr") }.min() == number(price, "stck_dryy_lwpr"))
  }

  @Test("What institutions bought is the sum of theirs, and whatever one bought another sold")
  func investors() throws {
    let rows = try answer("FHPTJ04040000", [("FID_INPUT_ISCD", "0001")]).envelope.rows("output")
    #expect(rows.count > 10)
    for row in rows {
      for (figure, other) in [("ntby_qty", "ntby_vol"), ("ntby_tr_pbmn", "ntby_tr_pbmn")] {
        let institutions = try ["scrt", "ivtr", "bank", "insu", "mrbn", "fund"].map {
          try number(row, "\($0)_\(figure)")
        }
        let others = try ["pe_fund", "etc_orgt"].map { try number(row, "\($0)_\(other)") }
        #expect(try number(row, "orgn_\(figure)") == (institutions + others).reduce(0, +))
        let everybody = try ["prsn", "frgn", "orgn"].map { try number(row, "\($0)_\(figure)") }
        #expect(try everybody.reduce(0, +) + number(row, "etc_corp_\(other)") == 0)
      }
    }
  }

  @Test("Program trading by the day stands where the minutes and H0UPPGM0 stand, and is the sum of its parts")
  func programTrading() throws {
    let dates = [("FID_INPUT_DATE_1", "20260901"), ("FID_INPUT_DATE_2", "20260921")]
    let rows = try answer("FHPPG04600001", [("FID_MRKT_CLS_CODE", "K")] + dates).envelope.rows("output")
    #expect(rows.map { GeneratedAnswerTests.text($0, "stck_bsop_date") }.prefix(2) == ["20260921", "20260918"])
    #expect(rows.count == 15)
    for row in rows {
      for figure in ["seln_vol", "shnu_vol", "seln_tr_pbmn", "shnu_tr_pbmn"] {
        func value(_ program: String, _ whose: String) throws -> Double {
          try number(row, "\(program)_\(whose)_\(figure)")
        }
        let whole = try value("whol", "smtn")
        // Each is rounded by itself (quirk 90).
        #expect(try abs(whole - value("arbt", "smtn") - value("nabt", "smtn")) <= 1)
        #expect(try abs(whole - value("whol", "entm") - value("whol", "onsl")) <= 1)
      }
      #expect(try number(row, "whol_shun_vol_rate") > number(row, "arbt_smtm_shun_vol_rate"))
    }
    let minutes = try answer("FHPPG04600101", [("FID_MRKT_CLS_CODE", "K")]).envelope.rows("output")
    for name in ["arbt_smtn_seln_tr_pbmn", "nabt_smtn_ntby_tr_pbmn", "nabt_smtm_shun_tr_pbmn_rate"] {
      #expect(minutes.first?[name] == rows.first?[name] && minutes.first?[name] != nil, "\(name)")
    }
  }

  @Test(
    "An option costs what exercising it brings plus time; its greeks are a buyer's",
    arguments: ["201V06362", "301V06362"])
  func options(code: String) throws {
    let records = try MarketStreamTests.records(MarketStreamTests.messages("H0IOCNT0", key: code))
    for record in records {
      func value(_ name: String) throws -> Double { try #require(record[name].flatMap { Double($0) }, "\(name)") }
      #expect(try abs(value("OPTN_PRPR") - value("INVL_VAL") - value("TMVL_VAL")) < 0.011)
      #expect(try value("DELTA") * (code.hasPrefix("2") ? 1 : -1) > 0)
      #expect(try value("GAMA") > 0 && value("VEGA") > 0 && value("THETA") < 0 && value("HTS_INTS_VLTL") > 0)
    }
  }

  @Test("The basis of futures is their distance from the spot, and the disparity that from the theoretical price")
  func futures() throws {
    let records = try MarketStreamTests.records(MarketStreamTests.messages("H0IFCNT0", key: "A01612"))
    for record in records {
      func value(_ name: String) throws -> Double { try #require(record[name].flatMap { Double($0) }, "\(name)") }
      let beyondTheory = try value("FUTS_PRPR") - value("HTS_THPR")
      #expect(try abs(value("MRKT_BASIS") - value("THPR_BASIS") - beyondTheory) < 0.011)
      #expect(try abs(value("DPRT") - beyondTheory * 100 / value("HTS_THPR")) < 0.006)
    }
  }

  @Test("A bond's yield is lower at a higher price")
  func bonds() throws {
    let book = try #require(
      try MarketStreamTests.records(MarketStreamTests.messages("H0BJASP0", key: "KR103502GD31")).first)
    func value(_ name: String) throws -> Double { try #require(book[name].flatMap { Double($0) }, "\(name)") }
    #expect(try value("ASKP5") > value("BIDP5") && value("ASKP_ERT5") <= value("BIDP_ERT5"))
    #expect(try (2.0...6.0).contains(value("ASKP_ERT1")))
    let price = try #require(
      try answer("FHKBJ773400C0", [("FID_INPUT_ISCD", "KR103502GD31")]).envelope.rows("output").first)
    #expect(try number(price, "hgpr_ert") <= number(price, "ernn_rate"))
    #expect(try number(price, "ernn_rate") <= number(price, "lwpr_ert"))
  }

  @Test("What a derivative is derived from has the price that its own API tells")
  func underlying() throws {
    let futures = [("FID_COND_MRKT_DIV_CODE", "F"), ("FID_INPUT_ISCD", "A01612")]
    let board = try #require(try answer("FHPIF05030000", futures).envelope.rows("output1").first)
    let index = try #require(
      try answer("FHPUP02100000", [("FID_COND_MRKT_DIV_CODE", "U"), ("FID_INPUT_ISCD", "2001")]).envelope.rows("output")
        .first)
    #expect(board["unas_prpr"] == index["bstp_nmix_prpr"] && board["unas_prpr"] != nil)
    #expect(board["unas_prdy_ctrt"] == index["bstp_nmix_prdy_ctrt"] && board["unas_prdy_ctrt"] != nil)
  }

  @Test("What members bought and sold grows by what is told to be its increase")
  func members() throws {
    let records = try MarketStreamTests.records(MarketStreamTests.messages("H0STMBC0", key: "005930"))
    for (record, before) in zip(records.dropFirst(), records) {
      for (total, increase) in [
        ("TOTAL_SELN_QTY1", "SELN_QTY_ICDC1"), ("TOTAL_SHNU_QTY5", "SHNU_QTY_ICDC5"),
        ("GLOB_TOTAL_SELN_QTY", "GLOB_TOTAL_SELN_QTY_ICDC"),
      ] {
        func value(_ record: Record, _ name: String) -> Int? { record[name].flatMap { Int($0) } }
        let (now, then) = (try #require(value(record, total)), try #require(value(before, total)))
        #expect(value(record, increase) == now - then, "\(increase)")
      }
    }
  }
}
