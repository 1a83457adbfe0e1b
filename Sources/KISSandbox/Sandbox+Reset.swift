import KISScenario

extension Sandbox {
  /// Makes the sandbox as it was at its start: no sessions, tokens and journal, the scenario in its first state with its
  /// own faults alone, the replay at its beginning and waiting for its first client, the clock running. Time goes on.
  ///
  /// Sessions get a close frame (1012, service restart).
  /// - Throws: ``RecordingError`` when a recording cannot be read again.
  public func reset() throws {
    endSessions(.closeFrame(code: 1012, reason: "the sandbox was reset"))
    // Gone at once: nothing of before may show up in the new journal.
    for id in sessions.numbers { disconnected(id, cleanly: true) }
    credentials = IssuedCredentials(configuration, generator: generator)
    callRates = CallRates()
    ledger = OrderLedger()
    (ordersDue, quotesOfOrders) = (.never, QuoteCache())
    slots = [:]
    playheads = [:]
    streams = [:]
    if configuration.playhead == .shared { playheads[.everybody] = try Sandbox.playhead(configuration, on: clock) }
    beginScenario()
    resetJournal()
    observe(.started)
    unfreezeClock()
  }

  private func beginScenario() {
    isOver = false
    chances = generator.fork("chances")
    translation = LayoutTranslation(configuration.recordings, to: configuration.effectiveDialect)
    faults = FaultPlan()
    quirkMemory = QuirkMemory(configuration.quirks, at: clock.now, wall: clock.wallTime)
    armOwnFaults()
    guard let scenario = configuration.scenario else { return }
    // Adopted, since what a new engine waits for counts from the clock's beginning.
    engine = ScenarioEngine(Scenario(), start: moment.timeOfDay)
    adopt(scenario)
  }
}
