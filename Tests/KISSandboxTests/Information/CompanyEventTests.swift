import KISMarket
import KISWire
import Testing

@testable import KISSandbox

@Suite("Events of companies")
struct CompanyEventTests {
  /// Each list with the day that it is looked for by.
  static let lists = [
    ("dividend", "record_date"), ("bonus-issue", "record_date"), ("paidin-capin", "sub_term_ft"),
    ("rev-split", "record_date"), ("cap-dcrs", "record_date"), ("merger-split", "record_date"),
    ("purreq", "record_date"), ("pub-offer", "record_date"), ("forfeit", "record_date"), ("list-info", "list_dt"),
    ("mand-deposit", "depo_date"), ("sharehld-meet", "record_date"),
  ]

  private func rows(_ list: String, _ from: String, _ to: String, _ more: [(String, String)] = []) throws
    -> [JSONObject]
  {
    try Information.rows("ksdinfo/" + list, [("F_DT", from), ("T_DT", to), ("SHT_CD", ""), ("CTS", "")] + more)
  }

  /// What a `depo_date` begins with is the day; all others are one day.
  private func day(_ row: JSONObject, _ field: String) throws -> String {
    String(try Information.text(row, field).filter(\.isNumber).prefix(8))
  }

  @Test("A list holds what lies in the range that was asked, the latest first", arguments: lists)
  func range(list: String, field: String) throws {
    let years = try rows(list, "20230101", "20251231")
    let days = try years.map { try day($0, field) }
    #expect(!days.isEmpty && days.allSatisfy { ("20230101"..."20251231").contains($0) })
    #expect(days == days.sorted(by: >))
    let part = try rows(list, "20240401", "20250331")
    #expect(part == (try years.filter { ("20240401"..."20250331").contains(try day($0, field)) }))
    #expect(try rows(list, "20250331", "20240401").isEmpty)
    // Nothing is told of what is not announced.
    #expect(try rows(list, "20270301", "20271231").isEmpty)
  }

  @Test("Somebody does each of it in every month", arguments: lists)
  func everyMonth(list: String, field: String) throws {
    for year in ["2015", "2025"] {
      let months = Set(try rows(list, year + "0101", year + "1231").map { try day($0, field).prefix(6).suffix(2) })
      #expect(months.count == 12, "\(list) \(year) \(months.sorted())")
    }
  }

  @Test("A dividend in shares has its rate, is listed, and is what the ranking of such dividends lists")
  func stockDividends() throws {
    let given = try rows("dividend", "20231201", "20240331").filter { try Information.number($0, "stk_divi_rate") > 0 }
    let listed = try rows("list-info", "20240101", "20241231").filter { $0["issue_type"] == "주식배당" }
    #expect(!given.isEmpty && given.allSatisfy { $0["divi_kind"] == "결산" })
    for row in given {
      let (code, day) = (try Information.text(row, "sht_cd"), try Information.date(row, "stk_div_pay_dt"))
      let line = try #require(listed.first { $0["sht_cd"]?.string == code })
      let (new, all) = (
        try Information.number(line, "issue_stk_qty"), try Information.number(line, "tot_issue_stk_qty")
      )
      #expect(try Information.date(line, "list_dt") == day)
      #expect(Information.agree(new * 100 / (all - new), try Information.number(row, "stk_divi_rate")))
    }
    let range = [("F_DT", "20230101"), ("T_DT", "20231231"), ("UPJONG", "0001"), ("GB3", "1")]
    let ranked = try Information.rows("ranking/dividend-rate", range)
    let rates = try ranked.map { try Information.number($0, "divi_rate") }
    #expect(!rates.isEmpty && rates == rates.sorted(by: >) && rates.allSatisfy { (1...10).contains($0) })
    for row in ranked {
      let share = try #require(Instrument.builtIn(try Information.text(row, "sht_cd")))
      let value = Double(share.parValue) * (try Information.number(row, "divi_rate")) / 100
      #expect(try Information.number(row, "per_sto_divi_amt") == value.rounded(.down))
    }
  }

