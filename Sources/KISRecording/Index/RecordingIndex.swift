public import KISWire

/// Where the moments of a recording lie in its file, and what it holds. Kept in memory only.
///
/// One pass over the file builds it; afterwards a seek to any time reads a small part of the file, at most four
/// megabytes or the 512th part, and so does the state of the market at that time.
public struct RecordingIndex: Sendable {
  /// The last data message of a registration before some moment.
  public struct LastMessage: Sendable, Hashable {
    /// The `tr_id` in the frame's envelope, and its first value, which is its `tr_key`: a code, or the HTS id for notices.
    public var registration: RegistrationKey
    /// When it came.
    public var offset: RecordedTime
    /// The whole message, `0|H0UPPGM0|001|…`; notices (flag `1`) decrypted, as recordings keep them.
    public var text: [UInt8]
  }

  /// What the recording holds, counted in the same pass.
  public private(set) var summary = RecordingSummary()
  /// Moments that the recording names, in order.
  public var markers: [RecordingSummary.Marker] { summary.markers }

  /// Places a stretch apart, the first at the first event.
  private var checkpoints: [LineReader.Place] = []
  private(set) var trail = RegistrationTrail()
  private let reader: RecordingReader

  /// Reads a recording once, from its beginning to its end.
  ///
  /// - Parameters:
  ///   - stretch: bytes between checkpoints; nil for a size that keeps both index and seeks small.
  ///   - visit: is shown every event on the way.
  /// - Throws: ``RecordingError`` when a line is malformed.
  public init(
    _ reader: RecordingReader, stretch: ByteCount? = nil, visiting visit: (RecordedEventView) -> Void = { _ in }
  ) throws {
    var pass = reader
    pass.rewind()
    self.reader = pass
    let stretch = reader.stretch(asked: stretch)
    var next = ByteCount.zero
    var offset = RecordedTime.zero
    try pass.read { event in
      if event.position >= next {
        next = event.position + stretch
        beginStretch(at: .init(position: event.position, line: event.line, offset: offset))
      }
      offset = max(offset, event.offset)
      note(event)
      visit(event)
      return .more
    }
    summary.last = summary.first.map { _ in offset }
    summary.registrations = trail.registrations
    summary.isTruncated = pass.isTruncated
    summary.warnings = pass.warnings
  }

  /// What a file beside a recording knows of it, so that little of the recording itself has to be read.
  ///
  /// - Parameter visit: is shown the notable lines, in order (``NotableLines``).
  /// - Returns: nil when the file does not know enough.
  /// - Throws: ``RecordingIndexFile/Outdated`` when the file is none that was written whole, ``RecordingError`` for a line of
  ///   the recording.
  public init?(
    _ file: RecordingIndexFile, of reader: RecordingReader, visiting visit: (RecordedEventView) -> Void = { _ in }
  ) throws {
    guard let contents = try file.contents() else { return nil }
    var pass = reader
    pass.rewind()
    self.reader = pass
    checkpoints = [pass.beginning] + contents.places
    trail = RegistrationTrail(contents.registrations)
    for line in contents.notable {
      try pass.read(line) { event in
        switch event.content {
        case .serverMessage(let text): if FrameHead(text) == nil { summary.controlMessages += 1 }
        case .other(let content): summary.note(content, at: event.offset)
        }
        visit(event)
      }
    }
    summary.events = file.events
    summary.isTruncated = file.isTruncated
    (summary.first, summary.last) = (contents.first, contents.last)
    summary.registrations = trail.registrations
  }

  private mutating func beginStretch(at place: LineReader.Place) {
    checkpoints.append(place)
    trail.beginStretch(at: place.position)
  }

  private mutating func note(_ event: RecordedEventView) {
    summary.events += 1
    if summary.first == nil { summary.first = event.offset }
    switch event.content {
    case .serverMessage(let text):
      if let head = FrameHead(text) {
        trail.note(head, in: text, at: event.position)
      } else {
        summary.controlMessages += 1
      }
    case .other(let content): summary.note(content, at: event.offset)
    }
  }

  /// The beginning of the stretch that holds the first event at or after a moment.
  func checkpoint(for offset: RecordedTime) -> LineReader.Place? {
    checkpoints[..<checkpoints.partitioningIndex { $0.offset >= offset }].last ?? checkpoints.first
  }

  /// What a client that had been registered for everything would have last received on each registration
  /// before a moment: the state of the market then. In the order in which the messages came.
  ///
  /// - Parameter offset: messages at that very moment are not included.
  public func lastMessages(before offset: RecordedTime) throws -> [LastMessage] {
    guard let start = checkpoint(for: offset) else { return [] }
    var reader = reader
    var last: [RegistrationKey: LastMessage] = [:]
    func keep(_ event: RecordedEventView) {
      guard case .serverMessage(let text) = event.content, let head = FrameHead(text) else { return }
      let registration = RegistrationKey(
        TransactionID(String(decoding: text[head.transactionID], as: UTF8.self)),
        key: String(decoding: text[head.key], as: UTF8.self))
      last[registration] = LastMessage(registration: registration, offset: event.offset, text: Array(text))
    }
    for position in trail.lastPositions(before: start.position) {
      reader.go(to: .init(position: position, line: 0, offset: 0), chunk: 2 << 10)
      try reader.read { event in
        keep(event)
        return .enough
      }
    }
    reader.go(to: start)
    try reader.read { event in
      guard event.offset < offset else { return .enough }
      keep(event)
      return .more
    }
    return last.values.sorted {
      ($0.offset, $0.registration.transactionID, $0.registration.key)
        < ($1.offset, $1.registration.transactionID, $1.registration.key)
    }
  }
}

extension RecordingReader {
  /// How far apart the places of an index are: a size that keeps both the index and seeks small, unless one is asked for.
  func stretch(asked: ByteCount?) -> ByteCount {
    max(ByteCount(1), asked ?? max(ByteCount(4 << 20), ByteCount(size.bytes / 512)))
  }

  /// Goes to the first event at or after a moment, whichever way that lies. Behind the last event, to the end.
  ///
  /// - Parameter index: of the same recording.
  public mutating func seek(to offset: RecordedTime, in index: RecordingIndex) throws {
    rewind()
    guard let checkpoint = index.checkpoint(for: offset) else { return }
    go(to: checkpoint)
    try read { $0.offset >= offset ? .putBack : .more }
  }
}
