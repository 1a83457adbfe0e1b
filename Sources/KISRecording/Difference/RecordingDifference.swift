import KISWire

/// How two recordings differ in what they mean: events are set against each other by TR and key, method and path, and
/// the role of their connection, not by their place in the file; credentials and the host's time do not count.
///
///     let difference = try RecordingDifference(of: RecordingReader(path: "a.jsonl"), and: RecordingReader(path: "b.jsonl"))
///     if let first = difference.first { print(first) }
public struct RecordingDifference: Sendable {
  /// In which way events differ.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Both have the event, with other values.
    case changed
    /// Only the first recording has it.
    case missing
    /// Only the second recording has it.
    case added
  }

  /// One difference with its place in both recordings.
  public struct Finding: Sendable, Hashable {
    /// In which way the events differ.
    public var kind: Kind
    /// What they are of: `frame H0STCNT0 005930`, `rest GET /uapi/…`.
    public var subject: String
    /// Line of the first and of the second recording; nil where one has no such event.
    public var lines: (LineNumber?, LineNumber?) { (left?.line, right?.line) }
    /// The event of the first recording.
    public var left: Side?
    /// The event of the second recording.
    public var right: Side?
    /// The values that differ: name, of the first, of the second. All of an event that only one has are left out.
    public var fields: [Field]
    /// Lines of the first recording with the events of the same kind just in front.
    public var context: [LineNumber]

    /// Where an event stands.
    public struct Side: Sendable, Hashable {
      /// Which line it is.
      public var line: LineNumber
      /// When it happened.
      public var offset: RecordedTime
    }

    /// A value that differs; nil where one has none of that name.
    public struct Field: Sendable, Hashable {
      /// KIS's name, or a path in JSON: `output[0].stck_prpr`.
      public var name: String
      /// In the first recording.
      public var left: String?
      /// In the second recording.
      public var right: String?
    }
  }

  /// Differences of one subject.
  public struct Count: Sendable, Hashable {
    /// `frame H0STCNT0 005930`
    public var subject: String
    /// In which way they differ.
    public var kind: Kind
    /// How many events.
    public var count: Int
  }

  /// Events that are the same in both.
  public private(set) var same = 0
  /// The earliest difference; nil when there is none.
  public private(set) var first: Finding?
  /// How many there are of each subject and kind, in the order of the first of each.
  public private(set) var counts: [Count] = []
  /// The recordings that end in the middle of a line.
  public private(set) var truncated: [String] = []

  private let dialect: Dialect
  private var countIndices: [CountKey: Int] = [:]

  private struct CountKey: Hashable {
    var subject: String
    var kind: Kind
  }

  /// Whether nothing differs.
  public var isEmpty: Bool { first == nil }

  /// Reads both recordings from their beginnings, side by side.
  ///
  /// - Throws: ``RecordingError`` when a line is malformed.
  public init(of left: RecordingReader, and right: RecordingReader) throws {
    dialect = try Dialect(day: left.header.dialectDay, venue: left.header.venue)
    var (left, right) = try (ComparedStream(left), ComparedStream(right))
    var channels: [ComparedEvent.Channel: ComparedChannel] = [:]
    while left.front != nil || right.front != nil {
      // The one that is behind in time goes on, so that neither has to be kept far.
      let isLeft = (left.front?.offset ?? .distantFuture, 0) <= (right.front?.offset ?? .distantFuture, 1)
      guard let event = isLeft ? try left.take() : try right.take() else { break }
      var channel = channels.removeValue(forKey: event.channel) ?? ComparedChannel()
      channel.append(event, isLeft: isLeft)
      channel.align(isAtEnd: false) { note($0, $1, context: $2) }
      channels[event.channel] = channel
    }
    for name in channels.keys.sorted(by: {
      ($0.kind, $0.subject, $0.role) < ($1.kind, $1.subject, $1.role)
    }) {
      channels[name]?.align(isAtEnd: true) { note($0, $1, context: $2) }
    }
    truncated = [left, right].filter(\.isTruncated).map(\.name)
  }

  private mutating func note(_ left: ComparedEvent?, _ right: ComparedEvent?, context: [LineNumber]) {
    if let left, let right, left.agrees(with: right) {
      same += 1
      return
    }
    guard let channel = (left ?? right)?.channel else { return }
    let kind: Kind = left == nil ? .added : right == nil ? .missing : .changed
    let subject = [channel.kind, channel.subject].filter { !$0.isEmpty }.joined(separator: " ")
    if let index = countIndices[CountKey(subject: subject, kind: kind)] {
      counts[index].count += 1
    } else {
      countIndices[CountKey(subject: subject, kind: kind)] = counts.count
      counts.append(Count(subject: subject, kind: kind, count: 1))
    }
    let offset = min(left?.offset ?? .distantFuture, right?.offset ?? .distantFuture)
    let known = min(first?.left?.offset ?? .distantFuture, first?.right?.offset ?? .distantFuture)
    guard first == nil || offset < known else { return }
    first = Finding(
      kind: kind, subject: subject, left: left.map { .init(line: $0.line, offset: $0.offset) },
      right: right.map { .init(line: $0.line, offset: $0.offset) },
      fields: RecordingDifference.fields(left, right, dialect), context: context)
  }

  private static func fields(
    _ left: ComparedEvent?, _ right: ComparedEvent?, _ dialect: Dialect
  ) -> [Finding.Field] {
    guard let left = left?.fields(dialect), let right = right?.fields(dialect) else { return [] }
    var rights = Dictionary(right.map { ($0.name, $0.value) }) { first, _ in first }
    var fields: [Finding.Field] = []
    for field in left {
      let other = rights.removeValue(forKey: field.name)
      if other != field.value {
        fields.append(.init(name: field.name, left: field.value, right: other))
      }
    }
    for field in right where rights[field.name] != nil {
      fields.append(.init(name: field.name, left: nil, right: field.value))
    }
    return fields
  }
}

/// A recording's events in the form in which they are compared, each with the role of its connection.
private struct ComparedStream {
  private var reader: RecordingReader
  /// Which connections have had a channel, in the order of their appearance there.
  private var connections: [ComparedEvent.Channel: [Int?]] = [:]
  private(set) var front: ComparedEvent?

  init(_ reader: RecordingReader) throws {
    self.reader = reader
    self.reader.rewind()
    self.reader.acceptsCiphertext = true
    _ = try take()
  }

  var name: String { reader.name }
  var isTruncated: Bool { reader.isTruncated }

  mutating func take() throws -> ComparedEvent? {
    let taken = front
    var next: ComparedEvent?
    var connection: Int?
    try reader.read { view in
      if view.isCarried { return .more }
      next = ComparedEvent(view)
      connection = view.connection
      return .enough
    }
    if let channel = next?.channel {
      var known = connections[channel] ?? []
      // Exchanges are spread over connections as clients please, so only WebSocket connections have roles.
      let owner: Int? = channel.kind == "rest" ? nil : connection
      if !known.contains(owner) { known.append(owner) }
      next?.channel.role = known.firstIndex(of: owner) ?? 0
      connections[channel] = known
    }
    front = next
    return taken
  }
}
