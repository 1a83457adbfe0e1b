/// The header of a WebSocket frame, and by which form a frame is known where no handshake tells.
struct FrameShape {
  var opcode: UInt8
  var isFinal: Bool
  /// RSV1, which permessage-deflate sets.
  var isCompressed: Bool
  /// The four bytes as they stand in memory; nil for a frame that is not masked.
  var mask: UInt32?
  /// Bytes of the header.
  var size: Int
  /// Bytes of the payload.
  var length: Int

  enum Reading {
    case shape(FrameShape)
    case incomplete
    case malformed
  }

  /// Longer frames than this are none.
  private static let longest: UInt64 = 1 << 32

  static func read(_ bytes: UnsafeRawBufferPointer) -> Reading {
    guard let first = bytes.first else { return .incomplete }
    let opcode = first & 0x0F
    // RSV2 and RSV3 have no meaning yet, 3 to 7 and 11 to 15 are no opcodes.
    guard first & 0x30 == 0, [0, 1, 2, 8, 9, 10].contains(opcode) else { return .malformed }
    guard opcode < 8 || first & 0xC0 == 0x80 else { return .malformed }
    guard bytes.count >= 2 else { return .incomplete }
    let isMasked = bytes[1] & 0x80 != 0
    var length = UInt64(bytes[1] & 0x7F)
    var size = 2
    if length >= 126 {
      guard opcode < 8 else { return .malformed }
      size = length == 126 ? 4 : 10
      guard bytes.count >= size else { return .incomplete }
      let isShort = length == 126
      length = isShort ? UInt64(bytes.big16(2)) : bytes.big64(2)
      // The shortest form is the only one.
      guard length >= (isShort ? 126 : 65_536), length <= longest else { return .malformed }
    }
    var mask: UInt32?
    if isMasked {
      guard bytes.count >= size + 4 else { return .incomplete }
      mask = bytes.loadUnaligned(fromByteOffset: size, as: UInt32.self)
      size += 4
    }
    return .shape(
      FrameShape(
        opcode: opcode, isFinal: first & 0x80 != 0, isCompressed: first & 0x40 != 0, mask: mask, size: size,
        length: Int(length)))
  }

  /// Takes the mask off in place; the payload begins with the mask's first byte.
  static func unmask(_ bytes: inout [UInt8], with mask: UInt32) {
    let wide = UInt64(mask) << 32 | UInt64(mask)
    bytes.withUnsafeMutableBytes { bytes in
      var index = 0
      while index + 8 <= bytes.count {
        let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ wide
        bytes.storeBytes(of: word, toByteOffset: index, as: UInt64.self)
        index += 8
      }
      withUnsafeBytes(of: mask) { mask in
        while index < bytes.count {
          bytes[index] ^= mask[index & 3]
          index += 1
        }
      }
    }
  }

  static func control(_ opcode: UInt8, _ bytes: [UInt8]) -> CapturedEvent.Content {
    switch opcode {
    case 9: .ping(bytes)
    case 10: .pong(bytes)
    default:
      bytes.count >= 2
        ? .close(code: UInt16(bytes[0]) << 8 | UInt16(bytes[1]), reason: Array(bytes[2...]))
        : .close(code: nil, reason: [])
    }
  }

  /// What the beginning of a segment tells of the stream.
  struct Form {
    var isMasked: Bool
    /// Whether a text that KIS or its client would send is in it; nothing else looks like that by chance.
    var isTelling: Bool
  }

  /// The form of frames, one behind another up to the end of the bytes; nil when they are none.
  static func form(of bytes: UnsafeRawBufferPointer) -> Form? {
    var rest = bytes
    var form: Form?
    while !rest.isEmpty {
      switch read(rest) {
      case .malformed: return nil
      case .incomplete: return form
      case .shape(let shape):
        let isMasked = shape.mask != nil
        if let form, form.isMasked != isMasked { return nil }
        let available = min(shape.length, rest.count - shape.size)
        var payload = Array(rest[shape.size..<shape.size + available])
        if let mask = shape.mask { unmask(&payload, with: mask) }
        guard !shape.isCompressed, isPlausible(payload, of: shape) else { return nil }
        let isTelling = shape.opcode == 1 && isTellingText(payload)
        form = Form(isMasked: isMasked, isTelling: isTelling || form?.isTelling == true)
        rest = UnsafeRawBufferPointer(rebasing: rest[(shape.size + available)...])
      }
    }
    return form
  }

  private static func isPlausible(_ payload: [UInt8], of shape: FrameShape) -> Bool {
    switch shape.opcode {
    case 1:
      // The start of a message has text; one broken byte is tolerated (quirk 87), binary data are not.
      payload.count(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) == 0
    case 8:
      shape.length == 0 || shape.length >= 2 && payload.count >= 2 && (3...0x13).contains(payload[0])
    default: true
    }
  }

  private static func isTellingText(_ payload: [UInt8]) -> Bool {
    payload.first == UInt8(ascii: "{")
      || payload.count >= 2 && (payload[0] | 1) == UInt8(ascii: "1") && payload[1] == UInt8(ascii: "|")
  }
}
