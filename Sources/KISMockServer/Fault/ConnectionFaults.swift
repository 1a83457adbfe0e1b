import KISSandbox
import KISScenario
import KISTransport
import NIOCore

/// Faults of one TCP connection, whatever is spoken on it: at the head of its pipeline, on the sandbox's clock.
final class ConnectionFaults: Sendable {
  private let faults: [ConnectionFault]
  private let sandbox: Sandbox
  private let cutting: CutConnections

  init(_ faults: [ConnectionFault], of sandbox: Sandbox, cutting: CutConnections) {
    self.faults = faults
    self.sandbox = sandbox
    self.cutting = cutting
  }

  /// Installs them; fails for a connection that is not to live.
  func meet(_ channel: any Channel) -> EventLoopFuture<Void> {
    if faults.contains(.refused) {
      channel.closeWithReset(promise: nil)
      return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
    }
    if faults.contains(.stalled) {
      return channel.pipeline.addHandler(StalledConnection()).flatMap { channel.closeFuture }
        .flatMapThrowing { throw ChannelError.ioOnClosedChannel }
    }
    return channel.eventLoop.makeCompletedFuture {
      let handler = OutgoingFaults(faults, of: sandbox, on: channel.eventLoop)
      try channel.pipeline.syncOperations.addHandler(handler, position: .first)
      if handler.bytesLeft != nil { cutting.add(handler, on: channel) }
    }
  }
}
