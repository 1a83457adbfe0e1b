/// Reads captures and writes one recording of them.
package struct CaptureImport: Sendable {
  /// The kind of all files; nil to tell by how each begins.
  package var format: CaptureFormat?
  /// Ports of servers; empty for all.
  package var ports: Set<UInt16>
  /// What text logs do not say themselves.
  package var log: LogOptions
  /// Whether placeholders take the place of secrets and people.
  package var redacts: Bool
  /// Whether a recording of the output's name may be replaced.
  package var replaces: Bool
  /// Is told now and then how far it has come.
  package var progress: (@Sendable (Progress) -> Void)?

  /// How far an import has come.
  package struct Progress: Sendable, Hashable {
    /// What is read: a file, or a series of packet captures as one.
    package var file: String
    /// How much of it was read, in packets, entries or lines.
    package var read: Int
    /// `packets`, `entries` or `lines`.
    package var unit: String
    /// Whether it is read for its secrets first.
    package var isForSecrets: Bool
  }

  package init(
    format: CaptureFormat? = nil, ports: Set<UInt16> = [], log: LogOptions = LogOptions(), redacts: Bool = true,
    replaces: Bool = false
  ) {
    self.format = format
    self.ports = ports
    self.log = log
    self.redacts = redacts
    self.replaces = replaces
  }

  /// What came of an import.
  package struct Outcome: Sendable {
    /// What was read and left out, by file; a series of packet captures is one.
    package var reports: [(files: [String], report: CaptureReport)]
    package var counts: ImportCounts
    /// Whether a recording was written; without a message or an exchange none is.
    package var isWritten: Bool

    /// Whether something of the session is missing.
    package var isPartial: Bool { reports.contains { $0.report.isPartial } }
  }

  /// - Parameters:
  ///   - files: paths; `-` is standard input.
  ///   - output: the recording's path; `-` is standard output.
  /// - Throws: when a file cannot be read at all, or the recording cannot be written. What is only partly readable is
  ///   in the reports.
  package func run(_ files: [String], output: String) throws(CaptureError) -> Outcome {
    var assembly = try RecordingAssembly(writing: output, replacing: replaces, redacting: redacts)
    var outcome = Outcome(reports: [], counts: ImportCounts(), isWritten: false)
    // A secret can stand in front of what tells that it is one, so the files are read once for their secrets.
    if redacts, !files.contains("-") {
      for group in try groups(of: files) {
        _ = try read(group, forSecrets: true) { event, connection, _ throws(CaptureError) in
          assembly.learn(from: event, connection: connection)
        }
      }
    }
    for group in try groups(of: files) {
      let report = try read(group) { event, connection, report throws(CaptureError) in
        try assembly.add(event, connection: connection, &report)
      }
      for connection in report.excludedConnections { assembly.exclude(group.number(of: connection)) }
      outcome.reports.append((group.files, report))
    }
    outcome.isWritten = !assembly.isEmpty
    if outcome.isWritten {
      let names = files.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
      let formats = outcome.reports.map(\.report.format)
      try assembly.finish(source: "imported from \(names.joined(separator: ", ")): \(formats.joined(separator: ", "))")
    }
    outcome.counts = assembly.counts
    return outcome
  }

  /// Gives every event of a group with the number of its connection among all files.
  private func read(
    _ group: Group, forSecrets: Bool = false,
    _ body: (CapturedEvent, Int, inout CaptureReport) throws(CaptureError) -> Void
  ) throws(CaptureError) -> CaptureReport {
    var source = group.source
    var report = CaptureReport(format: "", unit: "")
    var events: [CapturedEvent] = []
    var isMore = true
    while isMore {
      isMore = try source.read(into: &events)
      if let progress {
        let report = source.report
        progress(
          Progress(file: group.files.first ?? "", read: report.read, unit: report.unit, isForSecrets: forSecrets))
      }
      for event in events { try body(event, group.number(of: event.connection), &report) }
      events.removeAll(keepingCapacity: true)
    }
    var whole = source.report
    for omission in report.omissions {
      whole.omit(omission.reason, at: omission.first, count: omission.count, isLoss: omission.isLoss)
    }
    return whole
  }

  // MARK: - Files

  private struct Group {
    var files: [String]
    var source: any CaptureSource
    var isCSV = false
    /// Which of all groups it is; ticks out of CSV files have no connection of their own, so they share one.
    var ordinal = 0

    /// A number for a connection that no other group has.
    func number(of connection: Int) -> Int { ordinal << 32 | connection }
  }

  /// The files with their readers: packet captures in the order of their time as one, then each other file.
  private func groups(of files: [String]) throws(CaptureError) -> [Group] {
    var packets: [(path: String, input: CaptureInput, start: Int64)] = []
    var groups: [Group] = []
    for path in files {
      var input = try CaptureInput(path: path)
      _ = try input.ensure(4_096)
      let beginning = input.withBytes { Array($0.prefix(8_192)) }
      if beginning.starts(with: #"{"kis_recording""#.utf8) {
        throw CaptureError(
          .unknownFormat, file: path, reason: "is a recording already; `kis-mock serve` and `info` read it")
      }
      guard let kind = format ?? CaptureFormat(beginning: beginning) else {
        throw CaptureError(.unknownFormat, file: path, reason: CaptureFormat.reason(against: beginning))
      }
      if format == nil, kind == .log, path.lowercased().hasSuffix(".csv"), LogLine.start(in: beginning[...]) == nil {
        throw CaptureError(
          .unknownFormat, file: path,
          reason: "is a CSV without the columns that make a frame: `recv_ms,seq,` and the portal's names in wire order")
      }
      switch kind {
      case .pcap:
        let start = files.count > 1 && path != "-" ? try PacketCapture.start(of: path) : 0
        packets.append((path, input, start))
      case .har:
        let isZip = beginning.starts(with: [0x50, 0x4B])
        groups.append(
          Group(
            files: [path],
            source: isZip ? try HARCapture(zip: path, ports: ports) : HARCapture(input, ports: ports)))
      case .log: groups.append(Group(files: [path], source: LogCapture(input, options: log)))
      case .csv: groups.append(Group(files: [path], source: try CSVCapture(input), isCSV: true))
      }
    }
    for index in groups.indices where !groups[index].isCSV { groups[index].ordinal = index + 2 }
    guard !packets.isEmpty else { return groups }
    packets.sort { $0.start < $1.start }
    let capture = PacketCapture(packets.map(\.input), ports: ports)
    return [Group(files: packets.map(\.path), source: capture, ordinal: 1)] + groups
  }
}
