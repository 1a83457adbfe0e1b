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

/// The values of a TR that one line has room for.
struct WatchColumns {
  let names: [String]
  private static let most = 8

  init(of layout: Layout) {
    names = WatchColumns.chosen[layout.transactionID] ?? Array(layout.fields.prefix(WatchColumns.most))
  }

  private static let chosen: [TransactionID: [String]] = [
    .indexProgramTrading: [
      "BSTP_CLS_CODE", "BSOP_HOUR", "ARBT_SMTN_NTBY_QTY", "ARBT_SMTN_NTBY_TR_PBMN", "NABT_SMTN_NTBY_QTY",
      "NABT_SMTN_NTBY_TR_PBMN", "WHOL_NTBY_QTY", "WHOL_NTBY_TR_PBMN",
    ],
    .stockTrade: [
      "MKSC_SHRN_ISCD", "STCK_CNTG_HOUR", "STCK_PRPR", "PRDY_VRSS", "PRDY_CTRT", "CNTG_VOL", "ACML_VOL", "ACML_TR_PBMN",
    ],
    .stockOrderBook: [
      "MKSC_SHRN_ISCD", "BSOP_HOUR", "ASKP2", "ASKP1", "BIDP1", "BIDP2", "TOTAL_ASKP_RSQN", "TOTAL_BIDP_RSQN",
    ],
  ]
}
