import KISRecording
import KISWire
import Terminal

/// A recording in words and figures, for `info`.
struct RecordingDescription {
  let reader: RecordingReader
  let summary: RecordingSummary

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
    lines += section(["time", "marker"], summary.markers.map { [clock($0.offset), $0.name] })
    return lines
  }

  /// For programs.
  var json: JSONValue {
    [
      "file": .string(reader.name), "bytes": .number(reader.size), "title": .string(header.title),
      "provenance": .string(header.provenance.rawValue), "source": .string(header.source),
      "start": .string(header.start), "venue": .string(header.venue.rawValue), "dialect": .string(header.dialectDay),
      "events": .number(summary.events), "first_ns": summary.first.map { .number($0) } ?? .null,
      "last_ns": summary.last.map { .number($0) } ?? .null, "truncated": .bool(summary.isTruncated),
      "messages": [
        "data": .number(summary.dataMessages), "control": .number(summary.controlMessages),
        "client": .number(summary.clientMessages), "closed": .number(summary.closes),
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
      "markers": .array(summary.markers.map { ["name": .string($0.name), "t": .number($0.offset)] }),
      "warnings": .array(summary.warnings.map { .string($0.description) }),
    ]
  }

  private var registrationRows: [[String]] {
    let other = [
      ("replies, PINGPONG", summary.controlMessages), ("from the client", summary.clientMessages),
      ("closes", summary.closes),
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
    let seconds = (last - first) / 1_000_000_000
    let length =
      "\(seconds / 3_600):"
      + [seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    return "\(clock(first)) to \(clock(last)), \(length) long"
  }

  private var size: String {
    let bytes = Double(reader.size)
    let (value, unit) = bytes < 1e6 ? (bytes / 1e3, "kB") : bytes < 1e9 ? (bytes / 1e6, "MB") : (bytes / 1e9, "GB")
    return "\((value * 10).rounded() / 10) \(unit)"
  }

  /// The time of day in Korea at an offset.
  private func clock(_ offset: Int64) -> String {
    guard let start = KoreanTime(header.start) else { return "\(offset) ns" }
    return TimeOfDay(nanoseconds: (start + .nanoseconds(offset)).nanosecondOfDay).colons
  }

  private func section(_ titles: [String], _ rows: [[String]]) -> [String] {
    rows.isEmpty ? [] : [""] + TextTable(titles, rows).lines
  }

  /// `1,234,567`.
  private func grouped(_ number: Int) -> String {
    var text = String(number)
    for position in stride(from: text.count - 3, to: 0, by: -3) {
      text.insert(",", at: text.index(text.startIndex, offsetBy: position))
    }
    return text
  }
}
