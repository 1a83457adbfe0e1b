import KISRecording
import KISWire

/// Makes a recording of captured events: notices decrypted, in order of time, connections numbered as they appear.
package struct RecordingAssembly: ~Copyable {
  private var sorter: LineSorter
  private let output: OutputFile
  private var decryption = NoticeDecryption()
  private var excluded: Set<Int> = []
  private var line: [UInt8] = []
  package private(set) var counts = ImportCounts()
  private var isPaper = false

  /// - Parameters:
  ///   - path: of the recording; `-` is standard output.
  ///   - replacing: whether a file of that name may be replaced.
  package init(writing path: String, replacing: Bool) throws(CaptureError) {
    output = try OutputFile(path: path, replacing: replacing)
    sorter = LineSorter(folder: output.folder)
  }

  /// Whether nothing is in it.
  package var isEmpty: Bool { counts.messages + counts.exchanges == 0 }

  /// Takes an event.
  ///
  /// - Parameter connection: its number among all files.
  package mutating func add(
    _ event: CapturedEvent, connection: Int, at place: CapturePlace?, _ report: inout CaptureReport
  ) throws(CaptureError) {
    guard let content = content(of: event, connection: connection, place, &report) else { return }
    line.removeAll(keepingCapacity: true)
    RecordedEvent(at: 0, content).appendLine(to: &line)
    try sorter.add(time: event.time, connection: connection, tail: Array(line[RecordingAssembly.head.count...]))
  }

  /// What every line begins with until its time is known.
  private static let head = Array(#"{"t":0"#.utf8)

  /// Takes the events of a connection back.
  package mutating func exclude(_ connection: Int) { excluded.insert(connection) }

  /// Writes the recording and moves it into place.
  package mutating func finish(source: String) throws(CaptureError) {
    guard let earliest = sorter.earliest else { return }
    // Whole seconds, as people read them; the rest is in the offsets.
    let start = KoreanTime(epochNanoseconds: earliest - (earliest % 1_000_000_000 + 1_000_000_000) % 1_000_000_000)
    let header = RecordingHeader(
      start: start.iso8601, venue: isPaper ? .vts : .real, dialectDay: start.date, provenance: .captured, source: source,
      title: counts.title)
    var bytes: [UInt8] = []
    header.appendLine(to: &bytes)
    try output.write(bytes)
    var numbers: [Int64: Int] = [:]
    let (excluded, output) = (excluded, output)
    try sorter.drain { line throws(CaptureError) in
      guard !excluded.contains(Int(line.connection)) else { return }
      let number = numbers[line.connection] ?? numbers.count + 1
      numbers[line.connection] = number
      try output.write("{\"t\":\(line.time - start.epochNanoseconds),\"conn\":\(number)".utf8)
      try output.write(line.tail)
    }
    counts.connections = numbers.count
    counts.bytes = output.size
    try output.finish()
  }

  private mutating func content(
    of event: CapturedEvent, connection: Int, _ place: CapturePlace?, _ report: inout CaptureReport
  ) -> RecordedEvent.Content? {
    let side: RecordedEvent.Side = event.side == .client ? .client : .server
    switch event.content {
    case .exchange(let exchange):
      guard let request = exchange.request else {
        report.omit("answers whose request was not captured", at: place)
        return nil
      }
      if exchange.response == nil {
        report.omit("requests whose answer was not captured (kept without one)", at: place)
      }
      counts.exchanges += 1
      return .exchange(RecordedExchange(request, exchange.response, took: exchange.answered - event.time))
    case .open(let exchange):
      guard let request = exchange.request else {
        report.omit("openings of WebSockets whose request was not captured", at: place)
        return nil
      }
      if request.headers.first(named: "host")?.contains("31000") == true { isPaper = true }
      return .opened(RecordedEvent.Opening(path: request.target, headers: request.headers))
    case .text(let text):
      counts.messages += 1
      return message(text, from: side, connection: connection, place, &report)
    case .binary(let bytes):
      counts.messages += 1
      return .binary(bytes, from: side)
    case .ping(let payload): return .ping(payload, from: side)
    case .pong(let payload): return .pong(payload, from: side)
    case .close(let code, let reason):
      return .closed(
        RecordedEvent.Closing(code: code.map(Int.init), reason: String(decoding: reason, as: UTF8.self), from: side))
    case .lost: return .lost
    }
  }

  private mutating func message(
    _ text: [UInt8], from side: RecordedEvent.Side, connection: Int, _ place: CapturePlace?,
    _ report: inout CaptureReport
  ) -> RecordedEvent.Content {
    guard side == .server else { return .message(text, from: side) }
    switch decryption.receive(text, on: connection) {
    case .plain: return .message(text, from: side)
    case .decrypted(let frame):
      counts.decrypted += 1
      return .message(frame, from: side)
    case .cipher:
      counts.encrypted += 1
      report.omit("notices that could not be decrypted, since no key is in the capture (kept as they are)", at: place)
      return .ciphertext(text)
    }
  }
}

/// What a recording made of captures holds.
package struct ImportCounts: Sendable, Hashable {
  /// TCP connections, or what stands for them.
  package var connections = 0
  /// WebSocket texts and binary messages.
  package var messages = 0
  /// Requests, with or without their answers.
  package var exchanges = 0
  /// Notices that were decrypted.
  package var decrypted = 0
  /// Notices that are kept encrypted.
  package var encrypted = 0
  /// The recording's size.
  package var bytes: Int64 = 0

  var title: String { "\(messages) messages and \(exchanges) exchanges of a captured session" }
}

extension RecordedExchange {
  init(_ request: CapturedExchange.Request, _ response: CapturedExchange.Response?, took: Int64) {
    self.init(
      method: request.method, target: request.target, requestHeaders: request.headers, requestBody: request.body,
      status: response?.status ?? RecordedExchange.unanswered, headers: response?.headers ?? [],
      body: response?.body ?? [], took: response == nil ? nil : took)
  }
}
