import Foundation
import KISWire

/// A line in any spelling of JSON, as people and other programs write it: keys in any order, blanks anywhere.
///
/// Slower than ``PlainLine`` and much more talkative about what is wrong.
struct EditedLine {
  private let members: RawMembers
  private let bytes: [UInt8]
  private let acceptsCiphertext: Bool
  /// Names that mean nothing here and were passed over.
  private(set) var unknown: [LineError] = []

  /// - Parameter acceptsCiphertext: reads a notice that is still encrypted as what it is, although the line does not say
  ///   `"cipher":true`.
  init(_ line: [UInt8], migration: RecordingMigration, acceptsCiphertext: Bool = false) throws(LineError) {
    if let broken = line.withUnsafeBytes({ SpecialBytes(in: $0).beyondASCII ? $0.firstInvalidUTF8 : nil }) {
      throw LineError(code: .invalidText, offset: broken, reason: "the line is not UTF-8 here")
    }
    self.acceptsCiphertext = acceptsCiphertext
    do throws(WireError) {
      let members = try RawMembers(of: line)
      let isSame = migration.leavesPlainLines && !Set(["ws", "rest"]).isDisjoint(with: members.names)
      guard migration.isNeeded, !isSame, let object = try JSONValue(parsing: line).object else {
        (self.members, bytes) = (members, line)
        return
      }
      // Errors point into the line as it stands in the file wherever that is what was read.
      let migrated = migration.event(object)
      bytes = migrated == object ? line : JSONValue.object(migrated).utf8
      self.members = try RawMembers(of: bytes)
    } catch {
      if let value = try? JSONValue(parsing: line), value.object == nil {
        throw LineError(offset: 0, reason: "expected an object such as {\"t\":0,\"ws\":\"…\"}, found \(value.kind)")
      }
      throw LineError(offset: error.offset, reason: "expected \(error.expected), found \(error.found)")
    }
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
    let kinds = RecordedEventKind.allCases.filter { members.range(of: $0.rawValue) != nil }
    guard let kind = kinds.first else {
      let names = RecordedEventKind.allCases.map(\.rawValue)
      throw LineError(
        offset: nil,
        reason:
          "expected one of \(names.dropLast().joined(separator: ", ")) or \(names.last ?? "") beside \"t\", found none")
    }
    guard kinds.count == 1 else {
      let found = kinds.map(\.rawValue).joined(separator: " and ")
      throw mistake(at: kinds[1].rawValue, "a line holds one event, found \(found)")
    }
    noteUnknown(known: kind.members)
    return RecordedEvent(at: offset, on: try connection(), isCarried: try flag("carried"), try content(kind))
  }

  private func offset() throws(LineError) -> RecordedTime {
    guard let time = try value("t") else {
      throw LineError(offset: nil, reason: "expected \"t\", the nanoseconds since the start, found no such key")
    }
    guard case .number(let digits) = time, let offset = Int64(digits), offset >= 0 else {
      throw mistake(at: "t", "expected whole nanoseconds since the start, 0 or more, found \(time.text)")
    }
    return RecordedTime(nanoseconds: offset)
  }

  private func connection() throws(LineError) -> Int? {
    guard let value = try value("conn") else { return nil }
    guard let number = value.int, (0...RecordedEvent.highestConnection).contains(number) else {
      throw mistake(
        at: "conn",
        "expected the number of a connection from 0 to \(RecordedEvent.highestConnection), found \(value.text)")
    }
    return number
  }

  private func flag(_ name: String) throws(LineError) -> Bool {
    guard let value = try value(name) else { return false }
    guard let flag = value.bool else { throw mistake(at: name, "expected true or false, found \(value.text)") }
    return flag
  }

  private func content(_ kind: RecordedEventKind) throws(LineError) -> RecordedEvent.Content {
    switch kind {
    case .open: return .opened(try opening())
    case .text, .bytes: return try message(kind)
    case .ping, .pingBytes: return .ping(try payload(kind), from: try side())
    case .pong, .pongBytes: return .pong(try payload(kind), from: try side())
    case .close: return .closed(try closing())
    case .lost:
      let value = try value(kind.rawValue) ?? .null
      guard value == true else { throw mistake(at: kind.rawValue, "expected true, found \(value.text)") }
      return .lost
    case .exchange: return .exchange(try exchange())
    case .marker:
      let value = try value(kind.rawValue) ?? .null
      guard let name = value.string else {
        throw mistake(at: kind.rawValue, "expected the marker's name as text, found \(value.kind)")
      }
      return .marker(name)
    }
  }

