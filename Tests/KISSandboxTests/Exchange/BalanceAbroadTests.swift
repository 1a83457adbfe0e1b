import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("What an account has and trades abroad is summed by currency, and in won")
struct BalanceAbroadTests {
  private let abroad = "overseas-stock/v1/trading/"

  private func caller() async throws -> (SandboxFixture, Caller) {
    let fixture = try SandboxFixture(at: SandboxFixture.open + .seconds(6_300)) {
      $0.limits.requestsPerSecond = 0
      $0.heartbeat.rhythm = .never
    }
    var choice = AccountChoice(account: "12345678-01")
    choice.holdings = [
      .init(code: "AAPL", quantity: 7, average: 1_800_000), .init(code: "00700", quantity: 300, average: 5_000_000),
    ]
    _ = try await fixture.sandbox.setAccount(choice)
    return (fixture, await fixture.caller())
  }

  private func number(_ row: JSONValue?, _ name: String) throws -> Double {
    try #require(row?[name]?.string.flatMap { Double($0) }, "\(name)")
  }

  @Test(
    "The balance has a line for each currency, and its totals are the sums of the lines in won",
    arguments: [("inquire-present-balance", "CTRP6504R"), ("inquire-paymt-stdr-balance", "CTRP6010R")])
  func balance(path: String, id: String) async throws {
    let (_, caller) = try await caller()
    let answer = try await caller.ask(
      abroad + path, TransactionID(id),
      saying: [
        "WCRC_FRCR_DVSN_CD": "02", "NATN_CD": "000", "TR_MKET_CD": "00", "INQR_DVSN_CD": "00", "BASS_DT": "20260921",
      ])
    let lines = answer.rows("output1")
    #expect(Set(lines.map { $0["pdno"]?.string }) == ["AAPL", "00700"])
    let numbers = lines.compactMap { $0["std_pdno"]?.string }
    #expect(Set(numbers.map { $0.prefix(2) }) == ["US", "HK"] && Set(numbers).count == 2)
    let currencies = answer.rows("output2")
    #expect(currencies.first?["crcy_cd"] == "USD" && currencies.contains { $0["crcy_cd"] == "HKD" })
    var (worth, won) = (0.0, 0.0)
    for currency in currencies {
      let own = lines.filter { $0["buy_crcy_cd"] == currency["crcy_cd"] }
      let value = try own.reduce(0) { $0 + (try number($1, "frcr_evlu_amt2")) }
      #expect(abs(try number(currency, "frcr_evlu_amt2") - value) < 0.02)
      let rate =
        try number(currency, "frst_bltn_exrt") / (["JPY", "VND"].contains(currency["crcy_cd"]?.string) ? 100 : 1)
      worth += value * rate
      won += try number(currency, "frcr_dncl_amt_2") * rate
    }
    let total = answer.rows("output3").first
    #expect(abs(try number(total, "pchs_amt_smtl_amt") + number(total, "tot_evlu_pfls_amt") - worth) < 3)
    let cash = try number(total, "tot_dncl_amt")
    #expect(cash >= won - 3)
    let assets = try number(total, path.hasPrefix("inquire-present") ? "tot_asst_amt" : "tot_asst_amt2")
    #expect(abs(assets - cash - worth) < 4)
  }

  @Test("A sale abroad is listed with what it brought, and what it gained is listed by day and share")
  func sale() async throws {
    let (_, caller) = try await caller()
    let sold = try await caller.ask(
      abroad + "order", "TTTS1001U",
      saying: [
        "OVRS_EXCG_CD": "SEHK", "PDNO": "00700", "ORD_QTY": "100", "OVRS_ORD_UNPR": "300", "ORD_SVR_DVSN_CD": "0",
        "ORD_DVSN": "00",
      ])
    #expect(sold.json["rt_cd"] == "0", "\(sold.text)")
    let trades = try await caller.ask(
      abroad + "inquire-period-trans", "CTOS4001R",
      saying: ["ERLM_STRT_DT": "20260901", "ERLM_END_DT": "20260930", "OVRS_EXCG_CD": "SEHK", "SLL_BUY_DVSN_CD": "00"])
    let rows = trades.rows("output1")
    #expect(!rows.isEmpty && rows.allSatisfy { $0["pdno"] == "00700" && $0["crcy_cd"] == "HKD" })
    #expect(try rows.reduce(0) { $0 + (try number($1, "ccld_qty")) } == 100)
    let amount = try rows.reduce(0) { $0 + (try number($1, "tr_frcr_amt2")) }
    #expect(abs(try number(trades.rows("output2").first, "frcr_sll_amt_smtl") - amount) < 0.02)
    let bought = try await caller.ask(
      abroad + "inquire-period-trans", "CTOS4001R",
      saying: ["ERLM_STRT_DT": "20260901", "ERLM_END_DT": "20260930", "OVRS_EXCG_CD": "SEHK", "SLL_BUY_DVSN_CD": "02"])
    #expect(bought.rows("output1").isEmpty)
    let before = try await caller.ask(
      abroad + "inquire-period-trans", "CTOS4001R",
      saying: ["ERLM_STRT_DT": "20260801", "ERLM_END_DT": "20260831"])
    #expect(before.rows("output1").isEmpty)
    let profits = try await caller.ask(
      abroad + "inquire-period-profit", "TTTS3039R",
      saying: ["INQR_STRT_DT": "20260901", "INQR_END_DT": "20260930", "WCRC_FRCR_DVSN_CD": "01"])
    let profit = try #require(profits.rows("Output1").first ?? profits.rows("output1").first)
    #expect(profit["slcl_qty"] == "100" && profit["ovrs_pdno"] == "00700")
    let gained =
      try number(profit, "frcr_sll_amt_smtl1") - number(profit, "frcr_pchs_amt1")
      - number(profit, "stck_sll_tlex")
    #expect(abs(try number(profit, "ovrs_rlzt_pfls_amt") - gained) < 0.05)
  }
}
