import Synchronization

/// The records between a connection and one reader: bounded, in order, lossless.
///
/// A writer waits while it is full, so a slow reader makes the server wait. It may overflow while a registration is
/// being answered: the answer comes behind the records, and the reader may be whoever waits for it.
final class RecordBuffer<Element: Sendable>: Sendable {
  private struct State {
    var elements: [Element] = []
    var head = 0
    var mayOverflow = false
    var end: Result<Void, any Error>?
    var reader: CheckedContinuation<Void, Never>?
    var writer: CheckedContinuation<Void, Never>?

    var count: Int { elements.count - head }

    mutating func take() -> Element? {
      guard head < elements.count else { return nil }
      defer {
        head += 1
        if head == elements.count {
          elements.removeAll(keepingCapacity: true)
          head = 0
        }
      }
      return elements[head]
    }
  }

  private let capacity: Int
  private let state = Mutex(State())

  init(capacity: Int) { self.capacity = max(capacity, 1) }

  /// Appends, then waits until there is room for more, the reader has gone, or the task is cancelled.
  func send(_ element: Element) async {
    let (reader, isFull) = state.withLock { state in
      if state.end == nil { state.elements.append(element) }
      return (state.reader.take(), mustWait(state))
    }
    reader?.resume()
    guard isFull else { return }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let goesOn = state.withLock { state in
          guard mustWait(state), !Task.isCancelled else { return true }
          state.writer = continuation
          return false
        }
        if goesOn { continuation.resume() }
      }
    } onCancel: {
      wakeWriter()
    }
  }

  /// The next element; nil at the end, or when the task is cancelled.
  func next() async throws -> Element? {
    while true {
      let (element, writer, end) = state.withLock { state in
        let element = state.take()
        return (element, state.count * 2 <= capacity ? state.writer.take() : nil, state.end)
      }
      writer?.resume()
      if let element { return element }
      if let end {
        try end.get()
        return nil
      }
      if Task.isCancelled { return nil }
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          let goesOn = state.withLock { state in
            guard state.count == 0, state.end == nil, !Task.isCancelled else { return true }
            state.reader = continuation
            return false
          }
          if goesOn { continuation.resume() }
        }
      } onCancel: {
        wakeReader()
      }
    }
  }

  /// Ends the stream behind what it still holds; the first end counts.
  func finish(throwing error: (any Error)? = nil) {
    state.withLock { state in
      if state.end == nil { state.end = error.map { .failure($0) } ?? .success(()) }
    }
    wakeReader()
    wakeWriter()
  }

  /// Lets writers go on although it is full, or no longer.
  func allowOverflow(_ mayOverflow: Bool) {
    state.withLock { $0.mayOverflow = mayOverflow }
    if mayOverflow { wakeWriter() }
  }

  private func mustWait(_ state: State) -> Bool {
    state.count >= capacity && !state.mayOverflow && state.end == nil
  }

  private func wakeReader() { state.withLock { $0.reader.take() }?.resume() }
  private func wakeWriter() { state.withLock { $0.writer.take() }?.resume() }
}
