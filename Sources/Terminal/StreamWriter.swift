package import Dispatch
import Foundation
import Synchronization

/// Writes to one descriptor on a thread of its own, so that a reader who does not read holds up nobody else.
///
/// What waits is bounded in bytes. Lines for people are offered and dropped when there is no room, and counted; what
/// programs read is written with backpressure.
package final class StreamWriter: Sendable {
  private struct State {
    var chunks: [[UInt8]] = []
    /// Bytes in `chunks` and in the write that is under way.
    var waiting = 0
    /// Lines dropped since a line was last accepted.
    var dropped = 0
    var failure: Int32?
    var hasThread = false
    /// Tasks that wait until at most so many bytes are waiting.
    var writers: [(id: Int, atMost: Int, continuation: CheckedContinuation<Void, Never>)] = []
    var nextWriter = 0
    var isFlushing = false
  }

  private let descriptor: Int32
  private let capacity: Int
  private let state = Mutex(State())
  private let work = DispatchSemaphore(value: 0)
  private let idle = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - descriptor: an open file; it is not closed.
  ///   - capacity: bytes that may wait.
  package init(_ descriptor: Int32, capacity: Int = 1 << 20) {
    self.descriptor = descriptor
    self.capacity = capacity
  }

  /// Queues text for people, or drops it when too much waits. Never blocks.
  package func offer(_ text: String) {
    let isQueued = state.withLock { state in
      guard state.failure == nil else { return false }
      let note = state.dropped > 0 ? "[\(state.dropped) lines were dropped: nobody read them in time]\n" : ""
      let bytes = Array((note + text).utf8)
      guard state.waiting + bytes.count <= capacity else {
        state.dropped += 1
        return false
      }
      state.dropped = 0
      enqueue(bytes, in: &state)
      return true
    }
    if isQueued { work.signal() }
  }

  /// Queues bytes that must arrive, then waits while more than half of the capacity is waiting.
  /// - Throws: ``StandardOutputError`` when an earlier write failed.
  package func write(_ bytes: [UInt8]) async throws {
    let failure = state.withLock { state in
      if state.failure == nil { enqueue(bytes, in: &state) }
      return state.failure
    }
    if let failure { throw StandardOutputError(code: failure) }
    work.signal()
    try await wait(untilAtMost: capacity / 2)
  }

  /// Waits until everything has been written.
  /// - Throws: ``StandardOutputError`` when it could not be; `CancellationError`.
  package func drain() async throws { try await wait(untilAtMost: 0) }

  /// Waits a moment for what is queued to be written, before the process ends. Blocks its thread: not for async code.
  /// - Parameter patience: the longest wait, for a reader that has stopped reading.
  package func flush(patience: DispatchTimeInterval = .milliseconds(200)) {
    let mustWait = state.withLock { state in
      state.isFlushing = state.waiting > 0 && state.failure == nil
      return state.isFlushing
    }
    if mustWait { _ = idle.wait(timeout: .now() + patience) }
  }

  private func enqueue(_ bytes: [UInt8], in state: inout State) {
    state.chunks.append(bytes)
    state.waiting += bytes.count
    if !state.hasThread {
      state.hasThread = true
      Thread.detachNewThread { self.run() }
    }
  }

  private func wait(untilAtMost bytes: Int) async throws {
    let id = state.withLock { state in
      state.nextWriter += 1
      return state.nextWriter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let goesOn = state.withLock { state in
          guard state.waiting > bytes, state.failure == nil, !Task.isCancelled else { return true }
          state.writers.append((id, bytes, continuation))
          return false
        }
        if goesOn { continuation.resume() }
      }
    } onCancel: {
      let writer = state.withLock { state in
        state.writers.firstIndex { $0.id == id }.map { state.writers.remove(at: $0).continuation }
      }
      writer?.resume()
    }
    try Task.checkCancellation()
    if let failure = state.withLock({ $0.failure }) { throw StandardOutputError(code: failure) }
  }

  /// The thread: takes what waits, writes it, wakes who waited for room.
  private func run() {
    while true {
      work.wait()
      let bytes = state.withLock { state in
        defer { state.chunks.removeAll(keepingCapacity: true) }
        return state.chunks.count == 1 ? state.chunks[0] : Array(state.chunks.joined())
      }
      let failure = bytes.isEmpty ? nil : put(bytes)
      let (ready, isFlushed) = state.withLock { state in
        state.waiting -= bytes.count
        if let failure {
          state.failure = failure
          state.chunks = []
          state.waiting = 0
        }
        let ready = state.writers.filter { state.waiting <= $0.atMost }
        state.writers.removeAll { state.waiting <= $0.atMost }
        let isFlushed = state.isFlushing && state.waiting == 0
        if isFlushed { state.isFlushing = false }
        return (ready.map(\.continuation), isFlushed)
      }
      for continuation in ready { continuation.resume() }
      if isFlushed { idle.signal() }
    }
  }

  /// Writes all of it, however long that takes.
  /// - Returns: the error number when it cannot be written.
  private func put(_ bytes: [UInt8]) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        // Somebody who shares the descriptor made it non-blocking.
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wanted, 1, -1)
      default: return errno
      }
    }
    return nil
  }
}
