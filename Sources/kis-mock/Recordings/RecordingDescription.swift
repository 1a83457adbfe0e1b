import KISRecording
import KISWire
import Terminal

/// A recording in words and figures, for `info`.
struct RecordingDescription {
  let reader: RecordingReader
  let summary: RecordingSummary
  let statistics: RecordingStatistics

  /// Reads a recording to its end.
  init(_ reader: RecordingReader) throws {
    var statistics = RecordingStatistics()
    summary = try RecordingIndex(reader) { statistics.note($0) }.summary
    statistics.finish()
    self.statistics = statistics
    self.reader = reader
  }

  private var header: RecordingHeader { reader.header }

  /// For people.
  var lines: [String] {
    var lines = [header.title.isEmpty ? reader.name : "\(reader.name): \(header.title)"]
    lines.append("  \(header.provenance.rawValue)" + (header.source.isEmpty ? "" : ", \(header.source)"))
    lines.append("  \(header.start), venue \(header.venue.rawValue), layouts of \(header.dialectDay)")
    lines.append("  \(grouped(summary.events)) events, \(size)" + (span.map { ", \($0)" } ?? ""))
    if summary.isTruncated { lines.append("  cut in its last line; complete up to there") }
    lines += summary.warnings.map { "  warning: \($0)" }
    lines += section(["tr_id", "tr_key", "messages", "records", "name"], registrationRows)
    lines += section(["REST", "path", "tr_id", "exchanges"], exchangeRows)
    lines += details
    lines += section(["time", "marker"], summary.markers.map { [clock($0.offset), $0.name] })
    return lines
  }

  /// For programs.
  var json: JSONValue {
    [
      "file": .string(reader.name), "bytes": .number(reader.size.bytes), "title": .string(header.title),
      "provenance": .string(header.provenance.rawValue), "source": .string(header.source),
      "start": .string(header.start), "venue": .string(header.venue.rawValue), "dialect": .string(header.dialectDay),
      "events": .number(summary.events), "first_ns": summary.first.map { .number($0.nanoseconds) } ?? .null,
      "last_ns": summary.last.map { .number($0.nanoseconds) } ?? .null, "truncated": .bool(summary.isTruncated),
      "messages": [
        "data": .number(summary.dataMessages), "control": .number(summary.controlMessages),
        "client": .number(summary.clientMessages), "closed": .number(summary.closes), "opened": .number(summary.opens),
        "control_frames": .number(summary.controlFrames), "ciphertext": .number(summary.ciphertexts),
      ],
      "registrations": .array(
        summary.registrations.map {
          [
            "tr_id": .string($0.registration.transactionID.rawValue), "tr_key": .string($0.registration.key),
            "messages": .number($0.messages),
            "records": .number($0.records), "encrypted": .bool($0.isEncrypted),
          ]
        }),
      "exchanges": .array(
        summary.exchanges.map {
          [
            "method": .string($0.kind.method), "path": .string($0.kind.path),
            "tr_id": .string($0.kind.transactionID), "count": .number($0.count),
          ]
        }),
      "statistics": statisticsJSON,
      "markers": .array(summary.markers.map { ["name": .string($0.name), "t": .number($0.offset.nanoseconds)] }),
      "warnings": .array(summary.warnings.map { .string($0.description) }),
    ]
  }

  private var details: [String] {
    var lines: [String] = []
    if !header.placeholders.isEmpty { lines.append("  redacted: \(header.placeholders.count) placeholders") }
    if let part = header.part {
      lines.append(
        "  part of a recording, from \(part.from.map(clock) ?? "its start") to \(part.to.map(clock) ?? "its end")")
    }
    if statistics.rate.count > 1, summary.events > 1 {
      lines += ["", "  messages over time, \(duration(statistics.bucket)) each: \(chart)"]
    }
    if let longest = statistics.gaps.first, longest.length > .seconds(1) {
      let gaps = statistics.gaps.filter { $0.length > .seconds(1) }
      lines.append(
        "  longest silences: " + gaps.map { "\(duration($0.length)) at \(clock($0.start))" }.joined(separator: ", "))
    }
    let uneven = statistics.widths.filter { $0.value.count > 1 }
    for (id, widths) in uneven.sorted(by: { $0.key < $1.key }) {
      let counts = widths.sorted { $0.key < $1.key }.map { "\($0.key) values \(grouped($0.value))×" }
      lines.append("  \(id) has records of \(counts.joined(separator: ", "))")
    }
    lines += section(
      ["errors", "answers and replies"],
      statistics.errors.sorted { $0.key < $1.key }.map { [$0.key, grouped($0.value)] })
    lines += section(["answers of", "median", "p99", "slowest"], latencyRows)
    lines += section(
      ["connection", "path", "messages", "registrations", "ended"],
      statistics.sessions.sorted { $0.key < $1.key }.prefix(50).map {
        [
          "\($0.key)", $0.value.path ?? "–", grouped($0.value.messages), grouped($0.value.registrations),
          $0.value.end ?? "–",
        ]
      })
    return lines
  }

