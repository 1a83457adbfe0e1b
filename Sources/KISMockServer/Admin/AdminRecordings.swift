import KISRecording
import KISSandbox
import KISWire

/// What a sandbox's recordings hold, on their common time line. Read from the files, beside the sandbox.
extension AdminCall {
  /// How many events there are in each of some equal stretches of time.
  func timeline() async throws -> JSONValue {
    let line = RecordingLine(await sandbox.configuration)
    let range = try range(on: line)
    let bins = query["bins"]?.int ?? 600
    var density = RecordingDensity(range: range, bins: bins)
    for recording in line.recordings {
      let header = recording.recording.header
      density.dialect = try Dialect(day: header.dialectDay, venue: header.venue)
      try recording.recording.read(from: range.lowerBound - recording.shift) { event in
        guard event.offset + recording.shift < range.upperBound else { return .enough }
        density.note(event, at: event.offset + recording.shift)
        return .more
      }
    }
    return [
      "from_ns": .number(range.lowerBound.nanoseconds), "to_ns": .number(range.upperBound.nanoseconds),
      "bins": .number(bins),
      "beginning": .string(TimeOfDay(sinceMidnight: line.beginning).description),
      "end_ns": .number(line.end.nanoseconds),
      "lanes": .object(
        JSONObject(density.lanes.sorted { $0.key < $1.key }.map { ($0.key, .array($0.value.map { .number($0) })) })),
      "rest": .array(density.exchanges.map { .number($0) }), "orders": .array(density.orders.map { .number($0) }),
      "fills": .array(density.fills.map { .number($0) }), "marks": .array(density.marks),
      "recordings": .array(
        line.recordings.map {
          [
            "name": .string($0.recording.name), "title": .string($0.recording.header.title),
            "provenance": .string($0.recording.header.provenance.rawValue), "from_ns": .number($0.shift.nanoseconds),
            "to_ns": .number(($0.recording.end + $0.shift).nanoseconds),
          ]
        }),
    ]
  }

  /// Events in the order of their time, as their lines stand in the files.
  func recordedEvents() async throws -> JSONValue {
    let line = RecordingLine(await sandbox.configuration)
    let from = RecordedTime(nanoseconds: Int64(query["from_ns"]?.int ?? 0))
    let limit = min(query["limit"]?.int ?? 200, 2_000)
    let wanted = query["tr_id"]?.string
    let requestsAlone = query["kind"]?.string == "requests"
    var found: [(position: RecordedTime, recording: Int, line: JSONValue)] = []
    for (number, recording) in line.recordings.enumerated() {
      var count = 0
      try recording.recording.read(from: from - recording.shift) { event in
        guard wanted.map({ event.concerns($0) }) ?? true, !requestsAlone || event.isExchange else { return .more }
        guard count < limit else { return .enough }
        count += 1
        if let json = try? JSONValue(parsing: Array(event.text)) {
          found.append((event.offset + recording.shift, number, json))
        }
        return .more
      }
    }
    found.sort { ($0.position, $0.recording) < ($1.position, $1.recording) }
    let shown = found.prefix(limit)
    return [
      "events": .array(
        shown.map {
          ["position_ns": .number($0.position.nanoseconds), "recording": .number($0.recording), "line": $0.line]
        }), "complete": .bool(found.count < limit),
    ]
  }

  /// A recording of a range of one of them.
  func recordedPart() async throws -> AdminAnswer {
    let line = RecordingLine(await sandbox.configuration)
    let range = try range(on: line)
    let number = query["recording"]?.int ?? 0
    guard line.recordings.indices.contains(number) else {
      throw AdminError.unknown(
        "recording", String(number), known: line.recordings.indices.map { String($0) })
    }
    let (recording, shift) = line.recordings[number]
    let bytes = try recording.part(from: range.lowerBound - shift, to: range.upperBound - shift)
    return AdminAnswer(contentType: "application/jsonl; charset=utf-8", body: bytes)
  }

  private func range(on line: RecordingLine) throws -> Range<RecordedTime> {
    let from = RecordedTime(nanoseconds: Int64(query["from_ns"]?.int ?? 0))
    let to = query["to_ns"]?.int.map { RecordedTime(nanoseconds: Int64($0)) } ?? line.end + .nanoseconds(1)
    guard from < to else {
      throw AdminError.badRequest("`from_ns` (\(from)) has to be before `to_ns` (\(to))")
    }
    return from..<to
  }
}

/// The recordings of a sandbox on one time line, each with where it begins there.
private struct RecordingLine {
  let recordings: [(recording: FramedRecording, shift: Duration)]
  /// How long after midnight it begins.
  let beginning: Duration

  init(_ configuration: SandboxConfiguration) {
    let beginning = configuration.beginning
    self.beginning = beginning
    recordings = configuration.recordings.map { ($0, $0.startOfDay - beginning) }
  }

  /// Where the last event lies.
  var end: RecordedTime { recordings.map { $0.recording.end + $0.shift }.max() ?? .zero }
}

/// How many events of each kind lie in each of some equal stretches.
private struct RecordingDensity {
  let range: Range<RecordedTime>
  let bins: Int
  /// Data messages of the server by tr_id.
  private(set) var lanes: [String: [Int]] = [:]
  private(set) var exchanges: [Int]
  /// Those of them that order, change or cancel.
  private(set) var orders: [Int]
  /// Notices of fills (체결통보).
  private(set) var fills: [Int]
  /// The layouts that the recording which is read now is in.
  var dialect: Dialect? { didSet { fillColumns = [:] } }
  /// Where a notice says whether something was filled, by tr_id; nil for what is no notice.
  private var fillColumns: [String: Int?] = [:]
  /// What stands alone: connections that open and end, and moments with a name.
  private(set) var marks: [JSONValue] = []

