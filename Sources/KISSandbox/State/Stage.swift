import KISScenario

/// What is sent without being asked for: the recordings' replays and the simulated streams, and in which layouts.
struct Stage {
  var playheads: [PlayheadOwner: Playhead] = [:]
  /// What no recording feeds.
  var streams: [StreamOwner: SimulatedStream] = [:]
  /// How many sessions took the place of a recorded connection, one after the other.
  private var followers = 0
  /// The layouts frames are sent in, when they are not the recordings' own.
  var translation: LayoutTranslation?

  enum PlayheadOwner: Hashable {
    case everybody
    case session(Int)
  }

  /// Every replay at its start.
  /// - Throws: ``RecordingError`` when a recording cannot be read; ``ReplayError`` when nothing is left at its start.
  init(_ configuration: SandboxConfiguration, on clock: any MockClock) throws {
    translation = LayoutTranslation(configuration.recordings, to: configuration.effectiveDialect)
    if configuration.playhead == .shared {
      playheads[.everybody] = try Playhead(starting: configuration, on: clock)
    }
  }

  /// The moment on the clock, and where the shared replay stands then.
  func moment(in configuration: SandboxConfiguration, at now: Duration) -> ScenarioMoment {
    let position = playheads[.everybody]?.reached(at: now) ?? 0
    return ScenarioMoment(elapsed: now, timeOfDay: configuration.timeOfDay(at: position))
  }

  /// The recorded connection whose place the next session takes, where each has a replay of its own: the first, the second
  /// and so on, then the first again.
  mutating func nextConnection(among recordings: [FramedRecording]) -> RecordedConnection? {
    let connections = recordings.flatMap { $0.connections.map(\.connection) }
    guard !connections.isEmpty else { return nil }
    defer { followers += 1 }
    return connections[followers % connections.count]
  }

  /// Forgets what was played to one session alone.
  mutating func forget(session: Int) {
    playheads[.session(session)] = nil
    for owner in streams.keys where owner.session == session { streams[owner] = nil }
  }
}

/// Whose registration a simulated stream feeds.
struct StreamOwner: Hashable {
  var session: Int
  var route: Route
}

extension Stage.PlayheadOwner {
  /// The order in which playheads get their turn.
  var order: Int {
    switch self {
    case .everybody: 0
    case .session(let id): id
    }
  }
}
