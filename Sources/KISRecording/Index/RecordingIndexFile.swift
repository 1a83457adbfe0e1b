import KISWire

/// Where to begin reading a large recording, in a file beside it: places a stretch apart, each with what the sessions
/// that are open there rest upon.
///
/// The file is JSON Lines: a header with the size and the time of writing of the recording that it is of, then a place a
/// line. Of another state of the recording it is not used.
public struct RecordingIndexFile: Sendable {
  /// A place from which a part of the recording can be read.
  struct Checkpoint: Sendable {
    var place: LineReader.Place
    /// The latest moment of the events in front of it, in nanoseconds since the recording's start.
    var reached: Int64
    /// Events in front of it.
    var events: Int
    /// The lines, marked as carried, that say what is open there.
    var context: [[UInt8]]
  }

  /// The index is of another state of the recording: who wrote more, or something else, has to make it anew.
  public struct Outdated: Error, Sendable, Hashable, CustomStringConvertible {
    /// The index's path.
    public var path: String
    public var description: String {
      "\(path) is of another state of the recording and was not used; `kis-mock info --index` makes it anew"
    }
  }

  /// Its path.
  public let path: String
  /// Events in the recording.
  let events: Int
  /// Whether the recording ends in the middle of a line.
  let isTruncated: Bool
  private let file: OpenFile
  private let start: ByteCount

  /// The path of the index of a recording.
  public static func path(of recording: String) -> String { recording + ".index" }

  /// Opens the index beside a recording.
  ///
  /// - Returns: nil when there is none.
  /// - Throws: ``Outdated`` when it is of another state of the recording, ``RecordingError`` when it cannot be read.
  public init?(of recording: RecordingReader) throws {
    guard let recorded = recording.file else { return nil }
    path = RecordingIndexFile.path(of: recorded.path)
    guard OpenFile.exists(path) else { return nil }
    file = try OpenFile(reading: path)
    var lines = IndexLines(file)
    guard let line = try lines.next(), let json = try? JSONValue(parsing: line), json["kis_index"]?.int == 1,
      let bytes = json["bytes"]?.int, let modified = json["modified_ns"]?.int, let events = json["events"]?.int,
      ByteCount(Int64(bytes)) == recorded.size, Int64(modified) == recorded.modified
    else { throw Outdated(path: path) }
    self.events = events
    isTruncated = json["truncated"]?.bool ?? false
    start = lines.position
  }

  /// The last place in front of which nothing belongs to a part that begins at a moment; nil when that is the recording's
  /// beginning.
  func checkpoint(before moment: Int64) throws -> Checkpoint? {
    var lines = IndexLines(file, at: start)
    var last: [UInt8]?
    while let line = try lines.next(), let reached = RecordingIndexFile.reached(in: line), reached < moment {
      last = line
    }
    guard let last else { return nil }
    guard let json = try? JSONValue(parsing: last), let reached = json["reached"]?.int,
      let position = json["position"]?.int,
      let line = json["line"]?.int, let offset = json["t"]?.int, let events = json["events"]?.int,
      let context = json["open"]?.array?.compactMap(\.string)
    else { throw Outdated(path: path) }
    return Checkpoint(
      place: LineReader.Place(
        position: ByteCount(Int64(position)), line: LineNumber(line), offset: Int64(offset)),
      reached: Int64(reached), events: events, context: context.map { Array($0.utf8) })
  }

  /// The number that a line begins with; all others need not be read to find the right one.
  private static func reached(in line: [UInt8]) -> Int64? {
    let front = Array(#"{"reached":"#.utf8)
    guard line.starts(with: front) else { return nil }
    return Int64(String(decoding: line[front.count...].prefix { (0x30...0x39).contains($0) }, as: UTF8.self))
  }

  /// Reads a recording once and writes its index.
  ///
  /// - Parameter stretch: bytes between two places; nil for a size that keeps both the index and seeks small.
  /// - Returns: how many places it has.
  @discardableResult
  public static func write(
    _ recording: RecordingReader, stretch: ByteCount? = nil, to output: inout RecordingOutput
  ) throws -> Int {
    guard let file = recording.file, let modified = file.modified else {
      throw RecordingError(.unreadable, file: recording.name, reason: "is not a file, so nothing can lie beside it")
    }
    let size = file.size
    let stretch = recording.stretch(asked: stretch)
    var reader = recording
    reader.rewind()
    reader.acceptsCiphertext = true
    var context = SessionContext()
    var places: [[UInt8]] = []
    var (reached, offset, events): (Int64, Int64, Int) = (0, 0, 0)
    var next: ByteCount?
    try reader.read { event in
      if let due = next, event.position >= due {
        next = event.position + stretch
        let line: JSONValue = [
          "reached": .number(reached), "position": .number(event.position.bytes), "line": .number(event.line.number),
          "t": .number(offset), "events": .number(events),
          "open": .array(context.lines.map { .string(String(decoding: $0, as: UTF8.self)) }),
        ]
        places.append(line.utf8)
      }
      next = next ?? event.position + stretch
      events += 1
      offset = event.offset
      if !event.isCarried { reached = max(reached, event.offset) }
      context.note(event)
      return .more
    }
    let header: JSONValue = [
      "kis_index": 1, "bytes": .number(size.bytes), "modified_ns": .number(modified), "events": .number(events),
      "truncated": .bool(reader.isTruncated),
    ]
    try output.append(line: header.utf8)
    for place in places { try output.append(line: place) }
    return places.count
  }
}

/// The lines of an index, from front to back.
private struct IndexLines {
  private let input: RecordingInput
  private var window: LineWindow
  private var number: LineNumber = 1

  init(_ file: OpenFile, at position: ByteCount = .zero) {
    input = .file(file, name: file.path)
    window = LineWindow(at: position)
  }

  /// Where the next line begins.
  var position: ByteCount { window.position }

  /// Nil at the end; a line without its end was not written to it, and is none.
  mutating func next() throws(RecordingError) -> [UInt8]? {
    while true {
      if let length = window.firstLineLength {
        let start = window.unread.lowerBound
        let line = Array(window.bytes[start..<start + length - 1])
        window.consume(length)
        number = number.next
        return line
      }
      guard try window.fill(from: input, line: number) else { return nil }
    }
  }
}
