import KISRecording
public import KISScenario
public import KISWire

/// Where a replay stands.
public struct ReplayStatus: Sendable, Hashable {
  /// `waiting` for its first client, `playing`, `paused` or `ended`.
  public var state: String
  /// Recorded time since the beginning of the time line.
  public var position: Duration
  /// The time of day at that position.
  public var timeOfDay: TimeOfDay
  /// How fast it plays.
  public var speed: PlaySpeed
  /// Whether it begins again at the end.
  public var loops: Bool
  /// How often it began again.
  public var laps: Int
  /// Messages released so far.
  public var released: Int
  /// The position of the next message; nil at the end.
  public var next: Duration?
  /// The host's monotonic nanoseconds at which position zero would have been due at the present rate; nil unless it
  /// plays paced on a real clock. For measurements.
  public var monotonicOrigin: Int64?
}

/// Where a seek goes.
public enum ReplayTarget: Sendable, Hashable {
  /// Recorded time since the beginning of the time line.
  case position(Duration)
  /// A time of day on the time line.
  case timeOfDay(TimeOfDay)
  /// A marker of a recording, by name.
  case marker(String)
}

/// A command that cannot be carried out, and what to do about it.
public struct ReplayError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What cannot be done, why, and what could be, in one line.
  public let description: String
}

extension Playhead {
  /// A replay at its start.
  init(starting configuration: SandboxConfiguration, on clock: any MockClock) throws {
    let asked = configuration.start.map { configuration.position(of: $0) } ?? .zero
    // Before the first recording the market is simulated, unless only recordings are played.
    let start = configuration.simulates ? asked : max(.zero, asked)
    try self.init(
      recordings: configuration.recordings, speed: configuration.speed, loops: configuration.loops, start: start,
      clockRate: clock.rate)
    // Where nothing is recorded the market is simulated, unless only recordings are played.
    if let start = configuration.start, nextOffset == nil, !configuration.simulates {
      let times = configuration.timeLine
      guard start <= times.upperBound else {
        throw ReplayError(
          description: "nothing is left to play at \(start); the recordings go from \(times.lowerBound.colons) to "
            + "\(times.upperBound.colons)")
      }
    }
    if configuration.isPaused { pause(at: .zero) }
  }
}

extension Sandbox {
  /// Where the shared replay stands, or the replay of one session.
  /// - Throws: ``ReplayError`` when there is no such playhead.
  public func replayStatus(ofSession session: Int? = nil) throws -> ReplayStatus {
    let playhead = try stage.playheads[owner(session)].orMissing
    let now = clock.now
    let position = playhead.position(at: now)
    var origin: Int64?
    if playhead.state == .playing, case .times = playhead.speed, clock is RealClock {
      origin =
        HostTime.monotonicNanoseconds - ((now - playhead.timebase.moment(of: .zero)) / clock.rate).nanoseconds
    }
    return ReplayStatus(
      state: playhead.state.rawValue, position: position.sinceStart, timeOfDay: timeOfDay(at: position),
      speed: playhead.speed,
      loops: playhead.loops, laps: playhead.laps, released: playhead.released,
      next: playhead.nextOffset?.sinceStart,
      monotonicOrigin: origin)
  }

  /// Starts or resumes; from the beginning when it had ended.
  /// - Throws: ``ReplayError`` when there is no such playhead; `RecordingError` when a recording cannot be read again.
  public func play(session: Int? = nil) throws {
    try control(session) { playhead, now in try playhead.play(at: now) }
  }

  /// Holds the replay where it is; sessions, heartbeats and the clock go on.
  /// - Throws: ``ReplayError`` when there is no such playhead.
  public func pause(session: Int? = nil) throws {
    try control(session) { playhead, now in playhead.pause(at: now) }
  }

  /// Changes the rate; the position does not jump.
  /// - Throws: ``ReplayError`` when there is no such playhead.
  public func changeSpeed(to speed: PlaySpeed, session: Int? = nil) throws {
    try control(session) { playhead, now in playhead.changeSpeed(to: speed, at: now) }
  }

  /// Whether the replay begins again at its end.
  /// - Throws: ``ReplayError`` when there is no such playhead.
  public func setLoop(_ loops: Bool, session: Int? = nil) throws {
    try control(session) { playhead, _ in playhead.loops = loops }
  }

