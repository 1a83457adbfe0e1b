import NIOCore
import NIOWebSocket

extension WebSocketProtocol {
  /// Feeds bytes to a server's protocol as frames: a byte with the bits and the opcode, a byte with the length, the
  /// payload; every fourth input leaves the masks out. For fuzzing.
  ///
  /// - Returns: whether nothing in them broke the protocol.
  package static func survives(_ bytes: [UInt8]) -> Bool {
    var connection = WebSocketProtocol(role: .server, maximumMessageSize: 256)
    var rest = bytes[...]
    let isMasked = bytes.count % 4 != 3
    while let first = rest.popFirst(), let length = rest.popFirst() {
      let payload = rest.prefix(Int(length))
      rest = rest.dropFirst(Int(length))
      let frame = WebSocketFrame(
        fin: first & 0x80 == 0, rsv1: first & 0x40 != 0, rsv2: first & 0x20 != 0, rsv3: first & 0x10 != 0,
        opcode: WebSocketOpcode(encodedWebSocketOpcode: first & 0x0F) ?? .text,
        maskKey: isMasked ? [0, 0, 0, 0] : nil, data: ByteBuffer(bytes: payload))
      if case .violation = connection.receive(frame) { return false }
    }
    return true
  }
}
