import KISWire

/// Puts recordings together on one time line.
///
/// The parts that ``Trim`` made of one recording give it back byte for byte. Recordings of different moments keep their
/// distance; connections of different recordings that have the same number get others.
public struct Merge {
  private var sources: [Source] = []
  private let header: [UInt8]
  private var numbers = ConnectionNumbers()

  /// What was read and what was left out.
  public struct Report: Sendable, Hashable {
    /// Events written.
    public var events = 0
    /// Events that stood in a part only because it needed them.
    public var carried = 0
    /// The recordings that end in the middle of a line.
    public var truncated: [String] = []
  }

  /// - Throws: ``RecordingError`` when recordings do not go together: another venue, other layouts, or a moment that is
  ///   too far away.
  public init(_ recordings: [RecordingReader]) throws(RecordingError) {
    let starts = recordings.map { KoreanTime($0.header.start)?.epochNanoseconds ?? 0 }
    guard let earliest = starts.min(), let first = starts.firstIndex(of: earliest) else {
      header = []
      return
    }
    let leader = recordings[first]
    for recording in recordings { try Merge.check(recording, goesWith: leader) }
    for (index, recording) in recordings.enumerated() {
      // Parts of one recording know each other's connections by their numbers.
      let family = recordings.firstIndex { $0.isPart(ofSameAs: recording) } ?? index
      sources.append(Source(recording, shift: .nanoseconds(starts[index] - earliest), family: family))
    }
    header = Merge.header(of: recordings, leader: leader)
  }

  /// Writes all of them.
  public mutating func write(to output: inout RecordingOutput) throws -> Report {
    var report = Report()
    try output.append(line: header)
    for index in sources.indices { try sources[index].advance() }
    while let next = sources.indices.filter({ sources[$0].front != nil }).min(by: {
      sources[$0].reached < sources[$1].reached
    }),
      let front = sources[next].front
    {
      if front.event.isCarried {
        report.carried += 1
      } else {
        report.events += 1
        let number = front.event.connection.map { numbers.number(of: $0, in: sources[next].family) }
        try output.append(line: front.line(shiftedBy: sources[next].shift, on: number))
      }
      try sources[next].advance()
    }
    report.truncated = sources.filter(\.isTruncated).map(\.name)
    return report
  }

  private static func check(_ recording: RecordingReader, goesWith other: RecordingReader) throws(RecordingError) {
    guard recording.header.venue == other.header.venue else {
      throw RecordingError(
        .unmergeable, file: recording.name, line: 1,
        reason: "is of venue \(recording.header.venue.rawValue), \(other.name) of \(other.header.venue.rawValue)")
    }
    let (day, otherDay) = (recording.header.dialectDay, other.header.dialectDay)
    guard day != otherDay, let dialect = try? Dialect(day: day), let otherDialect = try? Dialect(day: otherDay) else {
      return
    }
    let changed = Catalogue.realtime.first { dialect.layout(of: $0.id).fields != otherDialect.layout(of: $0.id).fields }
    if let changed {
      throw RecordingError(
        .unmergeable, file: recording.name, line: 1,
        reason: """
          has the layouts of \(day), \(other.name) those of \(otherDay), and \(changed.id) changed between them; \
          merge recordings of the same layouts
          """)
    }
  }

  /// The earliest header as it stands; with the placeholders of all where they differ.
  private static func header(of recordings: [RecordingReader], leader: RecordingReader) -> [UInt8] {
    var placeholders: [RecordingHeader.Placeholder] = []
    for placeholder in recordings.flatMap(\.header.placeholders) where !placeholders.contains(placeholder) {
      placeholders.append(placeholder)
    }
    guard placeholders == leader.header.placeholders else {
      var header = leader.header
      header.placeholders = placeholders
      header.part = nil
      var line: [UInt8] = []
      header.appendLine(to: &line)
      return Array(line.dropLast())
    }
    return RecordedLine.header(leader.headerLine, part: nil)
  }
}

extension RecordingError.Code {
  /// Recordings that do not go together on one time line.
  public static let unmergeable = RecordingError.Code("unmergeable")
}

extension RecordingReader {
  fileprivate func isPart(ofSameAs other: RecordingReader) -> Bool {
    RecordedLine.header(headerLine, part: nil) == RecordedLine.header(other.headerLine, part: nil)
  }
}

/// A recording, its event in front, and where it stands on the common time line.
private struct Source {
  private var reader: RecordingReader
  let shift: Duration
  let family: Int
  private(set) var front: Line?
  /// The latest moment that its lines have reached.
  private(set) var reached = RecordedTime.zero

  struct Line {
    var text: [UInt8]
    var event: RecordedEvent

    /// As it stands, unless its time or its connection's number is another.
    func line(shiftedBy shift: Duration, on number: Int?) -> [UInt8] {
      guard shift != .zero || number != event.connection else { return text }
      var event = event
      event.offset = event.offset + shift
      event.connection = number
      var bytes: [UInt8] = []
      event.appendLine(to: &bytes)
      return Array(bytes.dropLast())
    }
  }

  init(_ reader: RecordingReader, shift: Duration, family: Int) {
    self.reader = reader
    self.reader.rewind()
    self.reader.acceptsCiphertext = true
    self.shift = shift
    self.family = family
  }

  var isTruncated: Bool { reader.isTruncated }
  var name: String { reader.name }

  mutating func advance() throws {
    front = nil
    var next: Line?
    try reader.read { view in
      next = Line(text: Array(view.text), event: view.event)
      return .enough
    }
    front = next
    guard let next else { return }
    let moment = next.event.offset + shift
    guard moment - next.event.offset == shift else {
      throw RecordingError(
        .unmergeable, file: reader.name, reason: "lies more than 292 years behind the first recording")
    }
    // What was carried lies before everything of its own part and is dropped anyway.
    if !next.event.isCarried { reached = max(reached, moment) }
  }
}

/// One number for each connection of each recording.
private struct ConnectionNumbers {
  private struct Origin: Hashable {
    var family: Int
    var number: Int
  }

  private var numbers: [Origin: Int] = [:]
  private var taken: Set<Int> = []

  mutating func number(of connection: Int, in family: Int) -> Int {
    let origin = Origin(family: family, number: connection)
    if let number = numbers[origin] { return number }
    var number = connection
    if taken.contains(number) { number = (taken.max() ?? 0) + 1 }
    taken.insert(number)
    numbers[origin] = number
    return number
  }
}
