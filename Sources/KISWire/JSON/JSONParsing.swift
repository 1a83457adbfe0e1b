extension JSONValue {
  /// Reads one JSON value that fills the bytes (white space around it is allowed).
  ///
  /// - Parameters:
  ///   - bytes: UTF-8 text, at most what the caller has limited.
  ///   - depth: how deep arrays and objects may nest; deeper input is refused, so no input exhausts the stack.
  /// - Throws: ``WireError`` with code ``WireError/Code/json`` and the byte at which reading stopped.
  public init(parsing bytes: some Sequence<UInt8>, depth: Int = 64) throws(WireError) {
    var parser = JSONParser(bytes: Array(bytes), depthLeft: depth)
    self = try parser.document()
  }

  /// Reads one JSON value from text.
  public init(parsing text: String, depth: Int = 64) throws(WireError) {
    try self.init(parsing: text.utf8, depth: depth)
  }
}

/// A recursive-descent reader of RFC 8259, strict, with byte offsets in its errors.
struct JSONParser: JSONCursor {
  package let bytes: [UInt8]
  package var position = 0
  var depthLeft: Int

  init(bytes: [UInt8], depthLeft: Int) {
    self.bytes = bytes
    self.depthLeft = depthLeft
  }

  mutating func document() throws(WireError) -> JSONValue {
    let value = try self.value()
    skipSpace()
    guard position == bytes.count else { throw unexpected("the end of the text") }
    return value
  }

  private mutating func value() throws(WireError) -> JSONValue {
    skipSpace()
    guard position < bytes.count else { throw unexpected("a JSON value") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try nested { parser throws(WireError) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(WireError) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    default: throw unexpected("a JSON value")
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(WireError) -> JSONValue
  ) throws(WireError) -> JSONValue {
    guard depthLeft > 0 else { throw unexpected("less deeply nested JSON") }
    depthLeft -= 1
    let value = try body(&self)
    depthLeft += 1
    return value
  }

  private mutating func object() throws(WireError) -> JSONValue {
    position += 1
    var members: [JSONObject.Member] = []
    skipSpace()
    if takeNext(UInt8(ascii: "}")) { return .object(JSONObject(members)) }
    while true {
      skipSpace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw unexpected("a name in quotes") }
      let name = try string()
      skipSpace()
      guard takeNext(UInt8(ascii: ":")) else { throw unexpected("a colon after \"\(name)\"") }
      members.append(.init(name, try value()))
      skipSpace()
      if takeNext(UInt8(ascii: ",")) { continue }
      if takeNext(UInt8(ascii: "}")) { return .object(JSONObject(members)) }
      throw unexpected("a comma or a closing brace")
    }
  }

  private mutating func array() throws(WireError) -> JSONValue {
    position += 1
    var elements: [JSONValue] = []
    skipSpace()
    if takeNext(UInt8(ascii: "]")) { return .array(elements) }
    while true {
      elements.append(try value())
      skipSpace()
      if takeNext(UInt8(ascii: ",")) { continue }
      if takeNext(UInt8(ascii: "]")) { return .array(elements) }
      throw unexpected("a comma or a closing bracket")
    }
  }

  private mutating func string() throws(WireError) -> String {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""): return try text(bytes[start..<position])
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      case 0..<0x20: throw unexpected("an escaped control character")
      default: position += 1
      }
    }
    throw unexpected("a closing quote")
  }

  /// Goes on with a string at its first backslash.
  private mutating func escapedString(from first: Int) throws(WireError) -> String {
    var unescaped: [UInt8] = []
    var start = first
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        unescaped.append(contentsOf: bytes[start..<position])
        return try text(unescaped[...])
      case UInt8(ascii: "\\"):
        unescaped.append(contentsOf: bytes[start..<position])
        position += 1
        try escape(into: &unescaped)
        start = position
      case 0..<0x20: throw unexpected("an escaped control character")
      default: position += 1
      }
    }
    throw unexpected("a closing quote")
  }

  /// The text of a string whose closing quote is next.
  private mutating func text(_ unescaped: ArraySlice<UInt8>) throws(WireError) -> String {
    guard let text = String(validating: unescaped, as: UTF8.self) else { throw unexpected("valid UTF-8") }
    position += 1
    return text
  }

  private mutating func escape(into unescaped: inout [UInt8]) throws(WireError) {
    guard position < bytes.count else { throw unexpected("a character after the backslash") }
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(byte)
    case UInt8(ascii: "b"): unescaped.append(8)
    case UInt8(ascii: "f"): unescaped.append(12)
    case UInt8(ascii: "n"): unescaped.append(10)
    case UInt8(ascii: "r"): unescaped.append(13)
    case UInt8(ascii: "t"): unescaped.append(9)
    case UInt8(ascii: "u"):
      position += 1
      unescaped.append(contentsOf: Array(String(Character(try unicodeScalar())).utf8))
      return
    default: throw unexpected("one of \" \\ / b f n r t u after the backslash")
    }
    position += 1
  }

  /// `\uXXXX`, or a surrogate pair of them. A lone surrogate becomes U+FFFD, as browsers do.
  private mutating func unicodeScalar() throws(WireError) -> Unicode.Scalar {
    let first = try hex4()
    if first & 0xFC00 == 0xD800, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    {
      let back = position
      position += 2
      let second = try hex4()
      if second & 0xFC00 == 0xDC00 {
        return Unicode.Scalar(0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF)) ?? "\u{FFFD}"
      }
      position = back
    }
    return Unicode.Scalar(first) ?? "\u{FFFD}"
  }

  private mutating func hex4() throws(WireError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count, let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else {
        throw unexpected("four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  private mutating func number() throws(WireError) -> String {
    let start = position
    try skipNumber()
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(WireError) -> JSONValue {
    try skipLiteral(text)
    return value
  }
}
