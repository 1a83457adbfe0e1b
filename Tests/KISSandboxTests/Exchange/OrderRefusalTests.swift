import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Orders are refused as KIS refuses them, and change nothing")
struct OrderRefusalTests {
  private let path = "/uapi/domestic-stock/v1/trading/order-cash"

  private func caller(
    on venue: Venue = .real, at start: KoreanTime = SandboxFixture.open + .seconds(3_600)
  ) async throws -> Caller {
    await
      (try SandboxFixture(at: start) {
        $0.venue = venue
        $0.limits.requestsPerSecond = 0
      }).caller()
  }

  private func order(
    _ caller: Caller, _ id: TransactionID = "TTTC0012U", _ changes: [String: String?] = [:]
  ) async -> RESTAnswer {
    let usual = [
      ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("PDNO", "005930"), ("ORD_DVSN", "00"), ("ORD_QTY", "1"),
      ("ORD_UNPR", "250000"),
    ]
    let members = usual.compactMap { name, value in
      switch changes[name] {
      case .some(.some(let changed)): (name, changed)
      case .some(.none): nil
      case nil: (name, value)
      }
    }
    let further = changes.filter { change in !usual.contains { $0.0 == change.key } }
    return await caller.ask(path, id, members + further.compactMap { name, value in value.map { (name, $0) } })
  }

  @Test(
    "A body that cannot be made into a message",
    arguments: [
      ["ORD_QTY": nil], ["PDNO": nil], ["ORD_QTY": "-5"], ["ORD_QTY": "1.5"], ["ORD_UNPR": "cheap"],
      ["ORD_DVSN": "22"],
    ] as [[String: String?]])
  func malformed(changes: [String: String?]) async throws {
    let answer = await order(try caller(), "TTTC0012U", changes)
    #expect(answer.status == 500)
    #expect(answer.text == #"{"rt_cd":"1","msg_cd":"IGW00007","msg1":"MCA 전문바디 구성 중 오류가 발생하였습니다."}"#)
  }

  @Test(
    "Every reason has its code",
    arguments: [
      ("TTTC0012U", ["ORD_QTY": "1000000", "ORD_DVSN": "01", "ORD_UNPR": "0"], "APBK0952", "주문가능금액을 초과 했습니다"),
      ("TTTC0011U", ["ORD_QTY": "500", "PDNO": "000660", "ORD_DVSN": "01"], "APBK0400", "주문 가능한 수량을 초과했습니다."),
      ("TTTC0012U", ["ORD_UNPR": "254999"], "APBK0506", "주식주문호가단위 오류입니다."),
      ("TTTC0012U", ["ORD_UNPR": "900000"], "APBK0506", "상하한가를 벗어난 주문단가입니다."),
      ("TTTC0012U", ["ORD_UNPR": "0"], "APBK0506", "주식주문호가단위 오류입니다."),
      ("TTTC0012U", ["ORD_DVSN": "99"], "APBK0963", "주문구분코드 오류 입니다."),
      ("TTTC0012U", ["ORD_DVSN": "05"], "APBK0963", "주문구분코드 오류 입니다."),
      ("TTTC0012U", ["ORD_DVSN": "01", "EXCG_ID_DVSN_CD": "NXT"], "APBK0963", "주문구분코드 오류 입니다."),
      ("TTTC0012U", ["PDNO": "NOSUCH"], "APBK0656", "해당종목정보가 없습니다."),
      ("TTTC0012U", ["PDNO": "999999"], "APBK0656", "해당종목정보가 없습니다."),
      ("TTTC0012U", ["PDNO": "000000"], "APBK0656", "해당종목정보가 없습니다."),
      ("TTTC0012U", ["EXCG_ID_DVSN_CD": "XXX"], "APBK0656", "해당종목정보가 없습니다."),
      ("TTTC0012U", ["CANO": "1234567"], "APAC0081", "계좌번호 입력 오류입니다"),
      ("TTTC0012U", ["CANO": "12345678A"], "APAC0081", "계좌번호 입력 오류입니다"),
      ("TTTC0012U", ["CANO": ""], "APAC0081", "계좌번호 입력 오류입니다"),
      ("TTTC0012U", ["ACNT_PRDT_CD": "1"], "APAC0081", "계좌번호 입력 오류입니다"),
      ("TTTC0012U", ["ACNT_PRDT_CD": "03"], "APAC0081", "계좌번호 입력 오류입니다"),
      ("TTTC0012U", ["ORD_QTY": "0"], "APBK0400", "주문수량을 확인하시기 바랍니다."),
      ("TTTC0012U", ["ACNT_PRDT_CD": "29"], "APBK1744", "퇴직연금계좌는 해당 서비스가 불가합니다."),
    ] as [(TransactionID, [String: String], String, String)])
  func reasons(id: TransactionID, changes: [String: String], code: String, text: String) async throws {
    let caller = try await caller()
    let answer = await order(caller, id, changes)
    #expect(answer.status == 200)
    #expect(answer.json == ["rt_cd": "7", "msg_cd": .string(code), "msg1": .string(text)])
    #expect(await listed(caller).isEmpty)
  }