  private var latencyRows: [[String]] {
    statistics.latencies.sorted { $0.key < $1.key }.map { name, values in
      let sorted = values.sorted()
      return [name] + [sorted.count / 2, sorted.count * 99 / 100, sorted.count - 1].map { duration(sorted[$0]) }
    }
  }

  /// One character a bucket, taller for more.
  private var chart: String {
    let steps = Array(" ▁▂▃▄▅▆▇█")
    let most = max(1, statistics.rate.max() ?? 1)
    return String(statistics.rate.map { $0 == 0 ? steps[0] : steps[1 + $0 * 7 / most] })
  }

  private func duration(_ duration: Duration) -> String {
    let nanoseconds = duration.nanoseconds
    return switch nanoseconds {
    case ..<1_000_000: "\(nanoseconds / 1_000) µs"
    case ..<10_000_000_000: "\(nanoseconds / 1_000_000) ms"
    case ..<600_000_000_000: "\(nanoseconds / 1_000_000_000) s"
    default: "\(nanoseconds / 60_000_000_000) min"
    }
  }

  private var statisticsJSON: JSONValue {
    [
      "bucket_ns": .number(statistics.bucket.nanoseconds), "rate": .array(statistics.rate.map { .number($0) }),
      "gaps": .array(
        statistics.gaps.map { ["t": .number($0.start.nanoseconds), "length_ns": .number($0.length.nanoseconds)] }),
      "widths": .object(
        JSONObject(
          statistics.widths.sorted { $0.key < $1.key }.map { id, widths in
            (
              id.rawValue,
              .object(JSONObject(widths.sorted { $0.key < $1.key }.map { ("\($0.key)", .number($0.value)) }))
            )
          })),
      "errors": .object(JSONObject(statistics.errors.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
      "latencies_ns": .object(
        JSONObject(
          statistics.latencies.sorted { $0.key < $1.key }.map { name, values in
            let sorted = values.map(\.nanoseconds).sorted()
            return (
              name,
              [
                "count": .number(sorted.count), "p50": .number(sorted[sorted.count / 2]),
                "p99": .number(sorted[sorted.count * 99 / 100]), "max": .number(sorted[sorted.count - 1]),
              ]
            )
          })),
      "sessions": .array(
        statistics.sessions.sorted { $0.key < $1.key }.map { number, session in
          [
            "conn": .number(number), "path": session.path.map { .string($0) } ?? .null,
            "messages": .number(session.messages), "registrations": .number(session.registrations),
            "end": session.end.map { .string($0) } ?? .null,
          ]
        }),
    ]
  }

  private var registrationRows: [[String]] {
    let other = [
      ("replies, PINGPONG", summary.controlMessages), ("from the client", summary.clientMessages),
      ("pings and pongs", summary.controlFrames), ("still encrypted", summary.ciphertexts),
      ("connections opened", summary.opens), ("connections ended", summary.closes),
    ]
    return summary.registrations.map {
      [
        $0.registration.transactionID.rawValue, $0.registration.key, grouped($0.messages), grouped($0.records),
        Catalogue.realtime($0.registration.transactionID)?.koreanName ?? "not in the catalogue",
      ]
    } + other.filter { $0.1 > 0 }.map { ["–", "", grouped($0.1), "", $0.0] }
  }

  private var exchangeRows: [[String]] {
    summary.exchanges.map { [$0.kind.method, $0.kind.path, $0.kind.transactionID, grouped($0.count)] }
  }

  /// `08:59:13 to 15:45:00, 6:45:47 long`; nil without events.
  private var span: String? {
    guard let first = summary.first, let last = summary.last else { return nil }
    let seconds = (last - first).components.seconds
    let length =
      "\(seconds / 3_600):"
      + [seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    return "\(clock(first)) to \(clock(last)), \(length) long"
  }

  private var size: String {
    let bytes = Double(reader.size.bytes)
    let (value, unit) = bytes < 1e6 ? (bytes / 1e3, "kB") : bytes < 1e9 ? (bytes / 1e6, "MB") : (bytes / 1e9, "GB")
    return "\((value * 10).rounded() / 10) \(unit)"
  }

  /// The time of day in Korea at an offset.
  private func clock(_ offset: RecordedTime) -> String {
    guard let start = KoreanTime(header.start) else { return "\(offset) ns" }
    return TimeOfDay(nanoseconds: (start + offset.sinceStart).nanosecondOfDay).colons
  }

  private func section(_ titles: [String], _ rows: [[String]]) -> [String] {
    rows.isEmpty ? [] : [""] + TextTable(titles, rows).lines
  }
}
