import KISMarket
import KISWire
import Testing

@testable import KISSandbox

@Suite("What is known of shares and days")
struct MarketInformationTests {
  @Test("Headlines are about shares that exist, none from later than was asked, the latest first")
  func headlines() throws {
    let asked = [("FID_INPUT_DATE_1", "0020260916"), ("FID_INPUT_HOUR_1", "0000110100")]
    let rows = try Information.rows("quotations/news-title", asked)
    let times = try rows.map { try Information.text($0, "data_dt") + Information.text($0, "data_tm") }
    #expect(rows.count == 40 && times == times.sorted(by: >) && times.allSatisfy { $0 <= "20260916110100" })
    #expect(times.first?.hasPrefix("20260916") == true)
    for row in rows {
      let share = try #require(Instrument.builtIn(try Information.text(row, "iscd1")))
      #expect(try Information.text(row, "hts_pbnt_titl_cntt").contains(share.name))
    }
    #expect(Set(try rows.map { try Information.text($0, "hts_pbnt_titl_cntt") }).count > 30)
    let last = try Information.text(try #require(rows.last), "cntt_usiq_srno")
    let next = try Information.rows("quotations/news-title", asked + [("FID_INPUT_SRNO", last)])
    #expect(
      next.count == 40
        && Set(next.map { $0["cntt_usiq_srno"] }).isDisjoint(with: Set(rows.map { $0["cntt_usiq_srno"] })))
  }

  @Test("Headlines are those of a share, a provider, a word")
  func chosenHeadlines() throws {
    let own = try Information.rows("quotations/news-title", [("FID_INPUT_ISCD", "000660")])
    #expect(!own.isEmpty && own.allSatisfy { $0["iscd1"] == "000660" })
    let paper = try Information.rows("quotations/news-title", [("FID_NEWS_OFER_ENTP_CODE", "6")])
    #expect(!paper.isEmpty && paper.allSatisfy { $0["dorg"] == "연합뉴스" })
    let word = try Information.rows("quotations/news-title", [("FID_TITL_CNTT", "특징주")])
    #expect(!word.isEmpty && word.allSatisfy { $0["hts_pbnt_titl_cntt"]?.string?.contains("특징주") == true })
  }

