import NIOCore
import ServiceLifecycle

/// Closes a connection that a fault has silenced when the server stops: its client may wait for ever, the server not.
final class StalledConnection: ChannelInboundHandler, Sendable {
  typealias InboundIn = Never

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  /// Waits until the client gives up or the server stops.
  static func wait(on channel: any Channel) async throws {
    guard !Task.isShuttingDownGracefully else { return try await channel.close() }
    try await channel.pipeline.addHandler(StalledConnection(), position: .first)
    try await channel.closeFuture.get()
  }
}
