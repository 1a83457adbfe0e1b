public import NIOCore
public import NIOWebSocket

/// The receiving half of RFC 6455 without a socket: frames in, what they mean out.
///
/// The caller does what the result says: delivers a message, answers a ping, sends a close frame. After a close or a
/// violation everything further is ``Received/nothing``.
public struct WebSocketProtocol: Sendable {
  /// Which end of the connection this is; it decides whether frames have to come masked.
  public enum Role: Sendable, Hashable {
    case client
    case server
  }

  /// What a frame meant.
  public enum Received: Sendable, Hashable {
    /// A whole text message, its fragments joined.
    case text(ByteBuffer)
    /// A whole binary message, its fragments joined.
    case binary(ByteBuffer)
    /// A ping; a pong with the same payload is due.
    case ping(ByteBuffer)
    /// A pong, asked for or not.
    case pong(ByteBuffer)
    /// The peer closes. When an answer is due, send the same close back; then end the connection.
    case close(WebSocketClose, answerDue: Bool)
    /// The peer broke the protocol: send ``WebSocketViolation/close``, then end the connection.
    case violation(WebSocketViolation)
    /// Nothing to do: part of a message, or something after the end.
    case nothing
  }

  private enum State {
    case open
    case closeSent
    case ended
  }

  private struct Fragments {
    var isText: Bool
    var joined: ByteBuffer
    var utf8 = UTF8Validator()
  }

  private let role: Role
  private let maximumMessageSize: Int
  private let checksText: Bool
  private var state = State.open
  private var fragments: Fragments?

  /// - Parameters:
  ///   - maximumMessageSize: bytes that one message may have in all its fragments; more is violation 1009.
  ///   - checksText: whether text has to be UTF-8. The real KIS service sends broken text now and then (quirk 87), so a
  ///     client that has to live with it says no.
  public init(role: Role, maximumMessageSize: Int = 1 << 20, checksText: Bool = true) {
    self.role = role
    self.maximumMessageSize = maximumMessageSize
    self.checksText = checksText
  }

  /// Takes what the decoder handed on.
  public mutating func receive(_ input: WebSocketInput) -> Received {
    switch input {
    case .frame(let frame): receive(frame)
    case .refused(let violation): state == .ended ? .nothing : fail(violation)
    }
  }

  /// Takes one frame, its payload still masked if it came masked.
  public mutating func receive(_ frame: WebSocketFrame) -> Received {
    guard state != .ended else { return .nothing }
    do throws(WebSocketViolation) {
      try checkHeader(of: frame)
      switch frame.opcode {
      case .text, .binary: return try begin(frame)
      case .continuation: return try proceed(with: frame)
      case .ping: return .ping(frame.unmaskedData)
      case .pong: return .pong(frame.unmaskedData)
      case .connectionClose: return try end(WebSocketClose(payload: frame.unmaskedData))
      default: throw WebSocketViolation(.protocolError, "reserved opcode \(UInt8(webSocketOpcode: frame.opcode))")
      }
    } catch {
      return fail(error)
    }
  }

  /// Notes that we began the closing handshake; false when a close frame was sent or received before, so that none may
  /// follow.
  public mutating func beginClose() -> Bool {
    guard state == .open else { return false }
    state = .closeSent
    return true
  }

  private func checkHeader(of frame: WebSocketFrame) throws(WebSocketViolation) {
    guard !frame.rsv1, !frame.rsv2, !frame.rsv3 else {
      throw WebSocketViolation(.protocolError, "reserved bit set without an extension")
    }
    switch (role, frame.maskKey) {
    case (.server, nil): throw WebSocketViolation(.protocolError, "client frame without a mask")
    case (.client, _?): throw WebSocketViolation(.protocolError, "server frame with a mask")
    default: break
    }
    guard frame.opcode.isControlOpcode else { return }
    guard frame.fin else { throw WebSocketViolation(.protocolError, "fragmented control frame") }
    guard frame.length <= 125 else {
      throw WebSocketViolation(.protocolError, "control frame longer than 125 bytes")
    }
  }

  private mutating func begin(_ frame: WebSocketFrame) throws(WebSocketViolation) -> Received {
    guard fragments == nil else {
      throw WebSocketViolation(.protocolError, "new message inside a fragmented one")
    }
    return try extend(Fragments(isText: frame.opcode == .text, joined: ByteBuffer()), with: frame)
  }

  private mutating func proceed(with frame: WebSocketFrame) throws(WebSocketViolation) -> Received {
    guard let begun = fragments.take() else {
      throw WebSocketViolation(.protocolError, "continuation without a message to continue")
    }
    return try extend(begun, with: frame)
  }

  private mutating func extend(_ begun: consuming Fragments, with frame: WebSocketFrame)
    throws(WebSocketViolation) -> Received
  {
    var data = frame.unmaskedData
    guard begun.joined.readableBytes + data.readableBytes <= maximumMessageSize else {
      throw WebSocketViolation(.messageTooBig, "message longer than \(maximumMessageSize) bytes")
    }
    if begun.isText, checksText {
      guard data.withUnsafeReadableBytes({ begun.utf8.accept($0) }), begun.utf8.isComplete || !frame.fin else {
        throw WebSocketViolation(.invalidPayload, "text message is not UTF-8")
      }
    }
    // A message of one frame, as nearly all are, keeps the received buffer.
    if begun.joined.readableBytes == 0 { begun.joined = data } else { begun.joined.writeBuffer(&data) }
    guard frame.fin else {
      fragments = begun
      return .nothing
    }
    return begun.isText ? .text(begun.joined) : .binary(begun.joined)
  }

  private mutating func end(_ close: WebSocketClose) -> Received {
    let answerDue = state == .open
    state = .ended
    return .close(close, answerDue: answerDue)
  }

  private mutating func fail(_ violation: WebSocketViolation) -> Received {
    state = .ended
    fragments = nil
    return .violation(violation)
  }
}
