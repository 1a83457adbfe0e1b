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
    /// How many placeholders the header in the file lists.
    var listed = 0
  }

  /// What the header may grow to while the session goes on: one page, which the system writes whole or not at all.
  private static let headerRoom = 4_096

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
    let writer = try RecordingWriter(
      creating: path, header: header, replacing: replacing, room: redacting ? SessionRecorder.headerRoom : 0)
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
      try list(&state)
      try state.writer.append(lines)
      state.counts.bytes = state.writer.size
    }
  }

  /// Lists new placeholders in the header before any line has them, so that a recording that is cut off has them too.
  private func list(_ state: inout State) throws {
    guard let placeholders = state.redaction?.placeholders, placeholders.count > state.listed else { return }
    state.listed = placeholders.count
    state.counts.redacted = placeholders.count
    var header = header
    header.placeholders = placeholders
    // Without room the end of the session lists them.
    _ = try state.writer.replace(header: header)
  }

  /// Text with the secrets that passed so far replaced, for people.
  package func redacted(_ text: String) -> String { state.withLock { $0.redaction?.redacted(text) } ?? text }

  /// The session is over. The recording is read once more: a secret may have passed before anything said that it is one.
  package func finish() throws {
    guard var redaction = state.withLock({ $0.redaction }) else { return }
    var output = try RecordingOutput(creating: path, replacing: true)
    _ = try redaction.write(RecordingReader(path: path), to: &output)
    try output.finish()
    state.withLock { $0.counts.redacted = redaction.placeholders.count }
  }
}
