import Foundation
import KISCapture
import KISWire

/// What an import says of itself, for people and for programs.
struct ImportSummary {
  var outcome: CaptureImport.Outcome
  var output: String

  /// For people.
  var lines: [String] {
    var lines: [String] = []
    for (files, report) in outcome.reports {
      lines.append("\(files.joined(separator: ", ")): \(report.format), \(report.read) \(report.unit) read")
      for omission in report.omissions {
        let first = omission.first.map { ", first: \($0)" } ?? ""
        lines.append("  \(omission.isLoss ? "left out" : "passed over"): \(omission.count) \(omission.reason)\(first)")
      }
      for gap in report.gaps.prefix(20) {
        let time = KoreanTime(epochNanoseconds: gap.time)
        let clock = TimeOfDay(nanoseconds: time.nanosecondOfDay).description
        lines.append(
          "  gap: \(gap.bytes) bytes of the \(gap.side) at \(time.date) \(clock) (\(gap.place), connection \(gap.connection))"
        )
      }
      if report.gapCount > min(20, report.gaps.count) {
        lines.append("  gaps in all: \(report.gapCount)")
      }
      for remark in report.remarks { lines.append("  note: \(remark)") }
      if report.isTruncated { lines.append("  the file was cut: everything in front of the cut was read") }
    }
    let counts = outcome.counts
    if outcome.isWritten {
      var notices = counts.decrypted > 0 ? ", \(counts.decrypted) notices decrypted" : ""
      if counts.encrypted > 0 { notices += ", \(counts.encrypted) kept encrypted" }
      if counts.redacted > 0 { notices += ", \(counts.redacted) secrets replaced" }
      lines.append(
        "\(output): \(counts.messages) messages and \(counts.exchanges) exchanges on \(counts.connections) connections\(notices)"
      )
      if outcome.isPartial { lines.append("Warning: something of the session is missing, see above.") }
    } else {
      lines.append("Error: no message and no exchange could be had, so no recording was written.")
    }
    return lines
  }

  /// For programs.
  var json: JSONValue {
    let counts = outcome.counts
    return [
      "output": outcome.isWritten ? .string(output) : .null, "partial": .bool(outcome.isPartial),
      "connections": .number(counts.connections), "messages": .number(counts.messages),
      "exchanges": .number(counts.exchanges), "notices_decrypted": .number(counts.decrypted),
      "notices_encrypted": .number(counts.encrypted), "redacted": .number(counts.redacted),
      "inputs": .array(outcome.reports.map { ImportSummary.json(files: $0.files, $0.report) }),
    ]
  }

  private static func json(files: [String], _ report: CaptureReport) -> JSONValue {
    [
      "files": .array(files.map { .string($0) }), "format": .string(report.format), "unit": .string(report.unit),
      "read": .number(report.read), "bytes": .number(report.bytes), "truncated": .bool(report.isTruncated),
      "left_out": .array(
        report.omissions.map {
          [
            "reason": .string($0.reason), "count": .number($0.count), "loss": .bool($0.isLoss),
            "first": $0.first.map { .string($0.description) } ?? .null,
          ]
        }),
      "gaps": .array(
        report.gaps.map {
          [
            "connection": .number($0.connection), "from": .string("\($0.side)"), "time": .number($0.time),
            "bytes": .number($0.bytes), "at": .string($0.place.description),
          ]
        }), "gap_count": .number(report.gapCount), "notes": .array(report.remarks.map { .string($0) }),
    ]
  }
}
