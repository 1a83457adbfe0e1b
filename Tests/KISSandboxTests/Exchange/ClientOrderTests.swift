import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Orders that clients place")
struct ClientOrderTests {
  private func change(_ caller: Caller, _ number: String, _ kind: String, price: Int = 0) async -> RESTAnswer {
    await caller.ask(
      "/uapi/domestic-stock/v1/trading/order-rvsecncl", "TTTC0013U",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("KRX_FWDG_ORD_ORGNO", "06010"), ("ORGN_ODNO", number),
        ("ORD_DVSN", "00"), ("RVSE_CNCL_DVSN_CD", kind), ("ORD_QTY", "0"), ("ORD_UNPR", "\(price)"),
        ("QTY_ALL_ORD_YN", "Y"),
      ])
  }

  private func open(_ caller: Caller) async -> [JSONValue] {
    await caller.ask(
      "/uapi/domestic-stock/v1/trading/inquire-psbl-rvsecncl", "TTTC8036R",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("INQR_DVSN_1", "1"), ("INQR_DVSN_2", "0"),
        ("CTX_AREA_FK100", ""), ("CTX_AREA_NK100", ""),
      ]
    ).rows("output")
  }

  @Test("One far from the market rests, is changed, and is gone when cancelled")
  func life() async throws {
    let caller = await (try SandboxFixture(at: SandboxFixture.trading)).caller()
    let placed = await caller.order("TTTC0012U", shares: 3, price: 200_000)
    #expect(placed.code == "APBK0013")
    #expect(placed.json["output"]?.object?.names == ["KRX_FWDG_ORD_ORGNO", "ODNO", "ORD_TMD"])
    let number = try #require(placed.json["output"]?["ODNO"]?.string)
    let resting = await open(caller)
    #expect(resting.map { $0["odno"]?.string } == [number])
    #expect(resting.first?["ord_unpr"]?.string == "200000")
    #expect(resting.first?["psbl_qty"]?.string == "3")

    let changed = await change(caller, number, "01", price: 201_000)
    let next = try #require(changed.json["output"]?["ODNO"]?.string)
    #expect(next > number)
    let after = await open(caller)
    #expect(after.map { $0["odno"]?.string } == [next])
    #expect(after.first?["orgn_odno"]?.string == number)
    #expect(after.first?["ord_unpr"]?.string == "201000")

    _ = await change(caller, next, "02")
    #expect(await open(caller).isEmpty)
  }

  @Test("One at the market is filled, and the app key's session is told, encrypted, that it was accepted and filled")
  func notices() async throws {
    let fixture = try SandboxFixture(at: SandboxFixture.trading)
    let client = try await fixture.listener("H0STCNI0", "me")
    let caller = await fixture.caller()
    let number = try #require(await caller.order("TTTC0012U", shares: 3).json["output"]?["ODNO"]?.string)
    await fixture.sandbox.runUntilIdle()

    let cipher = try #require(try client.reply?.cipher())
    let notices = try client.sink.frames.map { text in
      let frame = try Frame(parsing: text)
      #expect(frame.flag == .encrypted)
      return Array(try #require(try cipher.decrypt(frame).records().first))
    }
    #expect(notices.map(\.count) == [26, 26])
    #expect(notices.map { $0[0] } == ["me", "me"])
    #expect(notices.map { $0[1] } == ["1234567801", "1234567801"])
    #expect(notices.map { $0[2] } == [number, number])
    #expect(notices.map { $0[13] } == ["1", "2"], "accepted, then filled")
    #expect(await open(caller).isEmpty)
  }

  @Test("One that rests is filled at its own price when the market comes to it, and the session is told then")
  func restsAndFills() async throws {
    let fixture = try SandboxFixture(at: SandboxFixture.trading) { $0.heartbeat.rhythm = .never }
    await fixture.advance(600)
    let client = try await fixture.listener("H0STCNI0", "me")
    let caller = await fixture.caller()
    let bid = try #require(await caller.price("005930", "inquire-asking-price-exp-ccn", "FHKST01010200", "bidp1"))
    _ = await caller.order("TTTC0012U", shares: 3, price: bid)
    #expect(await open(caller).count == 1)
    try await fixture.sandbox.steer(.move(.code("005930"), hundredths: -100, over: .seconds(60)))
    for _ in 0..<600 where client.sink.frames.count < 2 { await fixture.advance(2) }

    let cipher = try #require(try client.reply?.cipher())
    let notices = try client.sink.frames.map { text in
      Array(try #require(try cipher.decrypt(Frame(parsing: text)).records().first))
    }
    #expect(notices.map { $0[13] } == ["1", "2"])
    #expect(Int(notices.last?[10] ?? "") == bid)
    #expect(await open(caller).isEmpty)
  }

  @Test("What is bought is held and paid for, what is sold is gone, and what rests is set aside")
  func changesTheAccount() async throws {
    let caller = await (try SandboxFixture(at: SandboxFixture.trading)).caller()
    let before = await caller.balance()
    #expect(before.cash == 10_000_000)
    _ = await caller.order("TTTC0012U", shares: 3)
    let bought = await caller.balance()
    let line = try #require(bought.lines.first { $0["pdno"] == "005930" })
    let held = before.lines.first { $0["pdno"] == "005930" }?["hldg_qty"]?.string.flatMap { Int($0) } ?? 0
    #expect(line["hldg_qty"]?.string == "\(held + 3)")
    #expect(line["thdt_buyqty"] == "3")
    let paid = try #require(bought.totals["thdt_buy_amt"]?.string.flatMap { Int($0) })
    func costs(_ totals: JSONValue) -> Int { totals["thdt_tlex_amt"]?.string.flatMap { Int($0) } ?? 0 }
    #expect(
      costs(bought.totals) == paid * 158_527 / 1_000_000_000 || costs(bought.totals) == paid * 140_527 / 1_000_000_000)
    #expect(bought.cash == 10_000_000 - paid - costs(bought.totals))
    #expect(bought.totals["dnca_tot_amt"] == "10000000", "settled two days from now")

    _ = await caller.order("TTTC0011U", shares: 3)
    let sold = await caller.balance()
    #expect(sold.lines.first { $0["pdno"] == "005930" }?["hldg_qty"]?.string == "\(held)")
    let received = try #require(sold.totals["thdt_sll_amt"]?.string.flatMap { Int($0) })
    #expect(costs(sold.totals) >= received / 500, "tax")
    #expect(sold.cash == 10_000_000 - paid + received - costs(sold.totals))

    _ = await caller.order("TTTC0012U", shares: 2, price: 200_000)
    let able = await caller.ask(
      "/uapi/domestic-stock/v1/trading/inquire-psbl-order", "TTTC8908R",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("PDNO", "005930"), ("ORD_UNPR", "200000"), ("ORD_DVSN", "00"),
        ("CMA_EVLU_AMT_ICLD_YN", "N"), ("OVRS_ICLD_YN", "N"),
      ]
    ).json["output"]
    let orderable = sold.cash - 400_000 - 400_000 * 158_527 / 1_000_000_000
    #expect(able?["ord_psbl_cash"]?.string == "\(orderable)")
    #expect(able?["max_buy_qty"]?.string == "\(orderable * 10_000 / 2_000_317_054)", "the fee has to be paid too")
    #expect(able?["psbl_qty_calc_unpr"] == "200000")
  }
}

extension Caller {
  fileprivate func price(_ code: String, _ api: String, _ id: TransactionID, _ field: String) async -> Int? {
    let answer = await ask(
      "/uapi/domestic-stock/v1/quotations/\(api)", id,
      [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", code)])
    return answer.json["output1"]?[field]?.string.flatMap { Int($0) }
  }

  /// The account's first page: its lines, its totals, and the cash once everything is settled.
  fileprivate func balance() async -> (lines: [JSONValue], totals: JSONValue, cash: Int) {
    let answer = await ask(
      "/uapi/domestic-stock/v1/trading/inquire-balance", "TTTC8434R",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("AFHR_FLPR_YN", "N"), ("OFL_YN", ""), ("INQR_DVSN", "02"),
        ("UNPR_DVSN", "01"), ("FUND_STTL_ICLD_YN", "N"), ("FNCG_AMT_AUTO_RDPT_YN", "N"), ("PRCS_DVSN", "00"),
        ("CTX_AREA_FK100", ""), ("CTX_AREA_NK100", ""),
      ])
    let totals = answer.rows("output2").first ?? [:]
    return (answer.rows("output1"), totals, totals["prvs_rcdl_excc_amt"]?.string.flatMap { Int($0) } ?? 0)
  }
}
