import KISScenario
import KISWire

extension Sandbox {
  /// Puts an edited scenario in force without dropping anybody.
  ///
  /// What is played goes on at the same time of day; the state stays if it still exists, unchanged rules keep their
  /// counts, and faults that were armed meanwhile stay unless the file's own faults or quirks changed. A new heartbeat
  /// is that of new connections.
  ///
  /// - Returns: the keys whose change takes a new start.
  /// - Throws: `RecordingError` when a recording cannot be played; then nothing has changed.
  @discardableResult
  public func adopt(_ edited: SandboxConfiguration) throws -> [String] {
    let before = configuration
    var edited = edited
    edited.name = before.name
    edited.seed = before.seed
    edited.venue = before.venue
    edited.playhead = before.playhead
    edited.isPaused = before.isPaused
    edited.onEntry = before.onEntry
    edited.recordings = edited.recordings.map { $0.bound(to: routes) }
    edited.onNotice = before.onNotice
    (edited.date, edited.day) = (before.date, before.day)
    let replays = try stage.playheads.mapValues { try replay(continuing: $0, in: edited) }
    configuration = edited
    stage.playheads = replays
    admission.credentials.adopt(edited)
    if edited.effectiveDialect != before.effectiveDialect || !edited.plays(theSameAs: before) {
      stage.translation = LayoutTranslation(
        edited.recordings, to: edited.effectiveDialect, shift: stage.dateShift)
    }
    if edited.quirks != before.quirks {
      scenarioRun.quirkMemory = QuirkMemory(edited.quirks, at: clock.now, wall: clock.wallTime)
    }
    if let scenario = edited.scenario { adopt(scenario) }
    if edited.quirks != before.quirks || edited.scenario?.faults != before.scenario?.faults { armOwnFaults() }
    lookAgainAtOrders()
    wake()
    return fixedKeys(before.scenario ?? Scenario(), edited.scenario ?? Scenario())
  }

  /// A replay of what is to be played now, at the position of the one before.
  private func replay(continuing old: Playhead, in edited: SandboxConfiguration) throws -> Playhead {
    let now = clock.now
    var replay = old
    if !edited.plays(theSameAs: configuration) {
      replay = try Playhead(starting: edited, on: clock)
      replay.loops = old.loops
      replay.changeSpeed(to: old.speed, at: now)
      if old.state != .waiting {
        // Where the recordings had ended, the market has gone on since.
        let reached = old.state == .ended ? old.marketPosition(at: now) : old.reached(at: now)
        let moved = edited.position(of: timeOfDay(at: reached))
        try replay.play(at: now)
        try replay.seek(to: moved, at: now)
        replay.entry = edited.position(of: timeOfDay(at: old.entry))
        if old.state == .paused { replay.pause(at: now) }
      }
    }
    if edited.speed != configuration.speed { replay.changeSpeed(to: edited.speed, at: now) }
    if edited.loops != configuration.loops { replay.loops = edited.loops }
    return replay
  }

  /// What differs between two versions of a scenario and cannot change while it runs.
  private func fixedKeys(_ before: Scenario, _ edited: Scenario) -> [String] {
    [
      ("clock", before.clock != edited.clock), ("seed", before.seed != edited.seed),
      ("venue", before.venue != edited.venue), ("playhead", before.playhead != edited.playhead),
      ("sandboxes", before.sandboxes != edited.sandboxes),
      (
        "limits: journal-…",
        before.limits.journalEntries != edited.limits.journalEntries
          || before.limits.journalBytes != edited.limits.journalBytes
      ),
    ].filter(\.1).map(\.0)
  }
}

extension SandboxConfiguration {
  /// Whether the same is played, from the same moment on. A library opens a recording once.
  fileprivate func plays(theSameAs other: SandboxConfiguration) -> Bool {
    recordings.map(ObjectIdentifier.init) == other.recordings.map(ObjectIdentifier.init) && start == other.start
  }
}
