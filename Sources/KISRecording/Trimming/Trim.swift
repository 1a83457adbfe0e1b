public import KISWire

/// Cuts a range, registrations or connections out of a recording.
///
///     var output = try RecordingOutput(creating: "part.jsonl")
///     let report = try Trim(from: RecordedTime(.seconds(5_400))).write(RecordingReader(path: "day.jsonl"), to: &output)
///     try output.finish()
///
/// Lines are copied as they stand. What the rest of a session needs from before the range comes first and is marked
/// `"carried":true`: how its connection was opened, what it had registered, and the replies with iv and key. ``Merge``
/// drops it again, so that the parts of a recording give the whole.
public struct Trim: Sendable {
  /// The first moment to keep; nil for its beginning.
  public var from: RecordedTime?
  /// The first moment that is not kept any more; nil for the end.
  public var to: RecordedTime?
  /// The TRs to keep, of frames and of REST; empty for all.
  public var transactions: Set<TransactionID>
  /// The keys (`tr_key`, or the value of any REST parameter) to keep; empty for all.
  public var keys: Set<String>
  /// The connections to keep; empty for all.
  public var connections: Set<Int>

  /// A range, and what to keep of it.
  public init(
    from: RecordedTime? = nil, to: RecordedTime? = nil, transactions: Set<TransactionID> = [], keys: Set<String> = [],
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
    /// Kept events that are of the TRs and keys that were asked for, not only of their connections.
    public var matching = 0
    /// Whether the recording ends in the middle of a line.
    public var isTruncated = false
  }

  /// Reads a recording and writes what is kept of it.
  ///
  /// - Parameters:
  ///   - index: of the recording, so that what lies outside the range need not be read. Events in front of where reading
  ///     begins count as outside, of whatever TR they are.
  ///   - progress: is told now and then how much was read, 0 to 1.
  public func write(
    _ recording: RecordingReader, using index: RecordingIndexFile? = nil, to output: inout RecordingOutput,
    progress: (Double) -> Void = { _ in }
  ) throws -> Report {
    var reader = recording
    reader.rewind()
    reader.acceptsCiphertext = true
    var report = Report()
    var context = SessionContext()
    var isInRange = false
    var reached = RecordedTime.zero
    // Events that were passed, and how many of the context's come from the index.
    var (passed, known) = (0, 0)
    if let from, let checkpoint = try index?.checkpoint(before: from) {
      let lines = [recording.headerLine] + checkpoint.context
      var open = try RecordingReader(bytes: Array(lines.joined(separator: [0x0A])), name: recording.name)
      open.acceptsCiphertext = true
      try open.read { event in
        if selects(event) { context.note(event) }
        return .more
      }
      (passed, known, reached) = (checkpoint.events, context.seen, checkpoint.reached)
      report.outside = passed
      reader.go(to: checkpoint.place)
    }
    let size = Double(max(1, reader.size.bytes))
    let part = from == nil && to == nil ? reader.header.part : RecordingHeader.Part(from: from, to: to)
    try output.append(line: RecordedLine.header(reader.headerLine, part: part))
    try reader.read { event in
      // A line belongs where it stands: a slow answer, whose line comes late, to the part in which it came.
      reached = max(reached, event.isCarried ? reached : event.offset)
      if passed & 0x3FFF == 0 { progress(Double(event.position.bytes) / size) }
      passed += 1
      if reached < from ?? .zero || event.isCarried {
        if selects(event) { context.note(event) } else { report.others += 1 }
        return .more
      }
      guard reached < to ?? .distantFuture else {
        guard let index else {
          report.outside += 1
          return .more
        }
        report.outside += index.events - passed + 1
        report.isTruncated = index.isTruncated
        return .enough
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
      if isAsked(event) { report.matching += 1 }
      try output.append(line: event.text)
      return .more
    }
    report.outside += context.seen - known - report.carried
    report.isTruncated = report.isTruncated || reader.isTruncated
    return report
  }

  /// Whether an event that is kept has a TR or a key, and so was asked for.
  private func isAsked(_ event: RecordedEventView) -> Bool {
    switch event.content {
    case .serverMessage(let text): FrameHead(text) != nil || RegistrationMessage(Array(text)) != nil
    case .other(.message(let bytes, _)): RegistrationMessage(bytes) != nil
    case .other(.ciphertext), .other(.exchange): true
    case .other: false
    }
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
