import NIOCore
import NIOWebSocket

/// The messages of a WebSocket connection; see ``WebSocketConnection/messages``.
///
/// It ends after a close frame. Anything else that ends the connection is thrown: ``WebSocketViolation`` after the
/// server was told, ``TransportError`` with code `connectionLost` when there was no close frame (others call it 1006).
public struct WebSocketMessages: AsyncSequence, Sendable {
  /// A whole message, text or binary.
  public typealias Element = WebSocketMessage

  let inbound: NIOAsyncChannelInboundStream<WebSocketInput>
  let peer: WebSocketPeer

  /// The messages from here on; call it once.
  public func makeAsyncIterator() -> Iterator {
    Iterator(inbound: inbound.makeAsyncIterator(), peer: peer)
  }

  /// Reads, answers pings and closes, and returns what is a message.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate var inbound: NIOAsyncChannelInboundStream<WebSocketInput>.AsyncIterator
    fileprivate let peer: WebSocketPeer
    private var hasEnded = false

    fileprivate init(inbound: NIOAsyncChannelInboundStream<WebSocketInput>.AsyncIterator, peer: WebSocketPeer) {
      self.inbound = inbound
      self.peer = peer
    }

    /// The next message; nil after a close frame.
    public mutating func next() async throws -> WebSocketMessage? {
      guard !hasEnded else { return nil }
      while let input = try await nextInput() {
        switch peer.receive(input) {
        case .text(let buffer): return .text(Array(buffer.readableBytesView))
        case .binary(let buffer): return .binary(Array(buffer.readableBytesView))
        // A pong that cannot be sent any more is no news: what ended the connection comes next.
        case .ping(let payload): try? await peer.write(.pong, payload)
        case .pong, .nothing: break
        case .close(let close, let answerDue):
          hasEnded = true
          if answerDue { try? await peer.write(.connectionClose, WebSocketClose(close.code).payload) }
          return nil
        case .violation(let violation):
          hasEnded = true
          try? await peer.write(.connectionClose, violation.close.payload)
          throw violation
        }
      }
      hasEnded = true
      try Task.checkCancellation()
      throw TransportError(.connectionLost, "the server ended the connection without a close frame")
    }

    private mutating func nextInput() async throws -> WebSocketInput? {
      do {
        return try await inbound.next(isolation: #isolation)
      } catch let error where !(error is CancellationError) {
        hasEnded = true
        throw TransportError(.connectionLost, "the connection broke: \(error)")
      }
    }
  }
}