  @Test(
    "The paper venue has codes of its own",
    arguments: [
      ("VTTC0011U", ["ORD_QTY": "5000"], "40240000", "모의투자 잔고내역이 없습니다"),
      ("VTTC0012U", ["ORD_QTY": "1000000"], "APBK0952", "주문가능금액을 초과 했습니다"),
    ] as [(TransactionID, [String: String], String, String)])
  func paper(id: TransactionID, changes: [String: String], code: String, text: String) async throws {
    let answer = await order(try caller(on: .vts), id, changes)
    #expect(answer.json == ["rt_cd": "1", "msg_cd": .string(code), "msg1": .string(text)])
  }

  @Test(
    "Outside hours and on holidays",
    arguments: [
      (KoreanTime(year: 2026, month: 9, day: 21, hour: 8, minute: 10), "APBK0918", "40570000"),
      (KoreanTime(year: 2026, month: 9, day: 21, hour: 15, minute: 45), "APBK0918", "40580000"),
      (KoreanTime(year: 2026, month: 9, day: 21, hour: 20, minute: 30), "APBK0918", "40580000"),
      (KoreanTime(year: 2026, month: 9, day: 24, hour: 10), "APBK0919", "40100000"),
      (KoreanTime(year: 2026, month: 9, day: 26, hour: 10), "APBK0919", "40100000"),
    ])
  func hours(start: KoreanTime, real: String, paper: String) async throws {
    #expect(await order(try caller(at: start)).code == real)
    #expect(await order(try caller(on: .vts, at: start), "VTTC0012U").code == paper)
  }

  @Test("Of a filled, a cancelled and an unknown order, nothing can be changed", arguments: Venue.allCases)
  func changes(venue: Venue) async throws {
    let caller = try await caller(on: venue)
    let prefix = venue == .real ? "T" : "V"
    func change(_ number: String) async -> String {
      await caller.ask(
        "/uapi/domestic-stock/v1/trading/order-rvsecncl", TransactionID("\(prefix)TTC0013U"),
        [
          ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("KRX_FWDG_ORD_ORGNO", "06010"), ("ORGN_ODNO", number),
          ("ORD_DVSN", "00"), ("RVSE_CNCL_DVSN_CD", "02"), ("ORD_QTY", "0"), ("ORD_UNPR", "0"),
          ("QTY_ALL_ORD_YN", "Y"),
        ]
      ).code
    }
    let buy = TransactionID("\(prefix)TTC0012U")
    let filled = await order(caller, buy, ["ORD_DVSN": "01", "ORD_UNPR": "0"]).json["output"]?["ODNO"]?.string ?? ""
    let resting = await order(caller, buy, ["ORD_UNPR": "200000"]).json["output"]?["ODNO"]?.string ?? ""
    #expect(await change(filled) == (venue == .real ? "APBK0927" : "40330000"))
    #expect(await change(resting) == (venue == .real ? "APBK0013" : "40600000"))
    #expect(await change(resting) == (venue == .real ? "APBK0927" : "40330000"))
    #expect(await change("0009999999") == (venue == .real ? "APBK0344" : "40320000"))
  }

