/// Checks UTF-8 that arrives in pieces, as the fragments of a text message do (RFC 3629, RFC 6455 section 8.1).
///
/// A code point may be cut anywhere between two pieces; overlong forms, surrogates and values above U+10FFFF are refused.
struct UTF8Validator: Sendable, Hashable {
  /// Continuation bytes still owed by the code point that was begun.
  private var owed = 0
  /// What the next continuation byte may be; narrower than `80...BF` only right after some lead bytes.
  private var allowed: ClosedRange<UInt8> = 0x80...0xBF

  /// True when no code point is cut in the middle: a message may end here.
  var isComplete: Bool { owed == 0 }

  /// Takes the next piece; false when the text can no longer become valid.
  mutating func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index < bytes.count {
      if owed == 0 { index = firstNonASCII(in: bytes, from: index) }
      guard index < bytes.count else { return true }
      guard accept(bytes[index]) else { return false }
      index += 1
    }
    return true
  }

  private mutating func accept(_ byte: UInt8) -> Bool {
    if owed > 0 {
      guard allowed.contains(byte) else { return false }
      owed -= 1
      allowed = 0x80...0xBF
      return true
    }
    switch byte {
    case 0x00...0x7F: return true
    case 0xC2...0xDF: owed = 1
    case 0xE0: (owed, allowed) = (2, 0xA0...0xBF)
    case 0xED: (owed, allowed) = (2, 0x80...0x9F)
    case 0xE1...0xEF: owed = 2
    case 0xF0: (owed, allowed) = (3, 0x90...0xBF)
    case 0xF4: (owed, allowed) = (3, 0x80...0x8F)
    case 0xF1...0xF3: owed = 3
    default: return false
    }
    return true
  }

  /// Market data is ASCII nearly throughout, so it is skipped eight bytes at a time.
  private func firstNonASCII(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var index = start
    while index + 8 <= bytes.count {
      guard bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 else { break }
      index += 8
    }
    while index < bytes.count, bytes[index] < 0x80 { index += 1 }
    return index
  }
}
