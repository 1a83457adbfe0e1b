public import KISRecording
public import KISScenario
public import KISWire
import Synchronization

/// A recording made ready to play: its messages framed for the wire, its REST answers indexed.
///
/// Shared by every playhead and sandbox that plays it. A small recording is framed once and kept; a large one is
/// streamed from its file, by each playhead for itself.
public final class FramedRecording: Sendable {
  /// The recording's first line: when it begins, its venue, the day of its layouts, where it comes from.
  public let header: RecordingHeader
  /// The path, or a name for events in memory.
  public let name: String
  let routes: RouteTable
  private let reader: RecordingReader
  private let index: RecordingIndex
  /// All messages of a small recording; nil for one that is streamed.
  fileprivate let batches: [FrameBatch]?
  private let extents: [Route: Extent]
  /// The TRs of which it holds encrypted messages.
  let encryptedTransactions: Set<TransactionID>
  /// The REST exchanges in it.
  let exchanges: ExchangeDirectory
  /// Its number in the table of routes.
  private let number: Int
  private let memory: any FrameMemory.Type
  /// Set when the index beside its file was not used, because it belongs to another state of the file.
  public let outdatedIndex: RecordingIndexFile.Outdated?
  /// Who was recorded, if it is a capture.
  let people: RecordedPeople
  /// The connections on which messages came, and when each began, in the order in which they did.
  let connections: [(connection: RecordedConnection, start: RecordedTime)]
  /// The routes of each TR that are of one connection.
  private let captured: [TransactionID: [CapturedRoute]]

  /// What came on one connection for one registration.
  struct CapturedRoute {
    var key: String
    var connection: RecordedConnection
    var route: Route
  }

  /// What there is on one route: its first message, where that is known without reading far, and where the last one is.
  private struct Extent {
    var first: (FrameBatch, Int)?
    var last: RecordedTime
  }

  /// Recordings up to this size are kept framed.
  static let keptSize = ByteCount(24 << 20)

  /// Reads the whole recording once: what is wrong in it is said now, not in the middle of a replay. Of a streamed one
  /// whose index was written after all of it had been read, only what is not market data is read.
  ///
  /// - Parameter keptSize: what is larger is streamed.
  /// - Throws: ``RecordingError`` with the line and column of what is wrong.
  init(
    _ reader: RecordingReader, routes: RouteTable, memory: any FrameMemory.Type,
    keptSize: ByteCount = FramedRecording.keptSize
  ) throws {
    self.reader = reader
    self.memory = memory
    self.routes = routes
    header = reader.header
    start = KoreanTime(header.start) ?? KoreanTime(epochNanoseconds: 0)
    name = reader.name
    let isKept = reader.size <= keptSize
    let number = routes.nextRecording()
    self.number = number
    var exchanges = ExchangeDirectory()
    var batches: [FrameBatch] = []
    var assembly = BatchAssembly(routes: routes, memory: memory, number: number)
    var encrypted: Set<TransactionID> = []
    var people = RecordedPeople()
    var survey = ConnectionSurvey(routes: routes, number: number)
    let isCaptured = reader.header.provenance == .captured
    func note(_ event: RecordedEventView) {
      exchanges.note(event)
      survey.note(event)
      if isCaptured, event.isAboutSomebody { people.note(event.event.content) }
      if let id = event.encryptedTransaction { encrypted.insert(id) }
    }
    var known: RecordingIndex?
    var outdated: RecordingIndexFile.Outdated?
    do {
      if !isKept, let file = try RecordingIndexFile(of: reader) {
        known = try RecordingIndex(file, of: reader, visiting: note)
      }
    } catch let error as RecordingIndexFile.Outdated {
      outdated = error
    }
    outdatedIndex = outdated
    if let known {
      index = known
    } else {
      index = try RecordingIndex(reader) { event in
        note(event)
        if isKept, let batch = assembly.take(event) { batches.append(batch) }
      }
    }
    if isKept, let batch = assembly.finish() { batches.append(batch) }
    self.exchanges = exchanges
    self.people = people
    connections = survey.connections
    captured = FramedRecording.captured(survey.extents.keys, routes)
    encryptedTransactions = encrypted
    self.batches = isKept ? batches : nil
    let streamed = isKept ? [:] : FramedRecording.extents(of: index.summary, survey, routes)
    extents = isKept ? FramedRecording.extents(in: batches) : streamed
  }

