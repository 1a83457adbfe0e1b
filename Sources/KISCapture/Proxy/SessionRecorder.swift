package import KISRecording
package import KISWire
import Synchronization

/// Writes what passes a proxy, as it passes: an event is on file when ``record(_:on:)`` returns.
package final class SessionRecorder: Sendable {
  private struct State: ~Copyable {
    var recording: LiveRecording
    var connections = 0
    var counts = ImportCounts()
  }

  /// The recording's path.
  package let path: String
  private let start: Int64
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
    let header = RecordingHeader(
      start: moment.iso8601, venue: venue, dialectDay: moment.date, provenance: .captured, source: source,
      title: "Recorded by kis-mock record")
    self.path = path
    self.start = moment.epochNanoseconds
    self.maximumSize = maximumSize
    let recording = try LiveRecording(creating: path, header: header, replacing: replacing, redacting: redacting)
    state = Mutex(State(recording: recording))
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
      guard state.recording.size.bytes < maximumSize else { throw Stop.full }
      var lines: [RecordedEvent] = []
      var offset = state.recording.offset
      for event in events {
        guard let content = event.recorded else { continue }
        // An exchange is written when its answer is there, behind what passed in between.
        offset = max(offset, RecordedTime(nanoseconds: event.time - start))
        var recorded = RecordedEvent(at: offset, on: connection, content)
        if case .exchange(var exchange) = recorded.content, case .exchange(let captured) = event.content {
          exchange.took = .nanoseconds(max(0, captured.answered - start - offset.nanoseconds))
          recorded.content = .exchange(exchange)
        }
        switch recorded.content {
        case .message, .ciphertext, .binary: state.counts.messages += 1
        case .exchange: state.counts.exchanges += 1
        default: break
        }
        lines.append(recorded)
      }
      try state.recording.append(lines)
      state.counts.redacted = state.recording.placeholders
      state.counts.bytes = state.recording.size.bytes
    }
  }

  /// Text with the secrets that passed so far replaced, for people.
  package func redacted(_ text: String) -> String { state.withLock { $0.recording.redacted(text) } }

  /// The session is over: see ``LiveRecording/finish()``.
  package func finish() throws {
    try state.withLock { state in
      try state.recording.finish()
      state.counts.redacted = state.recording.placeholders
    }
  }
}
