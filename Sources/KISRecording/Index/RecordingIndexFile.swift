import KISWire

/// What is known of a large recording, in a file beside it: places to begin reading at, a stretch apart, each with what a
/// reader needs to know of the sessions open there; where the messages of each registration are; and which lines are no market data.
/// With it a part is cut out, and a replay begins, without a look at all the rest.
///
/// The file is JSON Lines: a header with the size and the time of writing of the recording that it is of, then a place a
/// line, a registration a line, and the notable lines by the thousand. Of another state of the recording it is not used.
public struct RecordingIndexFile: Sendable {
  /// A place from which a part of the recording can be read.
  struct Checkpoint: Sendable {
    var place: LineReader.Place
    /// The latest moment of the events in front of it.
    var reached: RecordedTime
    /// Events in front of it.
    var events: Int
    /// The lines, marked as carried, that say what is open there.
    var context: [[UInt8]]
  }

  /// The index is of another state of the recording, or was cut: who wrote more, or something else, has to make it anew.
  public struct Outdated: Error, Sendable, Hashable, CustomStringConvertible {
    /// The index's path.
    public var path: String
    public var description: String {
      "\(path) is of another state of the recording, or was cut, and was not used; `kis-mock info --index` makes it anew"
    }
  }

  /// Its path.
  public let path: String
  /// Events in the recording.
  let events: Int
  /// Whether the recording ends in the middle of a line.
  let isTruncated: Bool
  /// The times of the first and the last event; nil without events, and in files of older versions.
  private let first: RecordedTime?
  private let last: RecordedTime?
  /// Lines behind the header, all of which a replay needs: a file that was cut has fewer. Nil when all of them do not tell
  /// it enough, and in files of older versions.
  private let lines: Int?
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
    (first, last) = (
      json["first"]?.int.map { .init(nanoseconds: Int64($0)) }, json["last"]?.int.map { .init(nanoseconds: Int64($0)) }
    )
    self.lines = json["lines"]?.int
    start = lines.position
  }

  /// The last place in front of which nothing belongs to a part that begins at a moment; nil when that is the recording's
  /// beginning.
  func checkpoint(before moment: RecordedTime) throws -> Checkpoint? {
    var lines = IndexLines(file, at: start)
    var last: [UInt8]?
    while let line = try lines.next(), let reached = RecordingIndexFile.reached(in: line), reached < moment {
      last = line
    }
    guard let last else { return nil }
    guard let json = try? JSONValue(parsing: last), let place = LineReader.Place(json),
      let reached = json["reached"]?.int, let events = json["events"]?.int,
      let context = json["open"]?.array?.compactMap(\.string)
    else { throw Outdated(path: path) }
    return Checkpoint(
      place: place, reached: RecordedTime(nanoseconds: Int64(reached)), events: events,
      context: context.map { Array($0.utf8) })
  }

  /// All that a replay has to know.
  struct Contents {
    var first: RecordedTime?
    var last: RecordedTime?
    var places: [LineReader.Place] = []
    var registrations: [(registration: RecordedRegistration, positions: [ByteCount])] = []
    var notable: [NotableLines.Line] = []
  }

  /// Reads all of it; nil when a replay needs more than what is in it.
  func contents() throws -> Contents? {
    guard let expected = self.lines else { return nil }
    var contents = Contents(first: first, last: last)
    var lines = IndexLines(file, at: start)
    var found = 0
    while let line = try lines.next() {
      found += 1
      guard let json = try? JSONValue(parsing: line) else { throw Outdated(path: path) }
      if let place = LineReader.Place(json) {
        contents.places.append(place)
      } else if let registration = RecordedRegistration(json), let positions = json["at"]?.array {
        contents.registrations.append((registration, positions.compactMap { $0.int.map { ByteCount(Int64($0)) } }))
      } else if let numbers = json["notable"]?.array?.compactMap(\.int) {
        for index in stride(from: 0, to: numbers.count - 1, by: 2) {
          contents.notable.append(
            .init(position: ByteCount(Int64(numbers[index])), line: LineNumber(numbers[index + 1])))
        }
      } else {
        throw Outdated(path: path)
      }
    }
    guard found == expected else { throw Outdated(path: path) }
    return contents
  }

  /// The number that a line begins with; all others need not be read to find the right one.
  private static func reached(in line: [UInt8]) -> RecordedTime? {
    let front = Array(#"{"reached":"#.utf8)
    guard line.starts(with: front) else { return nil }
    return Int64(String(decoding: line[front.count...].prefix { (0x30...0x39).contains($0) }, as: UTF8.self))
      .map { RecordedTime(nanoseconds: $0) }
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
    var notable = NotableLines(reader.header.provenance)
    var places: [[UInt8]] = []
    var (reached, offset, events): (RecordedTime, RecordedTime, Int) = (0, 0, 0)
    var next: ByteCount?
    let index = try RecordingIndex(reader, stretch: stretch) { event in
      if let due = next, event.position >= due {
        next = event.position + stretch
        let line: JSONValue = [
          "reached": .number(reached.nanoseconds), "position": .number(event.position.bytes),
          "line": .number(event.line.number),
          "t": .number(offset.nanoseconds), "events": .number(events),
          "open": .array(context.lines.map { .string(String(decoding: $0, as: UTF8.self)) }),
        ]
        places.append(line.utf8)
      }
      next = next ?? event.position + stretch
      events += 1
      offset = max(offset, event.offset)
      if !event.isCarried { reached = max(reached, event.offset) }
      context.note(event)
      notable.note(event)
    }
    let summary = index.summary
    // What was passed over is said at every start, so all is read then.
    let lines = summary.warnings.isEmpty ? notable.all : nil
    let registrations = index.trail.all.map { registration, positions in registration.json(at: positions).utf8 }
    let known = lines ?? []
    let notables = stride(from: 0, to: known.count, by: 1_000).map { start in
      let numbers: [JSONValue] = known[start...].prefix(1_000).flatMap {
        [.number($0.position.bytes), .number($0.line.number)]
      }
      return JSONValue.object(["notable": .array(numbers)]).utf8
    }
    let header: JSONValue = [
      "kis_index": 1, "bytes": .number(size.bytes), "modified_ns": .number(modified), "events": .number(events),
      "truncated": .bool(summary.isTruncated), "first": summary.first.map { .number($0.nanoseconds) } ?? .null,
      "last": summary.last.map { .number($0.nanoseconds) } ?? .null,
      "lines": lines.map { _ in .number(places.count + registrations.count + notables.count) } ?? .null,
    ]
    for line in [header.utf8] + places + registrations + notables { try output.append(line: line) }
    return places.count
  }
}

