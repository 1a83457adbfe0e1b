public import NIOCore
import Synchronization

/// A bounded queue of bytes on their way to one socket, with one drain on the socket's event loop.
///
/// Anybody may put bytes in, from any thread, without waiting; neighbours leave as one vectored write. The owner reads
/// ``backlog`` to decide what to do about a peer that does not read.
public final class Outbox: Sendable {
  private struct State {
    var queue = CircularBuffer<ByteBuffer>()
    /// Bytes in the queue or in the channel, not yet taken by the socket.
    var backlog = 0
    var taken = 0
    var isDraining = false
    var isFull = false
    /// Bytes that wait for the rest of a burst; nil outside of one.
    var held: Int?
    var ending: Ending?
    var hasEnded = false
  }

  private enum Ending {
    case close(ByteBuffer?)
    case reset
  }

  private static let reportedStretch = 64 * 1024
  /// How much of a burst waits for more before it is written. To wake the event loop for less costs more than the writing,
  /// and to wait for all of it would leave one of two processors idle.
  private static let heldStretch = 256 * 1024

  private let channel: any Channel
  private let fullAt: Int
  private let onChange: @Sendable (_ event: Event) -> Void
  private let state = Mutex(State())

  /// What an owner has to know of the ``Outbox/backlog``.
  public enum Event: Sendable {
    /// The backlog has reached the mark.
    case full
    /// It fell below half of the mark, or the connection is gone.
    case room
  }

  /// - Parameters:
  ///   - channel: where the bytes go; it must take `ByteBuffer`s.
  ///   - fullAt: the backlog in bytes at which ``Event/full`` is reported.
  ///   - onChange: told of events, on any thread, never while a lock is held.
  public init(channel: any Channel, fullAt: Int, onChange: @escaping @Sendable (Event) -> Void) {
    self.channel = channel
    self.fullAt = fullAt
    self.onChange = onChange
  }

  /// Bytes put in that the socket has not taken yet.
  public var backlog: Int { state.withLock { $0.backlog } }

  /// Bytes that the socket has taken since the beginning.
  public var taken: Int { state.withLock { $0.taken } }

  /// Puts bytes in; after an ending they are dropped.
  public func send(_ bytes: ByteBuffer) {
    guard bytes.readableBytes > 0 else { return }
    let (fillsUp, mustDrain) = state.withLock { state -> (Bool, Bool) in
      guard state.ending == nil, !state.hasEnded else { return (false, false) }
      state.queue.append(bytes)
      state.backlog += bytes.readableBytes
      let fillsUp = !state.isFull && state.backlog >= fullAt
      if fillsUp { state.isFull = true }
      guard !state.isDraining else { return (fillsUp, false) }
      if let held = state.held, held + bytes.readableBytes < Outbox.heldStretch {
        state.held = held + bytes.readableBytes
        return (fillsUp, false)
      }
      if state.held != nil { state.held = 0 }
      state.isDraining = true
      return (fillsUp, true)
    }
    if fillsUp { onChange(.full) }
    if mustDrain { channel.eventLoop.execute { self.drain() } }
  }

  /// Much is put in from here on: it may wait until there is enough of it for a large write, or until ``endBurst()``.
  public func beginBurst() { state.withLock { $0.held = $0.held ?? 0 } }

  /// Writes what has waited.
  public func endBurst() {
    let mustDrain = state.withLock { state in
      state.held = nil
      guard !state.isDraining, !state.queue.isEmpty else { return false }
      state.isDraining = true
      return true
    }
    if mustDrain { channel.eventLoop.execute { self.drain() } }
  }

  /// Shuts the connection once everything sent so far is out: a last frame, if any, then the end of the stream.
  public func end(lastFrame: ByteBuffer?) { end(.close(lastFrame)) }

  /// Resets the connection at once; what waits is lost.
  public func reset() { end(.reset) }

  private func end(_ ending: Ending) {
    let begins = state.withLock { state in
      guard state.ending == nil, !state.hasEnded else { return false }
      state.ending = ending
      state.isDraining = true
      return true
    }
    if begins { channel.eventLoop.execute { self.drain() } }
  }

  /// The connection is gone: nothing waits any more.
  public func abandon() {
    let wasFull = state.withLock { state in
      state.hasEnded = true
      state.queue.removeAll()
      state.backlog = 0
      defer { state.isFull = false }
      return state.isFull
    }
    if wasFull { onChange(.room) }
  }

  /// Writes as much as the channel takes. On the event loop.
  func drain() {
    var ending: Ending?
    repeat { writeQueue() } while settle(&ending)
    switch ending {
    case .close(let frame): finish(frame)
    case .reset: resetNow()
    case nil: break
    }
  }

  private func writeQueue() {
    // Small writes share one completion: only the last of a stretch reports what was taken.
    var unreported = 0
    var next = channel.isWritable ? state.withLock { $0.queue.popFirst() } : nil
    while let bytes = next {
      next = channel.isWritable ? state.withLock { $0.queue.popFirst() } : nil
      unreported += bytes.readableBytes
      if next == nil || unreported >= Outbox.reportedStretch {
        let count = unreported
        unreported = 0
        channel.write(bytes).whenComplete { result in
          if case .success = result { self.took(count) }
        }
      } else {
        channel.write(bytes, promise: nil)
      }
      if next == nil { channel.flush() }
    }
  }

  /// Ends this drain, with the ending if it is due. True when somebody sent since the queue was found empty: that
  /// sender saw a drain under way and relies on it.
  private func settle(_ ending: inout Ending?) -> Bool {
    let isWritable = channel.isWritable
    return state.withLock { state in
      if case .reset = state.ending, !state.hasEnded {
        state.hasEnded = true
        ending = .reset
        return false
      }
      guard state.queue.isEmpty else { return isWritable }
      state.isDraining = false
      if let due = state.ending, !state.hasEnded {
        state.hasEnded = true
        ending = due
      }
      return false
    }
  }

  private func took(_ count: Int) {
    let hasRoom = state.withLock { state in
      state.backlog = max(0, state.backlog - count)
      state.taken += count
      guard state.isFull, state.backlog < fullAt / 2 else { return false }
      state.isFull = false
      return true
    }
    if hasRoom { onChange(.room) }
  }

  private func finish(_ lastFrame: ByteBuffer?) {
    let channel = self.channel
    guard let lastFrame else {
      channel.close(mode: .all, promise: nil)
      return
    }
    channel.writeAndFlush(lastFrame).whenComplete { _ in channel.close(mode: .output, promise: nil) }
  }

  private func resetNow() {
    let channel = self.channel
    channel.closeWithReset(promise: nil)
  }
}

/// Tells an outbox that its socket takes bytes again.
public final class OutboxDrain: ChannelInboundHandler {
  /// Whatever is read passes by unchanged.
  public typealias InboundIn = Any

  private let outbox: Outbox

  /// A handler for the channel that the outbox writes to.
  public init(_ outbox: Outbox) { self.outbox = outbox }

  /// Sends on what waits in the outbox as soon as the channel takes more, then tells the handlers behind.
  public func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { outbox.drain() }
    context.fireChannelWritabilityChanged()
  }
}

@available(*, unavailable)
extension OutboxDrain: Sendable {}
