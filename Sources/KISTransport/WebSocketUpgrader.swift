public import NIOCore
public import NIOHTTP1
import NIOWebSocket

/// The server's side of the opening handshake, by NIO, with three differences: no frame encoder is installed (frames
/// are framed before they get here), a refusal is answered, and errors of the decoder arrive as input.
public struct WebSocketUpgrader<Result: Sendable>: NIOTypedHTTPServerProtocolUpgrader {
  /// The value of the `Upgrade` header that it answers to (RFC 6455, section 4.2.1).
  public let supportedProtocol = "websocket"
  /// None beside `Upgrade` has to be named in `Connection`; the rest is checked when the answer is built.
  public let requiredUpgradeHeaders: [String] = []

  private let refusal: @Sendable (any Channel, HTTPRequestHead) -> EventLoopFuture<HTTPResponseStatus?>
  private let complete: @Sendable (any Channel, HTTPRequestHead) -> EventLoopFuture<Result>
  private let maximumFrameSize: Int
  private let handshake: NIOTypedWebSocketServerUpgrader<Void>

  /// - Parameters:
  ///   - maximumFrameSize: bytes a client's frame may have.
  ///   - refusal: the status that a client gets instead of a WebSocket; nil lets it in.
  ///   - complete: wraps the upgraded channel, whose input is ``WebSocketInput``.
  public init(
    maximumFrameSize: Int,
    refusal: @escaping @Sendable (any Channel, HTTPRequestHead) -> EventLoopFuture<HTTPResponseStatus?>,
    complete: @escaping @Sendable (any Channel, HTTPRequestHead) -> EventLoopFuture<Result>
  ) {
    self.maximumFrameSize = maximumFrameSize
    self.refusal = refusal
    self.complete = complete
    handshake = NIOTypedWebSocketServerUpgrader(
      shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
      upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() })
  }

  /// The headers of the 101 answer.
  /// - Returns: a future that fails with ``RefusedUpgrade`` once a refusal was sent: the caller's status, or 426 with
  ///   `Sec-WebSocket-Version: 13` for a handshake that is not valid.
  public func buildUpgradeResponse(
    channel: any Channel, upgradeRequest: HTTPRequestHead, initialResponseHeaders: HTTPHeaders
  ) -> EventLoopFuture<HTTPHeaders> {
    refusal(channel, upgradeRequest).flatMap { status in
      if let status { return refuse(status, [:], on: channel) }
      return handshake.buildUpgradeResponse(
        channel: channel, upgradeRequest: upgradeRequest, initialResponseHeaders: initialResponseHeaders
      ).flatMapError { _ in
        refuse(.upgradeRequired, ["Sec-WebSocket-Version": "13"], on: channel)
      }
    }
  }

  /// Puts the frame decoder and ``WebSocketInputHandler`` in the pipeline, then wraps the channel.
  public func upgrade(channel: any Channel, upgradeRequest: HTTPRequestHead) -> EventLoopFuture<Result> {
    channel.eventLoop.makeCompletedFuture {
      try channel.pipeline.syncOperations.addHandlers([
        ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: maximumFrameSize)), WebSocketInputHandler(),
      ])
    }.flatMap { complete(channel, upgradeRequest) }
  }

  /// NIO drops the request of a refused upgrade, so the answer is written here and the connection ended.
  private func refuse(
    _ status: HTTPResponseStatus, _ headers: HTTPHeaders, on channel: any Channel
  ) -> EventLoopFuture<HTTPHeaders> {
    var headers = headers
    headers.add(name: "Content-Length", value: "0")
    headers.add(name: "Connection", value: "close")
    let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    channel.write(HTTPServerResponsePart.head(head), promise: nil)
    return channel.writeAndFlush(HTTPServerResponsePart.end(nil)).flatMapThrowing {
      channel.close(mode: .all, promise: nil)
      throw RefusedUpgrade(status: status)
    }
  }
}

/// A WebSocket handshake that was answered with a refusal.
public struct RefusedUpgrade: Error {
  /// The HTTP status that the client was sent.
  public var status: HTTPResponseStatus
}
