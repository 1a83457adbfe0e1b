import KISWire

/// The members of a JSON object and where their values lie, for what parsed JSON has lost: spelling and position.
struct RawMembers {
  struct Member {
    var name: String
    var value: Range<Int>
  }

  private(set) var members: [Member] = []

  /// - Parameter range: where an object lies in the bytes. They must be JSON already; garbage gives fewer members.
  init(of bytes: [UInt8], in range: Range<Int>? = nil) {
    var scan = Scan(bytes: bytes, range: range ?? bytes.indices)
    scan.skipSpace()
    guard scan.take(UInt8(ascii: "{")) else { return }
    while true {
      scan.skipSpace()
      let quoted = scan.value()
      guard let name = try? JSONValue(parsing: bytes[quoted]).string else { return }
      scan.skipSpace()
      guard scan.take(UInt8(ascii: ":")) else { return }
      scan.skipSpace()
      members.append(Member(name: name, value: scan.value()))
      scan.skipSpace()
      guard scan.take(UInt8(ascii: ",")) else { return }
    }
  }

  /// Where the first member of that name has its value.
  subscript(name: String) -> Range<Int>? { members.first { $0.name == name }?.value }
}

private struct Scan {
  let bytes: [UInt8]
  let range: Range<Int>
  var index: Int

  init(bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    self.range = range
    index = range.lowerBound
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard index < range.upperBound, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  mutating func skipSpace() {
    while index < range.upperBound, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
  }

  /// Steps over one value: to the comma or bracket behind it that is outside all of its own quotes and brackets.
  mutating func value() -> Range<Int> {
    let start = index
    var depth = 0
    var isQuoted = false
    while index < range.upperBound {
      let byte = bytes[index]
      if isQuoted {
        if byte == UInt8(ascii: "\\") { index = min(index + 1, range.upperBound - 1) }
        isQuoted = byte != UInt8(ascii: "\"")
      } else {
        switch byte {
        case UInt8(ascii: "\""): isQuoted = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          if depth == 0 { return start..<index }
          depth -= 1
        case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x09, 0x0A, 0x0D: if depth == 0 { return start..<index }
        default: break
        }
      }
      index += 1
    }
    return start..<index
  }
}