  /// The same recording with the route numbers of another table.
  private init(_ other: FramedRecording, on routes: RouteTable) {
    let number = routes.nextRecording()
    func moved(_ connection: RecordedConnection) -> RecordedConnection {
      RecordedConnection(recording: number, number: connection.number)
    }
    func rerouted(_ route: Route) -> Route {
      other.routes.name(of: route).flatMap {
        routes.route($0.transactionID, $0.key, on: $0.connection.map(moved))
      } ?? .none
    }
    self.routes = routes
    self.number = number
    (memory, outdatedIndex) = (other.memory, other.outdatedIndex)
    people = other.people
    connections = other.connections.map { (moved($0.connection), $0.start) }
    captured = other.captured.mapValues { known in
      known.map { CapturedRoute(key: $0.key, connection: moved($0.connection), route: rerouted($0.route)) }
    }
    (reader, index, header, start, name) = (other.reader, other.index, other.header, other.start, other.name)
    (exchanges, encryptedTransactions) = (other.exchanges, other.encryptedTransactions)
    let batches = other.batches?.map { $0.rerouted(to: number, rerouted) }
    self.batches = batches
    if let batches {
      extents = FramedRecording.extents(in: batches)
    } else {
      extents = Dictionary(other.extents.map { (rerouted($0.key), $0.value) }) { first, _ in first }
    }
  }

  /// This recording with the route numbers of a table: only recordings of one table can play together, since the numbers
  /// of another mean something else.
  func bound(to routes: RouteTable) -> FramedRecording {
    routes === self.routes ? self : FramedRecording(self, on: routes)
  }

  /// The wall-clock moment at which the recording begins.
  public let start: KoreanTime

  /// How long after midnight it begins.
  package var startOfDay: Duration { .nanoseconds(start.nanosecondOfDay) }

  func cursor() -> FramedRecordingCursor { FramedRecordingCursor(self) }

  /// The last message on each route before an offset.
  func lastTexts(before offset: RecordedTime) throws -> [(Route, [UInt8])] {
    guard offset > .zero else { return [] }
    var last: [Route: (FrameBatch, Int)] = [:]
    guard let batches else {
      return try index.lastMessages(before: offset).flatMap { message in
        ways(message.registration.transactionID, message.registration.key).map { ($0, message.text) }
      }
    }
    scan: for batch in batches {
      for (index, message) in batch.messages.enumerated() {
        guard message.offset < offset else { break scan }
        last[message.route] = (batch, index)
      }
    }
    return last.map { ($0.key, $0.value.0.text(of: $0.value.1)) }
  }

  /// Whether any message of it is on this route at or after an offset.
  func plays(_ route: Route, from offset: RecordedTime = .distantPast) -> Bool {
    extents[route].map { $0.last >= offset } ?? false
  }

  /// Whether any message of it is for a registration.
  func plays(_ transactionID: TransactionID, _ key: String) -> Bool {
    ways(transactionID, key).contains { plays($0) }
  }

  /// The routes of a registration: one for each connection on which its messages came, or one for every session.
  private func ways(_ transactionID: TransactionID, _ key: String) -> [Route] {
    let ways = capturedRoutes(transactionID, key).map(\.route)
    return ways.isEmpty ? [routes.known(transactionID, key)].compactMap(\.self) : ways
  }

  /// What connections of a capture hold for a registration, the lowest first. A notice is for whoever was recorded, so any
  /// key stands for theirs, unless somebody has the very same.
  func capturedRoutes(_ transactionID: TransactionID, _ key: String) -> [CapturedRoute] {
    let known = captured[transactionID] ?? []
    let own = known.filter { $0.key == key }
    guard own.isEmpty, Catalogue.realtime(transactionID)?.key == .htsID else { return own }
    return known
  }

  private static func captured(
    _ extents: some Sequence<Route>, _ routes: RouteTable
  ) -> [TransactionID: [CapturedRoute]] {
    var captured: [TransactionID: [CapturedRoute]] = [:]
    for route in extents {
      guard let name = routes.name(of: route), let connection = name.connection else { continue }
      captured[name.transactionID, default: []].append(
        CapturedRoute(key: name.key, connection: connection, route: route))
    }
    return captured.mapValues { $0.sorted { ($0.connection, $0.key) < ($1.connection, $1.key) } }
  }
  /// The offset of the last message on a route; nil where there is none, or none is known without reading far.
  func lastOffset(of route: Route) -> RecordedTime? {
    extents[route].flatMap { $0.last == .distantFuture ? nil : $0.last }
  }

  /// Whether it was simulated: the market knows all that it holds, and more.
  var isMadeByMarket: Bool {
    header.provenance == .simulated
      && (header.source.hasPrefix("kis-mock simulate") || header.source.hasPrefix("simulated at start"))
  }

  /// Whether nothing is in it.
  var isEmpty: Bool { index.summary.last == nil }

  /// The routes of its messages.
  var playedRoutes: Set<Route> { Set(extents.keys) }

  /// The first message on each route, which is the best guess of how things stood before; none of streamed recordings.
  func firstTexts(where isWanted: (Route) -> Bool) -> [(Route, [UInt8])] {
    extents.compactMap { route, extent in
      isWanted(route) ? extent.first.map { (route, $0.0.text(of: $0.1)) } : nil
    }
  }

