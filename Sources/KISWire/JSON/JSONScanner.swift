/// Steps over JSON without making values of it: for text of which only parts are wanted, but all has to be JSON.
///
/// As strict as ``JSONValue/init(parsing:depth:)-(Sequence<UInt8>,_)``, with the same offsets in its errors. Only
/// whether strings are UTF-8 is not looked at.
package struct JSONScanner: JSONCursor {
  package let bytes: UnsafeRawBufferPointer
  /// The byte that comes next.
  package var position: Int
  private var depthLeft: Int

  /// - Parameter depth: how deep arrays and objects may nest.
  package init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0, depth: Int = 64) {
    self.bytes = bytes
    self.position = position
    depthLeft = depth
  }

  /// Steps over white space, and over a byte if it comes next.
  package mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    return takeNext(byte)
  }

  /// Steps over one value and tells where it lies.
  package mutating func value() throws(WireError) -> Range<Int> {
    skipSpace()
    let start = position
    guard position < bytes.count else { throw unexpected("a JSON value") }
    switch bytes[position] {
    case UInt8(ascii: "{"): try object()
    case UInt8(ascii: "["): try array()
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try skipNumber()
    case UInt8(ascii: "t"): try skipLiteral("true")
    case UInt8(ascii: "f"): try skipLiteral("false")
    case UInt8(ascii: "n"): try skipLiteral("null")
    default: throw unexpected("a JSON value")
    }
    return start..<position
  }

  /// Steps over a name in quotes and the colon behind it; tells where the name lies, quotes included.
  package mutating func name() throws(WireError) -> Range<Int> {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw unexpected("a name in quotes") }
    let start = position
    try string()
    let name = start..<position
    guard take(UInt8(ascii: ":")) else {
      throw unexpected("a colon after \(String(decoding: bytes[name], as: UTF8.self))")
    }
    return name
  }

  /// Steps over the end of the text.
  package mutating func end() throws(WireError) {
    skipSpace()
    guard position == bytes.count else { throw unexpected("the end of the text") }
  }

  private mutating func object() throws(WireError) {
    try descend()
    if !take(UInt8(ascii: "}")) {
      repeat {
        _ = try name()
        _ = try value()
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "}")) else { throw unexpected("a comma or a closing brace") }
    }
    depthLeft += 1
  }

  private mutating func array() throws(WireError) {
    try descend()
    if !take(UInt8(ascii: "]")) {
      repeat { _ = try value() } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "]")) else { throw unexpected("a comma or a closing bracket") }
    }
    depthLeft += 1
  }

  private mutating func descend() throws(WireError) {
    guard depthLeft > 0 else { throw unexpected("less deeply nested JSON") }
    depthLeft -= 1
    position += 1
  }

  private mutating func string() throws(WireError) {
    position += 1
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return
      case UInt8(ascii: "\\"):
        position += 1
        try escape()
      case 0..<0x20: throw unexpected("an escaped control character")
      default: position += 1
      }
    }
    throw unexpected("a closing quote")
  }

  private mutating func escape() throws(WireError) {
    guard position < bytes.count else { throw unexpected("a character after the backslash") }
    switch bytes[position] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 1
    case UInt8(ascii: "u"):
      position += 1
      for _ in 0..<4 {
        guard position < bytes.count, isHex(bytes[position]) else { throw unexpected("four hexadecimal digits") }
        position += 1
      }
    default: throw unexpected("one of \" \\ / b f n r t u after the backslash")
    }
  }

  private func isHex(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6
  }
}
