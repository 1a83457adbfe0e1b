import NIOCore
import NIOHTTP1

/// Ends a connection whose request does not come to its end in time: 408, as RFC 9110 section 15.5.9 has it.
///
/// The time runs from a request's first byte, which ``FirstBytes`` sees before the decoder does, to its end, which this
/// handler sees behind it. A connection that is silent between requests may stay so.
final class RequestDeadline: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let limit: TimeAmount
  private var deadline: Scheduled<Void>?
  private var context: ChannelHandlerContext?

  /// - Parameter limit: how long a request may take to arrive; zero for as long as it likes.
  init(_ limit: TimeAmount) { self.limit = limit }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    end()
    self.context = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .end = unwrapInboundIn(data) { end() }
    context.fireChannelRead(data)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end()
    context.fireChannelInactive()
  }

  private func begin() {
    guard deadline == nil, limit > .nanoseconds(0), let context else { return }
    deadline = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { self.refuse() }
  }

  private func end() {
    deadline?.cancel()
    deadline = nil
  }

  private func refuse() {
    guard let context else { return }
    let head = HTTPResponseHead(
      version: .http1_1, status: .requestTimeout, headers: ["Connection": "close", "Content-Length": "0"])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    context.close(promise: nil)
  }

  /// Tells a deadline that bytes have come.
  final class FirstBytes: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let deadline: RequestDeadline

    init(_ deadline: RequestDeadline) { self.deadline = deadline }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      deadline.begin()
      context.fireChannelRead(data)
    }
  }
}
