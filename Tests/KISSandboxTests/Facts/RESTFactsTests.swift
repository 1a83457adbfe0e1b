import Facts
import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("REST requests and answers")
struct RESTFactsTests {
  @Test("header names are taken in any case, and most headers may be missing", .proves("2.1 request headers"))
  func requestHeaders() async throws {
    let caller = await (try SandboxFixture()).caller()
    let request = caller.request(
      "/uapi/domestic-stock/v1/quotations/inquire-price", "FHKST01010100",
      [("fid_cond_mrkt_div_code", "J"), ("fid_input_iscd", "005930")])
    for spelling in [{ $0 }, { $0.uppercased() }, { $0.prefix(1).uppercased() + $0.dropFirst() }]
      as [(String) -> String]
    {
      let spelt = RESTRequest(
        method: request.method, path: request.path,
        query: request.observed.parameters.map { ($0.name, $0.value) },
        headers: request.observed.headers.map { (spelling($0.name), $0.value) })
      #expect(await caller.sandbox.answer(spelt).code == "MCA00000")
    }
    let globalID = String(repeating: "7", count: 32)
    let company = await caller.ask(
      "FHKST01010100", RESTFactsTests.price,
      headers: [
        "custtype": "B", "personalseckey": "x", "appsecret": "", "seq_no": "001", "phone_number": "01012345678",
        "ip_addr": "127.0.0.1", "gt_uid": globalID, "mac_address": "0123456789AB",
      ])
    #expect(company.code == "MCA00000")
    #expect(company.header("gt_uid") == globalID)
  }

  @Test("answers carry KIS's own headers in lower case", .proves("2.1 response headers", "7 tr_cont"))
  func responseHeaders() async throws {
    let answer = await (try SandboxFixture()).caller().price()
    #expect(answer.contentType == "application/json; charset=utf-8")
    #expect(answer.headers.map(\.name) == ["tr_id", "tr_cont", "gt_uid"])
    #expect(answer.header("tr_id") == "FHKST01010100")
    #expect(answer.header("tr_cont") == "")
    #expect(answer.header("gt_uid")?.utf8.count == 32)
  }

  @Test("outputs come first, then rt_cd, msg_cd and msg1", .proves("2.2 key order", "2.2 values"))
  func keyOrder() async throws {
    let price = await (try SandboxFixture(at: SandboxFixture.open + .seconds(3_600))).caller().price()
    #expect(price.json.object?.names == ["output", "rt_cd", "msg_cd", "msg1"])
    let output = try #require(price.json["output"])
    #expect(output["stck_prpr"]?.string?.wholeMatch(of: /\d+/) != nil)
    #expect(output["prdy_ctrt"]?.string?.wholeMatch(of: /-?\d+\.\d\d/) != nil)
  }

