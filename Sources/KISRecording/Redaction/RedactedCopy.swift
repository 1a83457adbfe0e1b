extension Redaction {
  /// Reads a recording twice and writes it without its secrets: the first time to learn what they are, so that none
  /// stands in front of the place that names it.
  ///
  /// - Returns: whether the recording ends in the middle of a line.
  public mutating func write(_ recording: RecordingReader, to output: inout RecordingOutput) throws -> Bool {
    var reader = recording
    reader.acceptsCiphertext = true
    reader.rewind()
    try reader.read { event in
      if !Redaction.isMarketData(event) { learn(from: event.event) }
      return .more
    }
    forgetKeys()
    var header = reader.header
    header.title = redacted(header.title)
    header.source = redacted(header.source)
    header.placeholders = placeholders
    try output.append(header)
    reader.rewind()
    try reader.read { event in
      var copy = event.event
      redact(&copy)
      try output.append(copy)
      return .more
    }
    return reader.isTruncated
  }

  /// Whether there is nothing to learn from an event.
  private static func isMarketData(_ event: RecordedEventView) -> Bool {
    guard case .serverMessage(let text) = event.content else { return false }
    return KISRecording.isMarketData(text)
  }
}
