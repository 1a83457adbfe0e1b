import Foundation
import KISWire

extension RecordedEvent {
  /// Appends the event as one line of a recording, line feed included.
  ///
  /// Members come in one order: `t`, `conn`, `from`, the event itself, `cipher` or `binary`, `carried`.
  public func appendLine(to bytes: inout [UInt8]) {
    bytes.append(contentsOf: #"{"t":"#.utf8)
    bytes.append(contentsOf: String(offset.nanoseconds).utf8)
    if let connection {
      bytes.append(contentsOf: #","conn":"#.utf8)
      bytes.append(contentsOf: String(connection).utf8)
    }
    append(content, to: &bytes)
    if isCarried { bytes.append(contentsOf: #","carried":true"#.utf8) }
    bytes.append(contentsOf: "}\n".utf8)
  }

  private func append(_ content: Content, to bytes: inout [UInt8]) {
    switch content {
    case .message(let message, let side):
      append(.text, or: .bytes, message, from: side, to: &bytes)
    case .ciphertext(let message):
      append(.text, or: .bytes, message, from: .server, to: &bytes)
      bytes.append(contentsOf: #","cipher":true"#.utf8)
    case .binary(let message, let side):
      appendName(.bytes, from: side, to: &bytes)
      JSONValue.appendQuoted(Data(message).base64EncodedString().utf8, to: &bytes)
      bytes.append(contentsOf: #","binary":true"#.utf8)
    case .ping(let payload, let side): append(.ping, or: .pingBytes, payload, from: side, to: &bytes)
    case .pong(let payload, let side): append(.pong, or: .pongBytes, payload, from: side, to: &bytes)
    case .opened(let opening):
      appendName(.open, to: &bytes)
      var value: JSONObject = ["path": .string(opening.path)]
      if !opening.headers.isEmpty { value["headers"] = .object(JSONObject(opening.headers)) }
      JSONValue.object(value).append(to: &bytes)
    case .closed(let closing):
      appendName(.close, from: closing.side, to: &bytes)
      var value = JSONObject()
      value["code"] = closing.code.map { .number($0) }
      if !closing.reason.isEmpty { value["reason"] = .string(closing.reason) }
      JSONValue.object(value).append(to: &bytes)
    case .lost:
      appendName(.lost, to: &bytes)
      bytes.append(contentsOf: "true".utf8)
    case .exchange(let exchange):
      appendName(.exchange, to: &bytes)
      exchange.append(to: &bytes)
    case .marker(let name):
      appendName(.marker, to: &bytes)
      JSONValue.appendQuoted(name.utf8, to: &bytes)
    }
  }

  /// Text where the bytes are UTF-8, else base64.
  private func append(
    _ text: RecordedEventKind, or base64: RecordedEventKind, _ message: [UInt8], from side: Side,
    to bytes: inout [UInt8]
  ) {
    message.withUnsafeBytes { message in
      let special = SpecialBytes(in: message)
      if special.beyondASCII, message.firstInvalidUTF8 != nil {
        appendName(base64, from: side, to: &bytes)
        JSONValue.appendQuoted(Data(message).base64EncodedString().utf8, to: &bytes)
        return
      }
      appendName(text, from: side, to: &bytes)
      if special.needsUnescaping {
        JSONValue.appendQuoted(message, to: &bytes)
      } else {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: message)
        bytes.append(UInt8(ascii: "\""))
      }
    }
  }

  private func appendName(_ kind: RecordedEventKind, from side: Side = .server, to bytes: inout [UInt8]) {
    if side == .client { bytes.append(contentsOf: #","from":"client""#.utf8) }
    bytes.append(contentsOf: #",""#.utf8)
    bytes.append(contentsOf: kind.rawValue.utf8)
    bytes.append(contentsOf: #"":"#.utf8)
  }
}

extension RecordedExchange {
  /// How deep a body may nest to stand in its line as JSON; the line around it adds two levels.
  static let bodyDepth = 60

  fileprivate func append(to bytes: inout [UInt8]) {
    func member(_ name: String, _ value: JSONValue) {
      JSONValue.appendQuoted(name.utf8, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      value.append(to: &bytes)
      bytes.append(UInt8(ascii: ","))
    }
    bytes.append(UInt8(ascii: "{"))
    member("method", .string(method))
    member("path", .string(path))
    member("tr_id", .string(transactionID))
    if !parameters.isEmpty { member("parameters", .object(JSONObject(parameters))) }
    if !requestHeaders.isEmpty { member("request_headers", .object(JSONObject(requestHeaders))) }
    if !requestBody.isEmpty {
      RecordedExchange.append("request_body", requestBody, to: &bytes)
      bytes.append(UInt8(ascii: ","))
    }
    member("status", .number(status))
    if !headers.isEmpty { member("headers", .object(JSONObject(headers))) }
    if let took { member("took", .number(took.nanoseconds)) }
    if let firstByte { member("first_byte", .number(firstByte.nanoseconds)) }
    RecordedExchange.append("body", body, to: &bytes)
    bytes.append(UInt8(ascii: "}"))
  }

  /// JSON as it went over the wire, any other text in quotes, and what is no UTF-8 as base64.
  private static func append(_ name: String, _ body: [UInt8], to bytes: inout [UInt8]) {
    let isText = body.withUnsafeBytes { $0.firstInvalidUTF8 == nil }
    JSONValue.appendQuoted((isText ? name : name + "64").utf8, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    if !isText {
      JSONValue.appendQuoted(Data(body).base64EncodedString().utf8, to: &bytes)
    } else if standsAsJSON(body) {
      bytes.append(contentsOf: body)
    } else {
      JSONValue.appendQuoted(body, to: &bytes)
    }
  }

  /// Whether a body can stand in a line as it is: one line of JSON, an object or an array.
  private static func standsAsJSON(_ body: [UInt8]) -> Bool {
    guard body.first == UInt8(ascii: "{") || body.first == UInt8(ascii: "["),
      body.last == UInt8(ascii: "}") || body.last == UInt8(ascii: "]"),
      !body.contains(0x0A), !body.contains(0x0D)
    else { return false }
    return body.withUnsafeBytes { text in
      var scanner = JSONScanner(text, depth: bodyDepth)
      do throws(WireError) {
        _ = try scanner.value()
        try scanner.end()
        return true
      } catch {
        return false
      }
    }
  }
}

extension RecordingHeader {
  /// Appends the header as the first line of a recording, line feed included.
  public func appendLine(to bytes: inout [UInt8]) {
    var line: JSONObject = [
      "kis_recording": .number(version), "start": .string(start), "venue": .string(venue.rawValue),
      "dialect": .string(dialectDay), "provenance": .string(provenance.rawValue), "source": .string(source),
      "title": .string(title),
    ]
    if let part {
      var range = JSONObject()
      range["from"] = part.from.map { .number($0.nanoseconds) }
      range["to"] = part.to.map { .number($0.nanoseconds) }
      line["part"] = .object(range)
    }
    if !placeholders.isEmpty {
      line["placeholders"] = .array(placeholders.map { ["kind": .string($0.kind), "text": .string($0.text)] })
    }
    JSONValue.object(line).append(to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
  }
}

extension JSONObject {
  /// Pairs as members, in their order; a name that is there twice stays so.
  init(_ pairs: [NameValue]) { self.init(pairs.map { ($0.name, .string($0.value)) }) }
}
