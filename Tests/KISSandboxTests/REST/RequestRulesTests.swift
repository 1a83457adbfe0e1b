import KISWire
import Testing

@testable import KISSandbox

@Suite("A REST request as the gateway checks it (PROTOCOL sections 2.1 to 2.4 and 2.6)")
struct RequestRulesTests {
  @Test(
    "Missing or wrong headers are refused in KIS's words",
    arguments: [
      (["authorization": ""], 500, #"{"rt_cd":"1","msg1":"유효하지 않은 token 입니다.","msg_cd":"EGW00121"}"#),
      (["authorization": "Bearer x"], 500, #"{"rt_cd":"1","msg1":"유효하지 않은 token 입니다.","msg_cd":"EGW00121"}"#),
      (["appkey": ""], 500, #"{"rt_cd":"1","msg_cd":"EGW00102","msg1":"AppKey는 필수입니다."}"#),
      (["appsecret": ""], 500, #"{"rt_cd":"1","msg_cd":"EGW00104","msg1":"AppSecret은 필수입니다."}"#),
      (
        ["appsecret": "wrong"], 500,
        #"{"rt_cd":"1","msg_cd":"EGW00304","msg1":"고객식별키(법인 personalSeckey, 개인 appSecret)가 유효하지 않습니다."}"#
      ),
      (
        ["tr_id": ""], 200,
        #"{"rt_cd":"1","msg_cd":"OPSQ9999","msg1":"JSON PARSING ERROR : tr_id not found"}"#
      ),
      (["tr_id": "FHKST01010101"], 200, #"{"rt_cd":"1","msg_cd":"OPSQ0002","msg1":"없는 서비스 코드 입니다."}"#),
      (["custtype": "X"], 500, #"{"rt_cd":"1","msg_cd":"EGW00208","msg1":"고객유형(custtype)이 유효하지 않습니다."}"#),
      (
        ["custtype": "B", "seq_no": "1"], 500,
        #"{"rt_cd":"1","msg_cd":"EGW00209","msg1":"일련번호(seq_no)가 유효하지 않습니다."}"#
      ),
    ] as [([String: String], Int, String)])
  func headers(headers: [String: String], status: Int, body: String) async throws {
    let world = try RESTFixture { $0.appKeys = ["app": "secret"] }
    let reply = await world.get(pricePath, "FHKST01010100", samsung, token: await world.token(), headers: headers)
    #expect(reply.status == status)
    #expect(reply.text == body)
  }

  @Test("An answer carries tr_id, tr_cont and gt_uid in lower case; a company's gt_uid comes back")
  func answerHeaders() async throws {
    let world = try RESTFixture()
    let token = await world.token()
    let plain = await world.get(pricePath, "FHKST01010100", samsung, token: token)
    #expect(plain.headers["tr_id"] == "FHKST01010100")
    #expect(plain.headers["tr_cont"] == "")
    #expect(plain.headers["gt_uid"]?.utf8.count == 32)
    let globalID = String(repeating: "7", count: 32)
    let company = await world.get(
      pricePath, "FHKST01010100", samsung, token: token,
      headers: [
        "custtype": "B", "personalseckey": "key", "appsecret": "", "seq_no": "001", "gt_uid": globalID,
        "ip_addr": "127.0.0.1", "phone_number": "01000000000",
      ])
    #expect(company["rt_cd"] == "0")
    #expect(company.headers["gt_uid"] == globalID)
  }

  @Test("Names of headers and parameters are taken in any case, and custtype may be missing")
  func cases() async throws {
    let world = try RESTFixture()
    let token = await world.token()
    let reply = await world.get(
      pricePath, "FHKST01010100", [("fid_cond_mrkt_div_code", "J"), ("fid_input_iscd", "005930")], token: token,
      headers: ["appkey": "", "appKey": "app", "appsecret": "", "appSecret": "secret", "custtype": ""])
    #expect(reply["msg1"] == "정상처리 되었습니다.")
  }

  @Test("A missing parameter is named, by quotations and by account TRs in their own words")
  func parameters() async throws {
    let world = try RESTFixture()
    let token = await world.token()
    let quotation = await world.get(pricePath, "FHKST01010100", [samsung[0]], token: token)
    #expect(quotation.status == 200)
    #expect(
      quotation.text == #"{"rt_cd":"2","msg_cd":"OPSQ2001","msg1":"ERROR INPUT FIELD NOT FOUND [FID_INPUT_ISCD]"}"#)
    let account = await world.get(
      "/uapi/domestic-stock/v1/trading/inquire-balance", "TTTC8434R", [("ACNT_PRDT_CD", "01")], token: token)
    #expect(account.text == #"{"rt_cd":"2","msg_cd":"OPSQ2001","msg1":"ERROR : INPUT_FIELD_NAME CANO"}"#)
    let empty = await world.get(pricePath, "FHKST01010100", [samsung[0], ("FID_INPUT_ISCD", "")], token: token)
    #expect(empty["rt_cd"] == "0", "an empty value is accepted (quirk 20)")
  }

  @Test("Every parameter of foreign-institution-total is checked")
  func foreignInstitutionTotal() async throws {
    let world = try RESTFixture()
    let token = await world.token()
    let good = [
      ("FID_COND_MRKT_DIV_CODE", "V"), ("FID_COND_SCR_DIV_CODE", "16449"), ("FID_INPUT_ISCD", "0000"),
      ("FID_DIV_CLS_CODE", "0"), ("FID_RANK_SORT_CLS_CODE", "0"), ("FID_ETC_CLS_CODE", "0"),
    ]
    let path = "/uapi/domestic-stock/v1/quotations/foreign-institution-total"
    for wrong in good {
      let parameters = good.map { $0.0 == wrong.0 ? ($0.0, "9999") : $0 }
      let reply = await world.get(path, "FHPTJ04400000", parameters, token: token)
      #expect(reply.text == #"{"rt_cd":"2","msg_cd":"OPSQ2001","msg1":"ERROR INVALID \#(wrong.0)"}"#)
      await world.fixture.advance(1)
    }
    #expect(await world.get(path, "FHPTJ04400000", good, token: token).json?["output"]?.array?.count == 30)
  }

  @Test("A code that no file and no table has is taken when codes are permissive")
  func permissive() async throws {
    let industry = [("FID_COND_MRKT_DIV_CODE", "U"), ("FID_INPUT_ISCD", "7777")]
    let path = "/uapi/domestic-stock/v1/quotations/inquire-index-price"
    func level(_ change: (inout SandboxConfiguration) -> Void) async throws -> String? {
      let world = try RESTFixture(change)
      let reply = await world.get(path, "FHPUP02100000", industry, token: await world.token())
      return reply.json?["output"]?["bstp_nmix_prpr"]?.string
    }
    #expect(try await level { _ in } == "")
    #expect(try await level { $0.codes = .permissive } != "")
    let codes = try KnownCodes(parsing: "industry,7777,우리 업종", file: "c")
    #expect(try await level { $0.knownCodes = codes } != "")
  }

  @Test("The 21st call within a second is refused on real, the third on vts", arguments: [(Venue.real, 20), (.vts, 2)])
  func rates(venue: Venue, limit: Int) async throws {
    let world = try RESTFixture { $0.venue = venue }
    let token = await world.token()
    for _ in 0..<limit {
      #expect(await world.get(pricePath, "FHKST01010100", samsung, token: token)["rt_cd"] == "0")
    }
    let refused = await world.get(pricePath, "FHKST01010100", samsung, token: token)
    #expect(refused.status == 500)
    #expect(refused.text == #"{"rt_cd":"1","msg_cd":"EGW00201","msg1":"초당 거래건수를 초과하였습니다."}"#)
    await world.fixture.advance(1)
    #expect(await world.get(pricePath, "FHKST01010100", samsung, token: token)["rt_cd"] == "0")
  }

  @Test("Paper trading refuses what only the real service has, and companies")
  func paper() async throws {
    let world = try RESTFixture { $0.venue = .vts }
    let token = await world.token()
    let order = "/uapi/domestic-stock/v1/trading/order-cash"
    let reply = await world.order(order, "TTTC0012U", "{}", token: token)
    #expect(reply.text == #"{"rt_cd":"1","msg_cd":"EGW00213","msg1":"모의투자 tr이 아닙니다."}"#)
    let company = await world.get(pricePath, "FHKST01010100", samsung, token: token, headers: ["custtype": "B"])
    #expect(company.text == #"{"rt_cd":"1","msg_cd":"EGW00210","msg1":"법인고객의 경우 모의투자를 이용할 수 없습니다."}"#)
  }

  @Test("Repeated slashes in a path count as one, as mojito2 sends them")
  func slashes() async throws {
    let world = try RESTFixture()
    let reply = await world.get("/" + pricePath, "FHKST01010100", samsung, token: await world.token())
    #expect(reply["rt_cd"] == "0")
  }

  @Test("A path that KIS does not have is 404, one asked with the wrong method too")
  func paths() async throws {
    let world = try RESTFixture()
    let token = await world.token()
    #expect(
      await world.get("/uapi/domestic-stock/v1/quotations/inquire-prize", "FHKST01010100", [], token: token).status
        == 404)
    #expect(await world.order(pricePath, "FHKST01010100", "{}", token: token).status == 404)
  }
}