  @Test("An account that is none by its form is refused to inquiries too")
  func inquiryOfNoAccount() async throws {
    let answer = await (try await caller()).ask(
      "TTTC8408R", [("CANO", "1234"), ("ACNT_PRDT_CD", "01"), ("PDNO", "005930")])
    #expect(answer.code == "OPSQ2000")
  }

  @Test(
    "A change says in KIS's words what it does, and of how many",
    arguments: [
      (["RVSE_CNCL_DVSN_CD": "03"], "IGW00007"), (["RVSE_CNCL_DVSN_CD": ""], "IGW00007"),
      (["QTY_ALL_ORD_YN": "X"], "IGW00007"), (["QTY_ALL_ORD_YN": "N", "ORD_QTY": "0"], "APBK0400"),
      (["QTY_ALL_ORD_YN": "N", "ORD_QTY": "2", "RVSE_CNCL_DVSN_CD": "01"], "APBK0013"),
    ] as [([String: String], String)])
  func changeWithoutWords(changes: [String: String], code: String) async throws {
    let caller = try await caller()
    let number = await order(caller, "TTTC0012U", ["ORD_QTY": "3", "ORD_UNPR": "200000"]).json["output"]?["ODNO"]?
      .string
    let usual = [
      ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("KRX_FWDG_ORD_ORGNO", "06010"), ("ORGN_ODNO", number ?? ""),
      ("ORD_DVSN", "00"), ("RVSE_CNCL_DVSN_CD", "02"), ("ORD_QTY", "0"), ("ORD_UNPR", "200500"),
      ("QTY_ALL_ORD_YN", "Y"),
    ]
    let answer = await caller.ask(
      "/uapi/domestic-stock/v1/trading/order-rvsecncl", "TTTC0013U", usual.map { ($0.0, changes[$0.0] ?? $0.1) })
    #expect(answer.code == code, "\(answer.text)")
  }

