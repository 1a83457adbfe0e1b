import KISMarket
import KISWire
import Testing

@testable import KISSandbox

@Suite("Lists of the broker: watched, searched for, lent, and what funds and warrants are made of")
struct ListedViewTests {
  private static let noon = KoreanTime(year: 2026, month: 9, day: 21, hour: 12)

  private func answer(_ id: TransactionID, _ parameters: [(String, String)] = [], page: Int = 0) throws
    -> GeneratedAnswer
  {
    try GeneratedAnswerTests.answer(id, parameters, at: Self.noon, page: page)
  }

  private func number(_ row: JSONObject?, _ name: String) throws -> Double {
    try #require(row?[name]?.string.flatMap { Double($0) }, "\(name)")
  }

  @Test("A search by conditions finds what its name says, a hundred at the most, and says so when it finds nothing")
  func conditions() throws {
    let titles = try answer("HHKST03900300", [("user_id", "me")]).envelope.rows("output2")
    #expect(titles.map { $0["seq"]?.string } == titles.indices.map { "\($0)" })
    #expect(titles.allSatisfy { $0["user_id"] == "me" && $0["condition_nm"]?.string?.isEmpty == false })
    func found(_ name: String) throws -> [JSONObject] {
      let key = try #require(titles.first { $0["condition_nm"]?.string == name }?["seq"]?.string)
      return try answer("HHKST03900400", [("user_id", "me"), ("seq", key)]).envelope.rows("output2")
    }
    let cheap = try found("5만원 이하 코스닥")
    #expect(!cheap.isEmpty && cheap.count <= 100)
    for row in cheap {
      #expect(try number(row, "price") <= 50_000)
      #expect(Instrument.builtIn(row["code"]?.string ?? "")?.board == .kosdaq)
    }
    for row in try found("상승률 2% 이상") { #expect(try number(row, "chgrate") >= 1.99) }
    for row in try found("체결강도 120 이상") { #expect(try number(row, "cttr") >= 119.99) }
    let none = try answer("HHKST03900400", [("user_id", "me"), ("seq", "99")]).envelope
    #expect(none.code == "MCA05918" && none.resultCode == "1")
  }

  @Test("A watch list has its own instruments, and as many as the list of lists says")
  func watched() throws {
    let lists = try answer("HHKCM113004C7", [("TYPE", "1"), ("USER_ID", "me")]).envelope.rows("output2")
    #expect(lists.count > 1)
    for list in lists {
      let code = try #require(list["inter_grp_code"]?.string)
      let group = try answer("HHKCM113004C6", [("TYPE", "1"), ("INTER_GRP_CODE", code)]).envelope
      #expect(group.rows("output1").first?["inter_grp_name"] == list["inter_grp_name"])
      let rows = group.rows("output2")
      #expect("\(rows.count)" == list["ask_cnt"]?.string && (1...30).contains(rows.count))
      for row in rows {
        let known = try #require(CodeTable.instrument(row["jong_code"]?.string ?? ""))
        #expect(known.koreanName == row["hts_kor_isnm"]?.string)
      }
    }
    #expect(try answer("HHKCM113004C6", [("INTER_GRP_CODE", "999")]).envelope.rows("output2").isEmpty)
  }

  @Test("Lendable shares are of the exchange asked for, in the order asked for, and sum to what is set aside")
  func lendable() throws {
    func rows(_ chosen: [(String, String)]) throws -> (lines: [JSONObject], sum: JSONObject?) {
      let usual = [("EXCG_DVSN_CD", "00"), ("PDNO", ""), ("THCO_STLN_PSBL_YN", "Y"), ("INQR_DVSN_1", "1")]
      let asked = chosen + usual.filter { usual in !chosen.contains { $0.0 == usual.0 } }
      var (lines, page, sum) = ([JSONObject](), 0, JSONObject?.none)
      while true {
        let answer = try answer("CTSC2702R", asked, page: page)
        lines += answer.envelope.rows("output1")
        sum = answer.envelope.rows("output2").first
        guard answer.hasMore else { return (lines, sum) }
        page += 1
      }
    }
    let (all, sum) = try rows([])
    let codes = all.compactMap { $0["pdno"]?.string }
    #expect(codes == codes.sorted() && Set(codes).count == codes.count && codes.count > 30)
    #expect(try number(sum, "tot_stup_lmt_qty") == all.reduce(0) { $0 + (try number($1, "lmt_qty1")) })
    for line in all {
      #expect(try number(line, "trad_psbl_qty2") == number(line, "lmt_qty1") - number(line, "use_qty1"))
    }
    let kosdaq = try rows([("EXCG_DVSN_CD", "03")]).lines
    #expect(!kosdaq.isEmpty && kosdaq.allSatisfy { Instrument.builtIn($0["pdno"]?.string ?? "")?.board == .kosdaq })
    let left = try rows([("INQR_DVSN_1", "0")]).lines.map { try number($0, "trad_psbl_qty2") }
    #expect(left == left.sorted(by: >))
    #expect(try rows([("PDNO", "005930")]).lines.map { $0["pdno"]?.string } == ["005930"])
  }

  @Test("What members traded is told of one member, of all, and of at least so many shares")
  func members() throws {
    func trades(_ member: String, _ least: String = "") throws -> [JSONObject] {
      try answer(
        "FHPST04320000",
        [("FID_INPUT_ISCD", "005930"), ("FID_INPUT_ISCD_2", member), ("FID_VOL_CNT", least)]
      ).envelope.rows("output2")
    }
    let all = try trades("99999")
    #expect(all.count == 30 && Set(all.map { $0["mbcr_name"]?.string }).count > 3)
    #expect(Set(try trades("00050").map { $0["mbcr_name"]?.string }) == ["키움증권"])
    for row in try trades("99999", "1000") { #expect(abs(try number(row, "cntg_vol")) >= 1_000) }
    let minutes = try answer(
      "FHKST644400C0", [("FID_INPUT_ISCD", "005930"), ("FID_INPUT_ISCD_2", "99999")]
    ).envelope.rows("output")
    #expect(minutes.count == 30)
    for (row, before) in zip(minutes, minutes.dropFirst()) {
      let net = try number(row, "glob_ntby_qty")
      #expect(net == (try number(row, "frgn_shnu_vol") - number(row, "frgn_seln_vol")))
      #expect(try number(row, "frgn_ntby_qty_icdc") == net - number(before, "glob_ntby_qty"))
    }
  }

  @Test("Sizes of trades sum to the day, and so do the volumes by price")
  func sums() throws {
    let code = [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", "005930")]
    let sizes = try answer("FHKST111900C0", code).envelope.rows("output")
    let price = try answer("FHKST01010300", code).envelope
    #expect(!price.members.members.isEmpty)
    let parts = try sizes.reduce(0) {
      $0 + (try number($1, "whol_seln_vol_rate")) + (try number($1, "whol_shun_vol_rate"))
    }
    #expect(abs(parts - 100) < 0.2)
    let levels = try answer("FHPST01130000", code).envelope
    let whole = try levels.rows("output2").reduce(0) { $0 + (try number($1, "cntg_vol")) }
    let told = try number(levels.rows("output1").first, "acml_vol")
    #expect(abs(whole - told) <= told * 0.02, "\(whole) \(told)")
  }

  @Test("A fund holds the shares of its index, the largest first, and their parts sum to it")
  func components() throws {
    let fund = try answer("FHKST121600C0", [("FID_INPUT_ISCD", "069500")]).envelope
    let rows = fund.rows("output2")
    let index = IndexDefinition("2001")
    #expect(rows.count > 20)
    for row in rows { #expect(index.contains(try #require(Instrument.builtIn(row["stck_shrn_iscd"]?.string ?? "")))) }
    let parts = try rows.map { try number($0, "etf_cnfg_issu_rlim") }
    #expect(parts == parts.sorted(by: >) && parts.reduce(0, +) > 90 && parts.reduce(0, +) < 100.5)
    #expect(try number(fund.rows("output1").first, "nav") > 0)
  }

  @Test("A warrant's premium is its two values, and every figure follows from the share's price")
  func warrants() throws {
    let row = try #require(
      try answer("FHKEW15010000", [("FID_COND_MRKT_DIV_CODE", "W"), ("FID_INPUT_ISCD", "57JN53")]).envelope.rows(
        "output1"
      )
      .first ?? (try answer("FHKEW15010000", [("FID_INPUT_ISCD", "57JN53")]).envelope.rows("output").first))
    let (price, spot, strike) = (try number(row, "elw_prpr"), try number(row, "unas_prpr"), try number(row, "acpr"))
    #expect(row["unas_shrn_iscd"] == "005930" && price > 0 && spot > 0 && strike > 0)
    let trend = try answer("FHPEW02740100", [("FID_COND_MRKT_DIV_CODE", "W"), ("FID_INPUT_ISCD", "57JN53")])
      .envelope.rows("output")
    #expect(trend.count > 5)
    for line in trend {
      #expect(abs(try number(line, "tmvl_val") + number(line, "invl_val") - number(line, "elw_prpr")) < 0.02)
      #expect(try number(line, "lvrg_val") <= number(line, "gear") + 0.01)
    }
    let parity = try #require(trend.first)
    #expect(abs(try number(parity, "prit") - spot * 100 / strike) < 0.5)
  }

  @Test("A search of warrants leaves out what lies outside of the ranges that were asked for")
  func searchedWarrants() throws {
    func found(_ chosen: [(String, String)]) throws -> Int {
      try answer("FHKEW15100000", [("FID_COND_MRKT_DIV_CODE", "W")] + chosen).envelope.rows("output").count
    }
    let all = try found([])
    #expect((20...30).contains(all))
    let samsung = try found([("FID_UNAS_INPUT_ISCD", "005930")])
    #expect(samsung > 2 && samsung < all)
    #expect(try found([("FID_UNAS_INPUT_ISCD", "035720")]) == 0)
    #expect(try found([("FID_MRKT_CLS_CODE", "CO")]) + found([("FID_MRKT_CLS_CODE", "PO")]) >= all)
    #expect(try found([("FID_ACPR1", "1")]) == all && found([("FID_ACPR2", "1000")]) == 0)
  }

  @Test("The register of shares abroad knows the exchange, the currency and a number with its check digit")
  func registered() throws {
    let row = try #require(
      try answer("CTPF1702R", [("PRDT_TYPE_CD", "512"), ("PDNO", "AAPL")]).envelope.rows("output").first)
    #expect(row["ovrs_excg_cd"] == "NASD" && row["tr_crcy_cd"] == "USD" && row["prdt_eng_name"] == "APPLE INC")
    let number = try #require(row["std_pdno"]?.string)
    #expect(number.count == 12 && number.hasPrefix("US"))
    #expect("\(Instrument.checkDigit(of: String(number.dropLast())))" == number.suffix(1))
    let tokyo = try #require(
      try answer("CTPF1702R", [("PRDT_TYPE_CD", "515"), ("PDNO", "7203")]).envelope.rows("output").first)
    #expect(tokyo["buy_unit_qty"] == "100" && tokyo["tr_crcy_cd"] == "JPY")
  }

  @Test("A contract abroad is not found at an exchange that does not list it")
  func otherExchange() throws {
    func price(_ exchange: String) throws -> Int {
      try answer(
        "HHDFC55020100",
        [
          ("SRS_CD", "ESZ26"), ("EXCH_CD", exchange), ("START_DATE_TIME", ""), ("CLOSE_DATE_TIME", "20260921"),
          ("QRY_TP", "Q"), ("QRY_CNT", "5"), ("QRY_GAP", ""), ("INDEX_KEY", ""),
        ]
      ).envelope.rows("output2").count
    }
    #expect(try price("CME") == 5)
    #expect(try price("EUREX") == 0)
  }

  @Test("Rankings hold as many rows as asked for, or begin at the place asked for")
  func places() throws {
    let five = try answer(
      "FHPST01700000", [("fid_input_iscd", "0000"), ("fid_rank_sort_cls_code", "0"), ("fid_input_cnt_1", "5")])
    #expect(five.envelope.rows("output").count == 5)
    func watched(_ from: String) throws -> [JSONObject] {
      try answer(
        "FHPST01800000",
        [("fid_input_iscd", "0000"), ("fid_input_iscd_2", "000000"), ("fid_input_cnt_1", from)]
      ).envelope.rows("output")
    }
    let (first, later) = (try watched("1"), try watched("11"))
    #expect(first.count == 30 && first[10]["mksc_shrn_iscd"] == later[0]["mksc_shrn_iscd"])
    #expect(later[0]["data_rank"] == "11")
  }
}
