import KISRecording
import KISScenario
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
    self.init(status: status, body: envelope.utf8, messageCode: envelope.code, source: source)
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

/// Who answered a request. The raw value is what the journal and the log say.
public enum AnswerSource: String, Sendable, Hashable, CaseIterable {
  /// A rule of the scenario.
  case rule = "scenario"
  /// A fault in the place of the answer: a refusal of KIS's, or another body.
  case fault
  /// An endpoint of `/oauth2`, or hashkey.
  case oauth
  /// The gateway or the input check: an unknown caller, too many calls, a parameter that is missing.
  case refusal
  /// A known anomaly of KIS that is switched on.
  case quirk
  /// The exchange: an order, or an inquiry of an account.
  case exchange
  /// A recording, as it stands at the playhead.
  case recording
  /// The simulated market, in the shape of the catalogue, when nothing else has an answer.
  case generated
  /// Nobody: there is no such path, or nothing that answers such a request.
  case unmatched
}

extension RESTAnswer {
  /// What a recording holds.
  init(_ exchange: RecordedExchange) {
    self.init(
      status: exchange.status, body: exchange.body, messageCode: MessageCode(inBody: exchange.body), source: .recording)
    for header in exchange.headers {
      switch header.name.lowercased() {
      case "content-type": contentType = header.value
      case "tr_cont": headers.append(("tr_cont", header.value))
      default: break
      }
    }
  }

  /// What a rule or a fault answers: text and JSON as they stand, a KIS code in the shape that its place has.
  init(_ answer: Answer, path: String, source: AnswerSource) {
    switch answer.body {
    case .text(let text): self.init(body: Array(text.utf8), messageCode: MessageCode(inBody: text.utf8), source: source)
    case .json(let json):
      self.init(
        body: json.utf8, messageCode: (json["msg_cd"] ?? json["error_code"])?.string.map { MessageCode($0) },
        source: source)
    case .code(let text):
      let code = MessageCode(text)
      if path.hasPrefix("/oauth2/") {
        self = .oauthRefusal(OAuthError(code))
      } else {
        self = .refusal(code)
      }
      self.source = source
    }
    status = answer.status ?? status
    for header in answer.headers {
      if header.name.lowercased() == "content-type" {
        contentType = header.value
      } else {
        headers.append((header.name, header.value))
      }
    }
  }

  /// With the headers that every KIS answer carries (PROTOCOL section 2.1).
  ///
  /// A corporate client's own `gt_uid` comes back.
  func withKISHeaders(_ request: RESTRequest, globalID: String) -> RESTAnswer {
    var answer = self
    let given = request.header("gt_uid").flatMap { $0.utf8.count == 32 ? $0 : nil }
    for (name, value) in [("tr_id", request.transactionID.rawValue), ("tr_cont", ""), ("gt_uid", given ?? globalID)]
    where !answer.headers.contains(where: { $0.name == name }) {
      answer.headers.append((name, value))
    }
    return answer
  }

  /// The reason phrases of the status codes that KIS sends.
  private static let reasons = [
    200: "OK", 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 500: "Internal Server Error",
    502: "Bad Gateway", 503: "Service Unavailable",
  ]

  /// Down to its header lines, for faults that spoil its bytes.
  func reply(date: KoreanTime) -> HTTPReply {
    var fields = [
      HTTPReply.Header("Content-Type", contentType), HTTPReply.Header("Content-Length", String(body.count)),
      HTTPReply.Header("Date", date.httpDate),
    ]
    fields += headers.map { HTTPReply.Header($0.name, $0.value) }
    return HTTPReply(status: status, reason: RESTAnswer.reasons[status] ?? "Error", headers: fields, body: body)
  }
}

extension MessageCode {
  /// The `msg_cd` or `error_code` in a body that somebody else wrote; nil when it has none.
  ///
  /// Looked for from the end, where most answers have it: whole answers of a recording or a rule need not be parsed.
  init?(inBody body: some BidirectionalCollection<UInt8>) {
    let names = ["\"msg_cd\"", "\"error_code\""]
    guard let value = names.lazy.compactMap({ body.textBehind(last: Array($0.utf8)) }).first else { return nil }
    self.init(String(decoding: value, as: UTF8.self))
  }
}

extension BidirectionalCollection<UInt8> {
  /// The JSON text that follows the last occurrence of a member's name; nil when there is none.
  fileprivate func textBehind(last name: [UInt8]) -> SubSequence? {
    var index = endIndex
    while index > startIndex {
      formIndex(before: &index)
      guard self[index] == name[0], self[index...].starts(with: name) else { continue }
      let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ":")]
      let rest = self[self.index(index, offsetBy: name.count)...].drop { blanks.contains($0) }
      guard rest.first == UInt8(ascii: "\"") else { return nil }
      return rest.dropFirst().prefix { $0 != UInt8(ascii: "\"") }
    }
    return nil
  }
}
