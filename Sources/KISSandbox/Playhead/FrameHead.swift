/// The part of a data message that says where it goes, read in place: `flag|tr_id|count|first value^…`.
struct FrameHead {
  /// Whether the message travels encrypted (flag `1`); recordings keep it decrypted.
  var isEncrypted: Bool
  /// Where tr_id and tr_key lie in the text.
  var transactionID: Range<Int>
  var key: Range<Int>
  /// Where the payload begins.
  var payload: Int

  /// Nil when the text is no data message: a registration reply, a PINGPONG, garbage.
  init?(_ text: UnsafeRawBufferPointer) {
    let bar = UInt8(ascii: "|")
    guard text.count > 4, text[0] == UInt8(ascii: "0") || text[0] == UInt8(ascii: "1"), text[1] == bar else {
      return nil
    }
    isEncrypted = text[0] == UInt8(ascii: "1")
    var index = 2
    while index < text.count, index < 34, text[index] != bar { index += 1 }
    guard index < text.count, text[index] == bar else { return nil }
    transactionID = 2..<index
    index += 1
    let countLimit = min(text.count, index + 12)
    while index < countLimit, text[index] != bar { index += 1 }
    guard index < countLimit else { return nil }
    payload = index + 1
    index = payload
    while index < text.count, text[index] != UInt8(ascii: "^") { index += 1 }
    key = payload..<index
  }
}
