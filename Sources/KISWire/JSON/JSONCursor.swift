/// A place in JSON text: what a reader of values and one that only steps over them have in common.
package protocol JSONCursor {
  associatedtype Bytes: RandomAccessCollection<UInt8> where Bytes.Index == Int, Bytes.SubSequence: Collection<UInt8>
  /// The text; its first byte has the index 0.
  var bytes: Bytes { get }
  /// The byte that comes next.
  var position: Int { get set }
}

extension JSONCursor {
  /// Steps over a byte if it comes next.
  @inline(__always)
  mutating func takeNext(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  @inline(__always)
  mutating func skipSpace() {
    while position < bytes.count, bytes[position].isJSONSpace { position += 1 }
  }

  /// Steps over a number.
  @inline(__always)
  mutating func skipNumber() throws(WireError) {
    _ = takeNext(UInt8(ascii: "-"))
    if !takeNext(UInt8(ascii: "0")) { try skipDigits() }
    if takeNext(UInt8(ascii: ".")) { try skipDigits() }
    if takeNext(UInt8(ascii: "e")) || takeNext(UInt8(ascii: "E")) {
      if !takeNext(UInt8(ascii: "+")) { _ = takeNext(UInt8(ascii: "-")) }
      try skipDigits()
    }
  }

  @inline(__always)
  private mutating func skipDigits() throws(WireError) {
    let start = position
    while position < bytes.count, bytes[position] &- 0x30 < 10 { position += 1 }
    guard position > start else { throw unexpected("a digit") }
  }

  /// Steps over a word.
  @inline(__always)
  mutating func skipLiteral(_ text: StaticString) throws(WireError) {
    for index in 0..<text.utf8CodeUnitCount where !takeNext(text.utf8Start[index]) { throw unexpected("\(text)") }
  }

  /// What is wrong with what comes next.
  package func unexpected(_ expected: String) -> WireError {
    let found =
      position < bytes.count
      ? String(decoding: bytes[position..<min(position + 24, bytes.count)], as: UTF8.self) : "the end"
    return WireError(.json, expected: expected, found: found, at: position)
  }
}