  @Test(
    "The register has each share's own international number",
    arguments: [
      ("005930", "KR7005930003"), ("000660", "KR7000660001"), ("035420", "KR7035420009"), ("069500", "KR7069500007"),
    ])
  func standardCodes(code: String, number: String) throws {
    for api in ["search-info", "search-stock-info"] {
      let row = try #require(
        try Information.rows("quotations/" + api, [("PDNO", code), ("PRDT_TYPE_CD", "300")]).first)
      #expect(row["std_pdno"]?.string == number)
      #expect(row["prdt_abrv_name"]?.string == Instrument.builtIn(code)?.name)
    }
  }

  @Test("The register says where a share is listed, and what quotes say of it")
  func register() throws {
    for code in ["005930", "247540", "196170"] {
      let share = try #require(Instrument.builtIn(code))
      let row = try #require(
        try Information.rows("quotations/search-stock-info", [("PDNO", code), ("PRDT_TYPE_CD", "300")]).first)
      let isKosdaq = share.board == .kosdaq
      #expect(row["mket_id_cd"]?.string == (isKosdaq ? "KSQ" : "STK"))
      #expect(row[isKosdaq ? "scts_mket_lstg_dt" : "kosdaq_mket_lstg_dt"] == "")
      let listed = try Information.date(row, isKosdaq ? "kosdaq_mket_lstg_dt" : "scts_mket_lstg_dt")
      #expect(TradingCalendar.isTradingDay(listed) && listed < DailyChartWindow.dawn)
      #expect(row["lstg_stqt"]?.string == "\(share.listedShares)" && row["cpta"]?.string == "\(share.capital)")
      let price = try #require(try Information.rows("quotations/inquire-price", [("FID_INPUT_ISCD", code)]).first)
      #expect(row["thdt_clpr"] == price["stck_prpr"] && row["bfdy_clpr"] == price["stck_sdpr"])
    }
  }

  @Test("Opinions lie in the range, name a target and say how far the price is from it")
  func opinions() throws {
    let dates = [("FID_INPUT_DATE_1", "20260701"), ("FID_INPUT_DATE_2", "20260831")]
    let rows = try Information.rows("quotations/invest-opinion", [("FID_INPUT_ISCD", "005930")] + dates)
    let days = try rows.map { try Information.date($0, "stck_bsop_date") }
    #expect(rows.count > 2 && days == days.sorted(by: >) && days.allSatisfy(TradingCalendar.isTradingDay))
    #expect(days.allSatisfy { ("2026-07-01"..."2026-08-31").contains($0.description) })
    for row in rows {
      let (close, goal) = (try Information.number(row, "stck_prdy_clpr"), try Information.number(row, "hts_goal_prc"))
      #expect(try Information.number(row, "stck_nday_esdg") == close - goal)
      #expect(Information.agree(try Information.number(row, "nday_dprt"), (close - goal) * 100 / goal))
    }
    let sellers = try Information.rows(
      "quotations/invest-opbysec", [("FID_INPUT_ISCD", "999"), ("FID_DIV_CLS_CODE", "3")] + dates)
    #expect(!sellers.isEmpty && sellers.allSatisfy { $0["invt_opnn"] == "매도" })
    let member = try Information.rows(
      "quotations/invest-opbysec", [("FID_INPUT_ISCD", "050"), ("FID_DIV_CLS_CODE", "0")] + dates)
    #expect(!member.isEmpty && member.allSatisfy { $0["mbcr_name"] == "키움" })
  }

  @Test("The interruptions of a day are the market's, the latest first, by market and kind")
  func interruptions() throws {
    let asked = [("FID_INPUT_DATE_1", "20260918")]
    let rows = try Information.rows("quotations/inquire-vi-status", asked)
    let times = try rows.map { try Information.text($0, "cntg_vi_hour") }
    #expect(rows.count > 5 && times == times.sorted(by: >) && rows.allSatisfy { $0["bsop_date"] == "20260918" })
    var market = Market(seed: 1)
    let code = try Information.text(rows[0], "mksc_shrn_iscd")
    let last = try #require(market.interruptions(of: code, on: "2026-09-18", through: ClockTime(23, 0)).last)
    #expect(clockDigits(last.start.seconds) == times[0] && rows[0]["vi_prc"]?.string == "\(last.price)")
    func chosen(_ name: String, _ value: String) throws -> [JSONObject] {
      try Information.rows("quotations/inquire-vi-status", asked + [(name, value)])
    }
    let (kospi, kosdaq) = (try chosen("FID_MRKT_CLS_CODE", "K"), try chosen("FID_MRKT_CLS_CODE", "Q"))
    #expect(kospi.count + kosdaq.count == rows.count && kospi != rows && kosdaq != rows)
    let (fixed, moving) = (try chosen("FID_RANK_SORT_CLS_CODE", "1"), try chosen("FID_RANK_SORT_CLS_CODE", "2"))
    #expect(fixed.count + moving.count == rows.count)
    #expect(fixed.allSatisfy { $0["vi_kind_code"] == "1" } && moving.allSatisfy { $0["vi_kind_code"] == "2" })
    #expect(try chosen("FID_DIV_CLS_CODE", "1").count + chosen("FID_DIV_CLS_CODE", "2").count == rows.count)
    #expect(try chosen("FID_INPUT_ISCD", code).allSatisfy { $0["mksc_shrn_iscd"]?.string == code })
    // On a Saturday nothing trades.
    #expect(try Information.rows("quotations/inquire-vi-status", [("FID_INPUT_DATE_1", "20260919")]).isEmpty)
  }

  @Test("Money around the market has KOSPI's level of its day, and what changed is a difference")
  func funds() throws {
    let rows = try Information.rows("quotations/mktfunds", [("FID_INPUT_DATE_1", "20260911")])
    let days = try rows.map { try Information.text($0, "bsop_date") }
    #expect(days.first == "20260911" && days == days.sorted(by: >) && rows.count == 30)
    let chart = try Information.rows(
      "quotations/inquire-daily-indexchartprice",
      [
        ("FID_COND_MRKT_DIV_CODE", "U"), ("FID_INPUT_ISCD", "0001"), ("FID_INPUT_DATE_1", "20260801"),
        ("FID_INPUT_DATE_2", "20260911"), ("FID_PERIOD_DIV_CODE", "D"),
      ], output: 1)
    for (row, day) in zip(rows, chart) {
      #expect(row["bsop_date"] == day["stck_bsop_date"] && row["bstp_nmix_prpr"] == day["bstp_nmix_prpr"])
    }
    for (row, before) in zip(rows, rows.dropFirst()) {
      let change = try Information.number(row, "cust_dpmn_amt") - Information.number(before, "cust_dpmn_amt")
      #expect(abs(try Information.number(row, "cust_dpmn_amt_prdy_vrss") - change) <= 1)
    }
  }

  @Test("An expected price is one that may be traded; the last one of the opening is the open")
  func expectedPrices() throws {
    let asked = [("FID_INPUT_ISCD", "005930"), ("FID_MKOP_CLS_CODE", "0")]
    let morning = KoreanTime(year: 2026, month: 9, day: 21, hour: 9, minute: 5)
    let rows = try Information.rows("quotations/exp-price-trend", asked, output: 1, at: morning)
    let times = try rows.map { try Information.text($0, "stck_cntg_hour") }
    #expect(rows.count == 30 && times == times.sorted(by: >) && times.allSatisfy { $0 < "090100" })
    #expect(try rows.allSatisfy { abs(try Information.number($0, "prdy_ctrt")) <= 30 })
    let head = try #require(try Information.rows("quotations/exp-price-trend", asked, at: morning).first)
    let price = try #require(
      try Information.rows("quotations/inquire-price", [("FID_INPUT_ISCD", "005930")], at: morning).first)
    #expect(head["antc_cnpr"] == price["stck_oprc"] && head["antc_cnpr"] == rows[0]["stck_prpr"])
    // The night before there is nothing to expect.
    let early = KoreanTime(year: 2026, month: 9, day: 21, hour: 7)
    let none = try #require(try Information.rows("quotations/exp-price-trend", asked, at: early).first)
    #expect(none["antc_cntg_prdy_ctrt"] == "0.00")
  }

  @Test("Balances lead from the day before: what is new, less what was paid back")
  func balances() throws {
    let credit = try Information.rows(
      "quotations/daily-credit-balance", [("FID_INPUT_ISCD", "005930"), ("FID_INPUT_DATE_1", "20260911")])
    #expect(credit.count == 30 && credit[0]["stlm_date"] == "20260911" && credit[0]["deal_date"] == "20260909")
    for (row, before) in zip(credit, credit.dropFirst()) {
      func value(_ name: String) throws -> Double { try Information.number(row, "whol_\(name)_stcn") }
      let loans = try Information.number(before, "whol_loan_rmnd_stcn")
      #expect(try value("loan_rmnd") == loans + value("loan_new") - value("loan_rdmp"))
      #expect(
        Information.agree(
          try Information.number(row, "whol_loan_gvrt"),
          try value("loan_new") * 100 / Information.number(row, "acml_vol")))
    }
    for market in ["1", "2", "3"] {
      let loans = try Information.rows(
        "quotations/daily-loan-trans",
        [
          ("MRKT_DIV_CLS_CODE", market), ("MKSC_SHRN_ISCD", "005930"), ("START_DATE", "20260803"),
          ("END_DATE", "20260828"),
        ])
      let days = try loans.map { try Information.text($0, "bsop_date") }
      #expect(days.first == "20260828" && days.last == "20260803" && days == days.sorted(by: >))
      for (row, before) in zip(loans, loans.dropFirst()) {
        let change = try Information.number(row, "new_stcn") - Information.number(row, "rdmp_stcn")
        #expect(try Information.number(row, "rmnd_stcn") == Information.number(before, "rmnd_stcn") + change)
        #expect(try Information.number(row, "prdy_rmnd_vrss") == change)
      }
    }
  }

  @Test("Short sales are parts of what was traded, and their sums are those of the range")
  func shortSales() throws {
    let rows = try Information.rows(
      "quotations/daily-short-sale",
      [("FID_INPUT_ISCD", "000660"), ("FID_INPUT_DATE_1", "20260803"), ("FID_INPUT_DATE_2", "20260828")], output: 1)
    let days = try rows.map { try Information.text($0, "stck_bsop_date") }
    #expect(days.first == "20260828" && days.last == "20260803" && days == days.sorted(by: >))
    var (sum, volume) = (0.0, 0.0)
    for row in rows.reversed() {
      sum += try Information.number(row, "ssts_cntg_qty")
      volume += try Information.number(row, "acml_vol")
      #expect(try Information.number(row, "acml_ssts_cntg_qty") == sum)
      #expect(try Information.number(row, "stnd_vol_smtn") == volume)
      #expect(Information.agree(try Information.number(row, "acml_ssts_cntg_qty_rlim"), sum * 100 / volume))
      let average = try Information.number(row, "avrg_prc")
      #expect(try (Information.number(row, "stck_lwpr")...Information.number(row, "stck_hgpr")).contains(average))
    }
  }

  @Test("Shares at their limits are at them, and the closing auction is told of by code")
  func limits() throws {
    let near = try Information.rows(
      "quotations/capture-uplowprice",
      [("FID_PRC_CLS_CODE", "0"), ("FID_DIV_CLS_CODE", "3"), ("FID_INPUT_ISCD", "0000")])
    let volumes = try near.map { try Information.number($0, "acml_vol") }
    #expect(!near.isEmpty && volumes == volumes.sorted(by: >))
    for row in near {
      let (limit, price) = (try Information.number(row, "stck_mxpr"), try Information.number(row, "stck_prpr"))
      let base = price - (try Information.number(row, "prdy_vrss"))
      #expect(limit - price <= base * 0.25 + 1)
    }
    for (side, field) in [("0", "stck_mxpr"), ("1", "stck_llam")] {
      let there = try Information.rows(
        "quotations/capture-uplowprice",
        [("FID_PRC_CLS_CODE", side), ("FID_DIV_CLS_CODE", "0"), ("FID_INPUT_ISCD", "0000")])
      #expect(
        try !there.isEmpty && there.allSatisfy { try Information.text($0, "stck_prpr") == Information.text($0, field) })
    }
    let closing = try Information.rows("quotations/exp-closing-price", [("FID_INPUT_ISCD", "1001")])
    let codes = try closing.map { try Information.text($0, "stck_shrn_iscd") }
    #expect(codes.count == 30 && codes == codes.sorted())
    #expect(codes.allSatisfy { Instrument.builtIn($0)?.board == .kosdaq })
  }

  @Test("Preferred shares stand beside their companies' ordinary ones, the cheapest of them first")
  func preferredShares() throws {
    let rows = try Information.rows("ranking/prefer-disparate-ratio", [("FID_INPUT_ISCD", "0000")])
    let rates = try rows.map { try Information.number($0, "dprt") }
    #expect(rows.count > 15 && rates == rates.sorted(by: >))
    for row in rows {
      let preferred = try #require(Instrument.builtIn(try Information.text(row, "prst_iscd")))
      #expect(preferred.ordinaryCode == row["mksc_shrn_iscd"]?.string && preferred.name == row["prst_kor_isnm"]?.string)
    }
  }

  @Test("The business days are this one and those that follow")
  func businessDays() throws {
    let row = try #require(try Information.rows("quotations/market-time").first)
    let days = try (1...5).map { try Information.date(row, "date\($0)") }
    #expect(days == ["2026-09-21", "2026-09-22", "2026-09-23", "2026-09-28", "2026-09-29"])
  }
}

