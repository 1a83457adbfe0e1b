import KISMockServer
import KISTransport
import KISWire

/// A client of few lines, which keeps every byte it gets.
struct WireClient {
  let addresses: MockServer.Addresses
  let appKey: String

  func token() async throws -> String {
    try await oauth("/oauth2/tokenP", secret: "appsecret")["access_token"]?.string ?? ""
  }

  func approvalKey() async throws -> String {
    try await oauth("/oauth2/Approval", secret: "secretkey")["approval_key"]?.string ?? ""
  }

  /// The `msg_cd` of an answer to the price of a stock (주식현재가 시세).
  func code(withToken token: String) async throws -> String {
    let fields = [
      HTTPField("authorization", "Bearer \(token)"), HTTPField("appkey", appKey), HTTPField("appsecret", "secret"),
      HTTPField("tr_id", "FHKST01010100"),
    ]
    let path = "/uapi/domestic-stock/v1/quotations/inquire-price?FID_COND_MRKT_DIV_CODE=J&FID_INPUT_ISCD=005930"
    let answer = try await HTTPExchange(Endpoint(addresses.rest)).send(HTTPRequest("GET", path, headers: fields))
    return try JSONValue(parsing: answer.body)["msg_cd"]?.string ?? ""
  }

  /// Registers and runs a body with the data messages that come.
  func listening<Result>(
    to transactionID: TransactionID, _ key: String, _ body: (inout Frames) async throws -> Result
  ) async throws -> Result {
    let request = RegistrationRequest(.register, transactionID, key: key, approvalKey: try await approvalKey())
    return try await WebSocketClientHandshake(Endpoint(addresses.webSocket), timeout: .seconds(120)).connect {
      connection in
      try await connection.send(text: request.text)
      var frames = Frames(messages: connection.messages.makeAsyncIterator())
      return try await body(&frames)
    }
  }

  /// The data messages of a connection.
  struct Frames {
    fileprivate var messages: WebSocketMessages.Iterator

    /// The next one; nil when the connection was closed.
    mutating func next() async throws -> String? {
      while case .text(let text)? = try await messages.next() {
        if text.first == UInt8(ascii: "0") { return String(decoding: text, as: UTF8.self) }
      }
      return nil
    }
  }

  private func oauth(_ path: String, secret: String) async throws -> JSONValue {
    let body: JSONValue = [
      "grant_type": "client_credentials", "appkey": .string(appKey),
    ]
    var object = body.object ?? [:]
    object[secret] = "secret"
    let answer = try await HTTPExchange(Endpoint(addresses.rest))
      .send(HTTPRequest("POST", path, body: JSONValue.object(object).utf8))
    return try JSONValue(parsing: answer.body)
  }
}
