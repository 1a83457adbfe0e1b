import Facts
import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("Refused requests")
struct RefusalQuirksTests {
  @Test(
    "bad tokens, bad secrets and too many calls are HTTP 500",
    .proves(.errorsAsHttp500), .proves("2.3 bad appsecret", "2.3 too many calls", "2.3 invalid token", "2.4 limits"))
  func always500() async throws {
    let fixture = try SandboxFixture { $0.appKeys = ["app": "secret"] }
    let caller = await fixture.caller()
    var stranger = caller
    stranger.token = "nonsense"
    #expect(await stranger.price().status == 500)
    var forgetful = caller
    forgetful.secret = "wrong"
    let secret = await forgetful.price()
    #expect(secret.status == 500)
    #expect(
      secret.text
        == #"{"rt_cd":"1","msg_cd":"EGW00304","msg1":"고객식별키(법인 personalSeckey, 개인 appSecret)가 유효하지 않습니다."}"#)
    for _ in 0..<20 { #expect(await caller.price().status == 200) }
    let limited = await caller.price()
    #expect(limited.status == 500)
    #expect(limited.text == #"{"rt_cd":"1","msg_cd":"EGW00201","msg1":"초당 거래건수를 초과하였습니다."}"#)
    await fixture.advance(1)
    #expect(await caller.price().status == 200)
  }

  @Test("the limit comes with HTTP 200", .proves(.rateLimitWithHttp200), .proves("2.3 too many calls"))
  func limitWith200() async throws {
    let fixture = try SandboxFixture {
      $0.quirks = [.rateLimitWithHttp200]
      $0.limits.requestsPerSecond = 1
    }
    let caller = await fixture.caller()
    _ = await caller.price()
    let limited = await caller.price()
    #expect(limited.status == 200)
    #expect(limited.text == #"{"rt_cd":"1","msg_cd":"EGW00201","msg1":"초당 거래건수를 초과하였습니다."}"#)
  }

  @Test("on vts the limit of two strikes spaced calls too", .proves(.vtsRateLimitEarly), .proves("2.4 limits"))
  func limitedEarly() async throws {
    for (quirks, expected) in [([], "MCA00000"), (.certain(.vtsRateLimitEarly), "EGW00201")] as [(Quirks, String)] {
      let fixture = try SandboxFixture {
        $0.venue = .vts
        $0.quirks = quirks
      }
      let caller = await fixture.caller()
      for _ in 0..<3 {
        await fixture.advance(2)
        #expect(await caller.price().code == expected)
      }
      _ = await caller.price()
      #expect(await caller.price().code == "EGW00201")
    }
  }

  @Test("the ledger has a limit of its own for accounts", .proves(.ledgerLimit), .proves("2.3 ledger limit"))
  func ledger() async throws {
    let fixture = try SandboxFixture { $0.quirks = .certain(.ledgerLimit) }
    let caller = await fixture.caller()
    let refused = await caller.purchasable()
    #expect(refused.status == 500)
    #expect(refused.text.hasPrefix(#"{"rt_cd":"1","msg_cd":"EGW00215","msg1":"원장에서 허용 가능한 초당 거래건수"#))
    #expect(await caller.price().status == 200)
  }

  @Test(
    "a full backend answers SESSION FULL with 200, or EGW00316 with 500",
    .proves(.backendSaturated), .proves("2.3 session full", "2.3 transient"))
  func backendSaturated() async throws {
    let fixture = try SandboxFixture {
      $0.quirks.insert(.backendSaturated, scope: QuirkScope(chance: 0.5))
      $0.limits.requestsPerSecond = 0
    }
    let caller = await fixture.caller()
    var seen: Set<String> = []
    for _ in 0..<40 {
      let answer = await caller.price()
      seen.insert("\(answer.status) \(answer.code)")
      if answer.status == 200, answer.code != "MCA00000" {
        #expect(answer.text == #"{"rt_cd":"1","msg_cd":"OPSQ1002","msg1":"SESSION FULL"}"#)
      }
    }
    #expect(seen == ["200 MCA00000", "200 OPSQ1002", "500 EGW00316"])
  }

  @Test(
    "input errors are HTTP 200 with rt_cd 2, and OPSQ2001 has several texts",
    .proves(.inputErrorsWithHttp200, .opsq2001ManyTexts),
    .proves("2.3 missing parameter", "2.3 missing account parameter", "2.3 bad market code", "2.3 time limit"))
  func inputErrors() async throws {
    let fixture = try SandboxFixture { $0.quirks = [.timeLimitMinuteLate] }
    let caller = await fixture.caller()
    let account = [("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("INQR_DVSN_1", "0"), ("INQR_DVSN_2", "0")]
    let answers = [
      (
        "ERROR INPUT FIELD NOT FOUND [FID_INPUT_ISCD]",
        await caller.ask("FHKST01010100", [("FID_COND_MRKT_DIV_CODE", "J")])
      ),
      ("ERROR : INPUT_FIELD_NAME CTX_AREA_FK100", await caller.ask("TTTC0084R", account)),
      ("ERROR INVALID FID_COND_MRKT_DIV_CODE", await caller.foreignInstitutionTotal(["FID_COND_MRKT_DIV_CODE": "X"])),
      ("TIME LIMIT 00:00 ~ 15:40", await investorsByDay(caller)),
    ]
    for (text, answer) in answers {
      #expect(answer.status == 200)
      #expect(answer.text == #"{"rt_cd":"2","msg_cd":"OPSQ2001","msg1":"\#(text)"}"#)
    }
  }

  @Test(
    "the time limit is lifted a minute after it says",
    .proves(.timeLimitMinuteLate), .proves("2.3 time limit"),
    arguments: [(15 * 3_600 + 40 * 60 + 59, "OPSQ2001"), (15 * 3_600 + 41 * 60, "MCA00000"), (60, "OPSQ2001")])
  func timeLimit(second: Int, code: String) async throws {
    let start = SandboxFixture.open + .seconds(second - 9 * 3_600)
    let fixture = try SandboxFixture(at: start) { $0.quirks = [.timeLimitMinuteLate] }
    let caller = await fixture.caller()
    #expect(await investorsByDay(caller).code == code)
    #expect(await caller.price().code == "MCA00000")
  }

  private func investorsByDay(_ caller: Caller) async -> RESTAnswer {
    await caller.ask(
      "FHPTJ04160001",
      [
        ("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", "005930"), ("FID_INPUT_DATE_1", "20260921"),
        ("FID_ORG_ADJ_PRC", ""), ("FID_ETC_CLS_CODE", ""),
      ])
  }

  @Test(
    "a parameter that is sent empty is taken, and nothing is found",
    .proves(.emptyParameterAccepted), .proves("2.3 empty parameter"))
  func emptyParameter() async throws {
    let caller = await (try SandboxFixture()).caller()
    #expect(await caller.foreignInstitutionTotal(["FID_ETC_CLS_CODE": ""]).json["rt_cd"] == "0")
    let price = await caller.price("")
    #expect(price.json["rt_cd"] == "0")
    #expect(price.json["output"]?["stck_prpr"] == "0")
    let days = await caller.ask(
      "FHKST01010400",
      [
        ("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", ""), ("FID_PERIOD_DIV_CODE", "D"),
        ("FID_ORG_ADJ_PRC", "0"),
      ])
    #expect(days.text.hasPrefix(#"{"output":[],"rt_cd":"0""#))
  }

  @Test(
    "a chunked POST cannot be routed", .proves(.chunkedPostRefused), .proves("2.1 chunked"))
  func chunked() async throws {
    let caller = await (try SandboxFixture()).caller()
    let refused = await caller.order(headers: ["transfer-encoding": "chunked"])
    #expect(refused.status == 500)
    #expect(refused.text == #"{"rt_cd":"1","msg_cd":"EGW00202","msg1":"GW라우팅 중 오류가 발생했습니다."}"#)
    #expect(await caller.order().status == 200)
    let fixture = try SandboxFixture()
    let headers = ["appkey": "app", "appsecret": "secret"]
    let hashed = await fixture.post("/uapi/hashkey", ["A": "1"], headers: headers)
    #expect(hashed.json["HASH"]?.string?.utf8.count == 64)
    let chunked = await fixture.post(
      "/uapi/hashkey", ["A": "1"], headers: headers.merging(["transfer-encoding": "chunked"]) { $1 })
    #expect(chunked.status == 500 && chunked.code == "EGW00202")
  }

  @Test(
    "orders on vts outside hours are HTTP 500 where the quirk is on", .proves(.vtsOrderAfterHours),
    arguments: [
      (0, 200, "40600000"), (12 * 3_600, 500, "40580000"), (-3_600, 500, "40570000"), (6 * 86_400, 500, "40100000"),
    ])
  func ordersAfterHours(seconds: Int, status: Int, code: String) async throws {
    func order(_ quirks: Quirks) async throws -> RESTAnswer {
      let fixture = try SandboxFixture(at: SandboxFixture.open + .seconds(seconds)) {
        $0.venue = .vts
        $0.quirks = quirks
      }
      return await fixture.caller().order("VTTC0802U")
    }
    let answers = [try await order([.vtsOrderAfterHours]), try await order([])]
    #expect(answers.map(\.status) == [status, 200])
    #expect(answers.map(\.code) == [code, code])
  }

  @Test("each reason to refuse an order has its code", .proves(.refusalCodesDiffer), .proves("2.2 rt_cd"))
  func refusalCodes() async throws {
    let open = await (try SandboxFixture()).caller()
    let night = await (try SandboxFixture(at: SandboxFixture.open + .seconds(50_000))).caller()
    let refused = [
      await open.order(shares: 1_000_000), await open.order("TTTC0801U", code: "400400"),
      await night.order(price: 250_000),
    ]
    #expect(refused.allSatisfy { $0.status == 200 && $0.json["rt_cd"] == "7" })
    #expect(refused.map(\.code) == ["APBK0952", "APBK0400", "APBK0918"])
    #expect(await open.order().json["rt_cd"] == "0")
  }

  @Test("the gateway answers HTML", .proves(.htmlErrorPage))
  func html() async throws {
    let fixture = try SandboxFixture { $0.quirks = .certain(.htmlErrorPage) }
    let request = Caller(sandbox: fixture.sandbox, token: "x").request("/uapi/x", "FHKST01010100", [])
    guard case .script(let outputs) = await fixture.sandbox.respond(to: request).content else {
      Issue.record("a healthy answer")
      return
    }
    let bytes = outputs.flatMap { if case .wire(let bytes) = $0 { bytes } else { [UInt8]() } }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("HTTP/1.1 502 "))
    #expect(text.contains("Content-Type: text/html") && text.contains("<html>"))
  }

  @Test(
    "balances by instrument (INQR_DVSN 02) were refused for three months", .proves("2.3 inquiry division"),
    arguments: [
      (KoreanTime(year: 2026, month: 2, day: 9, hour: 10), "02", true),
      (KoreanTime(year: 2026, month: 2, day: 10, hour: 10), "02", false),
      (KoreanTime(year: 2026, month: 5, day: 6, hour: 10), "02", false),
      (KoreanTime(year: 2026, month: 5, day: 7, hour: 10), "02", true),
      (KoreanTime(year: 2026, month: 3, day: 3, hour: 10), "01", true),
      (KoreanTime(year: 2026, month: 9, day: 21, hour: 10), "03", false),
    ])
  func inquiryDivision(day: KoreanTime, kind: String, isTaken: Bool) async throws {
    let caller = await (try SandboxFixture(at: day)).caller()
    let question = [
      "CANO": "12345678", "ACNT_PRDT_CD": "01", "AFHR_FLPR_YN": "N", "OFL_YN": "", "INQR_DVSN": kind,
      "UNPR_DVSN": "01", "FUND_STTL_ICLD_YN": "N", "FNCG_AMT_AUTO_RDPT_YN": "N", "PRCS_DVSN": "00",
      "CTX_AREA_FK100": "", "CTX_AREA_NK100": "",
    ]
    let answer = await caller.ask(
      "/uapi/domestic-stock/v1/trading/inquire-balance", "TTTC8434R", question.map { ($0.key, $0.value) })
    #expect(answer.status == 200)
    let refused = #"{"rt_cd":"2","msg_cd":"OPSQ2001","msg1":"ERROR : INPUT INVALID_CHECK_INQR_DVSN"}"#
    #expect((answer.text == refused) == !isTaken)
    #expect((answer.json["rt_cd"] == "0") == isTaken)
  }

  @Test("a code alone makes a whole answer, whatever family it is of", arguments: MessageCode.all)
  func wholeAnswer(code: MessageCode) throws {
    let answer = RESTAnswer(Answer(body: .code(code.rawValue)), path: "/uapi/x", source: .rule)
    #expect(answer.status == code.status)
    #expect(answer.json["rt_cd"] == .string(code.resultCode))
    #expect(answer.json["msg_cd"] == .string(code.rawValue))
    #expect(answer.message == code.text)
    #expect(answer.message.isEmpty == false)
  }

  @Test(
    "what codes say, and with which status",
    arguments: [
      ("APBK0952", 200, "7"), ("EGW02006", 500, "1"), ("IGW00007", 500, "1"), ("SYDB0050", 200, "1"),
      ("MCA05918", 200, "1"), ("40570000", 200, "1"), ("OPSQ2001", 200, "2"), ("KIOK0510", 200, "0"),
      ("APBK9999", 200, "7"), ("EGW09999", 500, "1"), ("OPSQ2999", 200, "2"), ("99999999", 200, "1"),
    ])
  func statusOfCode(code: String, status: Int, resultCode: String) {
    #expect(MessageCode(code).status == status)
    #expect(MessageCode(code).resultCode == resultCode)
  }
}
