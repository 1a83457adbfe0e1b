import NIOCore
import NIOWebSocket
import Synchronization

/// A whole message of a WebSocket connection.
public enum WebSocketMessage: Sendable, Hashable {
  /// UTF-8, unless the connection was told not to check.
  case text([UInt8])
  case binary([UInt8])
}

/// The client's end of an open WebSocket connection.
///
/// Reading ``messages`` is what keeps it alive: pings are answered and the closing handshake is completed there.
/// A reader that waits makes the server wait too, since only a few frames are held meanwhile.
public struct WebSocketConnection: Sendable {
  /// The messages in order; to be read once, by one task.
  public let messages: WebSocketMessages
  private let peer: WebSocketPeer

  init(
    inbound: NIOAsyncChannelInboundStream<WebSocketInput>, outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>,
    maximumMessageSize: Int, checksText: Bool, masks: any RandomNumberGenerator & Sendable
  ) {
    peer = WebSocketPeer(
      outbound, WebSocketProtocol(role: .client, maximumMessageSize: maximumMessageSize, checksText: checksText),
      masks: masks)
    messages = WebSocketMessages(inbound: inbound, peer: peer)
  }

  /// Sends a text message; waits while the socket is full.
  public func send(text: String) async throws { try await peer.write(.text, ByteBuffer(string: text)) }

  /// Sends a ping; the server's pong is not reported.
  public func ping() async throws { try await peer.write(.ping, ByteBuffer()) }

  /// Begins the closing handshake, once; ``messages`` ends when the server has answered it.
  public func close(_ close: WebSocketClose = WebSocketClose(.normal)) async throws {
    if peer.beginClose() { try await peer.write(.connectionClose, close.payload) }
  }

  /// What the server's close frame said; nil as long as none came.
  public var received: WebSocketClose? { peer.received }
}

/// The sending half and the state that both halves share.
final class WebSocketPeer: Sendable {
  private struct State {
    var machine: WebSocketProtocol
    var masks: any RandomNumberGenerator & Sendable
    var received: WebSocketClose?
  }

  private let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
  private let state: Mutex<State>

  init(
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ machine: WebSocketProtocol,
    masks: any RandomNumberGenerator & Sendable
  ) {
    self.outbound = outbound
    state = Mutex(State(machine: machine, masks: masks))
  }

  var received: WebSocketClose? { state.withLock { $0.received } }

  func beginClose() -> Bool { state.withLock { $0.machine.beginClose() } }

  func receive(_ input: WebSocketInput) -> WebSocketProtocol.Received {
    state.withLock { state in
      let received = state.machine.receive(input)
      if case .close(let close, _) = received { state.received = close }
      return received
    }
  }

  func write(_ opcode: WebSocketOpcode, _ payload: ByteBuffer) async throws {
    let key = state.withLock { WebSocketMaskingKey.random(from: &$0.masks) }
    do {
      try await outbound.write(WebSocketFrame(fin: true, opcode: opcode, maskKey: key, data: payload))
    } catch let error where !(error is CancellationError) {
      throw TransportError(.connectionLost, "the connection ended while sending: \(error)")
    }
  }
}

extension WebSocketMaskingKey {
  fileprivate static func random(from generator: inout any RandomNumberGenerator & Sendable) -> WebSocketMaskingKey {
    random(using: &generator)
  }
}
