import Foundation
import KISCapture
import KISRecording
import KISWire

/// One event of a truth file, or of an import in the same form.
struct TruthEvent: Hashable, CustomStringConvertible {
  var connection: String
  var side: CapturedEvent.Side
  var kind: String
  /// Seconds since 1970.
  var time: Double
  /// Method and target, status or close code, then the text.
  var what: String
  /// A notice decrypted.
  var plain: String?

  var description: String { "\(connection) \(side) \(kind) \(time) \(what.prefix(120))" }
}

/// What is known of a capture: the events that a correct importer gives.
struct Truth {
  var header: JSONValue
  var events: [TruthEvent]

  /// Reads `NAME.truth.jsonl`, that of another file with differences included.
  init(of name: String) throws {
    let lines = try Captures.bytes(of: name + ".truth.jsonl").split(separator: 0x0A).map { try JSONValue(parsing: $0) }
    let header = lines[0]
    self.header = header
    var all = lines.dropFirst().map { ($0, TruthEvent($0)) }
    if let other = header["same_as"]?.string {
      let twin = try Captures.bytes(of: other).split(separator: 0x0A).dropFirst().map { try JSONValue(parsing: $0) }
      all = twin.map { ($0, TruthEvent($0)) }
      if let count = header["only_the_first"]?.int { all = Array(all.prefix(count)) }
    }
    let missing = ["not_complete", "not_captured"].compactMap { header[$0]?.array }.first?.compactMap(\.int)
    if let missing {
      all = all.enumerated().filter { !missing.contains($0.offset) }.map(\.element)
    } else {
      all = all.filter { $0.0["captured"]?.bool != false && $0.0["complete"]?.bool != false }
    }
    events = all.map(\.1)
  }
}

extension TruthEvent {
  init(_ json: JSONValue) {
    connection = json["conn"]?.string ?? "1"
    side = json["dir"]?.string == "c2s" ? .client : .server
    kind = json["kind"]?.string ?? ""
    time = json["time"]?.string.flatMap(Double.init) ?? json["time"]?.double ?? 0
    let text = json["text"]?.string ?? ""
    what =
      switch kind {
      case "http-request": "\(json["method"]?.string ?? "") \(json["target"]?.string ?? "") \(text)"
      case "http-response": "\(json["status"]?.int ?? 0) \(text)"
      case "ws-close": "\(json["code"]?.int ?? 0) \(json["reason"]?.string ?? text)"
      default: text
      }
    plain = json["plain"]?.string
  }

  /// The events of an import in the form of the truth, in the order of time, those of one moment as they came.
  static func list(_ events: [CapturedEvent]) -> [TruthEvent] {
    var ciphers = NoticeCiphers()
    let listed = events.flatMap { event -> [TruthEvent] in
      func one(_ kind: String, _ what: String, _ side: CapturedEvent.Side, at time: Int64) -> TruthEvent {
        TruthEvent(
          connection: "\(event.connection)", side: side, kind: kind, time: Double(time) / 1e9, what: what)
      }
      switch event.content {
      case .exchange(let exchange), .open(let exchange):
        return [
          exchange.request.map {
            one("http-request", "\($0.method) \($0.target) \(readable($0.body))", .client, at: event.time)
          },
          exchange.response.map {
            one("http-response", "\($0.status) \(readable($0.body))", .server, at: exchange.answered)
          },
        ].compactMap { $0 }
      case .text(let bytes):
        var text = one("ws-text", readable(bytes), event.side, at: event.time)
        if event.side == .server {
          let isNotice = bytes.starts(with: "1|".utf8)
          let content: RecordedEvent.Content = isNotice ? .ciphertext(bytes) : .message(bytes, from: .server)
          if case .readable(.message(let frame, _)) = ciphers.decrypted(
            RecordedEvent(at: 0, on: event.connection, content))
          {
            text.plain = readable(frame).split(separator: "|", maxSplits: 3).last.map(String.init)
          }
        }
        return [text]
      case .binary(let bytes): return [one("ws-binary", readable(bytes), event.side, at: event.time)]
      case .ping(let bytes): return [one("ws-ping", readable(bytes), event.side, at: event.time)]
      case .pong(let bytes): return [one("ws-pong", readable(bytes), event.side, at: event.time)]
      case .close(let code, let reason):
        return [one("ws-close", "\(code ?? 0) \(readable(reason))", event.side, at: event.time)]
      case .lost: return []
      }
    }
    return listed.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }

  private static func readable(_ bytes: [UInt8]) -> String {
    String(validating: bytes, as: UTF8.self) ?? "hex:" + bytes.map { String(format: "%02x", $0) }.joined()
  }
}

/// The captures that stand beside these tests.
enum Captures {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Captures")

  static func path(of name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }
  static func bytes(of name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

  /// Everything that a source gives.
  static func events(of source: inout some CaptureSource) throws -> [CapturedEvent] {
    var events: [CapturedEvent] = []
    while try source.read(into: &events) {}
    return events
  }
}
