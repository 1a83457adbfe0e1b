import KISMarket
import KISScenario
import Synchronization

extension Sandbox {
  /// Puts the sandbox back as it was at its start: no sessions, tokens, orders and journal, the scenario in its first
  /// state with its own faults alone, the replay at its beginning and waiting for its first client, the clock running.
  /// Time goes on, and so do the numbers of sessions.
  ///
  /// Sessions get a close frame (1012, service restart).
  /// - Throws: ``RecordingError`` when a recording cannot be read again; then nothing has changed.
  public func reset() throws {
    let stage = try Stage(configuration, on: clock)
    endSessions(.closeFrame(code: 1012, reason: "the sandbox was reset"))
    // Gone at once: nothing of before may show up in the new journal.
    for id in sessions.numbers { disconnected(id, cleanly: true) }
    traffic.forget()
    self.stage = stage
    drawnAhead.store(0, ordering: .relaxed)
    admission = Admission(configuration, generator: generator)
    scenarioRun = ScenarioRun(configuration, generator: generator, at: moment, wall: clock.wallTime)
    exchange = ClientExchange(configuration, at: TradingMoment(marketTime))
    journal = Journal(configuration.limits)
    traffic.remembers = !journal.isOff
    journals += 1
    counts = Traffic()
    observe(.started)
    unfreezeClock()
  }
}
