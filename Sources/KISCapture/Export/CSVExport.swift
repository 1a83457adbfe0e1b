import Foundation
import KISRecording
import KISWire

/// Writes the records of a recording as one CSV file a TR: `recv_ms`, `seq` (the record's place in its frame), then the
/// portal's names in wire order; what is wider than the layout is `EXTRA1`, `EXTRA2` …
struct CSVExport {
  private let folder: String
  private let replaces: Bool
  private let dialect: Dialect
  private let widths: [TransactionID: Int]
  private var files: [TransactionID: OutputFile] = [:]
  private(set) var left = ExportCounts()

  /// - Parameter widths: the widest record of each TR.
  init(folder: String, replacing: Bool, dialect: Dialect, widths: [TransactionID: Int]) throws(CaptureError) {
    self.folder = folder
    replaces = replacing
    self.dialect = dialect
    self.widths = widths
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw CaptureError(.unwritable, file: folder, reason: "cannot be made: \(error.localizedDescription)")
    }
  }

  /// The records of an event; nil when it is no data frame that can be read.
  static func records(of event: RecordedEvent) -> (frame: Frame, records: FrameRecords)? {
    guard case .message(let bytes, from: .server) = event.content, bytes.first != UInt8(ascii: "{"),
      let frame = try? Frame(parsing: bytes)
    else { return nil }
    // Notices are kept readable, so their flag does not matter here.
    let readable = Frame(frame.transactionID, count: frame.count, payload: Array(frame.payload))
    guard let records = try? readable.records() else { return nil }
    return (frame, records)
  }

  /// - Parameter start: of the recording, in nanoseconds since 1970.
  mutating func add(_ event: RecordedEvent, start: Int64) throws(CaptureError) {
    guard let (frame, records) = CSVExport.records(of: event) else {
      switch event.content {
      case .ciphertext: left.encrypted += 1
      case .exchange: left.exchangesLeft += 1
      default: left.others += 1
      }
      return
    }
    left.messages += 1
    let file = try file(for: frame.transactionID)
    let milliseconds = (start + event.offset.nanoseconds) / 1_000_000
    for (sequence, record) in records.enumerated() {
      var line = Array("\(milliseconds),\(sequence)".utf8)
      for value in record {
        line.append(UInt8(ascii: ","))
        CSVLine.append(Array(value.utf8), to: &line)
      }
      line.append(0x0A)
      try file.write(line)
    }
  }

  mutating func finish() throws(CaptureError) {
    for file in files.values { try file.finish() }
    left.files = files.count
  }

  private mutating func file(for transaction: TransactionID) throws(CaptureError) -> OutputFile {
    if let file = files[transaction] { return file }
    let name = transaction.rawValue.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    let file = try OutputFile(path: "\(folder)/\(name).csv", replacing: replaces)
    var names = dialect.layout(of: transaction).fields
    let width = max(widths[transaction] ?? 0, names.count)
    names += (0..<(width - names.count)).map { "EXTRA\($0 + 1)" }
    try file.write((["recv_ms", "seq"] + names).joined(separator: ",").utf8)
    try file.write("\n".utf8)
    files[transaction] = file
    return file
  }
}
