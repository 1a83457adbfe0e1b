public import KISWire

/// How a recording differs from the catalogue: what KIS has changed since, or what the catalogue never knew.
///
///     let drift = try Drift(of: RecordingReader(path: "today.jsonl"))
///     for finding in drift.findings { print(finding.subject, finding.expected, finding.found, finding.line) }
public struct Drift: Sendable {
  /// Each difference once, in the order in which they first appear.
  public let findings: [DriftFinding]
  /// Data frames that were compared.
  public let frames: Int
  /// REST exchanges that were compared.
  public let exchanges: Int

  init(findings: [DriftFinding], frames: Int, exchanges: Int) {
    (self.findings, self.frames, self.exchanges) = (findings, frames, exchanges)
  }

  /// Reads a recording from its beginning and compares it with the catalogue.
  ///
  /// - Parameter dialect: the layouts to compare with; nil takes those of the recording's own day and venue.
  /// - Throws: ``RecordingError`` when a line is malformed.
  public init(of reader: RecordingReader, dialect: Dialect? = nil) throws {
    var reader = reader
    reader.rewind()
    var frameDrift = FrameDrift(try dialect ?? Dialect(day: reader.header.dialectDay, venue: reader.header.venue))
    let exchangeDrift = ExchangeDrift()
    var findings = DriftFindings()
    var (frames, exchanges) = (0, 0)
    try reader.read { event in
      switch event.content {
      case .serverMessage(let text):
        guard let frame = try? Frame(parsing: Array(text)) else { break }
        frames += 1
        frameDrift.compare(frame, in: event, into: &findings)
      case .other(.exchange(let exchange)):
        exchanges += 1
        exchangeDrift.compare(exchange, in: event, into: &findings)
      case .other: break
      }
      return .more
    }
    self.findings = findings.all
    self.frames = frames
    self.exchanges = exchanges
  }
}
