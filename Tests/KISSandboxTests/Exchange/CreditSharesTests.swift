import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Shares that a loan paid for are sold by whoever names the loan")
struct CreditSharesTests {
  private let trading = "domestic-stock/v1/trading/"

  private func caller() async throws -> Caller {
    let fixture = try SandboxFixture.ofOrders()
    _ = try await fixture.sandbox.setAccount(AccountChoice(account: "12345678-01", cash: 100_000_000, holdings: []))
    return await fixture.caller()
  }

  private func buy(_ caller: Caller, cash: Int, credit: Int) async throws {
    let order = ["PDNO": "005930", "ORD_DVSN": "01", "ORD_UNPR": "0"]
    for (path, id, count) in [("order-cash", "TTTC0012U", cash), ("order-credit", "TTTC0052U", credit)]
      as [(String, TransactionID, Int)] where count > 0
    {
      let loan = ["CRDT_TYPE": "21", "LOAN_DT": "20260921", "ORD_QTY": "\(count)"]
      let answer = try await caller.ask(trading + path, id, saying: order.merging(loan) { $1 })
      #expect(answer.json["rt_cd"] == "0", "\(answer.text)")
    }
  }

  /// Sells at a limit that nobody meets.
  private func sell(_ caller: Caller, _ count: Int, loan: Bool) async throws -> String {
    let price = try #require(await caller.price().json["output"]?["stck_mxpr"]?.string)
    let order = ["PDNO": "005930", "ORD_DVSN": "00", "ORD_UNPR": price, "ORD_QTY": "\(count)"]
    let credit = ["CRDT_TYPE": "25", "LOAN_DT": "20260921"]
    let answer = try await caller.ask(
      trading + (loan ? "order-credit" : "order-cash"), loan ? "TTTC0051U" : "TTTC0011U",
      saying: loan ? order.merging(credit) { $1 } : order)
    return answer.json["rt_cd"] == "0" ? "" : answer.code
  }

  private func orderable(_ caller: Caller) async throws -> JSONValue {
    try #require(
      await caller.ask(trading + "inquire-psbl-sell", "TTTC8408R", saying: ["PDNO": "005930"]).json["output"])
  }

  @Test(
    "What may be sold in cash is what a sale in cash is taken for, and no share more",
    arguments: [(cash: 0, credit: 4), (3, 4), (3, 0)])
  func cash(cash: Int, credit: Int) async throws {
    let caller = try await caller()
    try await buy(caller, cash: cash, credit: credit)
    let before = try await orderable(caller)
    #expect(before["ord_psbl_qty"]?.string == "\(cash)" && before["cblc_qty"]?.string == "\(cash + credit)")
    #expect(try await sell(caller, cash + 1, loan: false) == "APBK0400")
    guard cash > 0 else { return }
    #expect(try await sell(caller, cash, loan: false) == "")
    #expect(try await orderable(caller)["ord_psbl_qty"] == "0")
  }

  @Test("A row of a balance tells what its own kind of order may sell, a sum of rows what one in cash may")
  func balance() async throws {
    let caller = try await caller()
    try await buy(caller, cash: 3, credit: 4)
    func rows(_ kind: String) async throws -> [JSONValue] {
      try await caller.ask(trading + "inquire-balance", "TTTC8434R", saying: ["INQR_DVSN": kind]).rows("output1")
    }
    let sums = try await rows("02")
    #expect(sums.map { $0["ord_psbl_qty"] } == ["3"] && sums.map { $0["hldg_qty"] } == ["7"])
    let lines = try await rows("01")
    #expect(lines.map { $0["ord_psbl_qty"] } == ["3", "4"] && lines.map { $0["loan_dt"] } == ["", "20260921"])
    #expect(try await sell(caller, 5, loan: true) == "APBK0400")
    #expect(try await sell(caller, 4, loan: true) == "")
    #expect(try await rows("01").map { $0["ord_psbl_qty"] } == ["3", "0"])
    #expect(try await orderable(caller)["ord_psbl_qty"] == "3")
  }
}
