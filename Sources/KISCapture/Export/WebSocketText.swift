/// Messages of a recording as WebSocket frames.
enum WebSocketText {
  /// One frame with the whole message.
  ///
  /// - Parameter mask: of a client's frame; nil for a server's.
  static func frame(_ opcode: UInt8, _ payload: [UInt8], mask: UInt32?) -> [UInt8] {
    var frame = [0x80 | opcode]
    let bit: UInt8 = mask == nil ? 0 : 0x80
    if payload.count < 126 {
      frame.append(bit | UInt8(payload.count))
    } else {
      let isShort = payload.count < 65_536
      frame.append(bit | (isShort ? 126 : 127))
      for shift in stride(from: isShort ? 8 : 56, through: 0, by: -8) {
        frame.append(UInt8(truncatingIfNeeded: payload.count >> shift))
      }
    }
    guard let mask else { return frame + payload }
    withUnsafeBytes(of: mask) { frame.append(contentsOf: $0) }
    var masked = payload
    FrameShape.unmask(&masked, with: mask)
    return frame + masked
  }
}
