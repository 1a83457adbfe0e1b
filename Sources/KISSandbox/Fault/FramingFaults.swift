import KISScenario
import KISWire

/// WebSocket frames that RFC 6455 does not allow, or that are written in an unusual way.
enum FramingFaults {
  /// The bytes of a text message under a fault.
  static func apply(
    _ fault: FramingFault, to text: [UInt8], using generator: inout SeededGenerator
  ) -> [FaultyOutput] {
    switch fault {
    case .masked: [.wire(masked(text, with: (0..<4).map { _ in UInt8.random(in: 0...255, using: &generator) }))]
    case .reservedBit: [.wire(framed(text, firstByte: 0xC1))]
    case .opcode(let number): [.wire(framed(text, firstByte: 0x80 | opcode(number)))]
    case .binary: [.wire(framed(text, firstByte: 0x82))]
    case .lengthTooLong(let bytes): [.wire(framed(text, extraLength: min(bytes, 65_536)))]
    case .fragments(let count): [.wire(fragments(of: text, count: count))]
    case .pieces(let bytes, let interval): FaultyOutput.pieces(of: framed(text), of: bytes, every: interval)
    case .cut:
      [
        .wire(Array(framed(text).prefix(MessageFraming.headerLength(ofTextLength: text.count) + text.count / 2))),
        .end(.finish),
      ]
    }
  }

  /// One frame; `firstByte` holds FIN, the reserved bits and the opcode.
  private static func framed(_ text: [UInt8], firstByte: UInt8 = 0x81, extraLength: Int = 0) -> [UInt8] {
    var bytes: [UInt8] = []
    MessageFraming.appendHeader(ofTextLength: text.count + extraLength, to: &bytes)
    bytes[0] = firstByte
    return bytes + text
  }

  private static func masked(_ text: [UInt8], with mask: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    MessageFraming.appendHeader(ofTextLength: text.count, to: &bytes)
    bytes[1] |= 0x80
    return bytes + mask + text.enumerated().map { $0.element ^ mask[$0.offset % mask.count] }
  }

  /// Opcodes 3 to 7 and 11 to 15 mean nothing; any other number becomes 3.
  private static func opcode(_ number: Int) -> UInt8 {
    (3...7).contains(number) || (11...15).contains(number) ? UInt8(number) : 3
  }

  /// The same message in several frames: a text frame without FIN, continuations, the last one with FIN.
  private static func fragments(of text: [UInt8], count: Int) -> [UInt8] {
    let count = min(max(count, 2), max(text.count, 2), 10_000)
    var bytes: [UInt8] = []
    for index in 0..<count {
      let part = Array(text[text.count * index / count..<text.count * (index + 1) / count])
      let isLast = index == count - 1
      bytes += framed(part, firstByte: (isLast ? 0x80 : 0) | (index == 0 ? 1 : 0))
    }
    return bytes
  }
}
