import KISRecording
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

/// What real clients reported about orders and accounts, one test for each kind of report that no other test has.
@Suite("Reports of real clients about orders and accounts")
struct ReportedOrderCasesTests {
  private func fixture(
    _ seconds: Double = 3_600, _ venue: Venue = .real, _ change: (inout SandboxConfiguration) -> Void = { _ in }
  ) throws -> SandboxFixture {
    try SandboxFixture(at: SandboxFixture.open + .seconds(seconds)) {
      $0.venue = venue
      $0.limits.requestsPerSecond = 0
      $0.heartbeat.rhythm = .never
      change(&$0)
    }
  }

  private func order(
    _ caller: Caller, division: String, shares: Int, price: Int, trigger: Int? = nil, route: String = "KRX"
  ) async -> RESTAnswer {
    var members = [
      ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("PDNO", "005930"), ("ORD_DVSN", division),
      ("ORD_QTY", "\(shares)"), ("ORD_UNPR", "\(price)"), ("EXCG_ID_DVSN_CD", route),
    ]
    if let trigger { members.append(("CNDT_PRIC", "\(trigger)")) }
    return await caller.ask("/uapi/domestic-stock/v1/trading/order-cash", "TTTC0012U", members)
  }

  @Test("The first day of live trading: a million shares at the market on ten million won leave the account as it was")
  func tooMuch() async throws {
    let caller = await (try fixture()).caller()
    let before = await caller.balance().body
    let refused = await order(caller, division: "01", shares: 1_000_000, price: 0)
    #expect(refused.text == #"{"rt_cd":"7","msg_cd":"APBK0952","msg1":"주문가능금액을 초과 했습니다"}"#)
    #expect(await caller.balance().body == before)
  }

  @Test("Sold at once after buying: vts has not booked the fill yet, and has five seconds later")
  func soldTooSoon() async throws {
    let fixture = try fixture(3_600, .vts)
    _ = try await fixture.sandbox.setAccount(AccountChoice(account: "12345678-01", cash: 10_000_000, holdings: []))
    let caller = await fixture.caller()
    #expect(await caller.order("VTTC0012U").json["rt_cd"] == "0")
    let tooSoon = await caller.order("VTTC0011U")
    #expect(tooSoon.json["rt_cd"] == "1" && tooSoon.code == "40240000")
    await fixture.advance(5.1)
    #expect(await caller.order("VTTC0011U").json["rt_cd"] == "0")
  }

  @Test("The next page of a list that has changed is refused, and the first page of the new list is not")
  func changedWhilePaging() async throws {
    let caller = await (try fixture()).caller()
    for _ in 0..<101 {
      let placed = await order(caller, division: "00", shares: 1, price: 200_000)
      _ = await cancel(caller, placed.json["output"]?["ODNO"]?.string ?? "")
    }
    let first = await caller.dailyOrders(through: "20260922")
    let cursor = ["CTX_AREA_NK100": first.json["ctx_area_nk100"]?.string ?? ""]
    #expect(await caller.dailyOrders(through: "20260922", cursor).rows("output1").count == 100)
    _ = await order(caller, division: "00", shares: 1, price: 200_000)
    let refused = await caller.dailyOrders(through: "20260922", cursor)
    #expect(
      refused.text == #"{"rt_cd":"1","msg_cd":"SYDB0050","msg1":"조회이후에 자료가 변경되었습니다.(다시 조회하세요)"}"#)
    #expect(refused.status == 200)
    #expect(await caller.dailyOrders(through: "20260922").rows("output1").count == 100)
  }

