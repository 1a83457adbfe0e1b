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
    bytes.append(0x81)
    switch length {
    case ..<126: bytes.append(UInt8(truncatingIfNeeded: length))
    case ...0xFFFF:
      bytes.append(126)
      appendBigEndian(length, bytes: 2, to: &bytes)
    default:
      bytes.append(127)
      appendBigEndian(length, bytes: 8, to: &bytes)
    }
  }

  /// How many bytes the header of such a message takes: 2, 4 or 10.
  public static func headerLength(ofTextLength length: Int) -> Int {
    length < 126 ? 2 : length <= 0xFFFF ? 4 : longestHeader
  }

  private static func appendBigEndian(_ value: Int, bytes count: Int, to bytes: inout [UInt8]) {
    for shift in stride(from: (count - 1) * 8, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
