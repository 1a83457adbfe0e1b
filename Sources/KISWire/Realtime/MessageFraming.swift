/// RFC 6455 framing of text messages from a server: one final, unmasked frame each.
///
/// It lets a replay frame its messages once and send the bytes to everybody.
public enum MessageFraming {
  /// The most bytes a header takes.
  public static let longestHeader = 10

  /// Appends a text message with its header.
  public static func append(_ text: [UInt8], to bytes: inout [UInt8]) {
    appendHeader(ofTextLength: text.count, to: &bytes)
    bytes.append(contentsOf: text)
  }

  /// Appends the header alone; exactly `length` bytes of text must follow.
  public static func appendHeader(ofTextLength length: Int, to bytes: inout [UInt8]) {
    switch length {
    case ..<126: append(UInt16(0x8100 | length), to: &bytes)
    case ...0xFFFF: append(UInt32(0x817E_0000 | length), to: &bytes)
    default:
      append(UInt16(0x817F), to: &bytes)
      append(UInt64(length), to: &bytes)
    }
  }

  /// How many bytes the header of such a message takes: 2, 4 or 10.
  public static func headerLength(ofTextLength length: Int) -> Int {
    length < 126 ? 2 : length <= 0xFFFF ? 4 : longestHeader
  }

  /// Appends a number, the most significant byte first.
  private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }
}
