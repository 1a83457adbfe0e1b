import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

/// Somebody who calls the REST API of a sandbox with a token, an app key and a secret.
struct Caller {
  let sandbox: Sandbox
  var token: String
  var appKey = "app"
  var secret = "secret"

  /// Asks an API by its `tr_id`, with what every call carries; `headers` replace or, when empty, remove single ones.
  /// GET with a query, POST with a body, as the catalogue says.
  func ask(
    _ id: TransactionID, _ parameters: [(String, String)] = [], headers: [String: String] = [:]
  ) async -> RESTAnswer {
    let path = Catalogue.rest(id)?.path ?? Catalogue.rest(TransactionID("T" + id.rawValue.dropFirst()))?.path ?? "/"
    return await ask(path, id, parameters, headers: headers)
  }

  func ask(
    _ path: String, _ id: TransactionID, _ parameters: [(String, String)] = [], headers: [String: String] = [:]
  ) async -> RESTAnswer {
    await sandbox.answer(request(path, id, parameters, headers: headers))
  }

  /// Asks with all parameters of an API: what is said here, the account's number, and nothing in the others.
  ///
  /// - Parameter path: behind `/uapi/`.
  func ask(_ path: String, _ id: TransactionID, saying values: [String: String]) async throws -> RESTAnswer {
    let api = try #require(Catalogue.rest(path: "/uapi/" + path))
    let product =
      path.hasPrefix("domestic-futureoption/") ? "03" : path.hasPrefix("overseas-futureoption/") ? "08" : "01"
    let usual = ["CANO": "12345678", "ACNT_PRDT_CD": product]
    return await ask(api.path, id, api.parameters.map { ($0.name, values[$0.name] ?? usual[$0.name] ?? "") })
  }

  func request(
    _ path: String, _ id: TransactionID, _ parameters: [(String, String)], headers: [String: String] = [:]
  ) -> RESTRequest {
    let own = ["authorization": "Bearer \(token)", "appkey": appKey, "appsecret": secret, "tr_id": id.rawValue]
    let isPost = Catalogue.rest(path: path)?.method == "POST"
    let body = JSONValue.object(JSONObject(parameters.map { ($0.0, JSONValue.string($0.1)) }))
    return RESTRequest(
      method: isPost ? "POST" : "GET", path: path, query: isPost ? [] : parameters,
      headers: own.merging(headers) { _, new in new }.filter { !$0.value.isEmpty }.map { ($0.key, $0.value) },
      body: isPost ? body.utf8 : [])
  }

  /// Gives the account one of each of so many shares, and nothing else.
  func hold(shares count: Int) async throws {
    let codes = KnownCodes.standard.instruments.filter { $0.kind == .share }.prefix(count).map(\.code)
    _ = try await sandbox.setAccount(
      AccountChoice(
        account: "12345678-01", cash: 1, holdings: codes.map { .init(code: $0, quantity: 1, average: 10_000_000) }))
  }

  /// The price of a share (주식현재가 시세).
  func price(_ code: String = "005930") async -> RESTAnswer {
    await ask("FHKST01010100", [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", code)])
  }

  /// The ranking of net buyers, with what differs from the usual question.
  func foreignInstitutionTotal(_ changes: [String: String] = [:]) async -> RESTAnswer {
    let usual = [
      ("FID_COND_MRKT_DIV_CODE", "V"), ("FID_COND_SCR_DIV_CODE", "16449"), ("FID_INPUT_ISCD", "0000"),
      ("FID_DIV_CLS_CODE", "0"), ("FID_RANK_SORT_CLS_CODE", "0"), ("FID_ETC_CLS_CODE", "0"),
    ]
    return await ask("FHPTJ04400000", usual.map { ($0.0, changes[$0.0] ?? $0.1) })
  }

  /// A cash order of shares (주식주문 현금).
  func order(
    _ id: TransactionID = "TTTC0802U", code: String = "005930", shares: Int = 1, price: Int = 0,
    headers: [String: String] = [:]
  ) async -> RESTAnswer {
    await ask(
      "/uapi/domestic-stock/v1/trading/order-cash", id,
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("PDNO", code), ("ORD_DVSN", price == 0 ? "01" : "00"),
        ("ORD_QTY", "\(shares)"), ("ORD_UNPR", "\(price)"),
      ], headers: headers)
  }

  /// What an account can buy (매수가능조회): an inquiry of one page.
  func purchasable(_ id: TransactionID = "TTTC8908R") async -> RESTAnswer {
    await ask(
      "/uapi/domestic-stock/v1/trading/inquire-psbl-order", id,
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("PDNO", "005930"), ("ORD_UNPR", "0"), ("ORD_DVSN", "01"),
        ("CMA_EVLU_AMT_ICLD_YN", "N"), ("OVRS_ICLD_YN", "N"),
      ])
  }

