import KISSandbox
import KISWire

/// Figures in the text form of Prometheus, each sample with the name of its sandbox.
struct AdminMetrics {
  private var families: [Family] = []

  private struct Family {
    var name: String
    var kind: String
    var note: String
    var lines: [String] = []
  }

  /// What there is to tell of some sandboxes.
  static func text(of sandboxes: [Sandbox]) async -> String {
    var metrics = AdminMetrics()
    for sandbox in sandboxes {
      metrics.add(await sandbox.standing, await sandbox.currentJournal(), sandbox)
    }
    return metrics.text
  }

  private var text: String {
    families.map { "# HELP \($0.name) \($0.note)\n# TYPE \($0.name) \($0.kind)\n\($0.lines.joined())" }.joined()
  }

  private mutating func add(_ standing: SandboxStanding, _ journal: Journal, _ sandbox: Sandbox) {
    let label = [("sandbox", sandbox.name)]
    let sessions = standing.sessions
    let traffic = standing.traffic
    add("kis_mock_sessions", "gauge", "WebSocket connections.", label, sessions.count)
    add(
      "kis_mock_registrations", "gauge", "Registrations of all sessions.", label,
      sessions.reduce(0) { $0 + $1.registrations.count })
    add(
      "kis_mock_backlog_bytes", "gauge", "Bytes that wait for clients to read.", label,
      sessions.reduce(0) { $0 + $1.backlog })
    add(
      "kis_mock_released_messages_total", "counter", "Messages that the shared replay released.", label,
      standing.replay?.released ?? 0)
    for (id, frames) in traffic.frames.sorted(by: { $0.key < $1.key }) {
      add("kis_mock_frames_total", "counter", "Frames sent, by tr_id.", label + [("tr_id", id.rawValue)], frames)
    }
    add("kis_mock_sent_bytes_total", "counter", "Bytes that sockets of sessions took.", label, traffic.bytes)
    for (answered, count) in traffic.requests.sorted(by: {
      ($0.key.source.rawValue, $0.key.status) < ($1.key.source.rawValue, $1.key.status)
    }) {
      add(
        "kis_mock_requests_total", "counter", "REST and OAuth requests, by who answered; status 0 is no answer.",
        label + [("source", answered.source.rawValue), ("status", "\(answered.status)")], count)
    }
    add(
      "kis_mock_request_duration_seconds", "From a request's last byte to the beginning of its answer.", label,
      sandbox.requestTimes.histogram)
    add(
      "kis_mock_frame_lateness_seconds", "How much later than planned frames of a paced replay left.", label,
      traffic.lateness)
    for (name, count) in traffic.faults.sorted(by: { $0.key < $1.key }) {
      add("kis_mock_faults_total", "counter", "What faults did, by name.", label + [("fault", name)], count)
    }
    add("kis_mock_armed_faults", "gauge", "Faults that are armed.", label, standing.faults.count)
    add("kis_mock_journal_entries_total", "counter", "Entries of the journal.", label, journal.total)
    add(
      "kis_mock_journal_evictions_total", "counter", "Entries that the journal had to let go.", label,
      journal.total - journal.entries.count)
  }

  private mutating func add(
    _ name: String, _ kind: String, _ note: String, _ labels: [(String, String)], _ value: Int
  ) {
    add("\(name)\(AdminMetrics.written(labels)) \(value)\n", to: name, kind, note)
  }

  private mutating func add(_ name: String, _ note: String, _ labels: [(String, String)], _ histogram: Histogram) {
    var below = 0
    let bounds = Histogram.bounds.map { "\(Double($0) / 1_000_000)" } + ["+Inf"]
    for (bound, count) in zip(bounds, histogram.counts) {
      below += count
      add("\(name)_bucket\(AdminMetrics.written(labels + [("le", bound)])) \(below)\n", to: name, "histogram", note)
    }
    let sum = Double(histogram.sum.nanoseconds) / 1_000_000_000
    add("\(name)_sum\(AdminMetrics.written(labels)) \(sum)\n", to: name, "histogram", note)
    add("\(name)_count\(AdminMetrics.written(labels)) \(below)\n", to: name, "histogram", note)
  }

  private mutating func add(_ line: String, to name: String, _ kind: String, _ note: String) {
    if let index = families.firstIndex(where: { $0.name == name }) {
      families[index].lines.append(line)
    } else {
      families.append(Family(name: name, kind: kind, note: note, lines: [line]))
    }
  }

  /// Labels as Prometheus reads them: backslash, quote and line end escaped.
  private static func written(_ labels: [(String, String)]) -> String {
    let written = labels.map { name, value in
      let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
      return "\(name)=\"\(escaped)\""
    }
    return "{\(written.joined(separator: ","))}"
  }
}
