import Testing

@testable import KISRecording

@Suite("Bytes that JSON escapes")
struct SpecialBytesTests {
  @Test("are found wherever they stand, and no others are, whatever stands beside them", arguments: [1, 8, 9, 23])
  func everyByte(length: Int) {
    for neighbour in [UInt8(ascii: "0"), 0x20, 0x21, 0x23, 0x5B, 0x5D, 0x7F, 0x80, 0xFF] {
      for byte in UInt8.min...UInt8.max {
        for position in 0..<length {
          var text = [UInt8](repeating: neighbour, count: length)
          text[position] = byte
          let found = text.withUnsafeBytes { SpecialBytes(in: $0) }
          let isEscaped = byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
          if found.needsUnescaping != isEscaped || found.beyondASCII != text.contains(where: { $0 > 0x7F }) {
            Issue.record("\(byte) at \(position) among \(neighbour) in \(length)")
          }
        }
      }
    }
  }
}