  private static let mostMarks = 1_000

  init(range: Range<RecordedTime>, bins: Int) {
    (self.range, self.bins) = (range, bins)
    exchanges = Array(repeating: 0, count: bins)
    (orders, fills) = (exchanges, exchanges)
  }

  mutating func note(_ event: RecordedEventView, at position: RecordedTime) {
    guard !event.isCarried, range.contains(position) else { return }
    let share = (position - range.lowerBound) / (range.upperBound - range.lowerBound)
    let bin = min(bins - 1, Int(share * Double(bins)))
    switch event.content {
    case .serverMessage(let text):
      guard let head = FrameHead(text) else { return }
      let id = String(decoding: text[head.transactionID], as: UTF8.self)
      lanes[id, default: Array(repeating: 0, count: bins)][bin] += 1
      if let column = fillColumn(of: id), text.value(column, from: head.payload).elementsEqual("2".utf8) {
        fills[bin] += 1
      }
    case .other(.exchange(let exchange)):
      exchanges[bin] += 1
      if exchange.method == "POST", exchange.path.contains("/trading/order") { orders[bin] += 1 }
    case .other(.opened): mark("open", at: position)
    case .other(.closed): mark("close", at: position)
    case .other(.lost): mark("lost", at: position)
    case .other(.marker(let name)): mark("marker", name, at: position)
    case .other: break
    }
  }

  private mutating func fillColumn(of id: String) -> Int? {
    if let known = fillColumns[id] { return known }
    let column = dialect.flatMap { $0.layout(of: TransactionID(rawValue: id)).index(of: "CNTG_YN") }
    fillColumns[id] = column
    return column
  }

  private mutating func mark(_ kind: String, _ name: String = "", at position: RecordedTime) {
    guard marks.count < RecordingDensity.mostMarks else { return }
    marks.append(["kind": .string(kind), "name": .string(name), "position_ns": .number(position.nanoseconds)])
  }
}

extension UnsafeRawBufferPointer {
  /// One of the values that `^` parts, from a position on; empty when there are not so many.
  fileprivate func value(_ column: Int, from start: Int) -> Slice<UnsafeRawBufferPointer> {
    var rest = self[start...]
    for _ in 0..<column {
      guard let end = rest.firstIndex(of: UInt8(ascii: "^")) else { return self[endIndex...] }
      rest = rest[(end + 1)...]
    }
    return rest.prefix { $0 != UInt8(ascii: "^") }
  }
}

extension RecordedEventView {
  /// Whether it is a request with its answer.
  fileprivate var isExchange: Bool {
    if case .other(.exchange) = content { true } else { false }
  }

  /// Whether it is a data message of a TR, or a request with it.
  fileprivate func concerns(_ transactionID: String) -> Bool {
    switch content {
    case .serverMessage(let text):
      FrameHead(text).map { text[$0.transactionID].elementsEqual(transactionID.utf8) } ?? false
    case .other(.exchange(let exchange)): exchange.transactionID == transactionID
    case .other: false
    }
  }
}

extension AdminSchema {
  static let timeline = AdminSchema(
    "Timeline", "How many events there are in each of some equal stretches of the recordings' time line.",
    [
      .has("from_ns", .whole(from: .min), "Where the first stretch begins, in nanoseconds since the beginning."),
      .has("to_ns", .whole(from: .min), "Where the last one ends."),
      .has("bins", .whole(from: 1), "How many stretches there are."),
      .has("beginning", .text, "The time of day at position 0."),
      .has("end_ns", .whole(from: 0), "The position of the last event."),
      .has("lanes", .map(.list(.whole(from: 0))), "Data messages of the server, by tr_id."),
      .has("rest", .list(.whole(from: 0)), "REST and OAuth exchanges."),
      .has("orders", .list(.whole(from: 0)), "Those of them that order, change or cancel."),
      .has("fills", .list(.whole(from: 0)), "Notices of fills (체결통보)."),
      .has("marks", .list(.object(.mark)), "What stands alone, a thousand at the most."),
      .has("recordings", .list(.object(.recordingOnLine)), "What the time line is made of."),
    ])

  private static let mark = AdminSchema(
    "Mark", "A moment of a recording.",
    [
      .has("kind", .word(["open", "close", "lost", "marker"]), "A connection, or a name for the moment."),
      .has("name", .text, "The name of a marker; else empty."),
      .has("position_ns", .whole(from: .min), "Where it lies."),
    ])

  private static let recordingOnLine = AdminSchema(
    "RecordingOnLine", "A recording on the time line.",
    [
      .has("name", .text, "Its file."), .has("title", .text, "What it shows."),
      .has("provenance", .text, "captured, documented or simulated."),
      .has("from_ns", .whole(from: .min), "Where it begins."), .has("to_ns", .whole(from: .min), "Where it ends."),
    ])

  static let recordedEvents = AdminSchema(
    "RecordedEvents", "Events of the recordings, in the order of their time.",
    [
      .has("events", .list(.object(.recordedEvent)), "The events."),
      .has("complete", .flag, "Whether there are no others behind them."),
    ])

  private static let recordedEvent = AdminSchema(
    "RecordedEvent", "An event of a recording.",
    [
      .has("position_ns", .whole(from: .min), "Where it lies on the time line."),
      .has("recording", .whole(from: 0), "Of which recording it is."),
      .has("line", .map(.anything), "Its line as it stands; see docs/recording-format.md."),
    ])
}
