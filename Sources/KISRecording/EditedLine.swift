import Foundation
import KISWire

/// A line in any spelling of JSON, as people and other programs write it: keys in any order, blanks anywhere.
///
/// Slower than ``PlainLine`` and much more talkative about what is wrong.
struct EditedLine {
  private let bytes: [UInt8]
  private let members: JSONObject
  private let positions: RawMembers
  /// Names that mean nothing here and were passed over.
  private(set) var unknown: [LineError] = []

  init(_ line: [UInt8], migration: RecordingMigration) throws(LineError) {
    let value: JSONValue
    do throws(WireError) {
      value = try JSONValue(parsing: line)
    } catch {
      throw LineError(error, in: line)
    }
    guard let object = value.object else {
      throw LineError(offset: 0, reason: "expected an object such as {\"t\":0,\"ws\":\"…\"}, found \(value.kind)")
    }
    members = migration.isNeeded ? migration.event(object) : object
    bytes = migration.isNeeded ? JSONValue.object(members).utf8 : line
    positions = RawMembers(of: bytes)
  }

  /// Whether a line is the beginning of JSON that breaks off.
  static func isCut(_ line: [UInt8]) -> Bool {
    do throws(WireError) {
      _ = try JSONValue(parsing: line)
      return false
    } catch {
      return error.offset >= line.count && !line.isEmpty
    }
  }

  /// The event of this line.
  mutating func event() throws(LineError) -> RecordedEvent {
    let offset = try offset()
    let kinds = ["ws", "ws64", "rest", "marker", "closed"].filter { members[$0] != nil }
    guard let kind = kinds.first else {
      throw LineError(offset: nil, reason: "expected one of ws, ws64, rest, marker or closed beside \"t\", found none")
    }
    guard kinds.count == 1 else {
      throw mistake(at: kinds[1], "a line holds one event, found \(kinds.joined(separator: " and "))")
    }
    noteUnknown(known: kind.hasPrefix("ws") ? ["t", kind, "from"] : ["t", kind])
    return RecordedEvent(at: offset, try content(kind))
  }

  private func offset() throws(LineError) -> Int64 {
    guard let time = members["t"] else {
      throw LineError(offset: nil, reason: "expected \"t\", the nanoseconds since the start, found no such key")
    }
    guard case .number(let digits) = time, let offset = Int64(digits), offset >= 0 else {
      throw mistake(at: "t", "expected whole nanoseconds since the start, 0 or more, found \(time.text)")
    }
    return offset
  }

  private func content(_ kind: String) throws(LineError) -> RecordedEvent.Content {
    let value = members[kind] ?? .null
    switch kind {
    case "ws":
      guard let text = value.string else {
        throw mistake(at: kind, "expected the message as text, found \(value.kind)")
      }
      return .message(Array(text.utf8), from: try side())
    case "ws64":
      guard let text = value.string, let data = Data(base64Encoded: text) else {
        throw mistake(at: kind, "expected the message in base64, found \(value.kind) that is none")
      }
      return .message(Array(data), from: try side())
    case "marker":
      guard let name = value.string else {
        throw mistake(at: kind, "expected the marker's name as text, found \(value.kind)")
      }
      return .marker(name)
    case "closed":
      if value == .null { return .closed(code: nil) }
      guard let code = value.int, (0...65_535).contains(code) else {
        throw mistake(at: kind, "expected a close code from 0 to 65535 or null, found \(value.text)")
      }
      return .closed(code: code)
    default: return .exchange(try exchange(value))
    }
  }

  private func side() throws(LineError) -> RecordedEvent.Side {
    guard let value = members["from"] else { return .server }
    guard let name = value.string, let side = RecordedEvent.Side(rawValue: name) else {
      throw mistake(at: "from", "expected \"server\" or \"client\", found \(value.text)")
    }
    return side
  }

  private func exchange(_ value: JSONValue) throws(LineError) -> RecordedExchange {
    guard let range = positions["rest"], let rest = value.object else {
      throw mistake(at: "rest", "expected an object with method, path, status and body, found \(value.kind)")
    }
    let positions = RawMembers(of: bytes, in: range)
    func wrong(_ name: String, _ reason: String) -> LineError {
      LineError(offset: (positions[name] ?? range).lowerBound, reason: "rest: " + reason)
    }
    func text(_ name: String, default missing: String? = nil) throws(LineError) -> String {
      guard let value = rest[name] else {
        if let missing { return missing }
        throw wrong(name, "expected \"\(name)\", found no such key")
      }
      guard let text = value.string else { throw wrong(name, "expected \(name) as text, found \(value.kind)") }
      return text
    }
    func pairs(_ name: String) throws(LineError) -> [RecordedExchange.Parameter] {
      guard let value = rest[name] else { return [] }
      guard let object = value.object else { throw wrong(name, "expected \(name) as an object, found \(value.kind)") }
      return object.members.map { .init($0.name, $0.value.string ?? $0.value.text) }
    }
    let status = rest["status"] ?? 200
    guard let code = status.int, (100...999).contains(code) else {
      throw wrong("status", "expected an HTTP status of three digits, found \(status.text)")
    }
    let body: String =
      switch (rest["body"], positions["body"]) {
      case (.string(let text)?, _): text
      case (_?, let raw?): String(decoding: bytes[raw], as: UTF8.self)
      default: ""
      }
    return RecordedExchange(
      method: try text("method"), path: try text("path"), transactionID: try text("tr_id", default: ""),
      parameters: try pairs("parameters"), status: code, headers: try pairs("headers"), body: body)
  }

  private mutating func noteUnknown(known: [String]) {
    for name in members.names where !known.contains(name) {
      let reason = "\"\(name)\" means nothing beside \"\(known.dropFirst().joined(separator: "\" and \""))\""
      unknown.append(
        LineError(code: .unknownKey, offset: positions[name]?.lowerBound, reason: reason + "; passed over"))
    }
  }

  private func mistake(at name: String, _ reason: String) -> LineError {
    LineError(offset: positions[name]?.lowerBound, reason: reason)
  }
}

extension LineError {
  /// A syntax error; broken UTF-8 is named as what it is, wherever the parser stumbled over it.
  init(_ error: WireError, in line: [UInt8]) {
    if let broken = line.withUnsafeBytes({ $0.firstInvalidUTF8 }) {
      self.init(code: .invalidText, offset: broken, reason: "the line is not UTF-8 here")
    } else {
      self.init(offset: error.offset, reason: "expected \(error.expected), found \(error.found)")
    }
  }
}
