import Foundation
package import Logging
package import NIOCore

/// Stops accepting for a second whenever no descriptor is left for another connection, and says so once.
///
/// NIO's own back-off delays its next read, but the socket stays registered meanwhile: the loop wakes for the connection
/// that waits, fails to accept it and begins again, as fast as it can.
package final class DescriptorShortage: ChannelDuplexHandler {
  package typealias InboundIn = any Channel
  package typealias OutboundIn = Never

  private let logger: Logger
  private var pause: Scheduled<Void>?
  private var hasTold = false

  package init(logger: Logger) { self.logger = logger }

  package func read(context: ChannelHandlerContext) {
    if pause == nil { context.read() }
  }

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    hasTold = false
    context.fireChannelRead(data)
  }

  package func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? IOError, [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.errnoCode) else {
      return context.fireErrorCaught(error)
    }
    if !hasTold {
      hasTold = true
      logger.warning(
        "no file is left for another connection (`ulimit -n`): those that come wait until others are closed")
    }
    guard pause == nil else { return }
    // Only a change of this option takes the socket out of the selector.
    setAutoRead(false, context)
    let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    pause = context.eventLoop.scheduleTask(in: .seconds(1)) {
      let (handler, context) = loopBound.value
      handler.pause = nil
      handler.setAutoRead(true, context)
    }
  }

  private func setAutoRead(_ isOn: Bool, _ context: ChannelHandlerContext) {
    do {
      try context.channel.syncOptions?.setOption(.autoRead, value: isOn)
    } catch {
      context.fireErrorCaught(error)
    }
  }

  package func channelInactive(context: ChannelHandlerContext) {
    pause?.cancel()
    context.fireChannelInactive()
  }
}

@available(*, unavailable)
extension DescriptorShortage: Sendable {}
