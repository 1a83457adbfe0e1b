import KISTransport
import NIOCore
import NIOHTTP1

/// What a request asks of its connection, as RFC 9112 has it: to go on with a body (`Expect: 100-continue`, which .NET,
/// Java and curl send before large ones) and to end behind the answer, which HTTP/1.0 means without saying so.
///
/// A body that announces itself as too large is refused here (413), before anybody asks for it, and so is a request that
/// does not say whom it is for, or says it twice (400).
final class ConnectionOptions: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let limits: FrontDoorLimits
  /// Whether what still comes is of no interest to anybody.
  private var hasRefused = false

  init(_ limits: FrontDoorLimits) { self.limits = limits }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !hasRefused else { return }
    guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
    // NIO's parser refuses what is no number; one that an Int cannot hold is too large whatever it is.
    if let length = head.headers.first(name: "content-length"), Int(length).map({ $0 > limits.bodySize }) ?? true {
      return refuse(.payloadTooLarge, context)
    }
    guard !limits.isStrict || head.hasOneHost else { return refuse(.badRequest, context) }
    if head.version == .http1_1,
      head.headers[canonicalForm: "expect"].contains(where: { $0.lowercased() == "100-continue" })
    {
      let goOn = HTTPResponseHead(version: .http1_1, status: .continue)
      context.writeAndFlush(wrapOutboundOut(.head(goOn)), promise: nil)
    }
    // Hummingbird looks for exactly this.
    if !head.isKeepAlive { head.headers.replaceOrAdd(name: "Connection", value: "close") }
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }

  private func refuse(_ status: HTTPResponseStatus, _ context: ChannelHandlerContext) {
    hasRefused = true
    let head = HTTPResponseHead(
      version: .http1_1, status: status, headers: ["Connection": "close", "Content-Length": "0"])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    context.close(mode: .output, promise: nil)
  }
}
