public import KISWire

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
  /// The `msg_cd` or `error_code` in the body; nil when there is none.
  public var messageCode: MessageCode?
  /// Who answered.
  public var source: AnswerSource

  /// HTTP 200 with JSON unless told otherwise.
  public init(
    status: Int = 200, headers: [(name: String, value: String)] = [],
    contentType: String = "application/json; charset=utf-8", body: [UInt8], messageCode: MessageCode? = nil,
    source: AnswerSource
  ) {
    self.status = status
    self.headers = headers
    self.contentType = contentType
    self.body = body
    self.messageCode = messageCode
    self.source = source
  }

  /// An envelope as it stands, with its own code.
  init(status: Int = 200, _ envelope: Envelope, source: AnswerSource) {
    self.init(status: status, body: Array(envelope.text.utf8), messageCode: envelope.code, source: source)
  }

  /// What an OAuth endpoint answers, as the codec writes it.
  init(oauth text: String) { self.init(body: Array(text.utf8), source: .oauth) }

  /// The shape in which the OAuth endpoints refuse (PROTOCOL section 1.1): description first, HTTP 403, no rt_cd.
  static func oauthRefusal(_ error: OAuthError) -> RESTAnswer {
    RESTAnswer(status: OAuthError.status, body: Array(error.text.utf8), messageCode: error.code, source: .oauth)
  }

  /// A code of KIS with the `rt_cd`, text and HTTP status that go with it, the message first where KIS has it so.
  ///
  /// - Parameters:
  ///   - message: instead of the code's own text.
  ///   - status: instead of the code's own HTTP status.
  static func refusal(_ code: MessageCode, _ message: String? = nil, status: Int? = nil) -> RESTAnswer {
    RESTAnswer(status: status ?? code.status, .error(code, message: message), source: .refusal)
  }

  /// A path that does not exist (section 7).
  static let notFound = RESTAnswer(
    status: 404, contentType: "text/html; charset=utf-8", body: Array("<html><body>404 Not Found</body></html>".utf8),
    source: .unmatched)

  /// The same answer, by somebody else.
  func from(_ source: AnswerSource) -> RESTAnswer {
    var answer = self
    answer.source = source
    return answer
  }
}
