import Synchronization

/// A sleep that can be cut short from anywhere: how commands and sockets wake a sandbox before its next deadline.
final class Alarm: Sendable {
  private struct State {
    var isRung = false
    var sleeper: Task<Void, Never>?
  }

  private let state = Mutex(State())

  /// Ends the present wait, or the next one if nobody waits now.
  func ring() {
    let sleeper = state.withLock { state in
      state.isRung = true
      return state.sleeper
    }
    sleeper?.cancel()
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
