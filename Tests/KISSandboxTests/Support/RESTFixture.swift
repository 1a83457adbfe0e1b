import KISWire

@testable import KISSandbox

/// A sandbox that is asked over REST, as bytes.
struct RESTFixture {
  let fixture: SandboxFixture
  var appKey = "app"

  init(_ change: (inout SandboxConfiguration) -> Void = { _ in }) throws {
    fixture = try SandboxFixture([], change)
  }

  struct Reply {
    var status: Int
    var text: String
    var headers: [String: String]

    var json: JSONValue? { try? JSONValue(parsing: Array(text.utf8)) }
    subscript(_ name: String) -> String? { json?[name]?.string }
  }

  func post(_ path: String, _ body: String, headers: [String: String] = [:]) async -> Reply {
    await ask(
      RESTRequest(method: "POST", path: path, headers: headers.map { ($0.key, $0.value) }, body: Array(body.utf8)))
  }

  /// Asks with what every call carries; `headers` replace or, when empty, remove single ones.
  func get(
    _ path: String, _ id: String, _ parameters: [(String, String)], token: String, headers: [String: String] = [:]
  ) async -> Reply {
    let all = standard(id, token: token).merging(headers) { _, new in new }.filter { !$0.value.isEmpty }
    return await ask(
      RESTRequest(
        method: "GET", path: path, query: parameters.map { (name: $0.0, value: $0.1) },
        headers: all.map { (name: $0.key, value: $0.value) }))
  }

  /// Sends an order.
  func order(_ path: String, _ id: String, _ body: String, token: String) async -> Reply {
    await post(path, body, headers: standard(id, token: token))
  }

  func token() async -> String {
    await post(
      "/oauth2/tokenP", #"{"grant_type":"client_credentials","appkey":"\#(appKey)","appsecret":"secret"}"#
    )["access_token"] ?? ""
  }

  private func standard(_ id: String, token: String) -> [String: String] {
    ["authorization": "Bearer \(token)", "appkey": appKey, "appsecret": "secret", "tr_id": id, "custtype": "P"]
  }

  private func ask(_ request: RESTRequest) async -> Reply {
    let answer = await fixture.sandbox.answer(request)
    return Reply(
      status: answer.status, text: String(decoding: answer.body, as: UTF8.self),
      headers: Dictionary(answer.headers.map { ($0.name, $0.value) }) { first, _ in first })
  }
}

let pricePath = "/uapi/domestic-stock/v1/quotations/inquire-price"
let samsung = [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", "005930")]
