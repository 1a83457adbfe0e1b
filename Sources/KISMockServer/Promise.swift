import Synchronization

/// A value that one task delivers and others wait for.
final class Promise<Value: Sendable>: Sendable {
  private struct State {
    var result: Result<Value, any Error>?
    var waiters: [CheckedContinuation<Value, any Error>] = []
  }

  private let state = Mutex(State())

  /// The first delivery counts.
  func deliver(_ result: Result<Value, any Error>) {
    let (result, waiters) = state.withLock { state in
      state.result = state.result ?? result
      defer { state.waiters = [] }
      return (state.result ?? result, state.waiters)
    }
    for waiter in waiters { waiter.resume(with: result) }
  }

  /// Waits for the delivery.
  func value() async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let result = state.withLock { state in
        if state.result == nil { state.waiters.append(continuation) }
        return state.result
      }
      if let result { continuation.resume(with: result) }
    }
  }
}
