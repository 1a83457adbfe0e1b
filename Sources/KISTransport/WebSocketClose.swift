public import NIOCore

/// What a close frame says: a code and a reason, or nothing at all (RFC 6455 section 5.5.1).
public struct WebSocketClose: Sendable, Hashable {
  /// Nil when the close frame was empty (clients of other libraries report that as 1005).
  public var code: WebSocketCloseCode?
  /// UTF-8 text for people, at most 123 bytes on the wire.
  public var reason: String

  /// What to say in a close frame.
  public init(_ code: WebSocketCloseCode?, reason: String = "") {
    self.code = code
    self.reason = reason
  }

  /// Reads the payload of a close frame.
  ///
  /// - Throws: ``WebSocketViolation`` 1002 for a single byte or a code that must not be sent, 1007 for a broken reason.
  public init(payload: ByteBuffer) throws(WebSocketViolation) {
    guard payload.readableBytes > 0 else {
      self.init(nil)
      return
    }
    var payload = payload
    guard let number = payload.readInteger(as: UInt16.self) else {
      throw WebSocketViolation(.protocolError, "close frame with a payload of one byte")
    }
    let code = WebSocketCloseCode(number)
    guard code.mayBeSent else {
      throw WebSocketViolation(.protocolError, "close frame with code \(code), which must not be sent")
    }
    guard let reason = String(validating: payload.readableBytesView, as: UTF8.self) else {
      throw WebSocketViolation(.invalidPayload, "close reason is not UTF-8")
    }
    self.init(code, reason: reason)
  }

  /// The payload of the close frame; a reason too long for a control frame is cut after a whole character.
  public var payload: ByteBuffer {
    guard let code else { return ByteBuffer() }
    var payload = ByteBuffer(integer: code.rawValue)
    for character in reason {
      guard payload.readableBytes + character.utf8.count <= 125 else { break }
      payload.writeString(String(character))
    }
    return payload
  }
}
