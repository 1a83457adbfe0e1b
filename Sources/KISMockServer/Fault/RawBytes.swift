import NIOCore

/// What stands before HTTP in a REST connection's pipeline: a way past its encoder for answers whose bytes are spoilt on purpose.
final class RawBytes: ChannelOutboundHandler, Sendable {
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// Sends bytes as they are.
  static func send(_ bytes: [UInt8], on channel: any Channel) async throws {
    try await channel.eventLoop.flatSubmit {
      let sent = channel.eventLoop.makePromise(of: Void.self)
      do {
        let context = try channel.pipeline.syncOperations.context(handlerType: RawBytes.self)
        context.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)), promise: sent)
      } catch {
        sent.fail(error)
      }
      return sent.futureResult
    }.get()
  }
}
