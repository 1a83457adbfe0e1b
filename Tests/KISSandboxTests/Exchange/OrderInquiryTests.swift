import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Inquiries are views of one ledger, and honour what they are asked")
struct OrderInquiryTests {
  private func order(
    _ caller: Caller, _ id: TransactionID, shares: Int, price: Int, route: String = "KRX"
  ) async -> String {
    await caller.ask(
      "/uapi/domestic-stock/v1/trading/order-cash", id,
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("PDNO", "005930"), ("ORD_DVSN", price == 0 ? "01" : "00"),
        ("ORD_QTY", "\(shares)"), ("ORD_UNPR", "\(price)"), ("EXCG_ID_DVSN_CD", route),
      ]
    ).json["output"]?["ODNO"]?.string ?? "none"
  }

  @Test("Sides, fills, numbers, days, exchanges and directions are what was asked")
  func filters() async throws {
    let caller = await (try SandboxFixture(at: SandboxFixture.open + .seconds(3_600))).caller()
    let bought = await order(caller, "TTTC0012U", shares: 3, price: 0)
    let resting = await order(caller, "TTTC0012U", shares: 2, price: 200_000, route: "SOR")
    let sold = await order(caller, "TTTC0011U", shares: 1, price: 0)
    func numbers(_ changes: [String: String]) async -> [String] {
      await caller.dailyOrders(changes).rows("output1").compactMap { $0["odno"]?.string }
    }
    #expect(await numbers([:]) == [sold, resting, bought])
    #expect(await numbers(["INQR_DVSN": "01"]) == [bought, resting, sold])
    #expect(await numbers(["SLL_BUY_DVSN_CD": "01"]) == [sold])
    #expect(await numbers(["SLL_BUY_DVSN_CD": "02", "CCLD_DVSN": "01"]) == [bought])
    #expect(await numbers(["CCLD_DVSN": "02"]) == [resting])
    #expect(await numbers(["ODNO": resting]) == [resting])
    #expect(await numbers(["PDNO": "000660"]) == [])
    #expect(await numbers(["EXCG_ID_DVSN_CD": "SOR"]) == [resting])
    #expect(await numbers(["INQR_STRT_DT": "20200101", "INQR_END_DT": "20200102"]) == [])
  }

  @Test("Rows look as they were captured")
  func shape() async throws {
    let caller = await (try SandboxFixture(at: SandboxFixture.open + .seconds(3_600))).caller()
    _ = await order(caller, "TTTC0012U", shares: 2, price: 200_000, route: "SOR")
    let answer = await caller.dailyOrders()
    let row = try #require(answer.rows("output1").first)
    let expected: [String: JSONValue] = [
      "sll_buy_dvsn_cd_name": "현금매수", "cncl_yn": "", "ordr_empno": "OpnAPI", "ccld_cndt_name": "없음",
      "ord_orgno": "00000", "excg_dvsn_cd": "12", "excg_id_dvsn_cd": "SOR", "stpm_cndt_pric": "0",
      "rsvn_ord_end_dt": "", "rmn_qty": "2", "rjct_qty": "0", "ord_dvsn_name": "지정가",
    ]
    for (name, value) in expected { #expect(row[name] == value, "\(name)") }
    #expect(answer.code == "KIOK0460")
    #expect(
      answer.json["ctx_area_fk100"]?.string?.hasPrefix("12345678!^01!^20260921!^20260921!^00!^!^!^!^00!^00!^!^00!^ALL!")
        == true)
  }

  @Test("An order that nobody filled ends with the session: rejected whole, and gone from what can be changed")
  func expiry() async throws {
    let fixture = try SandboxFixture(at: SandboxFixture.open + .seconds(6 * 3_600))
    let caller = await fixture.caller()
    _ = await order(caller, "TTTC0012U", shares: 2, price: 200_000)
    await fixture.advance(45 * 60)
    let row = try #require(await caller.dailyOrders().rows("output1").first)
    #expect(row["rjct_qty"] == "2" && row["rmn_qty"] == "0")
    let open = await caller.ask(
      "/uapi/domestic-stock/v1/trading/inquire-psbl-rvsecncl", "TTTC0084R",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("INQR_DVSN_1", "0"), ("INQR_DVSN_2", "0"),
        ("CTX_AREA_FK100", ""), ("CTX_AREA_NK100", ""),
      ])
    #expect(open.rows("output").isEmpty)
  }

  @Test("A hundred orders a page, and the cursor leads to the next")
  func pages() async throws {
    let fixture = try SandboxFixture(at: SandboxFixture.open + .seconds(3_600)) { $0.limits.requestsPerSecond = 0 }
    let caller = await fixture.caller()
    for _ in 0..<104 { _ = await order(caller, "TTTC0011U", shares: 0, price: 300_000) }
    for _ in 0..<35 { _ = await order(caller, "TTTC0012U", shares: 1, price: 200_000) }
    for _ in 0..<70 {
      let number = await order(caller, "TTTC0012U", shares: 1, price: 200_500)
      _ = await caller.ask(
        "/uapi/domestic-stock/v1/trading/order-rvsecncl", "TTTC0013U",
        [
          ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("KRX_FWDG_ORD_ORGNO", "06010"), ("ORGN_ODNO", number),
          ("ORD_DVSN", "00"), ("RVSE_CNCL_DVSN_CD", "02"), ("ORD_QTY", "0"), ("ORD_UNPR", "0"),
          ("QTY_ALL_ORD_YN", "Y"),
        ])
    }
    let first = await caller.dailyOrders()
    #expect(first.rows("output1").count == 100 && first.header("tr_cont") == "F")
    let second = await caller.dailyOrders(["CTX_AREA_NK100": first.json["ctx_area_nk100"]?.string ?? ""])
    #expect(second.rows("output1").count == 75 && second.header("tr_cont") == "D")
    #expect(second.json["output2"]?["tot_ord_qty"] == "105")
  }

  @Test("What was realised is listed by day and by trade")
  func profits() async throws {
    let caller = await (try SandboxFixture(at: SandboxFixture.open + .seconds(3_600))).caller()
    _ = await order(caller, "TTTC0012U", shares: 3, price: 0)
    _ = await order(caller, "TTTC0011U", shares: 2, price: 0)
    let asked = [
      ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("INQR_STRT_DT", "20260921"), ("INQR_END_DT", "20260921"),
      ("PDNO", ""), ("SORT_DVSN", "00"), ("INQR_DVSN", "00"), ("CBLC_DVSN", "00"), ("CTX_AREA_FK100", ""),
      ("CTX_AREA_NK100", ""),
    ]
    let days = await caller.ask("/uapi/domestic-stock/v1/trading/inquire-period-profit", "TTTC8708R", asked)
    let trades = await caller.ask("/uapi/domestic-stock/v1/trading/inquire-period-trade-profit", "TTTC8715R", asked)
    let (day, trade) = (try #require(days.rows("output1").first), try #require(trades.rows("output1").first))
    #expect(day["trad_dt"] == "20260921" && day["buy_qty1"] == "3" && day["sll_qty1"] == "2")
    #expect(trade["pdno"] == "005930" && trade["rlzt_pfls"] == day["rlzt_pfls"] && trade["tl_tax"] == day["tl_tax"])
    #expect(days.json["output2"]?["tot_rlzt_pfls"] == day["rlzt_pfls"])
    #expect(days.rows("output1").count == 1 && trades.rows("output1").count == 1)
  }
}
