import KISWire
import Testing

struct MessageFramingTests {
  @Test(
    "the header is that of RFC 6455 section 5.2",
    arguments: [
      (0, [0x81, 0x00]), (125, [0x81, 0x7D]), (126, [0x81, 0x7E, 0x00, 0x7E]), (65535, [0x81, 0x7E, 0xFF, 0xFF]),
      (65536, [0x81, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0]),
    ] as [(Int, [UInt8])])
  func headers(length: Int, header: [UInt8]) {
    var bytes: [UInt8] = [7]
    MessageFraming.append([UInt8](repeating: 0x61, count: length), to: &bytes)
    #expect(Array(bytes.prefix(header.count + 1)) == [7] + header)
    #expect(bytes.count == 1 + header.count + length)
    #expect(MessageFraming.headerLength(ofTextLength: length) == header.count)
  }
}
