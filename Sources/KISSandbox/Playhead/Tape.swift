public import KISRecording
public import KISWire
import Synchronization

/// A recording made ready to play: its messages framed for the wire, its REST answers at hand.
///
/// Shared by every playhead and sandbox that plays it. A small recording is framed once and kept; a large one is
/// streamed from its file, by each playhead for itself.
public final class Tape: Sendable {
  /// The recording's first line: when it begins, its venue, the day of its layouts, where it comes from.
  public let header: RecordingHeader
  /// The path, or a name for events in memory.
  public let name: String
  let routes: RouteTable
  private let reader: RecordingReader
  private let keepsBatches: Bool
  private let kept = Mutex(Kept())
  private let exchangeDirectory = Mutex<ExchangeDirectory?>(nil)
  private let index = Mutex<RecordingIndex?>(nil)
  private let extents = Mutex<[Route: Extent]?>(nil)

  /// What there is on one way: its first message, where that is known without reading far, and where the last one is.
  private struct Extent {
    var first: (FrameBatch, Int)?
    var last: Int64
  }

  private struct Kept {
    var batches: [FrameBatch] = []
    var stream: BatchStream?
    var isComplete = false
  }

  /// Recordings up to this size are kept framed.
  static let keptBytes: Int64 = 24 * 1024 * 1024

  /// - Throws: ``RecordingError`` when the recording cannot be opened.
  init(_ reader: RecordingReader, routes: RouteTable) {
    self.reader = reader
    self.routes = routes
    header = reader.header
    start = KoreanTime(header.start) ?? KoreanTime(epochNanoseconds: 0)
    name = reader.name
    keepsBatches = reader.size <= Tape.keptBytes
  }

  /// The wall-clock moment at which the recording begins.
  public let start: KoreanTime

  /// Nanoseconds since midnight at its beginning.
  var startOfDay: Int64 { start.nanosecondOfDay }

  func cursor() -> TapeCursor { TapeCursor(self) }

  /// The REST exchanges in it, read at the first call.
  func exchanges() throws -> ExchangeDirectory {
    try exchangeDirectory.withLock { directory in
      if let directory { return directory }
      let read = try ExchangeDirectory(reader)
      directory = read
      return read
    }
  }

  /// The last message on each route before an offset.
  func lastTexts(before offset: Int64) throws -> [(Route, [UInt8])] {
    guard offset > 0 else { return [] }
    var last: [Route: (FrameBatch, Int)] = [:]
    guard keepsBatches else {
      return try builtIndex().lastMessages(before: offset).compactMap { message in
        routes.route(message.transactionID, message.key).map { ($0, message.text) }
      }
    }
    var number = 0
    scan: while let batch = try keptBatch(number) {
      number += 1
      for (index, message) in batch.messages.enumerated() {
        guard message.offset < offset else { break scan }
        last[message.route] = (batch, index)
      }
    }
    return last.map { ($0.key, Array($0.value.0.text(of: $0.value.1))) }
  }

  /// Whether any message of it goes this way at or after an offset.
  func plays(_ route: Route, from offset: Int64 = .min) -> Bool {
    extentByRoute[route].map { $0.last >= offset } ?? false
  }

  /// The ways that its messages go.
  var playedRoutes: Set<Route> { Set(extentByRoute.keys) }

  /// The first message on each way, which is the best guess of how things stood before; none of streamed recordings.
  func firstTexts(where isWanted: (Route) -> Bool) -> [(Route, [UInt8])] {
    guard keepsBatches else { return [] }
    return extentByRoute.compactMap { route, extent in
      isWanted(route) ? extent.first.map { (route, Array($0.0.text(of: $0.1))) } : nil
    }
  }

  /// Found at the first call.
  private var extentByRoute: [Route: Extent] {
    extents.withLock { known in
      if let known { return known }
      let found = (try? findExtents()) ?? [:]
      known = found
      return found
    }
  }

  /// Of a streamed recording only which ways there are: any offset is before its last message there.
  private func findExtents() throws -> [Route: Extent] {
    var found: [Route: Extent] = [:]
    guard keepsBatches else {
      for registration in try builtIndex().summary.registrations {
        if let route = routes.route(registration.transactionID, registration.key) { found[route] = Extent(last: .max) }
      }
      return found
    }
    var number = 0
    while let batch = try keptBatch(number) {
      for (index, message) in batch.messages.enumerated() {
        found[message.route, default: Extent(first: (batch, index), last: message.offset)].last = message.offset
      }
      number += 1
    }
    return found
  }

  /// The time of its last event, in nanoseconds since its beginning.
  func end() throws -> Int64 { try builtIndex().summary.last ?? 0 }

