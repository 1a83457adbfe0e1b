import KISRecording
import KISScenario
import KISWire

/// The position of a replay on its recordings' time line: play, pause, rate, seek, step, loop.
///
/// A value without a clock: it is given the time and returns what is due. It knows no sessions.
struct Playhead {
  enum State: String {
    /// Has not begun; the first client starts it.
    case waiting
    case playing
    case paused
    case ended
  }

  /// Messages that are due, to be sent at once: neighbours in one batch.
  struct Due {
    var batch: FrameBatch
    var messages: Range<Int>
    /// The recorded connection ended after them.
    var closing: FrameBatch.Closing?
    /// Where the last of them lies on the time line; nil for what no recording holds.
    var position: RecordedTime?
  }

  private(set) var state = State.waiting
  private(set) var speed: PlaySpeed
  var loops: Bool
  /// How often the recording began again.
  private(set) var laps = 0
  /// Messages released so far.
  private(set) var released = 0
  private(set) var timebase: Timebase
  private var lanes: [Lane]
  private var market = LastMessages()
  /// Where it begins: the start option.
  private let origin: RecordedTime
  /// Where it went last: its start, or where a seek led.
  var entry: RecordedTime
  private let clockRate: Double
  /// Where it stands while it is not playing.
  private var restingPosition: RecordedTime

  /// - Parameters:
  ///   - recordings: played together on one time line; their starts are aligned by time of day.
  ///   - start: where on that time line to begin.
  ///   - clockRate: seconds of the clock in one of the host: a speed is a multiple of host time.
  init(recordings: [FramedRecording], speed: PlaySpeed, loops: Bool, start: RecordedTime = .zero, clockRate: Double = 1)
    throws
  {
    let earliest = recordings.map(\.startOfDay).min() ?? .zero
    lanes = try recordings.map { try Lane(recording: $0, shift: $0.startOfDay - earliest) }
    self.speed = speed
    self.loops = loops
    self.clockRate = clockRate
    origin = start
    entry = start
    restingPosition = start
    timebase = Timebase(anchor: .zero, position: start, rate: 1)
    if start != .zero { try move(to: start) }
  }

  /// The recorded time that was reached.
  func position(at now: Duration) -> RecordedTime {
    guard state == .playing else { return restingPosition }
    switch speed {
    case .times: return timebase.position(at: now)
    case .max: return restingPosition
    }
  }

  /// The recorded time up to which everything was released: a replay that is late has reached less than the clock.
  func reached(at now: Duration) -> RecordedTime {
    min(position(at: now), state == .playing ? nextOffset ?? .distantFuture : .distantFuture)
  }

  /// The recorded position of the next message; nil at the end.
  var nextOffset: RecordedTime? { lanes.compactMap(\.nextOffset).min() }

  /// When the next message is due; nil when nothing will be due without a command.
  func nextDeadline(now: Duration) -> Duration? {
    guard state == .playing, let next = nextOffset else { return state == .playing ? now : nil }
    switch speed {
    case .times: return timebase.moment(of: next)
    case .max: return now
    }
  }

  /// Where on the time line the market is: it goes on where the recordings end.
  func marketPosition(at now: Duration) -> RecordedTime {
    state == .ended ? max(restingPosition, timebase.position(at: now)) : position(at: now)
  }

  /// When the market reaches a position; nil while it stands, or moves with the messages of an unpaced replay.
  func moment(ofMarket position: RecordedTime) -> Duration? {
    switch (state, speed) {
    case (.ended, _), (.playing, .times): timebase.moment(of: position)
    case (.playing, .max), (.waiting, _), (.paused, _): nil
    }
  }

  /// The text of the last message released on a route.
  func lastText(of route: Route) -> [UInt8]? { market.text(of: route) }

  // MARK: Commands

  /// Goes on; at the end from the beginning.
  mutating func play(at now: Duration) throws {
    guard state != .playing else { return }
    if nextOffset == nil { try rewind() }
    state = .playing
    anchor(at: now, position: restingPosition)
  }

  mutating func pause(at now: Duration) {
    restingPosition = state == .ended ? marketPosition(at: now) : reached(at: now)
    state = .paused
  }

  mutating func changeSpeed(to speed: PlaySpeed, at now: Duration) {
    let position = position(at: now)
    self.speed = speed
    restingPosition = position
    anchor(at: now, position: position)
  }

  /// Goes to a recorded position; playing goes on from there, also when it had ended.
  mutating func seek(to position: RecordedTime, at now: Duration) throws {
    try move(to: position)
    anchor(at: now, position: restingPosition)
    if state == .ended { state = .playing }
  }

  /// The next message alone, whatever the time; nil at the end. Only while not playing.
  mutating func step() throws -> Due? {
    guard state != .playing, let lane = earliestLane() else { return nil }
    if state == .waiting { state = .paused }
    guard let due = try lanes[lane].take(until: .distantFuture, limit: .distantFuture, most: 1) else { return nil }
    restingPosition = due.position ?? restingPosition
    note(due)
    return due
  }

  // MARK: Playing

