/// A recording that grows while its session goes on: what is appended is on file at once, without its secrets.
package struct LiveRecording: ~Copyable, Sendable {
  /// The file's path.
  package let path: String
  private let header: RecordingHeader
  private var writer: RecordingWriter
  private var redaction: Redaction?
  private var ciphers = NoticeCiphers()
  /// How many placeholders the header in the file lists.
  private var listed = 0

  /// What the header may grow to while the session goes on: one page, which the system writes whole or not at all.
  private static let headerRoom = 4_096

  /// Makes the file.
  ///
  /// - Parameter redacting: whether placeholders take the place of secrets and people.
  package init(
    creating path: String, header: RecordingHeader, replacing: Bool, redacting: Bool
  ) throws(RecordingError) {
    self.path = path
    self.header = header
    redaction = redacting ? Redaction() : nil
    writer = try RecordingWriter(
      creating: path, header: header, replacing: replacing, room: redacting ? LiveRecording.headerRoom : 0)
  }

  /// How large the file is.
  package var size: ByteCount { writer.size }
  /// The time of the last event.
  package var offset: RecordedTime { writer.offset }
  /// How many placeholders stand in it.
  package var placeholders: Int { redaction?.placeholders.count ?? 0 }

  /// Puts events on file, all or none; notices are decrypted if their key is known.
  package mutating func append(_ events: [RecordedEvent]) throws(RecordingError) {
    var events = events
    for index in events.indices {
      if redaction == nil {
        if case .readable(let readable) = ciphers.decrypted(events[index]) { events[index].content = readable }
      } else {
        redaction?.redact(&events[index])
      }
    }
    try list()
    try writer.append(events)
  }

  /// Lists new placeholders in the header before any line has them, so that a recording that is cut off has them too.
  private mutating func list() throws(RecordingError) {
    guard let placeholders = redaction?.placeholders, placeholders.count > listed else { return }
    listed = placeholders.count
    var header = header
    header.placeholders = placeholders
    // Without room the end of the session lists them.
    _ = try writer.replace(header: header)
  }

  /// Text with the secrets that passed so far replaced, for people.
  package func redacted(_ text: String) -> String { redaction?.redacted(text) ?? text }

  /// The session is over. The recording is read once more: a secret may have passed before anything said that it is one.
  package mutating func finish() throws {
    guard redaction != nil else { return }
    var output = try RecordingOutput(creating: path, replacing: true)
    _ = try redaction?.write(RecordingReader(path: path), to: &output)
    try output.finish()
  }
}
