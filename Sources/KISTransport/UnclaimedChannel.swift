public import NIOCore
import Synchronization

/// An async channel on its way from the event loop to the task that will run it.
///
/// NIO stops the process when an async channel is dropped that nobody ran, and a peer that hangs up during its handshake
/// makes just that happen. Whatever is not claimed is therefore closed properly when it is dropped.
public final class UnclaimedChannel<Inbound: Sendable, Outbound: Sendable>: Sendable {
  private let channel: Mutex<NIOAsyncChannel<Inbound, Outbound>?>

  /// Takes a channel that nobody runs yet; it is closed unless somebody claims it.
  public init(_ channel: NIOAsyncChannel<Inbound, Outbound>) { self.channel = Mutex(channel) }

  /// The channel; whoever claims it has to run it. Nil when it was claimed before.
  public func claim() -> NIOAsyncChannel<Inbound, Outbound>? {
    channel.withLock { channel in
      defer { channel = nil }
      return channel
    }
  }

  deinit {
    guard let channel = claim() else { return }
    Task { try? await channel.executeThenClose { _, _ in } }
  }
}