@Suite("What trades in the evening, and through programs")
struct EveningInformationTests {
  @Test("Prices of the evening are its own, measured from the close, and its trades make its volume")
  func evening() throws {
    let code = [("FID_INPUT_ISCD", "005930")]
    let days = try Information.rows("quotations/inquire-daily-overtimeprice", code, output: 1)
    let dates = try days.map { try Information.text($0, "stck_bsop_date") }
    #expect(dates.count == 30 && dates.first == "20260921" && dates == dates.sorted(by: >))
    for day in days {
      let (price, close) = (try Information.number(day, "ovtm_untp_prpr"), try Information.number(day, "stck_clpr"))
      #expect(try Information.number(day, "ovtm_untp_prdy_vrss") == price - close)
      #expect(try Information.number(day, "ovtm_untp_vol") < Information.number(day, "acml_vol"))
    }
    let trades = try Information.rows("quotations/inquire-time-overtimeconclusion", code, output: 1)
    let head = try #require(try Information.rows("quotations/inquire-time-overtimeconclusion", code).first)
    #expect(trades.count == 30 && trades[0]["acml_vol"] == head["ovtm_untp_vol"])
    #expect(head["ovtm_untp_prpr"] == trades[0]["stck_prpr"] && days[0]["ovtm_untp_prpr"] == head["ovtm_untp_prpr"])
    for (trade, before) in zip(trades, trades.dropFirst()) {
      #expect(
        try Information.number(trade, "acml_vol") - Information.number(trade, "cntg_vol")
          == Information.number(before, "acml_vol"))
    }
  }

  @Test("Who traded in a market until now is one row, which adds up")
  func investors() throws {
    let rows = try Information.rows(
      "quotations/inquire-investor-time-by-market", [("fid_input_iscd", "KSP"), ("fid_input_iscd_2", "0001")])
    #expect(rows.count == 1)
    let row = try #require(rows.first)
    let everybody = try ["prsn", "frgn", "orgn"].map { try Information.number(row, "\($0)_ntby_qty") }
    let others = try ["etc_corp"].map { try Information.number(row, "\($0)_ntby_vol") }
    #expect((everybody + others).reduce(0, +) == 0)
  }
}