  @Test("A preferred share gets a little more than the ordinary one, and nothing else happens to it")
  func preferred() throws {
    let rows = try rows("dividend", "20250101", "20251231")
    func amounts(_ code: String) throws -> [Double] {
      try rows.filter { $0["sht_cd"]?.string == code }.map { try Information.number($0, "per_sto_divi_amt") }
    }
    let pairs = Instrument.builtIn.filter { $0.ordinaryCode != nil }
    for share in pairs {
      let (ordinary, own) = (try amounts(share.ordinaryCode ?? "").reduce(0, +), try amounts(share.code).reduce(0, +))
      #expect(ordinary == 0 ? own == 0 : own > ordinary, "\(share.code)")
    }
    for (list, _) in Self.lists where list != "dividend" {
      #expect(
        try self.rows(list, "20240101", "20241231").allSatisfy { row in
          !pairs.contains { $0.code == row["sht_cd"]?.string }
        })
    }
  }

  @Test("A list of a share is what the list of all says of it", arguments: lists)
  func code(list: String, field: String) throws {
    let all = try rows(list, "20200101", "20260921")
    let share = try Information.text(try #require(all.last), "sht_cd")
    #expect(Instrument.builtIn(share) != nil)
    let own = try Information.rows("ksdinfo/" + list, [("F_DT", "20200101"), ("T_DT", "20260921"), ("SHT_CD", share)])
    #expect(own == (try all.filter { try Information.text($0, "sht_cd") == share }) && !own.isEmpty)
  }

  @Test("Whatever happens at the exchange happens on a trading day", arguments: lists)
  func tradingDays(list: String, field: String) throws {
    let fields = [
      "list_dt", "list_date", "right_dt", "divi_pay_dt", "sub_term_ft", "pay_dt", "refund_dt", "gen_meet_dt",
    ]
    for row in try rows(list, "20230101", "20260921") {
      for field in fields where row[field]?.string?.isEmpty == false {
        #expect(TradingCalendar.isTradingDay(try Information.date(row, field)), "\(field)")
      }
    }
  }

  @Test("Dividends are what companies earn and shares cost: a rate of the par value, some percent of the price")
  func dividends() throws {
    let rows = try rows("dividend", "20250101", "20251231")
    for row in rows {
      let (amount, par) = (try Information.number(row, "per_sto_divi_amt"), try Information.number(row, "face_val"))
      #expect(Information.agree(try Information.number(row, "divi_rate"), amount * 100 / par))
      let share = try #require(Instrument.builtIn(try Information.text(row, "sht_cd")))
      #expect((0.0001...0.08).contains(amount / Double(share.referencePrice)), "\(share.name)")
      #expect(try Information.date(row, "divi_pay_dt") > Information.date(row, "record_date"))
    }
    let whole = try self.rows("dividend", "20250101", "20251231", [("GB1", "1")])
    let part = try self.rows("dividend", "20250101", "20251231", [("GB1", "2")])
    #expect(whole.count + part.count == rows.count && !whole.isEmpty && !part.isEmpty)
    #expect(whole.allSatisfy { $0["divi_kind"] == "결산" } && part.allSatisfy { $0["divi_kind"] != "결산" })
    let high = try self.rows("dividend", "20250101", "20251231", [("HIGH_GB", "Y")])
    #expect(!high.isEmpty && high.count < rows.count && high.allSatisfy { $0["high_divi_gb"] == "Y" })
  }

  @Test("New shares make the share count that is told, and are listed on the day that was said")
  func issues() throws {
    let range = ("20230101", "20260630")
    let paid = try rows("paidin-capin", range.0, range.1)
    let bonus = try rows("bonus-issue", range.0, range.1)
    let listed = try rows("list-info", "20230101", "20260921")
    for row in paid + bonus {
      let (before, new) = (
        try Information.number(row, "tot_issue_stk_qty"), try Information.number(row, "issue_stk_qty")
      )
      #expect(Information.agree(try Information.number(row, "fix_rate"), new * 100 / before))
      let code = try Information.text(row, "sht_cd")
      let date = try Information.date(row, "list_date").compact
      #expect(
        try listed.contains {
          try Information.text($0, "sht_cd") == code && Information.text($0, "list_dt") == date
            && Information.number($0, "tot_issue_stk_qty") == before + new
        }, "\(code) \(date)")
    }
    #expect(try paid.allSatisfy { try Information.number($0, "fix_price") > 0 })
    #expect(paid.count > 5 && bonus.count > 3)
  }

  @Test("Changes of the par value are those of the market that was asked for")
  func markets() throws {
    let kospi = try rows("rev-split", "20200101", "20260921", [("MARKET_GB", "1")])
    let kosdaq = try rows("rev-split", "20200101", "20260921", [("MARKET_GB", "2")])
    #expect(!kospi.isEmpty && !kosdaq.isEmpty)
    #expect(try kospi.allSatisfy { Instrument.builtIn(try Information.text($0, "sht_cd"))?.board == .kospi })
    #expect(try kosdaq.allSatisfy { Instrument.builtIn(try Information.text($0, "sht_cd"))?.board == .kosdaq })
  }
}
