import KISWire
import Testing

@testable import KISSandbox

@Suite("What an account has is told by kind, and a loan is no gain")
struct AccountAssetsTests {
  private func number(_ row: JSONValue, _ name: String) throws -> Double {
    try #require(row[name]?.string.flatMap { Double($0) }, "\(name) \(row.text)")
  }

  @Test("The kinds of assets add up to the sums beside them")
  func kinds() async throws {
    let caller = await (try SandboxFixture.ofOrders()).caller()
    let answer = try await caller.ask(
      "domestic-stock/v1/trading/inquire-account-balance", "CTRP6548R", saying: [:])
    let (rows, sums) = (answer.rows("output1"), try #require(answer.rows("output2").first))
    func sum(_ name: String) throws -> Double { try rows.reduce(0) { $0 + (try number($1, name)) } }
    try #require(rows.count == 19)
    for (name, whole) in [
      ("pchs_amt", "pchs_amt_smtl"), ("evlu_amt", "evlu_amt_smtl"), ("evlu_amt", "tot_asst_amt"),
      ("evlu_pfls_amt", "evlu_pfls_amt_smtl"), ("real_nass_amt", "nass_tot_amt"), ("crdt_lnd_amt", "loan_amt_smtl"),
    ] { #expect(try sum(name) == number(sums, whole), "\(name)") }
    #expect(abs(try sum("whol_weit_rt") - 100) < 0.1)
    // Shares, shares abroad, foreign money, and money.
    for place in [0, 8, 16, 17] { #expect(try number(rows[place], "evlu_amt") > 0) }
    #expect(try number(rows[17], "evlu_amt") == number(sums, "dncl_amt"))
  }

  @Test("What shares gained since yesterday is the difference of what is owned, bought with a loan or not")
  func loans() async throws {
    let caller = await (try SandboxFixture.ofOrders()).caller()
    func totals() async throws -> JSONValue { try #require(await caller.balance().rows("output2").first) }
    let before = try await totals()
    let bought = try await caller.ask(
      "domestic-stock/v1/trading/order-credit", "TTTC0052U",
      saying: [
        "PDNO": "005930", "CRDT_TYPE": "21", "LOAN_DT": "20260921", "ORD_DVSN": "01", "ORD_QTY": "10", "ORD_UNPR": "0",
      ])
    #expect(bought.json["rt_cd"] == "0", "\(bought.text)")
    let after = try await totals()
    #expect(try number(after, "tot_loan_amt") > 1_000_000)
    #expect(after["bfdy_tot_asst_evlu_amt"] == before["bfdy_tot_asst_evlu_amt"])
    let difference = try number(after, "nass_amt") - number(after, "bfdy_tot_asst_evlu_amt")
    #expect(try number(after, "asst_icdc_amt") == difference)
    // Fees and the spread, not what was lent.
    #expect(try abs(number(after, "nass_amt") - number(before, "nass_amt")) < 10_000)
  }
}
