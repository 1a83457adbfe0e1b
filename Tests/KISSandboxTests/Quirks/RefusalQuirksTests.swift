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
      await open.order(shares: 1_000_000), await open.order("TTTC0801U", code: "999999"),
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
}
