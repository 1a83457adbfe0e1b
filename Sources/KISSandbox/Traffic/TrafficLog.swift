import DequeModule
import KISRecording
import KISWire

/// What a sandbox said and heard: the last seconds in memory, and all of it in a file while one is written.
///
/// It belongs to its sandbox, which alone touches it.
final class TrafficLog {
  private let clock: any MockClock
  private var ring: Deque<TrafficEntry> = []
  private var cost = 0
  private var round: Round?
  private var file: File?
  /// Whether the last seconds are kept: not where speed is all that counts, and the journal is off.
  var remembers: Bool

  /// The same parts of a batch, sent to one session after the other. They are noted once: with many sessions, noting
  /// each would take longer than sending.
  private struct Round {
    let batch: FrameBatch
    let ranges: [Range<Int>]
    let time: Duration
    var sessions: [Int]
  }

  /// Where all of it is written.
  private final class File {
    var recording: LiveRecording
    let start: Duration
    var pending: [TrafficEntry] = []
    var cost = 0

    init(_ recording: consuming LiveRecording, start: Duration) {
      self.recording = recording
      self.start = start
    }
  }

  /// The time of the last entry that the ring had to drop; nil while it has all.
  private var forgotten: Duration?

  /// How far back the ring goes.
  static let memory = Duration.seconds(3_600)
  /// Bytes that the ring may keep.
  static let capacity = 8 << 20
  /// How many bytes are written at once, which takes a fraction of a millisecond.
  private static let chunk = 32 << 10

  init(_ clock: any MockClock, remembers: Bool) {
    self.clock = clock
    self.remembers = remembers
  }

  private var isOn: Bool { remembers || file != nil }

  /// The recording's path and bytes so far; nil while none is written.
  var recorded: (path: String, bytes: Int64)? { file.map { ($0.recording.path, $0.recording.size.bytes) } }

  func note(_ content: TrafficEntry.Content, session: Int? = nil) {
    guard isOn else { return }
    endRound()
    keep(TrafficEntry(time: clock.now, sessions: session.map { [$0] } ?? [], content))
  }

  /// Notes that parts of a batch were sent to a session.
  func noteSent(_ batch: FrameBatch, _ ranges: [Range<Int>], to session: Int) {
    guard isOn else { return }
    if let last = round?.sessions.last, last < session, round?.batch === batch, round?.ranges == ranges {
      round?.sessions.append(session)
    } else {
      endRound()
      round = Round(batch: batch, ranges: ranges, time: clock.now, sessions: [session])
    }
  }

  /// Parts are copied when they are a small part of their batch, or the ring would keep all the rest alive.
  private func endRound() {
    guard let round else { return }
    self.round = nil
    var written = SessionWrite.Content.batch(round.batch, round.ranges)
    let size = round.ranges.reduce(0) { $0 + $1.count }
    if size * 4 < round.batch.size {
      var copy: [UInt8] = []
      copy.reserveCapacity(size)
      for range in round.ranges { copy += round.batch.bytes(in: range) }
      written = .bytes(copy)
    }
    keep(TrafficEntry(time: round.time, sessions: round.sessions, .sent(written, nil)))
  }

  private func keep(_ entry: TrafficEntry) {
    ring.append(entry)
    cost += entry.cost
    while !ring.isEmpty, cost > TrafficLog.capacity || entry.time - ring[0].time > TrafficLog.memory {
      cost -= ring[0].cost
      forgotten = ring.removeFirst().time
    }
    file?.pending.append(entry)
    // A round is in memory once, and on file once for each session.
    file?.cost += entry.contentCost * max(1, entry.sessions.count)
  }

  /// Forgets what is in memory; a file goes on.
  func forget() {
    endRound()
    ring = []
    cost = 0
    forgotten = nil
  }

  /// The entries of a stretch of time.
  func entries(from first: Duration, through last: Duration) -> [TrafficEntry] {
    endRound()
    return ring.filter { (first...last).contains($0.time) }
  }

  /// Whether everything that has passed since a moment is still in memory.
  func isComplete(since moment: Duration) -> Bool { remembers && forgotten.map { $0 < moment } ?? true }

  /// Begins to write a file.
  ///
  /// - Throws: ``RecordingError`` when it cannot be made.
  func start(_ path: String, _ configuration: SandboxConfiguration, since moment: Duration) throws {
    endRound()
    let (header, start) = configuration.recordingHeader(since: moment, on: clock)
    file = File(try LiveRecording(creating: path, header: header, replacing: false, redacting: true), start: start)
  }

  /// Puts on file what waits, if it is enough or nothing else is to be done.
  ///
  /// - Throws: ``RecordingError`` when the file cannot be written; then the recording is over.
  func flush(all: Bool) throws {
    if all { endRound() }
    guard let file, !file.pending.isEmpty, all || file.cost >= TrafficLog.chunk else { return }
    let start = file.start
    var offset = file.recording.offset
    let events = file.pending.flatMap { $0.events(since: start) }.map { event in
      // An answer that took long is noted after what was sent meanwhile.
      var event = event
      offset = max(offset, event.offset)
      event.offset = offset
      return event
    }
    file.pending.removeAll(keepingCapacity: true)
    file.cost = 0
    do {
      try file.recording.append(events)
    } catch {
      self.file = nil
      throw error
    }
  }

  /// Ends the file.
  ///
  /// - Returns: its path and size; nil when none was written.
  @discardableResult
  func stop() throws -> (path: String, bytes: Int64)? {
    try flush(all: true)
    guard let file else { return nil }
    self.file = nil
    try file.recording.finish()
    return (file.recording.path, file.recording.size.bytes)
  }
}