  /// The balance (주식잔고조회): an inquiry of several pages.
  func balance(_ id: TransactionID = "TTTC8434R", cursor: String = "", next: Bool = false) async -> RESTAnswer {
    await ask(
      "/uapi/domestic-stock/v1/trading/inquire-balance", id,
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("AFHR_FLPR_YN", "N"), ("OFL_YN", ""), ("INQR_DVSN", "02"),
        ("UNPR_DVSN", "01"), ("FUND_STTL_ICLD_YN", "N"), ("FNCG_AMT_AUTO_RDPT_YN", "N"), ("PRCS_DVSN", "00"),
        ("CTX_AREA_FK100", ""), ("CTX_AREA_NK100", cursor),
      ], headers: next ? ["tr_cont": "N"] : [:])
  }
}

extension SandboxFixture {
  /// A sandbox for orders: it is so many seconds after the opening, calls are not counted, and nothing comes unasked.
  static func ofOrders(after seconds: Double = 3_600) throws -> SandboxFixture {
    try SandboxFixture(at: open + .seconds(seconds)) {
      $0.limits.requestsPerSecond = 0
      $0.heartbeat.rhythm = .never
    }
  }

  /// POST of a JSON body to an OAuth endpoint.
  func post(_ path: String, _ body: JSONObject, headers: [String: String] = [:]) async -> RESTAnswer {
    await sandbox.answer(
      RESTRequest(
        method: "POST", path: path, headers: headers.map { ($0.key, $0.value) }, body: JSONValue.object(body).utf8))
  }

  /// The answer of tokenP.
  func tokenAnswer(_ appKey: String = "app", _ secret: String = "secret") async -> RESTAnswer {
    await post(
      "/oauth2/tokenP",
      ["grant_type": "client_credentials", "appkey": .string(appKey), "appsecret": .string(secret)])
  }

  /// Somebody with a fresh token.
  func caller() async -> Caller {
    Caller(sandbox: sandbox, token: await tokenAnswer().json["access_token"]?.string ?? "")
  }

  /// A client that has registered one pair, and the reply it got; nil when it got none.
  func listener(
    _ id: TransactionID, _ key: String, appKey: String = "app"
  ) async throws -> (id: Int, sink: RecordingSink, reply: RegistrationReply?) {
    let client = try await connect()
    await register(client.id, id, key, approvalKey: await approvalKey(appKey))
    return (client.id, client.sink, try client.sink.texts.first.map { try RegistrationReply(parsing: $0) })
  }
}

extension RESTAnswer {
  var text: String { String(decoding: body, as: UTF8.self) }
  /// The body; null when it is no JSON.
  var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
  var code: String { json["msg_cd"]?.string ?? json["error_code"]?.string ?? "" }
  var message: String { json["msg1"]?.string ?? "" }
  /// The rows of an output.
  func rows(_ output: String) -> [JSONValue] { json[output]?.array ?? json[output].map { [$0] } ?? [] }
  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

extension Quirks {
  /// A quirk that happens on every occasion.
  static func certain(_ quirk: Quirk) -> Quirks {
    var quirks = Quirks()
    quirks.insert(quirk, scope: QuirkScope(chance: 1))
    return quirks
  }
}
