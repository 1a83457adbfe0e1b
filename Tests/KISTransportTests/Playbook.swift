import KISTransport
import NIOCore
import NIOWebSocket
import Testing

/// A conversation on paper: each frame that comes in, and what the protocol makes of it.
struct Playbook: Sendable, CustomTestStringConvertible {
  struct Line: Sendable {
    let frame: WebSocketFrame
    let received: WebSocketProtocol.Received

    init(_ frame: WebSocketFrame, _ received: WebSocketProtocol.Received) {
      self.frame = frame
      self.received = received
    }
  }

  let testDescription: String
  let lines: [Line]

  init(_ name: String, _ lines: Line...) {
    testDescription = name
    self.lines = lines
  }
}

extension WebSocketFrame {
  static func frame(
    _ opcode: WebSocketOpcode, _ bytes: [UInt8], fin: Bool = true, rsv: Int = 0, masked: Bool = true
  ) -> WebSocketFrame {
    let key: WebSocketMaskingKey? = masked ? [0x12, 0x34, 0x56, 0x78] : nil
    var data = ByteBuffer(bytes: bytes)
    if let key { data.webSocketMask(key) }
    return WebSocketFrame(
      fin: fin, rsv1: rsv & 4 != 0, rsv2: rsv & 2 != 0, rsv3: rsv & 1 != 0, opcode: opcode, maskKey: key, data: data)
  }

  static func text(_ text: String, fin: Bool = true) -> WebSocketFrame { .frame(.text, Array(text.utf8), fin: fin) }
  static func more(_ text: String, fin: Bool = true) -> WebSocketFrame {
    .frame(.continuation, Array(text.utf8), fin: fin)
  }
  static func ping(_ text: String) -> WebSocketFrame { .frame(.ping, Array(text.utf8)) }
  static func close(_ code: UInt16, _ reason: String = "") -> WebSocketFrame {
    .frame(.connectionClose, [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(reason.utf8))
  }
}

extension WebSocketProtocol.Received {
  static func text(_ text: String) -> Self { .text(ByteBuffer(string: text)) }
  static func ping(_ text: String) -> Self { .ping(ByteBuffer(string: text)) }
  static func pong(_ text: String) -> Self { .pong(ByteBuffer(string: text)) }

  /// The close code of a violation; the words are free to change.
  var violationCode: WebSocketCloseCode? { if case .violation(let violation) = self { violation.code } else { nil } }

  static func fails(_ code: WebSocketCloseCode) -> Self { .violation(WebSocketViolation(code, "")) }
}
