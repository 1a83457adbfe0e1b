public import NIOCore
public import NIOWebSocket

/// What the frame decoder hands on: a frame, or bytes that it refused to make a frame of.
public enum WebSocketInput: Sendable {
  case frame(WebSocketFrame)
  case refused(WebSocketViolation)
}

/// Turns errors of NIO's frame decoder into values, in order with the frames before them.
///
/// NIO's decoder refuses fragmented and overlong control frames and frames above its limit by firing an error, which
/// would end an async channel's stream before anybody could send the close frame that RFC 6455 asks for.
public final class WebSocketInputHandler: ChannelInboundHandler {
  /// A frame as NIO's decoder made it.
  public typealias InboundIn = WebSocketFrame
  /// That frame, or why there is none.
  public typealias InboundOut = WebSocketInput

  /// A handler for one channel.
  public init() {}

  /// Hands a frame on.
  public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    context.fireChannelRead(wrapInboundOut(.frame(unwrapInboundIn(data))))
  }

  /// Turns an error of the decoder into input; any other goes on as an error.
  public func errorCaught(context: ChannelHandlerContext, error: any Error) {
    let violation: WebSocketViolation
    switch error {
    case let error as NIOWebSocketError: violation = self.violation(for: error)
    case is NotShortestLength: violation = WebSocketViolation(.protocolError, "length not in its shortest form")
    default: return context.fireErrorCaught(error)
    }
    context.fireChannelRead(wrapInboundOut(.refused(violation)))
    context.fireChannelReadComplete()
  }

  private func violation(for error: NIOWebSocketError) -> WebSocketViolation {
    switch error {
    case .invalidFrameLength: WebSocketViolation(.messageTooBig, "frame longer than the limit")
    case .fragmentedControlFrame: WebSocketViolation(.protocolError, "fragmented control frame")
    case .multiByteControlFrameLength: WebSocketViolation(.protocolError, "control frame longer than 125 bytes")
    }
  }
}

@available(*, unavailable)
extension WebSocketInputHandler: Sendable {}
