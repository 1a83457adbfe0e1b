import KISRecording
import KISWire

/// Makes a recording of captured events: notices decrypted, in order of time, connections numbered as they appear.
package struct RecordingAssembly: ~Copyable {
  private var sorter: LineSorter
  private let output: OutputFile
  /// Nil to keep secrets as they are.
  private var redaction: Redaction?
  private var ciphers = NoticeCiphers()
  private var excluded: Set<Int> = []
  private var line: [UInt8] = []
  package private(set) var counts = ImportCounts()
  private var isPaper = false

  /// - Parameters:
  ///   - path: of the recording; `-` is standard output.
  ///   - replacing: whether a file of that name may be replaced.
  ///   - redacting: whether placeholders take the place of secrets and people.
  package init(writing path: String, replacing: Bool, redacting: Bool) throws(CaptureError) {
    redaction = redacting ? Redaction() : nil
    output = try OutputFile(path: path, replacing: replacing)
    sorter = LineSorter(folder: output.folder)
  }

  /// Whether nothing is in it.
  package var isEmpty: Bool { counts.messages + counts.exchanges == 0 }

  /// Notes the secrets of an event that will be added later, so that they are found in front of what names them too.
  package mutating func learn(from event: CapturedEvent, connection: Int) {
    // Frames for everybody, which are most of a session, name nobody.
    if case .text(let text) = event.content, text.first == FrameFlag.plain.rawValue { return }
    guard let content = event.recorded else { return }
    redaction?.learn(from: RecordedEvent(at: 0, on: connection, content))
  }

  /// Takes an event.
  ///
  /// - Parameter connection: its number among all files.
  package mutating func add(
    _ event: CapturedEvent, connection: Int, _ report: inout CaptureReport
  ) throws(CaptureError) {
    guard !event.isMadeUp else { return }
    guard let content = event.recorded else {
      report.omit("answers whose request was not captured", at: nil)
      return
    }
    var recorded = RecordedEvent(at: 0, on: connection, content)
    if redaction == nil {
      if case .readable(let readable) = ciphers.decrypted(recorded) { recorded.content = readable }
    } else {
      redaction?.redact(&recorded)
    }
    count(recorded.content, wasEncrypted: content.isCiphertext, &report)
    recorded.connection = nil
    line.removeAll(keepingCapacity: true)
    recorded.appendLine(to: &line)
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
      start: start.iso8601, venue: isPaper ? .vts : .real, dialectDay: start.date, provenance: .captured,
      source: source, title: counts.title, placeholders: redaction?.placeholders ?? [])
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
    counts.redacted = header.placeholders.count
    counts.bytes = output.size
    try output.finish()
  }

  private mutating func count(
    _ content: RecordedEvent.Content, wasEncrypted: Bool, _ report: inout CaptureReport
  ) {
    switch content {
    case .message, .binary: counts.messages += 1
    case .ciphertext:
      counts.messages += 1
      counts.encrypted += 1
      report.omit("notices that could not be decrypted, since no key is in the capture (kept as they are)", at: nil)
    case .exchange(let exchange):
      counts.exchanges += 1
      if exchange.status == RecordedExchange.unanswered {
        report.omit("requests whose answer was not captured (kept without one)", at: nil)
      }
      if exchange.requestHeaders.first(named: "host")?.contains("vts") == true { isPaper = true }
    case .opened(let opening):
      if opening.headers.first(named: "host")?.hasSuffix(":31000") == true { isPaper = true }
    case .ping, .pong, .closed, .lost, .marker: break
    }
    if wasEncrypted, !content.isCiphertext { counts.decrypted += 1 }
  }
}

extension RecordedEvent.Content {
  fileprivate var isCiphertext: Bool { if case .ciphertext = self { true } else { false } }
}

extension CapturedEvent {
  /// Whether our own export put it there, so that dissectors know a WebSocket whose handshake nobody captured.
  fileprivate var isMadeUp: Bool {
    guard case .open(let exchange) = content else { return false }
    return exchange.request?.headers.contains(PacketExport.madeUp) ?? false
  }

  /// What a recording says of it; nil for an answer without its request, which has no place there.
  var recorded: RecordedEvent.Content? {
    let side: RecordedEvent.Side = side == .client ? .client : .server
    switch content {
    case .exchange(let exchange):
      guard let request = exchange.request else { return nil }
      return .exchange(RecordedExchange(request, exchange.response, took: .nanoseconds(exchange.answered - time)))
    case .open(let exchange):
      guard let request = exchange.request else { return nil }
      return .opened(RecordedEvent.Opening(path: request.target, headers: request.headers))
    case .text(let text):
      return side == .server && text.isEncryptedFrame ? .ciphertext(text) : .message(text, from: side)
    case .binary(let bytes): return .binary(bytes, from: side)
    case .ping(let payload): return .ping(payload, from: side)
    case .pong(let payload): return .pong(payload, from: side)
    case .close(let code, let reason):
      return .closed(
        RecordedEvent.Closing(code: code.map(Int.init), reason: String(decoding: reason, as: UTF8.self), from: side))
    case .lost: return .lost
    }
  }
}

extension [UInt8] {
  /// A data frame with flag `1` whose payload nobody decrypted yet.
  fileprivate var isEncryptedFrame: Bool {
    guard first == UInt8(ascii: "1"), let head = withUnsafeBytes({ FrameHead($0) }) else { return false }
    return head.isEncrypted && !self[head.payload...].contains(UInt8(ascii: "^"))
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
  /// Secrets and people that placeholders stand for.
  package var redacted = 0
  /// The recording's size.
  package var bytes: Int64 = 0

  var title: String { "\(messages) messages and \(exchanges) exchanges of a captured session" }
}

extension RecordedExchange {
  init(_ request: CapturedExchange.Request, _ response: CapturedExchange.Response?, took: Duration) {
    self.init(
      method: request.method, target: request.target, requestHeaders: request.headers, requestBody: request.body,
      status: response?.status ?? RecordedExchange.unanswered, headers: response?.headers ?? [],
      body: response?.body ?? [], took: response == nil ? nil : took)
  }
}