  /// The next messages that are due, neighbours in one batch; nil when nothing is due now. Call until nil. At the end
  /// of the recordings it starts again when it loops, else it ends.
  /// - Parameter stop: a recorded position to stop at, before the messages there; ``reached(at:)`` says when it does.
  mutating func due(at now: Duration, before stop: RecordedTime = .distantFuture) throws -> Due? {
    guard state == .playing else { return nil }
    guard let lane = earliestLane() else {
      try finish(at: now)
      return nil
    }
    let limit: RecordedTime =
      switch speed {
      case .times: min(timebase.position(at: now), stop - .nanoseconds(1))
      case .max: stop - .nanoseconds(1)
      }
    let others = lanes.indices.filter { $0 != lane }.compactMap { lanes[$0].nextOffset }.min() ?? .distantFuture
    guard let due = try lanes[lane].take(until: others, limit: limit, most: .max) else {
      if speed == .max { restingPosition = stop }
      return nil
    }
    if speed == .max, let position = due.position { restingPosition = position }
    note(due)
    return due
  }

  /// The text of the last message released on each route, rebuilt by a seek.
  func lastTexts(where isWanted: (Route) -> Bool = { _ in true }) -> [(Route, [UInt8])] {
    market.texts(where: isWanted)
  }

  // MARK: Inside

  private mutating func anchor(at now: Duration, position: RecordedTime) {
    if case .times(let rate) = speed { timebase = Timebase(anchor: now, position: position, rate: rate / clockRate) }
  }

  private func earliestLane() -> Int? {
    var best: (lane: Int, offset: RecordedTime)?
    for index in lanes.indices {
      if let offset = lanes[index].nextOffset, offset < best?.offset ?? .distantFuture { best = (index, offset) }
    }
    return best?.lane
  }

  private mutating func note(_ due: Due) {
    released += due.messages.count
    market.note(due)
  }

  private mutating func move(to position: RecordedTime) throws {
    market = LastMessages()
    for index in lanes.indices {
      try lanes[index].seek(to: position - lanes[index].shift)
      for (route, text) in try lanes[index].recording.lastTexts(before: position - lanes[index].shift) {
        market.set(text, for: route)
      }
    }
    (restingPosition, entry) = (position, position)
  }

  private mutating func rewind() throws {
    try move(to: origin)
  }

  private mutating func finish(at now: Duration) throws {
    let end = lanes.map { $0.lastOffset + $0.shift }.max() ?? restingPosition
    if speed == .max || !loops {
      // The market goes on from here, an unpaced one at the pace of the clock.
      let reached = max(end, position(at: now))
      let rate = if case .times(let rate) = speed { rate / clockRate } else { 1.0 }
      timebase = Timebase(anchor: now, position: reached, rate: rate)
    }
    restingPosition = end
    guard loops, released > 0 else {
      state = .ended
      return
    }
    laps += 1
    let lap = restingPosition - origin
    try rewind()
    guard nextOffset != nil else {
      state = .ended
      return
    }
    // A lap lasts a second at least, or a recording of one moment would fill every socket.
    anchor(at: now + max(.zero, .seconds(1) - lap), position: restingPosition)
  }
}

/// One recording of a playhead: where it is on its recording, and how its time lies on the common line.
private struct Lane {
  let recording: FramedRecording
  let shift: Duration
  private var cursor: FramedRecordingCursor
  private var batch: FrameBatch?
  private var index = 0
  private(set) var lastOffset = RecordedTime.zero

  init(recording: FramedRecording, shift: Duration) throws {
    self.recording = recording
    self.shift = shift
    cursor = recording.cursor()
    try load()
  }

  /// The next message or close on the common line.
  var nextOffset: RecordedTime? {
    guard let batch else { return nil }
    if index < batch.messages.count { return batch.messages[index].offset + shift }
    return batch.closing.map { $0.offset + shift }
  }

  /// Takes messages up to and including a position, and not beyond another lane's next.
  mutating func take(until other: RecordedTime, limit: RecordedTime, most: Int) throws -> Playhead.Due? {
    guard let batch, let next = nextOffset, next <= limit else { return nil }
    // On the lane's own time.
    let bound = max(next, min(limit, other)) - shift
    var end = index
    if let last = batch.messages.last, last.offset <= bound, batch.messages.count - index <= most {
      end = batch.messages.count
    } else {
      while end < batch.messages.count, end - index < most, batch.messages[end].offset <= bound { end += 1 }
    }
    var due = Playhead.Due(batch: batch, messages: index..<end, closing: nil)
    if end == batch.messages.count, let closing = batch.closing, closing.offset <= bound {
      due.closing = closing
    }
    if end > index {
      lastOffset = batch.messages[end - 1].offset
      due.position = lastOffset + shift
    } else {
      due.position = due.closing.map { $0.offset + shift }
    }
    index = end
    if end == batch.messages.count, batch.closing == nil || due.closing != nil { try load() }
    return due
  }

  mutating func seek(to offset: RecordedTime) throws {
    try cursor.seek(to: max(.zero, offset))
    try load()
    while let batch, let last = batch.messages.last, last.offset < offset { try load() }
    if let batch { index = batch.messages.firstIndex { $0.offset >= offset } ?? batch.messages.count }
  }

  private mutating func load() throws {
    batch = try cursor.next()
    index = 0
  }
}
