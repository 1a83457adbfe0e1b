import Foundation
import KISWire

extension RecordedEvent {
  /// Appends the event as one line of a recording, line feed included.
  public func appendLine(to bytes: inout [UInt8]) {
    switch content {
    case .message(let message, let side):
      message.withUnsafeBytes { RecordedEvent.appendMessageLine($0, from: side, at: offset, to: &bytes) }
    case .exchange(let exchange):
      RecordedEvent.appendHead("rest", at: offset, to: &bytes)
      exchange.append(to: &bytes)
      bytes.append(contentsOf: "}\n".utf8)
    case .marker(let name):
      RecordedEvent.appendHead("marker", at: offset, to: &bytes)
      JSONValue.appendQuoted(name.utf8, to: &bytes)
      bytes.append(contentsOf: "}\n".utf8)
    case .closed(let code):
      RecordedEvent.appendHead("closed", at: offset, to: &bytes)
      bytes.append(contentsOf: (code.map { String($0) } ?? "null").utf8)
      bytes.append(contentsOf: "}\n".utf8)
    }
  }

  /// Appends a message as one line of a recording: as text when it is UTF-8, else as base64.
  static func appendMessageLine(
    _ message: UnsafeRawBufferPointer, from side: Side, at offset: Int64, to bytes: inout [UInt8]
  ) {
    let special = SpecialBytes(in: message)
    if special.beyondASCII, message.firstInvalidUTF8 != nil {
      appendHead("ws64", at: offset, to: &bytes)
      JSONValue.appendQuoted(Data(message).base64EncodedString().utf8, to: &bytes)
    } else {
      appendHead("ws", at: offset, to: &bytes)
      if special.needsUnescaping {
        JSONValue.appendQuoted(message, to: &bytes)
      } else {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: message)
        bytes.append(UInt8(ascii: "\""))
      }
    }
    if side == .client { bytes.append(contentsOf: #","from":"client""#.utf8) }
    bytes.append(contentsOf: "}\n".utf8)
  }

  private static func appendHead(_ kind: StaticString, at offset: Int64, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: #"{"t":"#.utf8)
    bytes.append(contentsOf: String(offset).utf8)
    bytes.append(contentsOf: #",""#.utf8)
    bytes.append(contentsOf: UnsafeBufferPointer(start: kind.utf8Start, count: kind.utf8CodeUnitCount))
    bytes.append(contentsOf: #"":"#.utf8)
  }
}

extension RecordedExchange {
  /// How deep a body may nest to stand in its line as JSON; the line around it adds two levels.
  static let bodyDepth = 60

  /// Whether the body can stand in a line as it is: one line of JSON, an object or an array.
  private var isBodyRaw: Bool {
    let body = body.utf8
    guard body.first == UInt8(ascii: "{") || body.first == UInt8(ascii: "["),
      body.last == UInt8(ascii: "}") || body.last == UInt8(ascii: "]"),
      !body.contains(0x0A), !body.contains(0x0D)
    else { return false }
    return (try? JSONValue(parsing: body, depth: RecordedExchange.bodyDepth)) != nil
  }

  fileprivate func append(to bytes: inout [UInt8]) {
    func member(_ name: String, _ value: JSONValue) {
      JSONValue.appendQuoted(name.utf8, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      value.append(to: &bytes)
      bytes.append(UInt8(ascii: ","))
    }
    func object(_ parameters: [Parameter]) -> JSONValue {
      .object(JSONObject(parameters.map { ($0.name, .string($0.value)) }))
    }
    bytes.append(UInt8(ascii: "{"))
    member("method", .string(method))
    member("path", .string(path))
    member("tr_id", .string(transactionID))
    if !parameters.isEmpty { member("parameters", object(parameters)) }
    member("status", .number(status))
    if !headers.isEmpty { member("headers", object(headers)) }
    bytes.append(contentsOf: #""body":"#.utf8)
    if isBodyRaw {
      bytes.append(contentsOf: body.utf8)
    } else {
      JSONValue.appendQuoted(body.utf8, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }
}

extension RecordingHeader {
  /// Appends the header as the first line of a recording, line feed included.
  public func appendLine(to bytes: inout [UInt8]) {
    let line: JSONValue = [
      "kis_recording": .number(version), "start": .string(start), "venue": .string(venue.rawValue),
      "dialect": .string(dialectDay), "provenance": .string(provenance.rawValue), "source": .string(source),
      "title": .string(title),
    ]
    line.append(to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
  }
}