  private func message(_ kind: RecordedEventKind) throws(LineError) -> RecordedEvent.Content {
    let bytes = try payload(kind)
    let side = try side()
    if try flag("binary") { return .binary(bytes, from: side) }
    let isCiphertext = side == .server && bytes.withUnsafeBytes { FrameHead($0)?.isCiphertext(in: $0) ?? false }
    if try flag("cipher") {
      guard isCiphertext else {
        throw mistake(at: "cipher", "expected a message 1|tr_id|count|base64 beside \"cipher\", found another")
      }
      return .ciphertext(bytes)
    }
    guard isCiphertext else { return .message(bytes, from: side) }
    guard acceptsCiphertext else { throw .ciphertext(at: members.range(of: kind.rawValue)?.lowerBound) }
    return .ciphertext(bytes)
  }

  private func payload(_ kind: RecordedEventKind) throws(LineError) -> [UInt8] {
    let value = try value(kind.rawValue) ?? .null
    if kind.isBase64 {
      guard let text = value.string, let data = Data(base64Encoded: text) else {
        throw mistake(at: kind.rawValue, "expected the message in base64, found \(value.kind) that is none")
      }
      return Array(data)
    }
    guard let text = value.string else {
      throw mistake(at: kind.rawValue, "expected the message as text, found \(value.kind)")
    }
    return Array(text.utf8)
  }

  private func side() throws(LineError) -> RecordedEvent.Side {
    guard let value = try value("from") else { return .server }
    guard let name = value.string, let side = RecordedEvent.Side(rawValue: name) else {
      throw mistake(at: "from", "expected \"server\" or \"client\", found \(value.text)")
    }
    return side
  }

  private func opening() throws(LineError) -> RecordedEvent.Opening {
    let members = try LineMembers("open", in: bytes, at: members.range(of: "open"), expected: "path and headers")
    return RecordedEvent.Opening(path: try members.text("path"), headers: try members.pairs("headers"))
  }

  private func closing() throws(LineError) -> RecordedEvent.Closing {
    let members = try LineMembers("close", in: bytes, at: members.range(of: "close"), expected: "code and reason")
    return RecordedEvent.Closing(
      code: try members.number("code", 0...65_535, expected: "a close code from 0 to 65535 or null"),
      reason: try members.text("reason", default: ""), from: try side())
  }

  private func exchange() throws(LineError) -> RecordedExchange {
    let members = try LineMembers(
      "rest", in: bytes, at: members.range(of: "rest"), expected: "method, path, status and body")
    let status =
      try members.number("status", 0...999, expected: "an HTTP status of three digits, 0 for no answer") ?? 200
    guard status == RecordedExchange.unanswered || status >= 100 else {
      throw members.wrong("status", "expected an HTTP status of three digits, 0 for no answer, found \(status)")
    }
    return RecordedExchange(
      method: try members.text("method"), path: try members.text("path"),
      transactionID: try members.text("tr_id", default: ""), parameters: try members.pairs("parameters"),
      requestHeaders: try members.pairs("request_headers"), requestBody: try members.body("request_body"),
      status: status, headers: try members.pairs("headers"), body: try members.body("body"),
      took: try members.duration("took"), firstByte: try members.duration("first_byte"))
  }

  private mutating func noteUnknown(known: [String]) {
    for name in members.names where !known.contains(name) {
      let near = Similarity.nearest(to: name, in: known, count: 1).first.map { "; did you mean \"\($0)\"?" } ?? ""
      unknown.append(
        LineError(
          code: .unknownKey, offset: members.range(of: name)?.lowerBound,
          reason: "\"\(name)\" means nothing in such a line and was passed over\(near)"))
    }
  }

  private func value(_ name: String) throws(LineError) -> JSONValue? {
    do throws(WireError) {
      return try members.value(of: name)
    } catch {
      throw mistake(at: name, "expected \(error.expected), found \(error.found)")
    }
  }

  private func mistake(at name: String, _ reason: String) -> LineError {
    LineError(offset: members.range(of: name)?.lowerBound, reason: reason)
  }
}

extension LineError {
  /// A notice as it went over the wire, which nobody can read and no other session's key would fit.
  static func ciphertext(at offset: Int?) -> LineError {
    LineError(
      code: .ciphertext, offset: offset,
      reason: """
        this notice is still encrypted; `kis-mock redact` decrypts it where the recording holds its key, and \
        "cipher":true beside it keeps it as it is
        """)
  }
}
