/// Reads captures and writes one recording of them.
package struct CaptureImport: Sendable {
  /// The kind of all files; nil to tell by how each begins.
  package var format: CaptureFormat?
  /// Ports of servers; empty for all.
  package var ports: Set<UInt16>
  /// What text logs do not say themselves.
  package var log: LogOptions
  /// Whether a recording of the output's name may be replaced.
  package var replaces: Bool

  package init(format: CaptureFormat? = nil, ports: Set<UInt16> = [], log: LogOptions = LogOptions(), replaces: Bool = false) {
    self.format = format
    self.ports = ports
    self.log = log
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
    var assembly = try RecordingAssembly(writing: output, replacing: replaces)
    var outcome = Outcome(reports: [], counts: ImportCounts(), isWritten: false)
    var base = 0
    for group in try groups(of: files) {
      // Ticks out of CSV files have no connection of their own, so all such files share one.
      let isShared = group.isCSV
      var source = group.source
      var report = CaptureReport(format: "", unit: "")
      let highest = try read(&source, into: &assembly, base: base, &report)
      for connection in source.report.excludedConnections { assembly.exclude(base + connection) }
      var whole = source.report
      for omission in report.omissions {
        whole.omit(omission.reason, at: omission.first, count: omission.count, isLoss: omission.isLoss)
      }
      outcome.reports.append((group.files, whole))
      if !isShared { base += highest }
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

  /// - Returns: the highest number of a connection.
  private func read(
    _ source: inout any CaptureSource, into assembly: inout RecordingAssembly, base: Int, _ report: inout CaptureReport
  ) throws(CaptureError) -> Int {
    var events: [CapturedEvent] = []
    var highest = 0
    var isMore = true
    while isMore {
      isMore = try source.read(into: &events)
      for event in events {
        highest = max(highest, event.connection)
        try assembly.add(event, connection: base + event.connection, at: nil, &report)
      }
      events.removeAll(keepingCapacity: true)
    }
    return highest
  }

  // MARK: - Files

  private struct Group {
    var files: [String]
    var source: any CaptureSource
    var isCSV = false
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
        throw CaptureError(.unknownFormat, file: path, reason: "is a recording already; `kis-mock serve` and `info` read it")
      }
      guard let kind = format ?? CaptureFormat(beginning: beginning) else {
        throw CaptureError(
          .unknownFormat, file: path,
          reason: beginning.isEmpty
            ? "is empty" : "is none of HAR, pcap, pcapng, a text log and CSV; --format says which if it is one")
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
    // What shares a connection comes last, so that its number is nobody else's.
    groups = groups.filter { !$0.isCSV } + groups.filter(\.isCSV)
    guard !packets.isEmpty else { return groups }
    packets.sort { $0.start < $1.start }
    let capture = PacketCapture(packets.map(\.input), ports: ports)
    return [Group(files: packets.map(\.path), source: capture)] + groups
  }
}