  /// Moments that the recording names, in order.
  public func markers() throws -> [(name: String, offset: Int64)] {
    try builtIndex().markers.map { ($0.name, $0.offset) }
  }

  fileprivate var isKept: Bool { keepsBatches }

  /// A batch of a kept recording by number; nil behind the last.
  fileprivate func keptBatch(_ number: Int) throws -> FrameBatch? {
    try kept.withLock { kept in
      while kept.batches.count <= number, !kept.isComplete {
        var stream = kept.stream ?? BatchStream(reader, routes: routes)
        if let batch = try stream.next() {
          kept.batches.append(batch)
          kept.stream = stream
        } else {
          kept.stream = nil
          kept.isComplete = true
        }
      }
      return kept.batches.indices.contains(number) ? kept.batches[number] : nil
    }
  }

  fileprivate func stream(from offset: Int64) throws -> BatchStream {
    var reader = reader
    if offset > 0 { try reader.seek(to: offset, in: try builtIndex()) }
    return BatchStream(reader, routes: routes)
  }

  /// The time index, built by one pass at the first call.
  private func builtIndex() throws -> RecordingIndex {
    try index.withLock { index in
      if let index { return index }
      let built = try RecordingIndex(reader)
      index = built
      return built
    }
  }
}

/// A place on a tape.
struct TapeCursor {
  private let tape: Tape
  private var number = 0
  private var stream: BatchStream?

  fileprivate init(_ tape: Tape) { self.tape = tape }

  /// The next batch; nil at the end.
  mutating func next() throws -> FrameBatch? {
    guard !tape.isKept else {
      let batch = try tape.keptBatch(number)
      if batch != nil { number += 1 }
      return batch
    }
    var stream = try self.stream ?? tape.stream(from: 0)
    self.stream = nil
    let batch = try stream.next()
    self.stream = stream
    return batch
  }

  /// Goes to the batch that holds the first message at or after an offset; it may begin with earlier ones.
  mutating func seek(to offset: Int64) throws {
    guard tape.isKept else {
      stream = try tape.stream(from: offset)
      return
    }
    number = 0
    while let batch = try tape.keptBatch(number), let last = batch.messages.last, last.offset < offset { number += 1 }
  }
}

/// Reads events and frames their messages, a batch at a time.
private struct BatchStream {
  private var reader: RecordingReader
  private var builder: FrameBatchBuilder

  init(_ reader: RecordingReader, routes: RouteTable) {
    self.reader = reader
    self.reader.passesOverExchanges = true
    builder = FrameBatchBuilder(routes: routes)
  }

  mutating func next() throws -> FrameBatch? {
    var closing: FrameBatch.Closing?
    var builder = self.builder
    try reader.read { event in
      switch event.content {
      case .serverMessage(let text):
        builder.append(text, at: event.offset)
        return builder.isFull ? .enough : .more
      case .other(.closed(let code)):
        closing = FrameBatch.Closing(offset: event.offset, code: code)
        return .enough
      case .other: return .more
      }
    }
    defer { self.builder = builder }
    return builder.finish(closing: closing)
  }
}

/// Opens recordings once each, for all sandboxes of a process.
public final class TapeLibrary: Sendable {
  private let tapes = Mutex<[String: Tape]>([:])
  private let simulated = Mutex<[SimulatedDay: Tape]>([:])
  private let routes = RouteTable()

  /// A library without tapes; each is opened at its first use and kept.
  public init() {}

  /// The tape of a recording's file.
  /// - Throws: ``RecordingError`` when it cannot be opened.
  public func tape(path: String) throws -> Tape {
    try tapes.withLock { tapes in
      if let tape = tapes[path] { return tape }
      let tape = Tape(try RecordingReader(path: path), routes: routes)
      tapes[path] = tape
      return tape
    }
  }

  /// A tape of a recording in memory.
  public func tape(bytes: [UInt8], name: String = "recording") throws -> Tape {
    Tape(try RecordingReader(bytes: bytes, name: name), routes: routes)
  }

  /// A tape of a day that is simulated at the first call.
  public func tape(simulating plan: SimulationPlan, seed: UInt64) throws -> Tape {
    let day = SimulatedDay(plan, seed: seed)
    return try simulated.withLock { tapes in
      if let tape = tapes[day] { return tape }
      var bytes: [UInt8] = []
      plan.header(source: "simulated at start, seed \(seed)").appendLine(to: &bytes)
      for event in day.events() { event.appendLine(to: &bytes) }
      let tape = try tape(bytes: bytes, name: plan.title)
      tapes[day] = tape
      return tape
    }
  }
}
