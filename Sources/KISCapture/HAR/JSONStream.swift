/// Reads JSON (RFC 8259) of any size piece by piece: the caller walks, nothing but what is asked for is kept.
struct JSONStream {
  /// Why it stopped. The file's name and place are the caller's to add.
  enum Failure: Error {
    /// The text ends in the middle.
    case truncated
    /// Another thing was expected at this byte.
    case unexpected(String, found: String, at: Int64)
    case unreadable(CaptureError)
  }

  var input: CaptureInput
  private var depth = 0

  /// Longer strings than this are read over.
  static let longestString = 16 << 20
  private static let deepest = 512

  init(_ input: CaptureInput) { self.input = input }

  /// Bytes read so far.
  var position: Int64 { input.position }

  // MARK: - Walking

  /// The next byte that is no white space, not taken.
  mutating func peek() throws(Failure) -> UInt8 {
    while true {
      let found = input.withBytes { bytes -> (Int, UInt8?) in
        var index = 0
        while index < bytes.count, bytes[index] == 0x20 || (0x09...0x0D).contains(bytes[index]) { index += 1 }
        return (index, index < bytes.count ? bytes[index] : nil)
      }
      try skip(found.0)
      if let byte = found.1 { return byte }
      guard try fill() else { throw .truncated }
    }
  }

  /// Whether only white space is left.
  mutating func isAtEnd() throws(Failure) -> Bool {
    do throws(Failure) {
      _ = try peek()
      return false
    } catch .truncated {
      return true
    }
  }

  /// Steps over the byte order mark that some programs put in front of everything.
  mutating func skipMark() throws(Failure) {
    if try ensure(3), input.withBytes({ $0.starts(with: [0xEF, 0xBB, 0xBF]) }) { try skip(3) }
  }

  /// A number as it was spelt, with quotes around it or without; nil for anything else, which is read over.
  mutating func numeral() throws(Failure) -> String? {
    try peek() == UInt8(ascii: "\"") ? try text() : try number()
  }

  /// Takes an opening bracket.
  mutating func enter(_ bracket: UInt8, _ expected: String) throws(Failure) {
    guard try peek() == bracket else { throw try unexpected(expected) }
    depth += 1
    guard depth <= JSONStream.deepest else { throw try unexpected("less deeply nested JSON") }
    try skip(1)
  }

  /// The name of the next member of an object; nil when its closing bracket was taken.
  mutating func nextName(isFirst: Bool) throws(Failure) -> [UInt8]? {
    guard try nextItem(closing: UInt8(ascii: "}"), isFirst: isFirst) else { return nil }
    guard let name = try string() else { throw try unexpected("a member's name of ordinary length") }
    guard try peek() == UInt8(ascii: ":") else { throw try unexpected("a colon") }
    try skip(1)
    return name
  }

  /// Whether another element follows; false when the closing bracket was taken.
  mutating func nextElement(isFirst: Bool) throws(Failure) -> Bool {
    try nextItem(closing: UInt8(ascii: "]"), isFirst: isFirst)
  }

  private mutating func nextItem(closing: UInt8, isFirst: Bool) throws(Failure) -> Bool {
    let byte = try peek()
    if byte == closing {
      depth -= 1
      try skip(1)
      return false
    }
    guard !isFirst else { return true }
    guard byte == UInt8(ascii: ",") else { throw try unexpected("a comma or a closing bracket") }
    try skip(1)
    return true
  }

  // MARK: - Values

