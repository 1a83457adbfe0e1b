import KISWire

/// Compares data frames with the layouts of a dialect.
struct FrameDrift {
  private let dialect: Dialect
  /// The kinds of each TR's values, made once.
  private var kinds: [TransactionID: [FieldKind]] = [:]

  init(_ dialect: Dialect) { self.dialect = dialect }

  mutating func compare(_ frame: Frame, in event: RecordedEventView, into findings: inout DriftFindings) {
    let id = frame.transactionID
    guard let entry = Catalogue.realtime(id) else {
      let nearest = Catalogue.nearest(to: id, count: 1).first.map { ", nearest is \($0.rawValue)" } ?? ""
      findings.add(
        .unknownTR, id.rawValue, expected: "a TR of the catalogue\(nearest)", found: id.rawValue, in: event)
      return
    }
    let layout = dialect.layout(of: id)
    // Recordings keep notices decrypted: flag 1 says only how they travelled.
    let plain = Frame(id, count: frame.count, payload: frame.payload)
    guard let records = try? plain.records() else {
      let values = frame.payload.count { $0 == UInt8(ascii: "^") } + 1
      findings.add(
        .width, id.rawValue, field: "count", expected: "a multiple of \(frame.count) values", found: "\(values) values",
        in: event)
      return
    }
    guard records.width == layout.width else {
      findings.add(
        .width, id.rawValue, expected: "\(layout.width) values (\(layout.source))", found: "\(records.width) values",
        in: event)
      return
    }
    compareValues(of: records, entry, layout, in: event, into: &findings)
  }

  private mutating func compareValues(
    of records: FrameRecords, _ entry: RealtimeTR, _ layout: Layout, in event: RecordedEventView,
    into findings: inout DriftFindings
  ) {
    let id = layout.transactionID
    let kinds = self.kinds[id] ?? layout.fields.map { FieldKind(name: $0) }
    self.kinds[id] = kinds
    for record in records {
      if let key = record.first, !entry.key.accepts(key) {
        findings.add(
          .key, id.rawValue, field: layout.fields.first ?? "", expected: entry.key.phrase, found: key, in: event)
      }
      for (index, kind) in kinds.enumerated() where index < record.count && !kind.accepts(record.bytes(at: index)) {
        findings.add(
          .type, id.rawValue, field: layout.fields[index], expected: kind.phrase, found: record[index], in: event)
      }
    }
  }
}

extension RealtimeTR.KeyKind {
  /// Whether a frame of such a TR may begin with this value.
  fileprivate func accepts(_ key: String) -> Bool {
    let isPlain = key.isAllDigitsAndCapitals
    return switch self {
    case .stock, .etf, .elw: isPlain && (6...7).contains(key.utf8.count)
    case .industry: key.utf8.count == 4 && Int(key) != nil
    case .bond: isPlain && key.utf8.count == 12
    case .derivative: isPlain && (6...12).contains(key.utf8.count)
    case .overseasStock: (key.hasPrefix("D") || key.hasPrefix("R")) && key.utf8.count > 4
    case .overseasDerivative, .htsID: !key.isEmpty
    }
  }

  /// What the first value should be, for people.
  fileprivate var phrase: String {
    switch self {
    case .stock, .etf, .elw: "an instrument of six or seven digits and capital letters"
    case .industry: "an industry code (업종코드) of four digits"
    case .bond: "a bond of twelve digits and capital letters"
    case .derivative: "a future or option of six to twelve digits and capital letters"
    case .overseasStock: "D or R, an exchange and a symbol"
    case .overseasDerivative: "the symbol of a future or option"
    case .htsID: "an HTS id"
    }
  }
}
