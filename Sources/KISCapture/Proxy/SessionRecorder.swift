package import KISRecording
package import KISWire
import Synchronization

/// Writes what passes a proxy, as it passes: an event is on file when ``record(_:on:)`` returns.
package final class SessionRecorder: Sendable {
  private struct State: ~Copyable {
    var writer: RecordingWriter
    var redaction: Redaction?
    var ciphers = NoticeCiphers()
    var connections = 0
    var counts = ImportCounts()
  }

  /// The recording's path.
  package let path: String
  private let start: Int64
  private let header: RecordingHeader
  private let maximumSize: Int64
  private let state: Mutex<State>

  /// Why nothing more is recorded.
  package enum Stop: Error {
    /// The recording has the size that was asked for.
    case full
  }

  /// - Parameters:
  ///   - path: of the recording, which is made now.
  ///   - replacing: whether a file of that name may be replaced.
  ///   - start: nanoseconds since 1970.
  ///   - redacting: whether placeholders take the place of secrets and people.
  ///   - maximumSize: bytes that the recording may have.
  package init(
    creating path: String, replacing: Bool, start: Int64, venue: Venue, source: String, redacting: Bool,
    maximumSize: Int64
  ) throws(RecordingError) {
    let moment = KoreanTime(epochNanoseconds: start - start % 1_000_000_000)
    header = RecordingHeader(
      start: moment.iso8601, venue: venue, dialectDay: moment.date, provenance: .captured, source: source,
      title: "Recorded by kis-mock record")
    self.path = path
    self.start = moment.epochNanoseconds
    self.maximumSize = maximumSize
    let writer = try RecordingWriter(creating: path, header: header, replacing: replacing)
    state = Mutex(State(writer: writer, redaction: redacting ? Redaction() : nil))
  }

  /// What was recorded so far.
  package var counts: ImportCounts { state.withLock { $0.counts } }

  /// A number for a connection on which something passes.
  func nextConnection() -> Int {
    state.withLock { state in
      state.connections += 1
      state.counts.connections = state.connections
      return state.connections
    }
  }

  /// Puts events on file, all or none.
  ///
  /// - Throws: ``RecordingError`` when the file cannot be written; ``Stop`` when it has its size.
  func record(_ events: [CapturedEvent], on connection: Int) throws {
    guard !events.isEmpty else { return }
    try state.withLock { state in
      guard state.writer.size < maximumSize else { throw Stop.full }
      var lines: [RecordedEvent] = []
      var offset = state.writer.offset
      for event in events {
        guard let content = event.recorded else { continue }
        // An exchange is written when its answer is there, behind what passed in between.
        offset = max(offset, event.time - start)
        var recorded = RecordedEvent(at: offset, on: connection, content)
        if case .exchange(var exchange) = recorded.content, case .exchange(let captured) = event.content {
          exchange.took = max(0, captured.answered - start - offset)
          recorded.content = .exchange(exchange)
        }
        if state.redaction == nil {
          if case .readable(let readable) = state.ciphers.decrypted(recorded) { recorded.content = readable }
        } else {
          state.redaction?.redact(&recorded)
        }
        switch recorded.content {
        case .message, .ciphertext, .binary: state.counts.messages += 1
        case .exchange: state.counts.exchanges += 1
        default: break
        }
        lines.append(recorded)
      }
      try state.writer.append(lines)
      state.counts.bytes = state.writer.size
    }
  }

  /// The session is over: the header lists the placeholders now.
  package func finish() throws {
    let placeholders = state.withLock { state in
      state.counts.redacted = state.redaction?.placeholders.count ?? 0
      return state.redaction?.placeholders ?? []
    }
    guard !placeholders.isEmpty else { return }
    var header = header
    header.placeholders = placeholders
    let output = try OutputFile(path: path, replacing: true)
    var line: [UInt8] = []
    header.appendLine(to: &line)
    try output.write(line)
    var input = try CaptureInput(path: path)
    var isHeader = true
    while try input.available > 0 || input.fill() {
      let bytes = input.withBytes { Array($0) }
      if isHeader {
        guard let end = bytes.firstIndex(of: 0x0A) else {
          guard try input.fill() else { break }
          continue
        }
        isHeader = false
        try output.write(bytes[(end + 1)...])
      } else {
        try output.write(bytes)
      }
      _ = try input.skip(bytes.count)
    }
    try output.finish()
  }
}
