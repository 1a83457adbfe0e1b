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
  private var file: File?

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

  /// How far back the ring goes.
  static let memory = Duration.seconds(60)
  /// Bytes that the ring may keep.
  static let capacity = 8 << 20
  /// So much is written at once: a fraction of a millisecond.
  private static let chunk = 32 << 10

  init(_ clock: any MockClock) { self.clock = clock }

  /// The recording's path and bytes so far; nil while none is written.
  var recorded: (path: String, bytes: Int64)? { file.map { ($0.recording.path, $0.recording.size) } }

  func note(_ content: TrafficEntry.Content, session: Int? = nil) {
    let entry = TrafficEntry(time: clock.now, session: session, content: content)
    let cost = entry.cost
    ring.append(entry)
    self.cost += cost
    while let first = ring.first, self.cost > TrafficLog.capacity || entry.time - first.time > TrafficLog.memory {
      self.cost -= first.cost
      ring.removeFirst()
    }
    file?.pending.append(entry)
    file?.cost += cost
  }

  /// Parts of a batch left: copied when they are a small part of it, or the ring would keep all the rest alive.
  func noteSent(_ batch: FrameBatch, _ ranges: [Range<Int>], session: Int) {
    let size = ranges.reduce(0) { $0 + $1.count }
    guard size * 4 < batch.bytes.count else { return note(.sentParts(batch, ranges), session: session) }
    note(.sent(ranges.flatMap { batch.bytes[$0] }, nil), session: session)
  }

  /// Forgets what is in memory; a file goes on.
  func forget() {
    ring = []
    cost = 0
  }

  /// The entries of the last while.
  func last(_ duration: Duration) -> [TrafficEntry] {
    let start = clock.now - duration
    return ring.filter { $0.time >= start }
  }

  /// Begins to write a file.
  ///
  /// - Throws: ``RecordingError`` when it cannot be made.
  func start(_ path: String, _ configuration: SandboxConfiguration, since moment: Duration) throws {
    let (header, start) = configuration.recordingHeader(since: moment, on: clock)
    file = File(try LiveRecording(creating: path, header: header, replacing: false, redacting: true), start: start)
  }

  /// Puts on file what waits, if it is enough or nothing else is to be done.
  ///
  /// - Throws: ``RecordingError`` when the file cannot be written; then the recording is over.
  func flush(all: Bool) throws {
    guard let file, !file.pending.isEmpty, all || file.cost >= TrafficLog.chunk else { return }
    let start = file.start
    var offset = file.recording.offset
    let events = file.pending.flatMap { $0.events(since: start) }.map { event in
      // An answer that took long is noted behind what left meanwhile.
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
    return (file.recording.path, file.recording.size)
  }
}