extension LineReader.Place {
  /// The place that a line of an index says; nil when it says none.
  fileprivate init?(_ json: JSONValue) {
    guard let position = json["position"]?.int, let line = json["line"]?.int, let offset = json["t"]?.int else {
      return nil
    }
    self.init(
      position: ByteCount(Int64(position)), line: LineNumber(line), offset: RecordedTime(nanoseconds: Int64(offset)))
  }
}

extension RecordedRegistration {
  /// The registration that a line of an index says; nil when it says none.
  fileprivate init?(_ json: JSONValue) {
    guard let id = json["tr_id"]?.string, let key = json["tr_key"]?.string, let isEncrypted = json["encrypted"]?.bool,
      let messages = json["messages"]?.int, let records = json["records"]?.int
    else { return nil }
    self.init(registration: RegistrationKey(TransactionID(id), key: key), isEncrypted: isEncrypted)
    (self.messages, self.records) = (messages, records)
  }

  /// As a line of an index says it, with where its messages are.
  fileprivate func json(at positions: [ByteCount]) -> JSONValue {
    [
      "tr_id": .string(registration.transactionID.rawValue), "tr_key": .string(registration.key),
      "encrypted": .bool(isEncrypted), "messages": .number(messages), "records": .number(records),
      "at": .array(positions.map { .number($0.bytes) }),
    ]
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
