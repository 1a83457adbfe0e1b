public import KISWire

/// Cuts a range, registrations or connections out of a recording.
///
///     var output = try RecordingOutput(creating: "part.jsonl")
///     let report = try Trim(from: 5_400_000_000_000).write(RecordingReader(path: "day.jsonl"), to: &output)
///     try output.finish()
///
/// Lines are copied as they stand. What the rest of a session needs from before the range comes first and is marked
/// `"carried":true`: how its connection was opened, what it had registered, and the replies with iv and key. ``Merge``
/// drops it again, so that the parts of a recording give the whole.
public struct Trim: Sendable {
  /// The first moment to keep, in nanoseconds since the recording's start; nil for its beginning.
  public var from: Int64?
  /// The first moment that is not kept any more; nil for the end.
  public var to: Int64?
  /// The TRs to keep, of frames and of REST; empty for all.
  public var transactions: Set<TransactionID>
  /// The keys (`tr_key`, or the value of any REST parameter) to keep; empty for all.
  public var keys: Set<String>
  /// The connections to keep; empty for all.
  public var connections: Set<Int>

  /// A range, and what to keep of it.
  public init(
    from: Int64? = nil, to: Int64? = nil, transactions: Set<TransactionID> = [], keys: Set<String> = [],
    connections: Set<Int> = []
  ) {
    self.from = from
    self.to = to
    self.transactions = transactions
    self.keys = keys
    self.connections = connections
  }

  /// What was kept and what was not.
  public struct Report: Sendable, Hashable {
    /// Events of the range that were kept.
    public var kept = 0
    /// Events from before the range that were kept because the rest needs them.
    public var carried = 0
    /// Events outside the range.
    public var outside = 0
    /// Events of the range that belong to other TRs, keys or connections.
    public var others = 0
    /// Whether the recording ends in the middle of a line.
    public var isTruncated = false
  }

  /// Reads a recording and writes what is kept of it.
  public func write(_ recording: RecordingReader, to output: inout RecordingOutput) throws -> Report {
    var reader = recording
    reader.rewind()
    reader.acceptsCiphertext = true
    var report = Report()
    var context = SessionContext()
    var isInRange = false
    var reached: Int64 = 0
    let part = from == nil && to == nil ? reader.header.part : RecordingHeader.Part(from: from, to: to)
    try output.append(line: RecordedLine.header(reader.headerLine, part: part))
    try reader.read { event in
      // A line belongs where it stands: a slow answer, whose line comes late, to the part in which it came.
      reached = max(reached, event.isCarried ? reached : event.offset)
      if reached < from ?? 0 || event.isCarried {
        if selects(event) { context.note(event) } else { report.others += 1 }
        return .more
      }
      guard reached < to ?? .max else {
        report.outside += 1
        return .more
      }
      if !isInRange {
        isInRange = true
        for line in context.lines { try output.append(line: line) }
        report.carried = context.lines.count
      }
      guard selects(event) else {
        report.others += 1
        return .more
      }
      report.kept += 1
      try output.append(line: event.text)
      return .more
    }
    report.outside += context.seen - report.carried
    report.isTruncated = reader.isTruncated
    return report
  }

  private func selects(_ event: RecordedEventView) -> Bool {
    if !connections.isEmpty {
      guard let connection = event.connection, connections.contains(connection) else { return false }
    }
    guard !transactions.isEmpty || !keys.isEmpty else { return true }
    switch event.content {
    case .serverMessage(let text):
      if let head = FrameHead(text) {
        return selects(
          TransactionID(String(decoding: text[head.transactionID], as: UTF8.self)),
          String(decoding: text[head.key], as: UTF8.self))
      }
      return RegistrationMessage(Array(text)).map { selects($0.registration.transactionID, $0.registration.key) }
        ?? true
    case .other(.message(let bytes, _)):
      return RegistrationMessage(bytes).map { selects($0.registration.transactionID, $0.registration.key) } ?? true
    case .other(.ciphertext(let bytes)):
      let id = bytes.withUnsafeBytes { text in
        FrameHead(text).map { TransactionID(String(decoding: text[$0.transactionID], as: UTF8.self)) }
      }
      return transactions.isEmpty || id.map(transactions.contains) ?? true
    case .other(.exchange(let exchange)):
      return (transactions.isEmpty || transactions.contains(TransactionID(exchange.transactionID)))
        && (keys.isEmpty || exchange.parameters.contains { keys.contains($0.value) })
    case .other: return true
    }
  }

  private func selects(_ id: TransactionID, _ key: String) -> Bool {
    (transactions.isEmpty || transactions.contains(id)) && (keys.isEmpty || keys.contains(key))
  }
}