  /// Goes to a moment; the last value of every registration is rebuilt, see ``lastMessages(session:)``. Where nothing
  /// is recorded the market is simulated; with recordings alone, a moment before them means their beginning, one after
  /// them their end.
  /// - Throws: ``ReplayError`` when there is no such playhead or marker; `RecordingError` when a recording cannot be read
  ///   again.
  public func seek(to target: ReplayTarget, session: Int? = nil) throws {
    let position = try position(of: target)
    try control(session) { playhead, now in
      try playhead.seek(to: configuration.simulates ? position : max(.zero, position), at: now)
      guard playhead.nextOffset == nil, !configuration.simulates else { return }
      let end = configuration.position(of: configuration.timeLine.upperBound)
      // After the last message, so that it is part of the state there.
      let behind = end + .nanoseconds(1)
      if position > behind { try playhead.seek(to: behind, at: now) }
    }
    if session == nil {
      scenarioRun.engine?.seek(to: moment.timeOfDay)
      drawDayAhead()
    }
  }

  /// Releases the next messages one by one, whatever the time, until a count or a match; pauses a playing replay.
  ///
  /// - Parameters:
  ///   - count: how many at most.
  ///   - matches: the message to stop after; nil: only the count matters.
  /// - Returns: their texts, notices decrypted. Fewer than asked at the end of the recording.
  /// - Throws: ``ReplayError`` when there is no such playhead; `RecordingError` when a recording cannot be read again.
  @discardableResult
  public func step(
    _ count: Int = 1, until matches: (@Sendable ([UInt8]) -> Bool)? = nil, session: Int? = nil
  ) throws -> [[UInt8]] {
    let owner = owner(session)
    let now = clock.now
    var texts: [[UInt8]] = []
    try stage.playheads[owner].orMissing.state == .playing ? stage.playheads[owner]?.pause(at: now) : ()
    while texts.count < count, let due = try stage.playheads[owner]?.step() {
      deliver(due, to: owner, at: now)
      for index in due.messages { texts.append(due.batch.text(of: index)) }
      if let matches, let last = texts.last, matches(last) { break }
    }
    wake()
    return texts
  }

  /// The last message of every (tr_id, tr_key) up to the present position.
  /// - Throws: ``ReplayError`` when there is no such playhead.
  public func lastMessages(session: Int? = nil) throws -> [LastMessage] {
    let playhead = try stage.playheads[owner(session)].orMissing
    return playhead.lastTexts().compactMap { route, text in
      routes.name(of: route).map {
        LastMessage(transactionID: $0.transactionID, key: $0.key, text: text)
      }
    }.sorted { ($0.transactionID, $0.key) < ($1.transactionID, $1.key) }
  }

  /// The last message that a registration would have got.
  public struct LastMessage: Sendable, Hashable {
    /// The `tr_id` of the registration.
    public var transactionID: TransactionID
    /// The `tr_key` of the registration.
    public var key: String
    /// The message without its WebSocket framing; notices are decrypted.
    public var text: [UInt8]
  }

  /// Makes this sandbox's time stand still until ``unfreezeClock()``; ``advanceClock(by:)`` moves it all the same.
  public func freezeClock() {
    clock.freeze()
    wake()
  }

  /// Moves this sandbox's time forward at once, frozen or not; what falls due on the way happens now. That moves the
  /// market too: a paced replay that waits for its first client begins.
  public func advanceClock(by duration: Duration) {
    if case .times = configuration.speed, stage.playheads[.everybody]?.state == .waiting { try? play() }
    clock.advance(by: duration)
    wake()
  }

  /// Lets this sandbox's time run again after ``freezeClock()``.
  public func unfreezeClock() {
    clock.unfreeze()
    wake()
  }

  /// The time of day at a position on the time line.
  func timeOfDay(at position: RecordedTime) -> TimeOfDay {
    configuration.timeOfDay(at: position)
  }

  /// How long after midnight the time line begins.
  var beginning: Duration { configuration.beginning }

  private func owner(_ session: Int?) -> Stage.PlayheadOwner { session.map { .session($0) } ?? .everybody }

  private func control(_ session: Int?, _ change: (inout Playhead, Duration) throws -> Void) throws {
    let owner = owner(session)
    var playhead = try stage.playheads[owner].orMissing
    try change(&playhead, clock.now)
    stage.playheads[owner] = playhead
    stage.answers.forget()
    restage(owner)
    wake()
  }

  private func position(of target: ReplayTarget) throws -> RecordedTime {
    switch target {
    case .position(let position): return RecordedTime(position)
    case .timeOfDay(let time): return configuration.position(of: time)
    case .marker(let name):
      var names: [String] = []
      for recording in configuration.recordings {
        for marker in recording.markers {
          if marker.name == name { return marker.offset + (recording.startOfDay - beginning) }
          names.append(marker.name)
        }
      }
      let known = names.isEmpty ? "the recording has none" : "there are: \(names.joined(separator: ", "))"
      throw ReplayError(description: "no marker `\(name)`; \(known)")
    }
  }
}

extension Playhead? {
  fileprivate var orMissing: Playhead {
    get throws {
      guard let self else {
        throw ReplayError(
          description: "there is no such playhead; with `--playhead session` each session has its own, by its number")
      }
      return self
    }
  }
}
