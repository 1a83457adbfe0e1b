import KISRecording
import KISScenario
public import KISWire

extension JournalEntry: CustomStringConvertible {
  /// `#12 at 1.500s: GET /uapi/… FHPTJ04400000 → 200 MCA00000`.
  public var description: String {
    let what: String =
      switch content {
      case .request(let request, let answer):
        [
          request.method, request.path, request.transactionID.rawValue, "→", answer.status.map { "\($0)" } ?? "nothing",
          answer.code,
        ]
        .filter { !$0.isEmpty }.joined(separator: " ") + (answer.isMatched ? "" : " (unmatched)")
      case .register(let registration):
        "register \(registration.transactionID) \(registration.key) → \(registration.code)"
      case .release(let registration):
        "release \(registration.transactionID) \(registration.key) → \(registration.code)"
      case .message(let text): "message \(text.prefix(80))"
      case .connect(let path): "connect on \(path)"
      case .disconnect(let reason): "disconnect: \(reason)"
      case .fault(let name, let detail): "fault \(name): \(detail)"
      }
    return "#\(number) at \(time.inSeconds)" + (session.map { ", session \($0)" } ?? "") + ": \(what)"
  }

  /// What its client sent, secrets masked, up to 2,000 characters; nil for what no client sends.
  var sent: String? {
    let text: String
    switch content {
    case .request(let request, _):
      let parameters = JSONValue.object(JSONObject(request.parameters.map { ($0.name, .string($0.value)) }))
      let headers = JSONValue.object(JSONObject(request.headers.map { ($0.name, .string($0.value)) }))
      text = "parameters \(parameters.text) headers \(headers.text)"
    case .register(let registration), .release(let registration): text = registration.text
    case .message(let message): text = message
    case .connect, .disconnect, .fault: return nil
    }
    return text.isEmpty ? nil : String(text.prefix(2_000))
  }

  /// The entry for programs; `t` is in nanoseconds since the sandbox started.
  public var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("id", .number(number)), ("t", .number(time.nanoseconds)), ("kind", .string(kind.rawValue)),
    ]
    if let marketTime { members.insert(("market_time", .string(marketTime.description)), at: 2) }
    if let session { members.append(("session", .number(session))) }
    if let appKey { members.append(("app_key", .string(appKey))) }
    return .object(JSONObject(members + content.members))
  }
}

extension Duration {
  /// Seconds and milliseconds: `1.500s`, `90s`.
  fileprivate var inSeconds: String {
    let milliseconds = nanoseconds / 1_000_000
    let fraction = String(1_000 + milliseconds % 1_000).dropFirst()
    return milliseconds % 1_000 == 0 ? "\(milliseconds / 1_000)s" : "\(milliseconds / 1_000).\(fraction)s"
  }
}

extension JournalEntry.Content {
  fileprivate var members: [(String, JSONValue)] {
    switch self {
    case .request(let request, let answer):
      [
        ("method", .string(request.method)), ("path", .string(request.path)),
        ("tr_id", .string(request.transactionID.rawValue)),
        ("parameters", .object(JSONObject(request.parameters.map { ($0.name, .string($0.value)) }))),
        ("headers", .object(JSONObject(request.headers.map { ($0.name, .string($0.value)) }))),
        ("status", answer.status.map { .number($0) } ?? .null), ("code", .string(answer.code)),
        ("source", .string(answer.source.rawValue)), ("sent", .string(answer.sent.rawValue)),
        ("matched", .bool(answer.isMatched)),
        ("near_misses", .array(answer.nearMisses.map(\.json))), ("body", .string(answer.body)),
        ("body_cut", .bool(answer.isBodyCut)),
      ]
    case .register(let registration), .release(let registration):
      [
        ("tr_id", .string(registration.transactionID.rawValue)), ("tr_key", .string(registration.key)),
        ("code", .string(registration.code)), ("text", .string(registration.text)),
        ("reply", registration.reply.map { .string($0) } ?? .null), ("matched", .bool(isMatched != false)),
        ("near_misses", .array(registration.nearMisses.map(\.json))),
      ]
    case .message(let text): [("text", .string(text))]
    case .connect(let path): [("path", .string(path))]
    case .disconnect(let reason): [("reason", .string(reason))]
    case .fault(let name, let detail): [("fault", .string(name)), ("detail", .string(detail))]
    }
  }
}

extension NearMiss {
  /// `name`, `field`, `expected` and `found` as text; `found` is null when the field was not there; `sent` is there
  /// when it is an entry of the journal.
  public var json: JSONValue {
    var json: JSONObject = [
      "name": .string(name), "field": .string(difference.field),
      "expected": .string(difference.expected.description), "found": difference.found.map { .string($0) } ?? .null,
    ]
    json["sent"] = sent.map { .string($0) }
    return .object(json)
  }
}

extension JournalFinding {
  /// `verdict` (`yes`, `no`, `unknown`), `expected`, `found` and, where somebody said why, `because` as text, and the list
  /// `near_misses`.
  public var json: JSONValue {
    var json: JSONObject = [
      "verdict": .string(verdict.rawValue), "expected": .string(expectation.description), "found": .string(found),
      "near_misses": .array(nearest.map(\.json)),
    ]
    json["because"] = expectation.because.map { .string($0) }
    return .object(json)
  }
}
