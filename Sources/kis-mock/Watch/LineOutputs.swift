import KISWire
import Terminal

/// A line of JSON per record.
struct JSONOutput: WatchOutput {
  private var writers: [TransactionID: RecordJSON] = [:]

  mutating func show(_ record: Record) -> [UInt8] {
    let writer = writers[record.transactionID] ?? RecordJSON(record.layout)
    writers[record.transactionID] = writer
    var line: [UInt8] = []
    writer.append(record.values, to: &line)
    line.append(UInt8(ascii: "\n"))
    return line
  }

  func draw() -> [UInt8] { [] }
}

/// A line of text per record: its TR, then names and values.
struct PlainOutput: WatchOutput {
  func show(_ record: Record) -> [UInt8] {
    let values = WatchColumns(of: record.layout).names.map { "\($0)=\(record[$0] ?? "")" }
    return Array(("\(record.transactionID) \(values.joined(separator: " "))".printable + "\n").utf8)
  }

  func draw() -> [UInt8] { [] }
}
