import KISWire

/// Reads tick stores of one TR: a header `recv_ms,seq,` and the portal's names, then a record a line.
///
/// Records of one frame have one `recv_ms` and `seq` 0, 1, 2 …; the frame is put together of them again.
package struct CSVCapture: CaptureSource {
  private var input: CaptureInput
  private let transaction: TransactionID
  private let flag: UInt8
  private var columns = 0
  private var lineNumber = 0
  private var frame: (time: Int64, records: Int, payload: [UInt8])?
  private var isAtEnd = false
  package private(set) var report: CaptureReport

  private static let longestLine = 1 << 20

  /// Whether a file begins as such a store does.
  package static func recognises(_ beginning: [UInt8]) -> Bool {
    // Some writers put every value in quotes.
    withoutMark(beginning).prefix(32).filter { $0 != UInt8(ascii: "\"") }.starts(with: "recv_ms,seq,".utf8)
  }

  /// - Throws: when the file's name does not begin with the TR's id, as `H0STCNT0.csv` and `H0STCNT0_005930.csv` do.
  package init(_ input: CaptureInput) throws(CaptureError) {
    let name = input.path.split(separator: "/").last.map(String.init) ?? ""
    let id = name.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }.uppercased()
    guard let entry = Catalogue.realtime.first(where: { $0.id.rawValue == id || $0.paperID?.rawValue == id }) else {
      throw CaptureError(
        .malformed, file: input.path,
        reason: "is a CSV of records, but its name does not begin with the id of a TR, as in H0STCNT0.csv")
    }
    self.input = input
    transaction = TransactionID(id)
    flag = entry.isEncrypted ? UInt8(ascii: "1") : UInt8(ascii: "0")
    report = CaptureReport(format: "CSV of \(id)", unit: "lines")
  }

  package mutating func read(into events: inout [CapturedEvent]) throws(CaptureError) -> Bool {
    for _ in 0..<1_024 where !isAtEnd {
      guard let line = try nextLine() else {
        endFrame(&events)
        isAtEnd = true
        break
      }
      try take(line, &events)
    }
    report.read = lineNumber
    report.bytes = input.position
    if isAtEnd, input.isDamaged { report.isTruncated = true }
    return !isAtEnd
  }

  private mutating func nextLine() throws(CaptureError) -> [UInt8]? {
    while true {
      let end = input.withBytes { $0.firstIndex(of: 0x0A) }
      if let end {
        let line = input.withBytes { Array($0[..<end]) }
        _ = try input.skip(end + 1)
        lineNumber += 1
        return line.last == 0x0D ? line.dropLast() : line
      }
      guard input.available < CSVCapture.longestLine else {
        throw CaptureError(.malformed, file: input.path, at: .line(lineNumber + 1), reason: "is longer than 1 MB")
      }
      if try input.fill() { continue }
      guard input.available > 0 else { return nil }
      let rest = input.withBytes { Array($0) }
      _ = try input.skip(rest.count)
      lineNumber += 1
      // A writer that was killed leaves half a line.
      report.isTruncated = true
      report.omit("a last line without its end", at: .line(lineNumber))
    }
  }

  private mutating func take(_ line: [UInt8], _ events: inout [CapturedEvent]) throws(CaptureError) {
    if lineNumber == 1 {
      let names = CSVLine.fields(CSVCapture.withoutMark(line))?.map { String(decoding: $0, as: UTF8.self) } ?? []
      columns = names.count
      if let trouble = trouble(of: Array(names.dropFirst(2))) {
        throw CaptureError(.malformed, file: input.path, at: .line(1), reason: trouble)
      }
      return
    }
    guard !line.isEmpty else { return }
    let place = CapturePlace.line(lineNumber)
    guard let fields = CSVLine.fields(line), fields.count > 2 else {
      report.omit("lines that are no CSV", at: place)
      return
    }
    guard let time = EpochTime.nanoseconds(String(decoding: fields[0], as: UTF8.self)),
      let sequence = Int(String(decoding: fields[1], as: UTF8.self)), sequence >= 0
    else {
      report.omit("lines whose recv_ms or seq is no number", at: place)
      return
    }
    if let open = frame, open.time != time || sequence != open.records { endFrame(&events) }
    if frame == nil, sequence != 0 { report.omit("records whose frame begins before the file", at: place) }
    var open = frame ?? (time, 0, [])
    if open.records > 0 { open.payload.append(UInt8(ascii: "^")) }
    // Rows are filled up to the widest; what is behind the record's own width is empty.
    open.payload.append(contentsOf: fields[2...].joined(separator: [UInt8(ascii: "^")]))
    open.records += 1
    frame = open
  }

  /// Why frames cannot be made of such columns; nil when they can.
  private func trouble(of names: [String]) -> String? {
    guard !names.isEmpty else { return "has no columns behind recv_ms,seq" }
    let layouts = [MessageCheck.oldest, Dialect.latest()].map { $0.layout(of: transaction).fields }
    let known = layouts.min { misplaced(names, $0).count < misplaced(names, $1).count } ?? []
    if let column = misplaced(names, known).first {
      return
        "has \(names[column]) as value \(column + 1), where the record has \(known[column]): values stand in wire order"
    }
    let narrowest = layouts.map(\.count).min() ?? 0
    guard names.count < narrowest else { return nil }
    return "has \(names.count) of the \(narrowest) values of \(transaction.rawValue), so no frame can be made of it"
  }

  /// Where a column has a name of the layout that belongs elsewhere.
  private func misplaced(_ names: [String], _ layout: [String]) -> [Int] {
    let known = Set(layout)
    return zip(names, layout).enumerated().filter { known.contains($1.0) && $1.0 != $1.1 }.map(\.offset)
  }

  private mutating func endFrame(_ events: inout [CapturedEvent]) {
    guard let frame else { return }
    self.frame = nil
    let digits = String(frame.records)
    let count = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    let head = [flag, UInt8(ascii: "|")] + Array("\(transaction.rawValue)|\(count)|".utf8)
    events.append(CapturedEvent(connection: 1, time: frame.time, side: .server, .text(head + frame.payload)))
  }

  /// Without the byte order mark that spreadsheets put in front.
  private static func withoutMark(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
  }
}

/// A line of CSV (RFC 4180); no value of KIS has a line feed.
enum CSVLine {
  /// Nil when a quote does not end.
  static func fields(_ line: some Collection<UInt8>) -> [[UInt8]]? {
    var fields: [[UInt8]] = [[]]
    var isQuoted = false
    var wasQuote = false
    for byte in line {
      if isQuoted {
        if byte == UInt8(ascii: "\"") {
          isQuoted = false
          wasQuote = true
        } else {
          fields[fields.count - 1].append(byte)
        }
      } else if byte == UInt8(ascii: "\"") {
        // Two quotes within quotes are one.
        if wasQuote { fields[fields.count - 1].append(byte) }
        isQuoted = true
        wasQuote = false
      } else {
        wasQuote = false
        if byte == UInt8(ascii: ",") { fields.append([]) } else { fields[fields.count - 1].append(byte) }
      }
    }
    return isQuoted ? nil : fields
  }

  /// Appends a value, in quotes where it needs them.
  static func append(_ value: some Collection<UInt8>, to line: inout [UInt8]) {
    guard value.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D })
    else {
      line.append(contentsOf: value)
      return
    }
    line.append(UInt8(ascii: "\""))
    for byte in value {
      if byte == UInt8(ascii: "\"") { line.append(byte) }
      line.append(byte)
    }
    line.append(UInt8(ascii: "\""))
  }
}