  private static func extents(in batches: [FrameBatch]) -> [Route: Extent] {
    var found: [Route: Extent] = [:]
    for batch in batches {
      for (index, message) in batch.messages.enumerated() {
        found[message.route, default: Extent(first: (batch, index), last: message.offset)].last = message.offset
      }
    }
    return found
  }

  /// Of a streamed recording only the routes are known, not where their last messages are, unless they came on
  /// connections of their own.
  private static func extents(
    of summary: RecordingSummary, _ survey: ConnectionSurvey, _ routes: RouteTable
  ) -> [Route: Extent] {
    var found = survey.extents.mapValues { Extent(last: $0) }
    guard found.isEmpty else { return found }
    for registration in summary.registrations.map(\.registration) {
      if let route = routes.route(registration.transactionID, registration.key) {
        found[route] = Extent(last: .distantFuture)
      }
    }
    return found
  }

  /// The time of its last event.
  package var end: RecordedTime { index.summary.last ?? .zero }

  /// Whether its file ends in the middle of a line.
  public var isTruncated: Bool { index.summary.isTruncated }

  /// Moments that the recording names, in order.
  public var markers: [(name: String, offset: RecordedTime)] { index.markers.map { ($0.name, $0.offset) } }

  /// Shows its events from an offset on. It reads the file, so it must not run on a sandbox's actor.
  package func read(from offset: RecordedTime, _ visit: (RecordedEventView) throws -> Visit) throws {
    var reader = reader
    reader.acceptsCiphertext = true
    try reader.seek(to: max(.zero, offset), in: index)
    try reader.read(visit)
  }

  /// A recording of the events in a range of offsets, and of what they need from before it.
  package func part(from start: RecordedTime, to end: RecordedTime) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var output = RecordingOutput { bytes += $0 }
    _ = try Trim(from: start, to: end).write(reader, to: &output)
    try output.finish()
    return bytes
  }

  fileprivate func stream(from offset: RecordedTime) throws -> BatchStream {
    var reader = reader
    if offset > .zero { try reader.seek(to: offset, in: index) }
    return BatchStream(reader, BatchAssembly(routes: routes, memory: memory, number: number))
  }
}

extension RecordedEventView {
  /// Whether it may reveal who was recorded: frames for everybody, which are most of a session, do not.
  fileprivate var isAboutSomebody: Bool {
    guard case .serverMessage(let text) = content else { return true }
    return FrameHead(text)?.isEncrypted ?? true
  }

  /// The TR of an encrypted message; nil for all other events.
  fileprivate var encryptedTransaction: TransactionID? {
    guard case .serverMessage(let text) = content, let head = FrameHead(text), head.isEncrypted else { return nil }
    return TransactionID(String(decoding: text[head.transactionID], as: UTF8.self))
  }
}

/// A reading position in a recording.
struct FramedRecordingCursor {
  private let recording: FramedRecording
  private var number = 0
  private var stream: BatchStream?

  fileprivate init(_ recording: FramedRecording) { self.recording = recording }

  /// The next batch; nil at the end.
  mutating func next() throws -> FrameBatch? {
    if let batches = recording.batches {
      guard number < batches.count else { return nil }
      number += 1
      return batches[number - 1]
    }
    var stream = try self.stream ?? recording.stream(from: .zero)
    self.stream = nil
    let batch = try stream.next()
    self.stream = stream
    return batch
  }

  /// Goes to the batch that holds the first message at or after an offset; it may begin with earlier ones.
  mutating func seek(to offset: RecordedTime) throws {
    guard let batches = recording.batches else {
      stream = try recording.stream(from: offset)
      return
    }
    number = batches.firstIndex { $0.messages.last.map { $0.offset >= offset } ?? true } ?? batches.count
  }
}

/// The connections of a recording, and what came on each.
private struct ConnectionSurvey {
  private(set) var connections: [(connection: RecordedConnection, start: RecordedTime)] = []
  /// Where the last message of each route is.
  private(set) var extents: [Route: RecordedTime] = [:]
  private var known: Set<Int> = []
  private var builder: FrameBatchBuilder
  private let number: Int

  init(routes: RouteTable, number: Int) {
    builder = FrameBatchBuilder(routes: routes)
    self.number = number
  }

  mutating func note(_ event: RecordedEventView) {
    guard let own = event.connection, !event.isCarried else { return }
    let connection = RecordedConnection(recording: number, number: own)
    switch event.content {
    case .serverMessage(let text):
      begin(connection, at: event.offset)
      if let head = FrameHead(text), let route = builder.route(of: head, in: text, on: connection) {
        extents[route] = event.offset
      }
    case .other(.opened), .other(.message): begin(connection, at: event.offset)
    case .other: break
    }
  }

