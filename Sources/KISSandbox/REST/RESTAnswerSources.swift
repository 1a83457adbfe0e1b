import KISRecording
import KISScenario
import KISWire

extension RESTAnswer {
  /// What a recording holds.
  init(_ exchange: RecordedExchange) {
    self.init(status: exchange.status, body: exchange.body)
    for header in exchange.headers {
      switch header.name.lowercased() {
      case "content-type": contentType = header.value
      case "tr_cont": headers.append(("tr_cont", header.value))
      default: break
      }
    }
  }

  /// What a rule or a fault answers: text and JSON as they stand, a KIS code in the shape that its place has.
  init(_ answer: Answer, path: String) {
    switch answer.body {
    case .text(let text): self.init(status: answer.status ?? 200, body: Array(text.utf8))
    case .json(let json): self.init(status: answer.status ?? 200, json)
    case .code(let text):
      let code = MessageCode(text)
      if path.hasPrefix("/oauth2/") {
        self = .oauthRefusal(code)
      } else if text.hasPrefix("EGW") {
        self = .gatewayRefusal(code)
      } else {
        self = .inputRefusal(code, code.text ?? "", resultCode: text.hasPrefix("OPSQ2") ? "2" : "1")
      }
      status = answer.status ?? status
    }
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
