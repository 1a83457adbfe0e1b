import KISMarket
import KISRecording
import KISScenario

/// What is sent to registrations: the recordings' replays and the simulated streams, and in which layouts.
struct Stage {
  var playheads: [PlayheadOwner: Playhead] = [:]
  /// The simulated market, for every figure that no recording has.
  let market: QuotedMarket
  /// The simulated streams of registrations.
  var streams: [StreamOwner: LiveStream] = [:]
  /// The market time up to which streams have sent everything, by the playhead that they follow.
  var released: [PlayheadOwner: TradingMoment] = [:]
  /// Recorded trades that the market goes on from, in the order in which their recordings end.
  var handovers: RecordingHandovers
  /// Registrations of which it was announced that nothing more will come.
  var silenced: Set<StreamOwner> = []
  /// Drawings of the market that run outside the actor, or have run, by name.
  var drawings: [String: Task<Void, Never>] = [:]
  /// What was answered about the market a moment ago.
  var answers = AnswerMemo()
  /// The market's day when it was last looked at.
  var day: CalendarDate?
  /// The shift from the market's days to those that are shown; nil when they are the same.
  let dateShift: DateShift?
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
    dateShift = configuration.dateShift
    market = QuotedMarket(seed: configuration.seed, codes: configuration.knownCodes, shift: dateShift)
    handovers = RecordingHandovers(configuration)
    handovers.pinBasePrices(in: market)
    translation = LayoutTranslation(
      configuration.recordings, to: configuration.effectiveDialect, shift: dateShift)
    if configuration.playhead == .shared {
      playheads[.everybody] = try Playhead(starting: configuration, on: clock)
    }
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
    silenced = silenced.filter { $0.playhead != .session(session) }
    for owner in streams.keys where owner.playhead == .session(session) { streams[owner] = nil }
  }
}

extension Stage {
  /// The state that belongs to no connection, from which another stage of the same recordings can go on.
  struct Standing: Sendable {
    /// The replay that all sessions share; nil where each has its own.
    var playhead: Playhead?
    fileprivate let market: Market
    fileprivate let handovers: RecordingHandovers
    fileprivate let day: CalendarDate?
    fileprivate let followers: Int
    fileprivate let translation: LayoutTranslation?
  }

  var standing: Standing {
    Standing(
      playhead: playheads[.everybody], market: market.market, handovers: handovers, day: day, followers: followers,
      translation: translation)
  }

  /// Goes on from where another stage stood.
  mutating func go(on standing: Standing) {
    playheads[.everybody] = standing.playhead
    answers.forget()
    market.go(on: standing.market)
    (handovers, day, followers) = (standing.handovers, standing.day, standing.followers)
    translation = standing.translation
  }
}

/// The registrations that a stream feeds: all of one TR and key that follow the same playhead.
struct StreamOwner: Hashable {
  var playhead: Stage.PlayheadOwner
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
