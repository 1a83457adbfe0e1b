import KISWire

/// The members of a JSON object and where their values lie. Values are read when they are asked for: the body of an
/// answer, most of its line, is kept as it stands and never taken apart.
struct RawMembers {
  private struct Member {
    var name: String
    var value: Range<Int>
  }

  private let bytes: [UInt8]
  private var members: [Member] = []

  /// - Parameters:
  ///   - range: where an object lies in the bytes; all of them by default.
  /// - Throws: ``WireError`` at the first byte that is not JSON.
  init(of bytes: [UInt8], in range: Range<Int>? = nil) throws(WireError) {
    self.bytes = bytes
    let found: Result<[Member], WireError> = bytes.withUnsafeBytes { text in
      Result { () throws(WireError) in try RawMembers.members(in: text, at: range) }
    }
    members = try found.get()
  }

  private static func members(in text: UnsafeRawBufferPointer, at range: Range<Int>?) throws(WireError) -> [Member] {
    var scanner = JSONScanner(text, at: range?.lowerBound ?? 0)
    var members: [Member] = []
    guard scanner.take(UInt8(ascii: "{")) else { throw scanner.unexpected("an object") }
    if !scanner.take(UInt8(ascii: "}")) {
      repeat {
        let name = try scanner.name()
        members.append(Member(name: try RawMembers.text(of: name, in: text), value: try scanner.value()))
      } while scanner.take(UInt8(ascii: ","))
      guard scanner.take(UInt8(ascii: "}")) else { throw scanner.unexpected("a comma or a closing brace") }
    }
    if range == nil { try scanner.end() }
    return members
  }

  /// The names in order, duplicates included.
  var names: [String] { members.map(\.name) }

  /// Where the first member of that name has its value.
  func range(of name: String) -> Range<Int>? { members.first { $0.name == name }?.value }

  /// The value of the first member of that name.
  func value(of name: String) throws(WireError) -> JSONValue? {
    guard let range = range(of: name) else { return nil }
    return try JSONValue(parsing: bytes[range])
  }

  private static func text(of quoted: Range<Int>, in bytes: UnsafeRawBufferPointer) throws(WireError) -> String {
    let plain = bytes[quoted.dropFirst().dropLast()]
    guard plain.contains(UInt8(ascii: "\\")) else { return String(decoding: plain, as: UTF8.self) }
    return try JSONValue(parsing: bytes[quoted]).string ?? ""
  }
}