  private mutating func begin(_ connection: RecordedConnection, at offset: RecordedTime) {
    if known.insert(connection.number).inserted { connections.append((connection, offset)) }
  }
}

/// Frames messages and puts them together in batches.
private struct BatchAssembly {
  private var builder: FrameBatchBuilder
  private let number: Int

  init(routes: RouteTable, memory: any FrameMemory.Type, number: Int) {
    builder = FrameBatchBuilder(routes: routes, filling: memory)
    self.number = number
  }

  /// Takes a message; true when that completes a batch, which ``finish()`` gives.
  @inline(__always)
  mutating func take(_ message: PlainMessage) -> Bool {
    builder.append(
      message.text, at: message.offset,
      on: message.connection.map { RecordedConnection(recording: number, number: $0) })
    return builder.isFull
  }

  /// The batch that an event completes, if it does.
  mutating func take(_ event: RecordedEventView) -> FrameBatch? {
    guard !event.isCarried else { return nil }
    let connection = event.connection.map { RecordedConnection(recording: number, number: $0) }
    switch event.content {
    case .serverMessage(let text):
      builder.append(text, at: event.offset, on: connection)
      return builder.isFull ? builder.finish() : nil
    case .other(.closed(let closing)):
      // A client that closed does so again by itself.
      guard closing.side == .server else { return nil }
      return builder.finish(closing: .init(offset: event.offset, code: closing.code, connection: connection))
    case .other(.lost): return builder.finish(closing: .init(offset: event.offset, code: nil, connection: connection))
    case .other: return nil
    }
  }

  /// What is left at the end; nil when nothing is.
  mutating func finish() -> FrameBatch? { builder.finish() }
}

/// Reads a recording, a batch at a time.
private struct BatchStream {
  private var reader: RecordingReader
  private var assembly: BatchAssembly

  init(_ reader: RecordingReader, _ assembly: BatchAssembly) {
    self.reader = reader
    self.reader.passesOverExchanges = true
    self.assembly = assembly
  }

  mutating func next() throws -> FrameBatch? { try BatchStream.next(from: &reader, through: &assembly) }

  private static func next(
    from reader: inout RecordingReader, through assembly: inout BatchAssembly
  ) throws -> FrameBatch? {
    var complete: FrameBatch?
    try reader.read { message in
      assembly.take(message) ? .enough : .more
    } others: { event in
      complete = assembly.take(event)
      return complete == nil ? .more : .enough
    }
    return complete ?? assembly.finish()
  }
}

/// Opens recordings once each, for all sandboxes of a process.
public final class RecordingLibrary: Sendable {
  private let recordings = Mutex<[String: FramedRecording]>([:])
  private let simulated = Mutex<[SimulatedDay: FramedRecording]>([:])
  private let routes = RouteTable()
  private let memory: any FrameMemory.Type

  /// A library without recordings; each is opened at its first use and kept.
  ///
  /// - Parameter memory: the kind of memory that framed messages are kept in, so that sockets take them without a copy.
  public init(memory: any FrameMemory.Type = [UInt8].self) { self.memory = memory }

  /// The recording in a file.
  /// - Throws: ``RecordingError`` when it cannot be opened.
  public func recording(path: String) throws -> FramedRecording {
    try recordings.withLock { recordings in
      if let recording = recordings[path] { return recording }
      let recording = try FramedRecording(RecordingReader(path: path), routes: routes, memory: memory)
      recordings[path] = recording
      return recording
    }
  }

  /// A recording that a program carries, opened at its first use and kept.
  /// - Parameters:
  ///   - name: what it is known by; no file has the name.
  ///   - bytes: the whole of it, asked for once.
  public func recording(_ name: String, holding bytes: @autoclosure () -> [UInt8]) throws -> FramedRecording {
    try recordings.withLock { recordings in
      if let recording = recordings[name] { return recording }
      let opened = try recording(bytes: bytes(), name: name)
      recordings[name] = opened
      return opened
    }
  }

  /// A recording in memory.
  public func recording(bytes: [UInt8], name: String = "recording") throws -> FramedRecording {
    try FramedRecording(RecordingReader(bytes: bytes, name: name), routes: routes, memory: memory)
  }

  /// The recording of a day that is simulated at the first call.
  public func recording(simulating plan: SimulationPlan, seed: UInt64) throws -> FramedRecording {
    let day = SimulatedDay(plan, seed: seed)
    return try simulated.withLock { recordings in
      if let recording = recordings[day] { return recording }
      var bytes: [UInt8] = []
      plan.header(source: "simulated at start, seed \(seed)").appendLine(to: &bytes)
      for event in day.events() { event.appendLine(to: &bytes) }
      let recording = try recording(bytes: bytes, name: plan.title)
      recordings[day] = recording
      return recording
    }
  }
}
