/// Text in quotes as Python prints it, `'…'` or `b'…'`, and as JSON and most languages do, `"…"`.
enum PythonLiteral {
  /// Reads a literal whose opening quote stands at an index.
  ///
  /// - Parameter isBytes: whether a `b` stands in front, so that `\x..` is a byte and no character.
  /// - Returns: what it says and the index behind the closing quote; nil when it does not end.
  static func read(_ line: ArraySlice<UInt8>, at start: Int, isBytes: Bool) -> (text: [UInt8], end: Int)? {
    guard start < line.endIndex else { return nil }
    let quote = line[start]
    var text: [UInt8] = []
    var index = start + 1
    while index < line.endIndex {
      let byte = line[index]
      if byte == quote { return (text, index + 1) }
      index += 1
      guard byte == UInt8(ascii: "\\"), index < line.endIndex else {
        text.append(byte)
        continue
      }
      let letter = line[index]
      index += 1
      switch letter {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "x"), UInt8(ascii: "u"), UInt8(ascii: "U"):
        let width = letter == UInt8(ascii: "x") ? 2 : letter == UInt8(ascii: "u") ? 4 : 8
        guard let value = hex(line, at: index, width) else { return nil }
        index += width
        if isBytes, width == 2 {
          text.append(UInt8(truncatingIfNeeded: value))
        } else {
          var scalar = value
          // JSON spells what lies beyond U+FFFF as two.
          if width == 4, value & 0xFC00 == 0xD800, line[index...].starts(with: [0x5C, 0x75]),
            let low = hex(line, at: index + 2, 4), low & 0xFC00 == 0xDC00
          {
            scalar = 0x10000 + ((value & 0x3FF) << 10) + (low & 0x3FF)
            index += 6
          }
          text.append(contentsOf: String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
        }
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "/"): text.append(letter)
      default: text.append(contentsOf: [byte, letter])
      }
    }
    return nil
  }

  private static func hex(_ line: ArraySlice<UInt8>, at index: Int, _ width: Int) -> UInt32? {
    guard index + width <= line.endIndex else { return nil }
    return UInt32(String(decoding: line[index..<index + width], as: UTF8.self), radix: 16)
  }
}
