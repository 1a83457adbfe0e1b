import KISWire

/// What a REST request is answered, before it becomes HTTP.
public struct RESTAnswer: Sendable {
  /// The HTTP status code; KIS says 200 to much that it refuses, see `rt_cd` in the body.
  public var status: Int
  /// Beside `Content-Type`, which the server writes in mixed case: lower-case KIS names (`tr_id`, `tr_cont`, `gt_uid`).
  public var headers: [(name: String, value: String)]
  /// The value of `Content-Type`; JSON with a charset unless told otherwise.
  public var contentType: String
  /// The bytes as sent, JSON in nearly every case.
  public var body: [UInt8]

  /// HTTP 200 with JSON unless told otherwise.
  public init(
    status: Int = 200, headers: [(name: String, value: String)] = [],
    contentType: String = "application/json; charset=utf-8", body: [UInt8]
  ) {
    self.status = status
    self.headers = headers
    self.contentType = contentType
    self.body = body
  }

  init(status: Int = 200, _ json: JSONValue) { self.init(status: status, body: json.utf8) }

  /// The shape in which the OAuth endpoints refuse (PROTOCOL section 1.1): description first, HTTP 403, no rt_cd.
  static func oauthRefusal(_ code: MessageCode) -> RESTAnswer {
    RESTAnswer(
      status: 403, ["error_description": .string(code.text ?? ""), "error_code": .string(code.rawValue)])
  }

  /// The shape in which the gateway refuses (section 2.3): HTTP 500, rt_cd 1, the message first where KIS has it so.
  static func gatewayRefusal(_ code: MessageCode, status: Int = 500) -> RESTAnswer {
    RESTAnswer(status: status, body: Envelope.error(code, resultCode: "1").text.utf8.map { $0 })
  }

  /// The shape in which the inquiry server refuses input (section 2.3): HTTP 200, rt_cd 2.
  static func inputRefusal(_ code: MessageCode, _ message: String, resultCode: String = "2") -> RESTAnswer {
    RESTAnswer(["rt_cd": .string(resultCode), "msg_cd": .string(code.rawValue), "msg1": .string(message)])
  }

  /// A path that does not exist (section 7).
  static let notFound = RESTAnswer(
    status: 404, contentType: "text/html; charset=utf-8", body: Array("<html><body>404 Not Found</body></html>".utf8))
}