  /// A string, unescaped; nil when it is longer than ``longestString``.
  mutating func string() throws(Failure) -> [UInt8]? {
    guard try peek() == UInt8(ascii: "\"") else { throw try unexpected("a string") }
    try skip(1)
    var text: [UInt8] = []
    var isTooLong = false
    while true {
      let (count, stop) = input.withBytes { bytes -> (Int, UInt8?) in
        let count = JSONStream.plainLength(bytes)
        if !isTooLong { text.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<count])) }
        return (count, count < bytes.count ? bytes[count] : nil)
      }
      if text.count > JSONStream.longestString {
        isTooLong = true
        text = []
      }
      try skip(count)
      switch stop {
      case nil: guard try fill() else { throw .truncated }
      case UInt8(ascii: "\"")?:
        try skip(1)
        return isTooLong ? nil : text
      default: try unescape(into: &text)
      }
    }
  }

  /// A string as text; nil for anything else, which is read over.
  mutating func text() throws(Failure) -> String? {
    guard try peek() == UInt8(ascii: "\"") else {
      try skipValue()
      return nil
    }
    return try string().map { String(decoding: $0, as: UTF8.self) }
  }

  /// A number as it was spelt; nil for anything else, which is read over.
  mutating func number() throws(Failure) -> String? {
    let first = try peek()
    guard first == UInt8(ascii: "-") || (0x30...0x39).contains(first) else {
      try skipValue()
      return nil
    }
    return try word()
  }

  /// Reads over a value of any kind.
  mutating func skipValue() throws(Failure) {
    let outer = depth
    repeat {
      switch try peek() {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        try skip(1)
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        try skip(1)
      case UInt8(ascii: "\""): try skipString()
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > outer else { throw try unexpected("a value") }
        try skip(1)
      default: _ = try word()
      }
    } while depth > outer
    guard depth == outer else { throw try unexpected("a value") }
  }

  private mutating func skipString() throws(Failure) {
    try skip(1)
    while true {
      let (count, stop) = input.withBytes { bytes -> (Int, UInt8?) in
        let count = JSONStream.plainLength(bytes)
        return (count, count < bytes.count ? bytes[count] : nil)
      }
      try skip(count)
      switch stop {
      case nil: guard try fill() else { throw .truncated }
      case UInt8(ascii: "\"")?:
        try skip(1)
        return
      default:
        guard try ensure(2) else { throw .truncated }
        try skip(2)
      }
    }
  }

  /// A number, `true`, `false` or `null`, as it was spelt.
  private mutating func word() throws(Failure) -> String {
    var text: [UInt8] = []
    while try ensure(1), text.count < 64 {
      guard let byte = input.withBytes({ $0.first }), JSONStream.isOfWord(byte) else { break }
      text.append(byte)
      try skip(1)
    }
    let word = String(decoding: text, as: UTF8.self)
    guard ["true", "false", "null"].contains(word) || Double(word) != nil else { throw try unexpected("a value") }
    return word
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E
      || byte == 0x45
  }

  private mutating func unescape(into text: inout [UInt8]) throws(Failure) {
    guard try ensure(2) else { throw .truncated }
    let letter = input.withBytes { $0[1] }
    let plain: [UInt8: UInt8] = [
      0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09,
    ]
    if letter == UInt8(ascii: "u") {
      text.append(contentsOf: String(try unicodeScalar()).utf8)
    } else if let byte = plain[letter] {
      text.append(byte)
      try skip(2)
    } else {
      throw try unexpected("an escape that JSON knows")
    }
  }

  /// `\uXXXX`, or a surrogate pair of them; a lone surrogate becomes U+FFFD.
  private mutating func unicodeScalar() throws(Failure) -> Unicode.Scalar {
    let first = try hex()
    if first & 0xFC00 == 0xD800, try ensure(6), input.withBytes({ $0[0] == 0x5C && $0[1] == 0x75 }) {
      let second = try hex()
      if second & 0xFC00 == 0xDC00 {
        return Unicode.Scalar(0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF)) ?? "\u{FFFD}"
      }
      return Unicode.Scalar(second) ?? "\u{FFFD}"
    }
    return Unicode.Scalar(first) ?? "\u{FFFD}"
  }

  private mutating func hex() throws(Failure) -> UInt32 {
    guard try ensure(6) else { throw .truncated }
    let digits = input.withBytes { String(decoding: $0[2..<6], as: UTF8.self) }
    guard let value = UInt32(digits, radix: 16) else { throw try unexpected("four hexadecimal digits") }
    try skip(6)
    return value
  }

  /// How many bytes stand in front of the next quote or backslash.
  private static func plainLength(_ bytes: UnsafeRawBufferPointer) -> Int {
    var index = 0
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    while index + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let (quotes, slashes) = (word ^ (ones &* 0x22), word ^ (ones &* 0x5C))
      guard ((quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes) & highs == 0 else { break }
      index += 8
    }
    while index < bytes.count, bytes[index] != 0x22, bytes[index] != 0x5C { index += 1 }
    return index
  }

  // MARK: - Input

  private mutating func skip(_ count: Int) throws(Failure) {
    do throws(CaptureError) { _ = try input.skip(count) } catch { throw .unreadable(error) }
  }

  private mutating func fill() throws(Failure) -> Bool {
    do throws(CaptureError) { return try input.fill() } catch { throw .unreadable(error) }
  }

  private mutating func ensure(_ count: Int) throws(Failure) -> Bool {
    do throws(CaptureError) { return try input.ensure(count) } catch { throw .unreadable(error) }
  }

  private mutating func unexpected(_ expected: String) throws(Failure) -> Failure {
    _ = try ensure(24)
    let found = input.withBytes { String(decoding: $0.prefix(24), as: UTF8.self) }
    return .unexpected(expected, found: found, at: input.position)
  }
}
