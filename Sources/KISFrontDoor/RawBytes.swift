package import NIOCore

/// What stands before HTTP in a REST connection's pipeline: a way past its encoder for answers that are malformed on purpose.
package final class RawBytes: ChannelOutboundHandler, Sendable {
  package typealias OutboundIn = ByteBuffer
  package typealias OutboundOut = ByteBuffer

  /// Sends bytes as they are.
  package static func send(_ bytes: [UInt8], on channel: any Channel) async throws {
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
