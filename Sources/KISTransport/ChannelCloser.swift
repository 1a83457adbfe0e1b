import NIOCore
import Synchronization

/// Lets a timeout or a cancelled task close a channel, even one that is still connecting.
final class ChannelCloser: Sendable {
  private struct State {
    var channel: (any Channel)?
    var isClosed = false
  }

  private let state = Mutex(State())

  var isClosed: Bool { state.withLock { $0.isClosed } }

  func add(_ channel: any Channel) {
    let isClosed = state.withLock { state in
      state.channel = channel
      return state.isClosed
    }
    if isClosed { channel.close(promise: nil) }
  }

  func close() {
    let channel = state.withLock { state in
      state.isClosed = true
      return state.channel
    }
    channel?.close(promise: nil)
  }
}

/// Runs work on a channel; when the clock passes the limit or the task is cancelled, the channel is closed, so that
/// the work fails and nothing it opened is lost.
///
/// - Throws: ``TransportError``: the work's own, `timedOut`, or `connectionLost` for anything else; `CancellationError`.
func withTimeout<Value>(
  _ limit: Duration, clock: any Clock<Duration>, doing what: String,
  _ work: (ChannelCloser) async throws -> Value
) async throws -> Value {
  let closer = ChannelCloser()
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask {
      try await clock.sleep(for: limit)
      closer.close()
    }
    defer { group.cancelAll() }
    do {
      return try await withTaskCancellationHandler {
        try await work(closer)
      } onCancel: {
        closer.close()
      }
    } catch {
      try Task.checkCancellation()
      guard !closer.isClosed else { throw TransportError(.timedOut, "\(what): no answer within \(limit)") }
      throw error as? TransportError ?? TransportError(.connectionLost, "\(what): \(error)")
    }
  }
}
