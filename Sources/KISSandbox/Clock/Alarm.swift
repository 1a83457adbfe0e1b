import Synchronization

/// A sleep that can be cut short from anywhere: how commands and sockets wake a sandbox before its next deadline.
final class Alarm: Sendable {
  private struct State {
    var isRung = false
    var sleeper: Task<Void, Never>?
    var waiter: CheckedContinuation<Void, Never>?
    /// Rings after a while of host time; kept from wait to wait.
    var watchdog: Task<Void, Never>?
  }

  private let state = Mutex(State())

  /// Ends the present wait, or the next one if nobody waits now.
  func ring() {
    let (sleeper, waiter) = state.withLock { state in
      defer { state.waiter = nil }
      state.isRung = state.waiter == nil
      return (state.sleeper, state.waiter)
    }
    sleeper?.cancel()
    waiter?.resume()
  }

  /// Waits until somebody rings, or for about `patience` of host time.
  ///
  /// For waits that are nearly always cut short, thousands of times a second: they do not set a timer each.
  func waitForRing(atMost patience: Duration) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { waiter in
        let isRung = state.withLock { state in
          if state.isRung {
            state.isRung = false
            return true
          }
          state.waiter = waiter
          if state.watchdog == nil { state.watchdog = watchdog(patience) }
          return false
        }
        if isRung { waiter.resume() }
      }
    } onCancel: {
      ring()
    }
  }

  private func watchdog(_ patience: Duration) -> Task<Void, Never> {
    Task {
      try? await HostTime.sleep(for: patience)
      state.withLock { $0.watchdog = nil }
      ring()
    }
  }

  /// Waits until the sleep ends or somebody rings.
  func wait(_ sleep: @escaping @Sendable () async throws -> Void) async {
    let sleeper = state.withLock { state -> Task<Void, Never>? in
      if state.isRung {
        state.isRung = false
        return nil
      }
      let sleeper = Task { () async -> Void in try? await sleep() }
      state.sleeper = sleeper
      return sleeper
    }
    guard let sleeper else { return }
    await withTaskCancellationHandler {
      await sleeper.value
    } onCancel: {
      sleeper.cancel()
    }
    state.withLock { state in
      state.sleeper = nil
      state.isRung = false
    }
  }
}
