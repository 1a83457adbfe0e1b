import KISRecording
import KISWire

/// Writes a recording in a format of other tools.
package struct RecordingExport: Sendable {
  /// What can be written.
  package enum Format: String, Sendable, Hashable, CaseIterable {
    /// HAR 1.2 with `_webSocketMessages`.
    case har
    /// A folder with one CSV file a TR.
    case csv
    /// pcapng with nanoseconds.
    case pcap

    /// What the ending of a name asks for; nil for any other.
    package init?(ending path: String) {
      switch path.split(separator: ".").last?.lowercased() {
      case "har": self = .har
      case "pcap", "pcapng": self = .pcap
      case "csv": self = .csv
      default:
        guard path.hasSuffix("/") else { return nil }
        self = .csv
      }
    }
  }

  /// What to write.
  package var format: Format
  /// Whether files of that name may be replaced.
  package var replaces: Bool

  package init(format: Format, replaces: Bool = false) {
    self.format = format
    self.replaces = replaces
  }

  /// - Returns: what was written and left out.
  package func run(_ recording: String, output path: String) throws -> ExportCounts {
    switch format {
    case .csv: return try csv(recording, folder: path)
    case .har:
      let output = try OutputFile(path: path, replacing: replaces)
      var export = try HARExport(output)
      try RecordingExport.forEachEvent(of: recording) { event, start in try export.add(event, start: start) }
      try export.finish()
      try output.finish()
      return export.left
    case .pcap:
      let output = try OutputFile(path: path, replacing: replaces)
      var export = try PacketExport(output)
      try RecordingExport.forEachEvent(of: recording) { event, start in try export.add(event, start: start) }
      try export.finish()
      try output.finish()
      return export.left
    }
  }

  private func csv(_ recording: String, folder: String) throws -> ExportCounts {
    // The header of a CSV stands in front of its widest record.
    var widths: [TransactionID: Int] = [:]
    try RecordingExport.forEachEvent(of: recording) { event, _ in
      guard let (frame, records) = CSVExport.records(of: event) else { return }
      widths[frame.transactionID] = max(widths[frame.transactionID] ?? 0, records.width)
    }
    let header = try RecordingReader(path: recording).header
    let dialect = try Dialect(day: header.dialectDay, venue: header.venue)
    var export = try CSVExport(folder: folder, replacing: replaces, dialect: dialect, widths: widths)
    try RecordingExport.forEachEvent(of: recording) { event, start in try export.add(event, start: start) }
    try export.finish()
    return export.left
  }

  private static func forEachEvent(of recording: String, _ body: (RecordedEvent, Int64) throws -> Void) throws {
    var reader = try RecordingReader(path: recording)
    let start = KoreanTime(reader.header.start)?.epochNanoseconds ?? 0
    while let event = try reader.next() { try body(event, start) }
  }
}

/// What an export wrote and left out.
package struct ExportCounts: Sendable, Hashable {
  /// WebSocket messages, control frames among them; for CSV, data frames.
  package var messages = 0
  /// Exchanges.
  package var exchanges = 0
  /// Packets.
  package var packets = 0
  /// CSV files.
  package var files = 0
  /// Markers, which no other format has.
  package var markers = 0
  /// Ends without a close frame, which HAR does not have.
  package var losses = 0
  /// Notices that are encrypted, for CSV.
  package var encrypted = 0
  /// Exchanges, which CSV does not have.
  package var exchangesLeft = 0
  /// Whatever else CSV does not have: replies, PINGPONG, what the client sent.
  package var others = 0
}