  @Test(
    "Contracts that have expired, and what is none, are not traded",
    arguments: ["101V06", "A05608", "XXXXXX", "005930"])
  func noContract(code: String) async throws {
    let answer = await (try await caller()).ask(
      "/uapi/domestic-futureoption/v1/trading/order", "TTTO1101U",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "03"), ("ORD_PRCS_DVSN_CD", "02"), ("SLL_BUY_DVSN_CD", "02"),
        ("SHTN_PDNO", code), ("ORD_QTY", "1"), ("UNIT_PRICE", "0"), ("NMPR_TYPE_CD", ""), ("KRX_NMPR_CNDT_CD", ""),
        ("CTAC_TLNO", ""), ("FUOP_ITEM_DVSN_CD", ""), ("ORD_DVSN_CD", "02"),
      ])
    #expect(answer.code == "APBK0656", "\(answer.text)")
  }

  @Test(
    "A credit order says what it borrows or pays back, and takes its loan on its own day",
    arguments: [
      (["CRDT_TYPE": "99"], "IGW00007"), (["CRDT_TYPE": "25"], "IGW00007"), (["LOAN_DT": "yesterday"], "IGW00007"),
      (["LOAN_DT": "20260918"], "APBK0919"), (["LOAN_DT": "20260922"], "APBK0919"), ([:], "APBK0013"),
    ] as [([String: String], String)])
  func credit(changes: [String: String], code: String) async throws {
    let usual = [
      "PDNO": "005930", "CRDT_TYPE": "21", "LOAN_DT": "20260921", "ORD_DVSN": "00", "ORD_QTY": "1",
      "ORD_UNPR": "250000",
    ]
    let answer = try await (try caller()).ask(
      "domestic-stock/v1/trading/order-credit", "TTTC0052U", saying: usual.merging(changes) { $1 })
    #expect(answer.code == code, "\(answer.text)")
  }

  @Test(
    "A reservation has to be sent before its last day is over",
    arguments: [("20260918", "APBK0919"), ("20260921", "APBK0919"), ("20260922", nil)])
  func lastDay(day: String, code: String?) async throws {
    let members = [
      "PDNO": "005930", "ORD_QTY": "2", "ORD_UNPR": "200000", "SLL_BUY_DVSN_CD": "02", "ORD_DVSN_CD": "00",
      "ORD_OBJT_CBLC_DVSN_CD": "10", "RSVN_ORD_END_DT": day,
    ]
    let caller = try await caller(at: SandboxFixture.open + .seconds(7 * 3_600))
    let answer = try await caller.ask("domestic-stock/v1/trading/order-resv", "CTSC0008U", saying: members)
    if let code { #expect(answer.code == code) } else { #expect(answer.json["rt_cd"] == "0", "\(answer.text)") }
  }

  @Test("A volatility interruption that was asked for collects orders until its auction, and takes no other kinds")
  func halted() async throws {
    let fixture = try OneMarketTests.fixture()
    let caller = await fixture.caller()
    await fixture.sandbox.halt("005930", at: OneMarketTests.moment + .seconds(10))
    await fixture.advance(20)
    let price = try #require(await caller.price().json["output"])
    #expect(price["temp_stop_yn"] == "Y" && price["vi_cls_code"] == "Y")
    #expect(await order(caller, "TTTC0012U", ["ORD_DVSN": "11"]).json["rt_cd"] == "7", "immediate or cancel")
    #expect(await order(caller, "TTTC0012U", ["ORD_DVSN": "01", "ORD_UNPR": "0"]).json["rt_cd"] == "0")
    func filled() async throws -> String {
      try #require(await caller.dailyOrders().rows("output1").first?["tot_ccld_qty"]?.string)
    }
    #expect(try await filled() == "0")
    await fixture.advance(300)
    #expect(try await filled() == "1", "at the price of the auction")
  }

  @Test("In a circuit breaker no order is taken, nobody's first either, until its last ten minutes collect them")
  func circuitBreaker() async throws {
    let fixture = try OneMarketTests.fixture()
    let caller = await fixture.caller()
    let lowest = await caller.price("000660").json["output"]?["stck_llam"]?.string ?? ""
    let hynix = ["PDNO": "000660", "ORD_UNPR": lowest]
    let resting = await order(caller, "TTTC0012U", hynix)
    try await fixture.sandbox.steer(.circuitBreaker(.kospi))
    await fixture.advance(120)
    #expect(await order(caller).code == "APBK0918", "nobody had ordered it before")
    #expect(await order(caller, "TTTC0012U", hynix).code == "APBK0918")
    let cancelled = try await caller.ask(
      "domestic-stock/v1/trading/order-rvsecncl", "TTTC0013U",
      saying: [
        "KRX_FWDG_ORD_ORGNO": "06010", "ORGN_ODNO": resting.json["output"]?["ODNO"]?.string ?? "", "ORD_DVSN": "00",
        "RVSE_CNCL_DVSN_CD": "02", "ORD_QTY": "0", "ORD_UNPR": "0", "QTY_ALL_ORD_YN": "Y",
      ])
    #expect(cancelled.json["rt_cd"] == "0", "\(cancelled.text)")
    await fixture.advance(1_260)
    #expect(await order(caller, "TTTC0012U", hynix).json["rt_cd"] == "0", "orders are collected")
    #expect(await order(caller, "TTTC0012U", hynix.merging(["ORD_DVSN": "11"]) { $1 }).json["rt_cd"] == "7")
    await fixture.advance(720)
    #expect(await order(caller, "TTTC0012U", hynix.merging(["ORD_DVSN": "11"]) { $1 }).code == "APBK0013")
  }

  @Test("An ISIN whose last digit does not fit is no bond's")
  func securityNumbers() {
    #expect(["KR103502GD31", "KR7005930003"].allSatisfy(AnswerRequest.isSecurityNumber))
    #expect(
      !["KR0000000000", "KR103502GD32", "KR103502GD3", "kr103502gd31"].contains(where: AnswerRequest.isSecurityNumber))
  }

  @Test(
    "A share abroad is ordered at its own exchange, by the name that orders give it",
    arguments: ["NYSE", "NAS", "XXXX"])
  func abroad(exchange: String) async throws {
    let caller = try await caller()
    func buy(_ exchange: String, price: String) async -> RESTAnswer {
      await caller.ask(
        "/uapi/overseas-stock/v1/trading/order", "TTTT1002U",
        [
          ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("OVRS_EXCG_CD", exchange), ("PDNO", "AAPL"),
          ("ORD_QTY", "1"), ("OVRS_ORD_UNPR", price), ("ORD_SVR_DVSN_CD", "0"), ("ORD_DVSN", "00"),
        ])
    }
    #expect(await buy(exchange, price: "145.00").code == "APBK0656")
    #expect(await buy("NASD", price: "0").code == "APBK1507")
    #expect(await buy("NASD", price: "145.005").code == "APBK1507", "whole cents from a dollar on")
    #expect(await buy("NASD", price: "0.1234").json["rt_cd"] == "0")
    #expect(await buy("NASD", price: "145.00").json["rt_cd"] == "0")
  }

  @Test(
    "An order abroad while its exchange is closed waits, or is refused, as the scenario says",
    arguments: [("title: as at KIS", true), ("abroad-closed: rest", true), ("abroad-closed: refuse", false)])
  func abroadClosed(scenario: String, isTaken: Bool) async throws {
    let choice = try Scenario(parsing: scenario, file: "s.yaml")
    let fixture = try SandboxFixture(at: SandboxFixture.trading) { $0.abroadClosed = choice.abroadClosed }
    let answer = await (await fixture.caller()).ask(
      "/uapi/overseas-stock/v1/trading/order", "TTTT1002U",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("OVRS_EXCG_CD", "NASD"), ("PDNO", "AAPL"), ("ORD_QTY", "1"),
        ("OVRS_ORD_UNPR", "145.00"), ("ORD_SVR_DVSN_CD", "0"), ("ORD_DVSN", "00"),
      ])
    #expect(answer.code == (isTaken ? "APBK0013" : "APBK0918"), "\(answer.text)")
  }

  @Test(
    "Shares are not lent: to sell borrowed ones, or to give them back, is more than there is",
    arguments: [
      ("TTTC0051U", "22"), ("TTTC0051U", "24"), ("TTTC0052U", "26"), ("TTTC0052U", "28"),
    ] as [(TransactionID, String)])
  func borrowedShares(id: TransactionID, kind: String) async throws {
    let caller = try await caller()
    let answer = await caller.ask(
      "/uapi/domestic-stock/v1/trading/order-credit", id,
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("PDNO", "005930"), ("CRDT_TYPE", kind),
        ("LOAN_DT", "20260921"), ("ORD_DVSN", "01"), ("ORD_QTY", "1"), ("ORD_UNPR", "0"),
      ])
    #expect(answer.code == "APBK0400" && answer.json["rt_cd"] == "7", "\(answer.text)")
    #expect(await listed(caller).isEmpty)
  }

  @Test("TWAP and VWAP abroad are kinds of orders that are not known here", arguments: ["35", "36"])
  func slicedOrders(division: String) async throws {
    let answer = await (try caller()).ask(
      "/uapi/overseas-stock/v1/trading/order", "TTTT1002U",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("OVRS_EXCG_CD", "NASD"), ("PDNO", "AAPL"), ("ORD_QTY", "1"),
        ("OVRS_ORD_UNPR", "145.00"), ("ORD_SVR_DVSN_CD", "0"), ("ORD_DVSN", division),
      ])
    #expect(answer.code == "APBK0963" && answer.json["rt_cd"] == "7", "\(answer.text)")
  }

  private func listed(_ caller: Caller) async -> [JSONValue] {
    await caller.ask(
      "/uapi/domestic-stock/v1/trading/inquire-psbl-rvsecncl", "TTTC0084R",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("INQR_DVSN_1", "0"), ("INQR_DVSN_2", "0"),
        ("CTX_AREA_FK100", ""), ("CTX_AREA_NK100", ""),
      ]
    ).rows("output")
  }
}