  @Test(
    "missing or wrong headers are refused in KIS's words",
    .proves(
      "7 missing authorization", "7 missing appkey, appsecret", "7 missing tr_id", "2.3 bad appsecret",
      "2.3 unknown tr_id"),
    arguments: [
      (["authorization": ""], 500, #"{"rt_cd":"1","msg1":"유효하지 않은 token 입니다.","msg_cd":"EGW00121"}"#),
      (["authorization": "Bearer x"], 500, #"{"rt_cd":"1","msg1":"유효하지 않은 token 입니다.","msg_cd":"EGW00121"}"#),
      (["appkey": ""], 500, #"{"rt_cd":"1","msg_cd":"EGW00102","msg1":"AppKey는 필수입니다."}"#),
      (["appsecret": ""], 500, #"{"rt_cd":"1","msg_cd":"EGW00104","msg1":"AppSecret은 필수입니다."}"#),
      (
        ["appsecret": "wrong"], 500,
        #"{"rt_cd":"1","msg_cd":"EGW00304","msg1":"고객식별키(법인 personalSeckey, 개인 appSecret)가 유효하지 않습니다."}"#
      ),
      (["tr_id": ""], 200, #"{"rt_cd":"1","msg_cd":"OPSQ9999","msg1":"JSON PARSING ERROR : tr_id not found"}"#),
      (["tr_id": "FHKST01010101"], 200, #"{"rt_cd":"1","msg_cd":"OPSQ0002","msg1":"없는 서비스 코드 입니다."}"#),
      (["custtype": "X"], 500, #"{"rt_cd":"1","msg_cd":"EGW00208","msg1":"고객유형(custtype)이 유효하지 않습니다."}"#),
      (
        ["custtype": "B", "seq_no": "1"], 500,
        #"{"rt_cd":"1","msg_cd":"EGW00209","msg1":"일련번호(seq_no)가 유효하지 않습니다."}"#
      ),
      (
        ["custtype": "B", "seq_no": "001"], 500,
        #"{"rt_cd":"1","msg_cd":"EGW00212","msg1":"휴대전화번호(personalphone)는 필수 입니다."}"#
      ),
      (
        ["custtype": "B", "seq_no": "001", "phone_number": "01012345678"], 500,
        #"{"rt_cd":"1","msg_cd":"EGW00207","msg1":"IP 주소가 없거나 유효하지 않습니다."}"#
      ),
      (
        ["custtype": "B", "seq_no": "001", "phone_number": "01012345678", "ip_addr": "127.0.0.1"], 500,
        #"{"rt_cd":"1","msg_cd":"EGW00304","msg1":"고객식별키(법인 personalSeckey, 개인 appSecret)가 유효하지 않습니다."}"#
      ),
    ] as [([String: String], Int, String)])
  func wrongHeaders(headers: [String: String], status: Int, body: String) async throws {
    let caller = await (try SandboxFixture { $0.appKeys = ["app": "secret"] }).caller()
    let answer = await caller.ask("FHKST01010100", RESTFactsTests.price, headers: headers)
    #expect(answer.status == status)
    #expect(answer.text == body)
  }

  private static let price = [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", "005930")]

  @Test("an unknown path, or one asked with the wrong method, is 404 with HTML", .proves("7 unknown path"))
  func unknownPath() async throws {
    let caller = await (try SandboxFixture()).caller()
    let answer = await caller.ask("/uapi/domestic-stock/v1/quotations/inquire-prize", "FHKST01010100")
    #expect(answer.status == 404)
    #expect(answer.contentType.hasPrefix("text/html"))
    #expect(answer.text.hasPrefix("<html>"))
    let path = "/uapi/domestic-stock/v1/quotations/inquire-price"
    #expect(await caller.sandbox.answer(RESTRequest(method: "POST", path: path)).status == 404)
  }

  @Test("a secret that is not the token's own is refused", .proves("2.3 bad appsecret"))
  func otherSecret() async throws {
    var caller = await (try SandboxFixture()).caller()
    #expect(await caller.price().code == "MCA00000")
    caller.secret = "another"
    let refused = await caller.price()
    #expect(refused.status == 500 && refused.code == "EGW00304")
  }

  @Test("a market that KIS does not have is refused by every quotation", .proves("2.3 bad market code"))
  func badMarket() async throws {
    let caller = await (try SandboxFixture { $0.limits.requestsPerSecond = 0 }).caller()
    for api in Catalogue.rest where api.parameters.contains(where: { $0.name == "FID_COND_MRKT_DIV_CODE" }) {
      for (market, isKnown) in [("ZZ", false), ("", true)] {
        let question = api.parameters.map { ($0.name, $0.name.hasPrefix("FID_COND_MRKT_DIV_CODE") ? market : "0") }
        let answer = await caller.ask(api.path, api.ids[0], question)
        #expect(answer.status == 200)
        #expect((answer.message == "ERROR INVALID FID_COND_MRKT_DIV_CODE") != isKnown, "\(api.path) \(market)")
      }
    }
  }

  @Test("repeated slashes in a path count as one, as mojito2 sends them")
  func slashes() async throws {
    let caller = await (try SandboxFixture()).caller()
    let path = "//uapi/domestic-stock/v1/quotations/inquire-price"
    #expect(await caller.ask(path, "FHKST01010100", RESTFactsTests.price).json["rt_cd"] == "0")
  }

  @Test("a code that no file and no table has finds nothing, and is taken when codes are permissive")
  func permissive() async throws {
    func level(_ change: (inout SandboxConfiguration) -> Void) async throws -> String? {
      let caller = await (try SandboxFixture([], change)).caller()
      let answer = await caller.ask(
        "FHPUP02100000", [("FID_COND_MRKT_DIV_CODE", "U"), ("FID_INPUT_ISCD", "7777")])
      return answer.json["output"]?["bstp_nmix_prpr"]?.string
    }
    #expect(try await level { _ in } == "")
    #expect(try await level { $0.codes = .permissive } != "")
    let codes = try KnownCodes(parsing: "industry,7777,우리 업종", file: "c")
    #expect(try await level { $0.knownCodes = codes } != "")
  }

  @Test(
    "an account that nobody has is refused when accounts are listed", .proves("2.3 bad account"))
  func badAccount() async throws {
    let scenario = try Scenario(
      parsing: "credentials:\n  accounts: [12345678-01]\n", file: "accounts.yaml")
    let known = await (try SandboxFixture { $0.accounts = scenario.credentials.allAccounts }).caller()
    #expect(await known.purchasable().json["rt_cd"] == "0")
    let other = await (try SandboxFixture { $0.accounts = ["87654321-01"] }).caller()
    let refused = await other.purchasable()
    #expect(refused.status == 200)
    #expect(refused.text == #"{"rt_cd":"2","msg_cd":"OPSQ2000","msg1":"ERROR : INPUT INVALID_CHECK_ACNO"}"#)
  }

  @Test("real answers twenty calls a second, vts two", .proves("2.4 limits"), arguments: [(Venue.real, 20), (.vts, 2)])
  func limits(venue: Venue, calls: Int) async throws {
    let caller = await (try SandboxFixture { $0.venue = venue }).caller()
    for _ in 0..<calls { #expect(await caller.price().code == "MCA00000") }
    #expect(await caller.price().code == "EGW00201")
  }

  @Test(
    "the ranking wants all six parameters with their values, and answers thirty rows of 26 strings",
    .proves("2.6 parameters", "2.6 reply"))
  func foreignInstitutionTotal() async throws {
    let fixture = try SandboxFixture(at: SandboxFixture.open + .seconds(10_000)) { $0.limits.requestsPerSecond = 0 }
    let caller = await fixture.caller()
    let api = try #require(Catalogue.rest("FHPTJ04400000"))
    let usual =
      [("V", "X"), ("16449", "1"), ("0000", "9999"), ("0", "2"), ("1", "7"), ("3", "4")] as [(String, String)]
    let question = zip(api.parameters.map(\.name), usual).map { ($0, $1.0) }
    #expect(question.count == 6)
    for index in question.indices {
      var incomplete = question
      let name = incomplete.remove(at: index).0
      #expect(await caller.ask("FHPTJ04400000", incomplete).message == "ERROR INPUT FIELD NOT FOUND [\(name)]")
      incomplete.append((name, usual[index].1))
      #expect(await caller.ask("FHPTJ04400000", incomplete).message == "ERROR INVALID \(name)")
    }
    let answer = await caller.ask("FHPTJ04400000", question)
    #expect(answer.rows("output").count == 30)
    #expect(answer.header("tr_cont") == "")
    for row in answer.rows("output") {
      #expect(row.object?.names == api.outputs.first?.fields)
      #expect(row.object?.members.count == 26)
      #expect(row.object?.members.allSatisfy { $0.value.string != nil } == true)
    }
  }

  @Test("the ranking is zero until staff enter the first figures", .proves("2.6 timing"))
  func timing() async throws {
    for (minute, isEntered) in [(15, false), (45, true)] {
      let fixture = try SandboxFixture(at: SandboxFixture.open + .seconds(minute * 60))
      let rows = await fixture.caller().foreignInstitutionTotal().rows("output")
      #expect(rows.contains { $0["frgn_ntby_qty"] != "0" } == isEntered)
      #expect(rows.allSatisfy { $0["orgn_ntby_qty"] == "0" })
    }
    // 09:30, 10:00, 11:20, 13:20 and 14:30, ten minutes either way.
    let planned = [34_200, 36_000, 40_800, 48_000, 52_200]
    for seed in UInt64(1)...20 {
      let entered = InvestorEntries.entryTimes(seed: seed).map(\.second)
      #expect(zip(entered, planned).allSatisfy { abs($0 - $1) <= 600 } && entered.count == 5)
    }
  }
}
