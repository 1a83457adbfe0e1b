import NIOCore
import Synchronization

/// The connections of a listener that faults of TCP end after so many bytes: the journal tells of their answers what of
/// them leaves.
final class CutConnections: Sendable {
  private let handlers = Mutex<[ObjectIdentifier: NIOLoopBound<OutgoingFaults>]>([:])

  /// A connection is to end so, and is known until it has; called on its event loop.
  func add(_ handler: OutgoingFaults, on channel: any Channel) {
    let id = ObjectIdentifier(channel)
    let bound = NIOLoopBound(handler, eventLoop: channel.eventLoop)
    handlers.withLock { $0[id] = bound }
    channel.closeFuture.whenComplete { _ in self.handlers.withLock { $0[id] = nil } }
  }

  /// How many more bytes may leave, behind what was written so far; nil for any number.
  func bytesLeft(on channel: any Channel) async -> Int? {
    guard let handler = handlers.withLock({ $0[ObjectIdentifier(channel)] }) else { return nil }
    return try? await channel.eventLoop.submit { handler.value.bytesLeft }.get()
  }
}
