import KISMarket
import KISWire
import Testing

@testable import KISSandbox

@Suite("Books of companies")
struct CompanyBookTests {
  private func rows(_ list: String, _ code: String, quarterly: Bool = false) throws -> [JSONObject] {
    try Information.rows("finance/" + list, [("fid_input_iscd", code), ("FID_DIV_CLS_CODE", quarterly ? "1" : "0")])
  }

  @Test(
    "Balance sheets balance, and statements lead from sales to the income", arguments: ["005930", "035720", "247540"])
  func balance(code: String) throws {
    for quarterly in [false, true] {
      for row in try rows("balance-sheet", code, quarterly: quarterly) {
        func value(_ name: String) throws -> Double { try Information.number(row, name) }
        #expect(Information.agree(try value("cras") + value("fxas"), try value("total_aset")))
        #expect(Information.agree(try value("flow_lblt") + value("fix_lblt"), try value("total_lblt")))
        #expect(Information.agree(try value("total_lblt") + value("total_cptl"), try value("total_aset")))
      }
      for row in try rows("income-statement", code, quarterly: quarterly) {
        func value(_ name: String) throws -> Double { try Information.number(row, name) }
        #expect(Information.agree(try value("sale_account") - value("sale_cost"), try value("sale_totl_prfi")))
        #expect(try value("bsop_prti") <= value("sale_totl_prfi") && value("thtr_ntin") < value("op_prfi"))
      }
    }
  }

  @Test("Ratios follow from the books, and the last year's earnings per share are those that quotes tell")
  func ratios() throws {
    let code = "005930"
    let sheets = try rows("balance-sheet", code)
    let incomes = try rows("income-statement", code)
    let ratios = try rows("financial-ratio", code)
    let profits = try rows("profit-ratio", code)
    let stability = try rows("stability-ratio", code)
    #expect(sheets.count == ratios.count && sheets.count > 10)
    for index in ratios.indices {
      let (sheet, income, ratio) = (sheets[index], incomes[index], ratios[index])
      func share(_ part: Double, _ whole: Double) -> Double { part * 100 / whole }
      let equity = try Information.number(sheet, "total_cptl")
      let earned = try Information.number(income, "thtr_ntin")
      #expect(Information.agree(try Information.number(ratio, "roe_val"), share(earned, equity)))
      #expect(
        Information.agree(
          try Information.number(ratio, "lblt_rate"), share(try Information.number(sheet, "total_lblt"), equity)))
      #expect(
        Information.agree(
          try Information.number(profits[index], "sale_ntin_rate"),
          share(earned, try Information.number(income, "sale_account"))))
      #expect(
        Information.agree(
          try Information.number(stability[index], "crnt_rate"),
          share(try Information.number(sheet, "cras"), try Information.number(sheet, "flow_lblt"))))
      if index + 1 < incomes.count {
        let before = try Information.number(incomes[index + 1], "sale_account")
        let growth = share(try Information.number(income, "sale_account") - before, before)
        #expect(Information.agree(try Information.number(ratio, "grs"), growth))
      }
    }
    let price = try #require(try Information.rows("quotations/inquire-price", [("FID_INPUT_ISCD", code)]).first)
    #expect(ratios.first?["stac_yymm"] == "202512")
    #expect(abs(try Information.number(ratios[0], "eps") - Information.number(price, "eps")) < 1)
  }

  @Test("Years and quarters are in order, none before it is published, sums of a year as it goes on")
  func periods() throws {
    let years = try rows("income-statement", "000660").map { try Information.text($0, "stac_yymm") }
    #expect(years.prefix(3) == ["202512", "202412", "202312"])
    let quarters = try rows("income-statement", "000660", quarterly: true)
    #expect(
      try quarters.prefix(4).map { try Information.text($0, "stac_yymm") } == ["202606", "202603", "202512", "202509"])
    let sales = try quarters.prefix(6).map { try Information.number($0, "sale_account") }
    #expect(sales[0] > sales[1] && sales[2] > sales[3] && sales[3] > sales[4] && sales[4] > sales[5])
  }

  @Test("Estimates go on where the books end, with growth that follows from them")
  func estimates() throws {
    let asked = [("SHT_CD", "005930")]
    let periods = try Information.rows("quotations/estimate-perform", asked, output: 3).map {
      try Information.text($0, "dt")
    }
    #expect(periods == ["2023.12A", "2024.12A", "2025.12A", "2026.12E", "2027.12E"])
    let income = try Information.rows("quotations/estimate-perform", asked, output: 1)
    let books = try rows("income-statement", "005930")
    #expect(income.count == 6)
    for (column, year) in [("data3", 0), ("data2", 1), ("data1", 2)] {
      #expect(
        abs(try Information.number(income[0], column) - Information.number(books[year], "sale_account")) < 1)
      #expect(abs(try Information.number(income[4], column) - Information.number(books[year], "thtr_ntin")) < 1)
    }
    let (now, before) = (try Information.number(income[0], "data4"), try Information.number(income[0], "data3"))
    #expect(abs(try Information.number(income[1], "data4") - (now - before) * 1_000 / before) < 1)
    #expect(try Information.rows("quotations/estimate-perform", asked, output: 2).count == 8)
  }
}
