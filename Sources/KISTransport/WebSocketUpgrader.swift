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
  private let isStrict: Bool
  private let handshake: NIOTypedWebSocketServerUpgrader<Void>

  /// - Parameters:
  ///   - maximumFrameSize: bytes a client's frame may have.
  ///   - isStrict: whether a handshake must be as RFC 6455 section 4.2.1 has it, or it is refused with 400.
  ///   - refusal: the status that a client gets instead of a WebSocket; nil lets it in.
  ///   - complete: wraps the upgraded channel, whose input is ``WebSocketInput``.
  public init(
    maximumFrameSize: Int, isStrict: Bool = true,
    refusal: @escaping @Sendable (any Channel, HTTPRequestHead) -> EventLoopFuture<HTTPResponseStatus?>,
    complete: @escaping @Sendable (any Channel, HTTPRequestHead) -> EventLoopFuture<Result>
  ) {
    self.maximumFrameSize = maximumFrameSize
    self.isStrict = isStrict
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
    if isStrict, !upgradeRequest.isWellFormedHandshake { return refuse(.badRequest, [:], on: channel) }
    return refusal(channel, upgradeRequest).flatMap { status in
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
      if isStrict { try channel.pipeline.syncOperations.addHandler(FrameLengthCheck()) }
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

extension HTTPRequestHead {
  /// What RFC 6455 section 4.2.1 wants of a handshake beside the version, which has an answer of its own.
  fileprivate var isWellFormedHandshake: Bool {
    let key = headers["sec-websocket-key"]
    return method == .GET && isAtLeastHTTP11 && hasOneHost
      && headers[canonicalForm: "connection"].contains { $0.lowercased() == "upgrade" }
      && key.count == 1 && key[0].isBase64OfSixteenBytes
  }
}

extension HTTPRequestHead {
  /// Whether it says once, and only once, whom it is for, as RFC 9112 section 3.2 wants from HTTP/1.1 on.
  package var hasOneHost: Bool { !isAtLeastHTTP11 || headers["host"].count == 1 }

  fileprivate var isAtLeastHTTP11: Bool { (version.major, version.minor) >= (1, 1) }
}

extension String {
  /// 22 characters of base64, the last of which has four bits to spare, and two of padding.
  fileprivate var isBase64OfSixteenBytes: Bool {
    guard utf8.count == 24, hasSuffix("=="), let last = dropLast(2).last else { return false }
    let isBase64 = dropLast(2).utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "/"): true
      default: false
      }
    }
    return isBase64 && "AQgw".contains(last)
  }
}

/// A WebSocket handshake that was answered with a refusal.
public struct RefusedUpgrade: Error {
  /// The HTTP status that the client was sent.
  public var status: HTTPResponseStatus
}
