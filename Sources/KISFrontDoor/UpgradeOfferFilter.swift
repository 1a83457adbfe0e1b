import NIOCore
import NIOHTTP1

/// Declines offers of other protocols, as a server may (RFC 9110 section 7.8): Java's client and `curl --http2` offer
/// `Upgrade: h2c` again and again.
///
/// NIO's upgrade handler forgets a request whose offer nobody takes, so the offer is taken out of it. Its decoder reads
/// nothing after such a request, since the bytes of the other protocol would follow, so the next one gets a new decoder.
final class UpgradeOfferFilter: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  private var isFirstRequest = true
  private var hasDeclined = false
  /// The decoder in use, once it is not the pipeline's first any more.
  private var decoder: ByteToMessageHandler<HTTPRequestDecoder>?

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      readHead(head, context: context)
    case .body:
      context.fireChannelRead(data)
    case .end:
      context.fireChannelRead(data)
      if hasDeclined { renewDecoder(of: context) }
    }
  }

  private func readHead(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
    var head = head
    let offers = head.headers[canonicalForm: "upgrade"].map { $0.lowercased() }
    let isSession = isFirstRequest && offers.contains("websocket")
    isFirstRequest = false
    hasDeclined = !offers.isEmpty && !isSession
    if hasDeclined { head.headers.remove(name: "upgrade") }
    context.fireChannelRead(wrapInboundOut(.head(head)))
    // What comes on a connection that becomes a session is no HTTP.
    if isSession { context.pipeline.syncOperations.removeHandler(self, promise: nil) }
  }

  private func renewDecoder(of context: ChannelHandlerContext) {
    let pipeline = context.pipeline
    do {
      let old = try decoder ?? pipeline.syncOperations.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      // Behind the old one, which forwards what it has not read when it goes.
      let new = ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes))
      try pipeline.syncOperations.addHandler(new, position: .after(old))
      decoder = new
      pipeline.syncOperations.removeHandler(old).whenComplete { _ in pipeline.fireChannelReadComplete() }
    } catch {
      context.fireErrorCaught(error)
    }
  }
}