  private func cancel(_ caller: Caller, _ number: String) async -> RESTAnswer {
    await caller.ask(
      "/uapi/domestic-stock/v1/trading/order-rvsecncl", "TTTC0013U",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("KRX_FWDG_ORD_ORGNO", "06010"), ("ORGN_ODNO", number),
        ("ORD_DVSN", "00"), ("RVSE_CNCL_DVSN_CD", "02"), ("ORD_QTY", "0"), ("ORD_UNPR", "0"), ("QTY_ALL_ORD_YN", "Y"),
      ])
  }

  @Test("An order that rests all day ends with its session, a routed one at 20:00, and is yesterday's the next day")
  func restsAllDay() async throws {
    let fixture = try fixture(6 * 3_600)
    let caller = await fixture.caller()
    for route in ["KRX", "SOR"] { _ = await order(caller, division: "00", shares: 2, price: 200_000, route: route) }
    func open() async -> [String?] {
      await caller.ask(
        "/uapi/domestic-stock/v1/trading/inquire-psbl-rvsecncl", "TTTC0084R",
        [
          ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("INQR_DVSN_1", "0"), ("INQR_DVSN_2", "0"),
          ("CTX_AREA_FK100", ""), ("CTX_AREA_NK100", ""),
        ]
      ).rows("output").map { $0["excg_id_dvsn_cd"]?.string }
    }
    #expect(await open().count == 2)
    await fixture.advance(45 * 60)
    #expect(await open() == ["SOR"])
    await fixture.advance(4.5 * 3_600)
    #expect(await open().isEmpty)
    for row in await caller.dailyOrders(through: "20260922").rows("output1") {
      #expect(row["rjct_qty"] == "2" && row["rmn_qty"] == "0")
    }
    await fixture.advance(14 * 3_600)
    let today = await caller.dailyOrders(through: "20260922", ["INQR_STRT_DT": "20260922"])
    #expect(today.rows("output1").isEmpty && today.code == "KIOK0560")
    #expect(await caller.dailyOrders().rows("output1").count == 2)
  }

  @Test("IOC below the ask takes nothing and ends, FOK beyond the book too, a stop above the market sleeps")
  func kinds() async throws {
    let caller = await (try fixture()).caller()
    let book = await caller.ask(
      "/uapi/domestic-stock/v1/quotations/inquire-asking-price-exp-ccn", "FHKST01010200",
      [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", "005930")]
    ).json["output1"]
    let ask = try #require(book?["askp1"]?.string.flatMap { Int($0) })
    _ = await order(caller, division: "11", shares: 1, price: ask - 500)
    _ = await order(caller, division: "22", shares: 1, price: ask + 5_000, trigger: ask + 4_000)
    #expect(await order(caller, division: "05", shares: 1, price: 0).code == "APBK0963")
    let rows = await caller.dailyOrders(through: "20260922", ["INQR_DVSN": "01"]).rows("output1")
    #expect(rows.map { $0["ccld_cndt_name"] } == ["IOC", "없음"])
    #expect(rows.map { $0["rjct_qty"] } == ["1", "0"] && rows.map { $0["rmn_qty"] } == ["0", "1"])
    #expect(rows[1]["stpm_cndt_pric"]?.string == "\(ask + 4_000)")

    _ = try await caller.sandbox.setAccount(AccountChoice(account: "12345678-01", cash: 9_000_000_000_000))
    _ = await order(caller, division: "12", shares: 10_000_000, price: ask)
    let all = try #require(await caller.dailyOrders(through: "20260922").rows("output1").first)
    #expect(all["ccld_cndt_name"] == "FOK" && all["tot_ccld_qty"] == "0" && all["rjct_qty"] == "10000000")
  }

  @Test("최유리 is a limit at the best price of the other side, 최우선 at that of its own, and neither takes a level more")
  func bestPrices() async throws {
    let caller = await (try fixture()).caller()
    _ = try await caller.sandbox.setAccount(AccountChoice(account: "12345678-01", cash: 900_000_000_000_000))
    let book = await caller.ask(
      "/uapi/domestic-stock/v1/quotations/inquire-asking-price-exp-ccn", "FHKST01010200",
      [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", "005930")]
    ).json["output1"]
    let offered = try #require(book?["askp_rsqn1"]?.string.flatMap { Int($0) })
    _ = await order(caller, division: "04", shares: 3, price: 0)
    _ = await order(caller, division: "03", shares: offered + 2, price: 0)
    let rows = await caller.dailyOrders(through: "20260922", ["INQR_DVSN": "01"]).rows("output1")
    #expect(rows.map { $0["tot_ccld_qty"]?.string } == ["0", "\(offered)"])
    #expect(rows.map { $0["rmn_qty"] } == ["3", "2"])
    let best = try #require(book?["askp1"]?.string.flatMap { Int($0) })
    #expect(rows[1]["tot_ccld_amt"]?.string == "\(best * offered)", "one price, that of the best ask")
  }

  @Test("An order that vts does not take is told to be no paper TR: what is ordered abroad by day")
  func paperHasNoDaytime() async throws {
    let fixture = try fixture { $0.venue = .vts }
    let answer = await (await fixture.caller()).ask(
      "/uapi/overseas-stock/v1/trading/daytime-order", "TTTS6036U",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("OVRS_EXCG_CD", "NASD"), ("PDNO", "AAPL"), ("ORD_QTY", "1"),
        ("OVRS_ORD_UNPR", "145.00"), ("CTAC_TLNO", ""), ("MGCO_APTM_ODNO", ""), ("ORD_SVR_DVSN_CD", "0"),
        ("ORD_DVSN", "00"),
      ])
    #expect(answer.status == 500 && answer.code == "EGW02006" && answer.message == "모의투자 TR 이 아닙니다.")
  }

  @Test(
    "A captured session answers before the exchange where the scenario says so, and after it where not",
    arguments: [true, false])
  func recordingFirst(isFirst: Bool) async throws {
    var bytes: [UInt8] = []
    RecordingHeader(
      start: "2026-09-21T09:00:00+09:00", dialectDay: "2026-09-21", provenance: .captured, source: "a test",
      title: "a captured order"
    ).appendLine(to: &bytes)
    let members = [
      NameValue("CANO", "12345678"), .init("ACNT_PRDT_CD", "01"), .init("PDNO", "005930"), .init("ORD_DVSN", "01"),
      .init("ORD_QTY", "1"), .init("ORD_UNPR", "0"),
    ]
    let body = #"{"rt_cd":"0","msg_cd":"APBK0013","msg1":"x","output":{"ODNO":"0000000042","ORD_TMD":"100000"}}"#
    RecordedEvent(
      at: 0,
      .exchange(
        RecordedExchange(
          method: "POST", path: "/uapi/domestic-stock/v1/trading/order-cash", transactionID: "TTTC0012U",
          parameters: members, body: body))
    ).appendLine(to: &bytes)
    let recording = try RecordingLibrary().recording(bytes: bytes)
    let scenario = try Scenario(parsing: "answers: \(isFirst ? "recording" : "exchange")-first\n", file: "first.yaml")
    let fixture = try fixture {
      $0 = SandboxConfiguration(scenario: scenario)
      $0.recordings = [recording]
    }
    let caller = await fixture.caller()
    let answer = await caller.ask(
      "/uapi/domestic-stock/v1/trading/order-cash", "TTTC0012U", members.map { ($0.name, $0.value) })
    #expect((answer.json["output"]?["ODNO"] == "0000000042") == isFirst)
    #expect(answer.source == (isFirst ? .recording : .exchange))
    #expect(try await fixture.sandbox.account("12345678-01").orders == (isFirst ? 0 : 1))
  }
}
