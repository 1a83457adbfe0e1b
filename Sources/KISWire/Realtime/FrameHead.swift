/// The part of a data message that says where it goes, read in place: `flag|tr_id|count|first value^…`.
///
/// The first value is the tr_key in all TRs that have one. It allocates nothing, for streams of millions of messages;
/// ``Frame`` is the convenient way to read one.
package struct FrameHead {
  /// Whether the message travels encrypted (flag `1`); recordings keep it decrypted.
  package let isEncrypted: Bool
  /// Where tr_id and tr_key lie in the text.
  package let transactionID: Range<Int>
  package let key: Range<Int>
  /// How many records the message says it has; 0 when its count is no number.
  package let count: Int
  /// Where the payload begins.
  package let payload: Int

  /// Nil when the text is no data message: a registration reply, a PINGPONG, garbage.
  package init?(_ text: UnsafeRawBufferPointer) {
    let bar = UInt8(ascii: "|")
    guard text.count > 4, text[0] == UInt8(ascii: "0") || text[0] == UInt8(ascii: "1"), text[1] == bar else {
      return nil
    }
    var index = 2
    let idLimit = min(text.count, 34)
    while index < idLimit, text[index] != bar { index += 1 }
    guard index < idLimit else { return nil }
    let idEnd = index
    index += 1
    var count: Int? = 0
    let countLimit = min(text.count, index + 9)
    while index < countLimit, text[index] != bar {
      let digit = Int(text[index]) - 0x30
      count = (0...9).contains(digit) ? count.map { $0 * 10 + digit } : nil
      index += 1
    }
    guard index < countLimit else { return nil }
    payload = index + 1
    index = payload
    while index < text.count, text[index] != UInt8(ascii: "^") { index += 1 }
    isEncrypted = text[0] == UInt8(ascii: "1")
    transactionID = 2..<idEnd
    key = payload..<index
    self.count = count ?? 0
  }

  /// Whether the payload of a message with flag `1` is still encrypted: whole AES blocks in base64, and so nothing that
  /// has values.
  package func isCiphertext(in text: UnsafeRawBufferPointer) -> Bool {
    let encoded = text.count - payload
    guard isEncrypted, encoded >= 24, encoded % 4 == 0 else { return false }
    let padding = text[text.count - 1] != UInt8(ascii: "=") ? 0 : text[text.count - 2] != UInt8(ascii: "=") ? 1 : 2
    guard (encoded / 4 * 3 - padding) % 16 == 0 else { return false }
    return text[payload..<text.count - padding].allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
        true
      default: false
      }
    }
  }
}
