import KISRecording
import KISScenario
import KISWire

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
    for (name, value) in [("tr_id", request.transactionID), ("tr_cont", ""), ("gt_uid", given ?? globalID)]
    where !answer.headers.contains(where: { $0.name == name }) {
      answer.headers.append((name, value))
    }
    return answer
  }

  /// Down to its header lines, for faults that spoil its bytes.
  func reply(date: KoreanTime) -> HTTPReply {
    var fields = [
      HTTPReply.Header("Content-Type", contentType), HTTPReply.Header("Content-Length", String(body.count)),
      HTTPReply.Header("Date", date.httpDate),
    ]
    fields += headers.map { HTTPReply.Header($0.name, $0.value) }
    return HTTPReply(status: status, reason: status == 200 ? "OK" : "Error", headers: fields, body: body)
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
  /// The JSON text that follows the last of a member's name; nil when there is none.
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
