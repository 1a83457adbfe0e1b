/// A line as our writer writes it: `{"t":DIGITS,"ws":"…"}` with nothing escaped. Nearly every line is one,
/// and it is read without copying a byte.
struct PlainLine {
  var offset: Int64
  /// The message, inside the line.
  var text: UnsafeRawBufferPointer

  /// Nil when the line is anything else, which says nothing about whether it is right.
  ///
  /// - Throws: ``LineError`` when the line is plain but its text is not UTF-8.
  init?(_ line: UnsafeRawBufferPointer) throws(LineError) {
    // {"t":0,"ws":""} is the shortest.
    guard line.count >= 15, line.starts(with: PlainLine.head, at: 0),
      line.starts(with: PlainLine.tail, at: line.count - 2)
    else { return nil }
    guard let (offset, digitsEnd) = PlainLine.number(in: line),
      line.starts(with: PlainLine.middle, at: digitsEnd)
    else { return nil }
    let index = digitsEnd + PlainLine.middle.utf8CodeUnitCount
    guard index <= line.count - 2 else { return nil }
    text = UnsafeRawBufferPointer(rebasing: line[index..<line.count - 2])
    let found = SpecialBytes(in: text)
    guard !found.needsUnescaping else { return nil }
    if found.beyondASCII, let broken = text.firstInvalidUTF8 {
      throw LineError(code: .invalidText, offset: index + broken, reason: "the line is not UTF-8 here")
    }
    self.offset = offset
  }

  /// The time of a line that our writer wrote for an exchange, `{"t":DIGITS,"rest":{…}}`; nil for any other line.
  static func offset(ofExchange line: UnsafeRawBufferPointer) -> Int64? {
    guard line.starts(with: head, at: 0), let (offset, index) = number(in: line),
      line.starts(with: exchange, at: index), line.starts(with: exchangeTail, at: line.count - 2)
    else { return nil }
    return offset
  }

  /// The digits behind the head, as JSON writes a whole number, and the index behind them.
  @inline(__always)
  private static func number(in line: UnsafeRawBufferPointer) -> (offset: Int64, end: Int)? {
    let start = head.utf8CodeUnitCount
    var index = start
    var offset: Int64 = 0
    let digitLimit = min(index + 18, line.count)
    while index < digitLimit, case let digit = line[index] &- 0x30, digit < 10 {
      offset = offset &* 10 &+ Int64(digit)
      index += 1
    }
    guard index == start + 1 || index > start + 1 && line[start] != 0x30 else { return nil }
    return (offset, index)
  }

  private static let head: StaticString = #"{"t":"#
  private static let middle: StaticString = #","ws":""#
  private static let tail: StaticString = #""}"#
  private static let exchange: StaticString = #","rest":{"#
  private static let exchangeTail: StaticString = "}}"
}

/// Whether some bytes hold what JSON escapes (quotes, backslashes, control characters) or what is not ASCII.
///
/// Eight bytes a step without a branch, which the compiler widens to whole vector registers.
struct SpecialBytes {
  var needsUnescaping: Bool
  var beyondASCII: Bool

  init(in bytes: UnsafeRawBufferPointer) {
    var special: UInt64 = 0
    var high: UInt64 = 0
    let whole = bytes.count & ~7
    var index = 0
    while index < whole {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      high |= word
      special |= SpecialBytes.marks(in: word)
      index += 8
    }
    if index < bytes.count {
      // Spaces fill the last word: they are plain.
      var last = SpecialBytes.spaces
      withUnsafeMutableBytes(of: &last) { $0.copyMemory(from: .init(rebasing: bytes[index...])) }
      high |= last
      special |= SpecialBytes.marks(in: last)
    }
    needsUnescaping = special != 0
    beyondASCII = high & SpecialBytes.highBits != 0
  }

  private static let highBits: UInt64 = 0x8080_8080_8080_8080
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let spaces = ones &* 0x20

  /// Not zero exactly when a byte is a quote, a backslash or below a space.
  @inline(__always)
  private static func marks(in word: UInt64) -> UInt64 {
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    let control = (word &- spaces) & ~word
    return (((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | control) & highBits
  }
}

extension UnsafeRawBufferPointer {
  /// Whether these bytes stand at an index.
  @inline(__always)
  fileprivate func starts(with text: StaticString, at index: Int) -> Bool {
    guard index >= 0, index + text.utf8CodeUnitCount <= count else { return false }
    for step in 0..<text.utf8CodeUnitCount where self[index + step] != text.utf8Start[step] { return false }
    return true
  }

  /// Where UTF-8 breaks; nil when it is whole.
  var firstInvalidUTF8: Int? {
    if String(validating: self, as: UTF8.self) != nil { return nil }
    var decoder = UTF8()
    var bytes = makeIterator()
    var good = 0
    while case .scalarValue(let scalar) = decoder.decode(&bytes) { good += UTF8.width(scalar) }
    return good
  }
}
