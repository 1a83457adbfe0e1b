import NIOCore
import NIOHTTP1

/// Takes an offer of another protocol (`Upgrade: h2c`, which Java's client makes on every first request) out of the
/// first request, since NIO's upgrade handler forgets a request whose offer nobody takes.
final class ForeignUpgrade: ChannelInboundHandler, RemovableChannelHandler {
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
}
