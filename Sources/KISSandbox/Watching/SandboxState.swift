import KISScenario
import KISWire

/// Everything that a sandbox holds but its connections, and when it was: what another one can go on from.
package struct SandboxState: Sendable {
  package var configuration: SandboxConfiguration
  /// A clock that tells the same time.
  package var clock: any MockClock
  var admission: Admission
  var stage: Stage.Standing
  var scenarioRun: ScenarioRun
  var exchange: ClientExchange
  var journal: Journal
  var traffic: Traffic
}

extension Sandbox {
  /// A copy of the state, without what belongs to connections: a copy has none.
  ///
  /// - Parameter isPaused: whether time stands still and the replay is paused in the copy.
  package func state(isPaused: Bool) -> SandboxState {
    let now = clock.now
    let copiedClock = clock.copy()
    var state = SandboxState(
      configuration: configuration, clock: copiedClock, admission: admission, stage: stage.standing,
      scenarioRun: scenarioRun,
      exchange: exchange, journal: currentJournal(), traffic: currentTraffic)
    for number in sessions.numbers { state.scenarioRun.faults.forget(session: number) }
    for case (let appKey, .owned) in admission.slots { state.admission.slots[appKey] = nil }
    if isPaused {
      copiedClock.freeze()
      state.stage.playhead?.pause(at: now)
    }
    return state
  }

  /// A sandbox of another name that goes on from a state.
  package static func continuing(_ state: SandboxState, named name: String) async throws -> Sandbox {
    var configuration = state.configuration
    configuration.name = name
    let sandbox = try Sandbox(configuration, clock: state.clock)
    await sandbox.go(on: state)
    return sandbox
  }

  private func go(on state: SandboxState) {
    (admission, scenarioRun) = (state.admission, state.scenarioRun)
    stage.go(on: state.stage)
    (exchange, journal, counts) = (state.exchange, state.journal, state.traffic)
  }
}
