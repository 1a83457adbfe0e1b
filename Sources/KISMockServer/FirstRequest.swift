import NIOCore
import NIOHTTP1

/// Stands in a connection's pipeline until its first request has come.
///
/// It takes an offer of another protocol (`Upgrade: h2c`, which Java's client makes on every first request) out of that
/// request, since NIO's upgrade handler forgets a request whose offer nobody takes. A connection that never said
/// anything, as browsers and pools keep them, it closes when the server stops, since nobody else would.
final class FirstRequest: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = unwrapInboundIn(data) else {
      context.fireChannelRead(data)
      return
    }
    let offers = head.headers[canonicalForm: "upgrade"]
    if !offers.isEmpty, !offers.contains(where: { $0.lowercased() == "websocket" }) {
      head.headers.remove(name: "upgrade")
    }
    context.fireChannelRead(wrapInboundOut(.head(head)))
    context.pipeline.syncOperations.removeHandler(self, promise: nil)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }
}
