import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Inquiries about contracts that an account traded")
struct ContractLedgerTests {
  /// - Parameter day: as which the day is shown; nil for itself.
  private func caller(shownAs day: CalendarDate? = nil) async throws -> Caller {
    // Only a recorded day is shown as another.
    let recorded = day.map { _ in [(second: 3_700.0, text: "0|H0UPPGM0|001|0001^1")] } ?? []
    let fixture = try SandboxFixture(recorded, at: SandboxFixture.open + .seconds(3_600)) {
      if let day { ($0.date, $0.start) = (day, TimeOfDay(sinceMidnight: .seconds(10 * 3_600))) }
      $0.limits.requestsPerSecond = 0
      $0.heartbeat.rhythm = .never
    }
    return await fixture.caller()
  }

  private let abroad = "overseas-futureoption/v1/trading/"
  private let home = "domestic-futureoption/v1/trading/"

  /// Buys two contracts abroad and sells one of them again.
  private func tradeAbroad(_ caller: Caller, _ code: String = "CLZ26") async throws -> [String] {
    var numbers: [String] = []
    for (side, quantity) in [("02", "2"), ("01", "1")] {
      let placed = try await caller.ask(
        abroad + "order", "OTFM3001U",
        saying: [
          "OVRS_FUTR_FX_PDNO": code, "SLL_BUY_DVSN_CD": side, "FM_ORD_QTY": quantity, "PRIC_DVSN_CD": "2",
          "CCLD_CNDT_CD": "2", "CPLX_ORD_DVSN_CD": "0", "ECIS_RSVN_ORD_YN": "N", "FM_HDGE_ORD_SCRN_YN": "N",
        ])
      numbers.append(try #require(placed.json["output"]?["ODNO"]?.string, "\(placed.text)"))
    }
    return numbers
  }

  @Test("Orders abroad are listed with their contract, quantity, price and what was filled, by side and by day")
  func orders() async throws {
    let caller = try await caller()
    let numbers = try await tradeAbroad(caller)
    let period = [
      "STRT_DT": "20260921", "END_DT": "20260921", "CCLD_NCCS_DVSN": "00", "SLL_BUY_DVSN_CD": "%%", "FUOP_DVSN": "00",
    ]
    for (path, id) in [("inquire-ccld", "OTFM3116R"), ("inquire-daily-order", "OTFM3120R")] as [(String, TransactionID)]
    {
      let rows = try await caller.ask(abroad + path, id, saying: period).rows("output")
      #expect(Set(rows.compactMap { $0["odno"]?.string }) == Set(numbers), "\(path)")
      let bought = try #require(rows.first { $0["sll_buy_dvsn_cd"] == "02" })
      #expect(bought["ovrs_futr_fx_pdno"] == "CLZ26" && bought["ord_dt"] == "20260921")
      #expect(bought["fm_ord_qty"] == "2" && bought["fm_ccld_qty"] == "2" && bought["fm_ord_rmn_qty"] == "0")
      if path == "inquire-daily-order" { #expect(bought["pric_dvsn_cd"] == "2", "an order at the market") }
      #expect((bought["fm_ccld_pric"]?.string.flatMap { Double($0) } ?? 0) > 1)
      let sales = try await caller.ask(abroad + path, id, saying: period.merging(["SLL_BUY_DVSN_CD": "01"]) { $1 })
      #expect(sales.rows("output").compactMap { $0["odno"]?.string } == [numbers[1]])
      let options = try await caller.ask(abroad + path, id, saying: period.merging(["FUOP_DVSN": "02"]) { $1 })
      #expect(options.rows("output").isEmpty, "no option was ordered")
    }
    let before = try await caller.ask(
      abroad + "inquire-daily-order", "OTFM3120R",
      saying: period.merging(["STRT_DT": "20260901", "END_DT": "20260918"]) { $1 })
    #expect(before.rows("output").isEmpty)
  }

  @Test("Fills abroad add up to their totals, and fees to the fee")
  func fills() async throws {
    let caller = try await caller()
    _ = try await tradeAbroad(caller)
    let answer = try await caller.ask(
      abroad + "inquire-daily-ccld", "OTFM3122R",
      saying: [
        "STRT_DT": "20260921", "END_DT": "20260921", "FUOP_DVSN_CD": "00", "CRCY_CD": "%%%", "SLL_BUY_DVSN_CD": "%%",
      ])
    let rows = answer.rows("output1")
    func sum(_ name: String) -> Double { rows.reduce(0) { $0 + ($1[name]?.string.flatMap { Double($0) } ?? .nan) } }
    func total(_ name: String) -> Double {
      answer.rows("output2").first?[name]?.string.flatMap { Double($0) } ?? .nan
    }
    #expect(rows.count >= 2 && rows.allSatisfy { $0["ovrs_futr_fx_pdno"] == "CLZ26" && $0["dt"] == "20260921" })
    #expect(sum("fm_ccld_qty") == 3 && total("fm_tot_ccld_qty") == 3)
    #expect(abs(sum("fm_futr_ccld_amt") - total("fm_tot_futr_agrm_amt")) < 0.05)
    #expect(abs(sum("fm_fee") - total("fm_fee_smtl")) < 0.05)
    let period = try await caller.ask(
      abroad + "inquire-period-ccld", "OTFM3118R",
      saying: [
        "INQR_TERM_FROM_DT": "20260921", "INQR_TERM_TO_DT": "20260921", "CRCY_CD": "%%%", "WHOL_TRSL_YN": "N",
        "FUOP_DVSN": "00",
      ])
    let row = try #require(period.rows("output2").first)
    #expect(row["fm_buy_qty"] == "2" && row["fm_sll_qty"] == "1" && row["ovrs_futr_fx_pdno"] == "CLZ26")
    // What is open is worth what the list of open positions says, and the sums are those of the rows, in dollars.
    let open = try await caller.ask(abroad + "inquire-unpd", "OTFM1412R", saying: ["FUOP_DVSN": "00"]).rows("output")
    for row in period.rows("output2") {
      let position = open.first { $0["ovrs_futr_fx_pdno"] == row["ovrs_futr_fx_pdno"] }
      #expect(row["fm_ustl_evlu_pfls_amt"] == position?["fm_evlu_pfls_amt"] ?? "0.00")
    }
    let listed = period.rows("output2").compactMap { $0["ovrs_futr_fx_pdno"]?.string }
    let held = open.compactMap { $0["ovrs_futr_fx_pdno"]?.string }
    #expect(!held.isEmpty && Set(listed).isSuperset(of: held))
    let sums = try #require(period.rows("output1").first)
    #expect(sums["crcy_cd"] == "USD")
    for name in ["fm_lqd_pfls_amt", "fm_fee", "fm_net_pfls_amt", "fm_ustl_evlu_pfls_amt", "fm_ustl_agrm_amt"] {
      let parts = period.rows("output2").reduce(0) { $0 + ($1[name]?.string.flatMap { Double($0) } ?? .nan) }
      #expect(abs((sums[name]?.string.flatMap { Double($0) } ?? .nan) - parts) < 0.05, "\(name)")
    }
    let deposit = try await caller.ask(
      abroad + "inquire-deposit", "OTFM1411R", saying: ["CRCY_CD": "USD", "INQR_DT": "20260921"])
    #expect(deposit.json["output"]?["fm_lqd_pfls_amt"] == sums["fm_lqd_pfls_amt"])
  }

  @Test(
    "Contracts in several currencies are summed in one, and what was open before a period is measured from its start")
  func periods() async throws {
    let caller = try await caller()
    _ = try await tradeAbroad(caller, "HSIZ26")
    func period(_ from: String, _ to: String, _ currency: String) async throws -> (sums: JSONValue, rows: [JSONValue]) {
      let answer = try await caller.ask(
        abroad + "inquire-period-ccld", "OTFM3118R",
        saying: [
          "INQR_TERM_FROM_DT": from, "INQR_TERM_TO_DT": to, "CRCY_CD": currency, "WHOL_TRSL_YN": "N",
          "FUOP_DVSN": "00",
        ])
      return (try #require(answer.rows("output1").first), answer.rows("output2"))
    }
    func number(_ row: JSONValue?, _ name: String) -> Double { row?[name]?.string.flatMap { Double($0) } ?? .nan }
    func row(_ rows: [JSONValue], _ product: String) -> JSONValue? {
      rows.first { $0["ovrs_futr_fx_pdno"]?.string?.hasPrefix(product) ?? false }
    }
    let dollars = try await period("20260921", "20260921", "%%%")
    let hongKong = try await period("20260921", "20260921", "HKD")
    #expect(hongKong.rows.count == 1 && hongKong.sums["crcy_cd"] == "HKD" && dollars.sums["crcy_cd"] == "USD")
    #expect(hongKong.sums["fm_fee"] == row(dollars.rows, "HSI")?["fm_fee"])
    for name in ["fm_ustl_agrm_amt", "fm_fee"] {
      let parts = dollars.rows.map { number($0, name) * ($0["crcy_cd"] == "HKD" ? 17_810 / 138_550.0 : 1) }
      #expect(abs(number(dollars.sums, name) / parts.reduce(0, +) - 1) < 0.03, "\(name)")
      let won = try await period("20260921", "20260921", "TKR").sums
      #expect(won["crcy_cd"] == "KRW" && abs(number(won, name) / number(dollars.sums, name) / 1_385.5 - 1) < 0.03)
    }
    let thursday = try await period("20260901", "20260917", "%%%")
    let since = try await period("20260918", "20260921", "%%%")
    #expect(row(thursday.rows, "HSI") == nil && thursday.rows.count == 2)
    let (before, now) = (row(thursday.rows, "ES"), row(since.rows, "ES"))
    let change = number(now, "fm_ustl_evlu_pfls_amt") - number(before, "fm_ustl_evlu_pfls_amt")
    #expect(change != 0 && abs(number(now, "fm_ustl_evlu_pfls_icdc_amt") - change) < 0.015)
  }

  @Test("Positions that an account begins with hold back their margin, and none of them has expired")
  func openingPositions() async throws {
    let caller = try await caller()
    let home = try await caller.ask(self.home + "inquire-balance", "CTFO6118R", saying: ["MGNA_DVSN": "01"])
    #expect(home.rows("output1").count == 2)
    let sums = try #require(home.rows("output2").first)
    func number(_ row: JSONValue?, _ name: String) -> Double { row?[name]?.string.flatMap { Double($0) } ?? .nan }
    // A tenth of what both are worth.
    #expect(number(sums, "mgna_tota") > 50_000_000)
    #expect(number(sums, "pprt_ord_psbl_cash") == number(sums, "dnca_cash") - number(sums, "mgna_tota"))
    let deposit = try await caller.ask(
      abroad + "inquire-deposit", "OTFM1411R", saying: ["CRCY_CD": "USD", "INQR_DT": "20260921"]
    ).json["output"]
    #expect(number(deposit, "fm_brkg_mgn_amt") > 0)
    let held = try await caller.ask(abroad + "inquire-unpd", "OTFM1412R", saying: ["FUOP_DVSN": "00"]).rows("output")
    #expect(!held.isEmpty && held.allSatisfy { $0["ovrs_futr_fx_pdno"]?.string?.hasSuffix("26") == true })
  }

  @Test("Positions abroad and what may still be ordered are told in the contract's own words")
  func positions() async throws {
    let caller = try await caller()
    _ = try await tradeAbroad(caller)
    let rows = try await caller.ask(abroad + "inquire-unpd", "OTFM1412R", saying: ["FUOP_DVSN": "00"]).rows("output")
    let row = try #require(rows.first { $0["ovrs_futr_fx_pdno"] == "CLZ26" })
    #expect(row["crcy_cd"] == "USD" && row["sll_buy_dvsn_cd"] == "02" && row["fuop_dvsn"] == "01")
    let able = try await caller.ask(
      abroad + "inquire-psamount", "OTFM3304R",
      saying: ["OVRS_FUTR_FX_PDNO": "CLZ26", "SLL_BUY_DVSN_CD": "01", "FM_ORD_PRIC": "0", "ECIS_RSVN_ORD_YN": "N"])
    let output = able.json["output"]
    #expect(
      output?["ovrs_futr_fx_pdno"] == "CLZ26" && output?["crcy_cd"] == "USD" && output?["sll_buy_dvsn_cd"] == "01")
    #expect(output?["fm_lqd_psbl_qty"] == row["fm_lqd_psbl_qty"])
  }

  @Test(
    "Fills at home are listed with time and amount, and summed by day and contract, whatever day it is shown as",
    arguments: ["2026-09-21", "2026-11-27"] as [CalendarDate])
  func fillsAtHome(shown: CalendarDate) async throws {
    let caller = try await caller(shownAs: shown)
    let today = shown.compact
    for side in ["02", "01"] {
      let placed = try await caller.ask(
        home + "order", "TTTO1101U",
        saying: [
          "ORD_PRCS_DVSN_CD": "02", "SLL_BUY_DVSN_CD": side, "SHTN_PDNO": "A01612", "ORD_QTY": "1", "UNIT_PRICE": "0",
          "NMPR_TYPE_CD": "02", "KRX_NMPR_CNDT_CD": "0", "ORD_DVSN_CD": "02",
        ])
      #expect(placed.json["rt_cd"] == "0", "\(placed.text)")
    }
    let window = ["ORD_DT": today, "FUOP_TR_STRT_TMD": "000000", "FUOP_TR_END_TMD": "240000"]
    let fills = try await caller.ask(home + "inquire-ccnl-bstime", "CTFO5139R", saying: window)
    let rows = fills.rows("output1")
    #expect(rows.count == 2 && rows.allSatisfy { $0["pdno"] == "A01612" && $0["last_sttldt"] == "20261210" })
    for row in rows {
      let price = row["ccld_idx"]?.string.flatMap { Double($0) } ?? 0
      #expect(row["trad_amt"]?.string.flatMap { Double($0) } == (price * 250_000).rounded())
    }
    let earlier = try await caller.ask(
      home + "inquire-ccnl-bstime", "CTFO5139R", saying: window.merging(["FUOP_TR_END_TMD": "093000"]) { $1 })
    #expect(earlier.rows("output1").isEmpty, "nothing was traded before ten")
    let days = try await caller.ask(
      home + "inquire-daily-amount-fee", "CTFO6119R", saying: ["INQR_STRT_DAY": today, "INQR_END_DAY": today])
    let day = try #require(days.rows("output1").first)
    #expect(days.rows("output1").count == 1 && day["ord_dt"]?.string == today && day["item_name"] == "F 202612")
    let fees = ["sll_fee", "buy_fee"].map { day[$0]?.string.flatMap { Int($0) } ?? -1 }
    #expect(day["tot_fee_smtl"]?.string == "\(fees[0] + fees[1])" && fees[0] > 0)
    #expect(days.rows("output2").first?["fee_smtl"] == day["tot_fee_smtl"])
    let none = try await caller.ask(
      home + "inquire-daily-amount-fee", "CTFO6119R", saying: ["INQR_STRT_DAY": "20260801", "INQR_END_DAY": "20260831"])
    #expect(none.rows("output1").isEmpty)
    #expect(none.rows("output2").first?["futr_agrm"] == "0" && none.rows("output2").first?["fee_smtl"] == "0")
  }
}
