/// A line as our writer writes it: `{"t":DIGITS,"ws":"…"}` or `{"t":DIGITS,"conn":DIGITS,"ws":"…"}` with nothing escaped.
/// Nearly every line is one, and it is read without copying a byte.
struct PlainLine {
  var offset: RecordedTime
  var connection: Int?
  /// The message, inside the line.
  var text: UnsafeRawBufferPointer

  /// Nil when the line is anything else, which says nothing about whether it is right.
  @inline(__always)
  init?(_ line: UnsafeRawBufferPointer) {
    // {"t":0,"ws":""} is the shortest.
    guard line.count >= 15, line.starts(with: PlainLine.tail, at: line.count - 2),
      let (offset, connection, index) = PlainLine.head(of: line, before: PlainLine.message), index <= line.count - 2
    else { return nil }
    text = UnsafeRawBufferPointer(rebasing: line[index..<line.count - 2])
    let found = SpecialBytes(in: text)
    guard !found.needsUnescaping else { return nil }
    guard !found.beyondASCII || text.firstInvalidUTF8 == nil else { return nil }
    self.offset = offset
    self.connection = connection
  }

  /// The time of a line that our writer wrote for an exchange, `{"t":DIGITS,"rest":{…}}`; nil for any other line.
  static func offset(ofExchange line: UnsafeRawBufferPointer) -> RecordedTime? {
    guard let (offset, _, _) = head(of: line, before: exchange), line.starts(with: exchangeTail, at: line.count - 2)
    else { return nil }
    return offset
  }

  /// `{"t":DIGITS` and perhaps `,"conn":DIGITS`, with what has to follow; the index is the one behind that.
  @inline(__always)
  private static func head(
    of line: UnsafeRawBufferPointer, before next: StaticString
  ) -> (offset: RecordedTime, connection: Int?, end: Int)? {
    guard line.starts(with: time, at: 0),
      let (nanoseconds, end) = number(in: line, at: time.utf8CodeUnitCount, digits: 18)
    else { return nil }
    let offset = RecordedTime(nanoseconds: nanoseconds)
    if line.starts(with: next, at: end) { return (offset, nil, end + next.utf8CodeUnitCount) }
    guard line.starts(with: connection, at: end),
      let (number, end) = number(in: line, at: end + connection.utf8CodeUnitCount, digits: 9),
      line.starts(with: next, at: end)
    else { return nil }
    return (offset, Int(number), end + next.utf8CodeUnitCount)
  }

  /// Digits as JSON writes a whole number, and the index behind them.
  @inline(__always)
  private static func number(
    in line: UnsafeRawBufferPointer, at start: Int, digits: Int
  ) -> (number: Int64, end: Int)? {
    var index = start
    var number: Int64 = 0
    let limit = min(start + digits, line.count)
    while index < limit, case let digit = line[index] &- 0x30, digit < 10 {
      number = number &* 10 &+ Int64(digit)
      index += 1
    }
    guard index == start + 1 || index > start + 1 && line[start] != 0x30 else { return nil }
    return (number, index)
  }

  private static let time: StaticString = #"{"t":"#
  private static let connection: StaticString = #","conn":"#
  private static let message: StaticString = #","ws":""#
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

  @inline(__always)
  init(in bytes: UnsafeRawBufferPointer) {
    // Nearly all text is plain ASCII, which takes fewer steps to tell than which of the two it is not.
    guard !SpecialBytes.allWords(of: bytes, SpecialBytes.isPlainASCII) else {
      (needsUnescaping, beyondASCII) = (false, false)
      return
    }
    needsUnescaping = !SpecialBytes.allWords(of: bytes, SpecialBytes.isUnescaped)
    beyondASCII = !SpecialBytes.allWords(of: bytes) { ~$0 }
  }

  /// Whether the high bits of all bytes are set in what a function makes of the bytes, eight at a time.
  @inline(__always)
  private static func allWords(of bytes: UnsafeRawBufferPointer, _ marks: (UInt64) -> UInt64) -> Bool {
    var all = highBits
    let whole = bytes.count & ~7
    var index = 0
    while index < whole {
      all &= marks(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index += 8
    }
    if index < bytes.count, index > 0 {
      // The last eight bytes, some of them for the second time.
      all &= marks(bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self))
    } else if index < bytes.count {
      // Letters fill the only word: they are plain.
      var last = ones &* UInt64(UInt8(ascii: "x"))
      withUnsafeMutableBytes(of: &last) { $0.copyMemory(from: .init(rebasing: bytes[index...])) }
      all &= marks(last)
    }
    return all == highBits
  }

  private static let highBits: UInt64 = 0x8080_8080_8080_8080
  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// Sets the high bit of each byte that is ASCII and needs no escape; where one does not, others may lack it too.
  @inline(__always)
  private static func isPlainASCII(_ word: UInt64) -> UInt64 {
    // A quote is a space with one more bit: that bit turned over, it is below 0x21 as all are that are below a space. A
    // sum of two bytes that are ASCII has its high bit from 0x80 on and carries nothing.
    let notLow = (word ^ (ones &* 0x02)) &+ ones &* (0x80 - 0x21)
    let notBackslash = (word ^ (ones &* 0x5C)) &+ ones &* (0x80 - 0x01)
    return notLow & notBackslash & ~word
  }

  /// Sets the high bit of all bytes exactly when none is a quote, a backslash or below a space.
  @inline(__always)
  private static func isUnescaped(_ word: UInt64) -> UInt64 {
    let low = word ^ (ones &* 0x02)
    let backslash = word ^ (ones &* 0x5C)
    return ~(((low &- ones &* 0x21) & ~low) | ((backslash &- ones) & ~backslash))
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
