import ArgumentParser
import Foundation
import KISRecording
import KISSandbox

/// `kis-mock-bench captures`: how fast captures come in, recordings are cut, and in how much memory.
struct Importing: BenchVerb {
  static let configuration = CommandConfiguration(
    commandName: "captures", abstract: "Megabytes a second and peak memory of import, export and trim.")

  @OptionGroup var options: BenchOptions

  static func measure(_ run: BenchRun) async throws -> BenchReport {
    var report = BenchReport(bench: "captures")
    // A frame is about 660 bytes in each of the files: 1 GB, or 100 MB for a smoke test.
    let frames = run.size(1_600_000, quick: 160_000)
    run.progress("captures, writing \(frames) frames")
    let recording = try run.folder.recording(.programTrading, frames: frames, interval: 1_000_000)
    let output = run.folder.path("imported.jsonl")
    let start = 10 * 3_600 + frames / 4_000
    let from = [start / 3_600, start / 60 % 60, start % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    try measure(["trim", recording, "--from", from, "--output", output], reading: recording, 150, run, &report)
    // All others stream too; how fast is for information.
    for verb in [
      ["info", recording], ["lint", recording], ["diff", recording, recording], ["redact", recording],
      ["merge", recording],
    ] {
      let writes = verb[0] == "redact" || verb[0] == "merge"
      try measure(verb + (writes ? ["--output", output, "--force"] : []), reading: recording, nil, run, &report)
    }
    try measureIndex(of: recording, run, &report)
    for (ending, speeds) in [("pcapng", [100.0, 50]), ("har", [100, nil])] {
      let capture = run.folder.path("session.\(ending)")
      try measure(["export", recording, "--output", capture], reading: recording, nil, run, &report)
      for (speed, options) in zip(speeds, [["--no-redact"], []]) {
        try measure(
          ["import", capture, "--output", output, "--force"] + options, reading: capture, speed, run, &report)
      }
      try FileManager.default.removeItem(atPath: capture)
    }
    report.notes.append("Redaction reads a capture twice: a secret can stand in front of what tells that it is one.")
    return report
  }

  /// What an index saves whoever wants a second out of the middle.
  private static func measureIndex(
    of recording: String, _ run: BenchRun, _ report: inout BenchReport
  ) throws {
    var reader = try RecordingReader(path: recording)
    let size = reader.size
    var last = RecordedTime.zero
    try reader.read { event in
      last = event.offset
      return .more
    }
    let path = RecordingIndexFile.path(of: recording)
    var file = try RecordingOutput(creating: path, replacing: true)
    try RecordingIndexFile.write(reader, to: &file)
    try file.finish()
    // Not in the place of what was written before: to drop a file of a gigabyte takes the system 0.2 s.
    let output = run.folder.path("part.jsonl")
    var times: [Double] = []
    for share in [0.5, 0.9, 0.1, 0.99, 0.25, 0.75, 0.6] {
      let from = RecordedTime(last.sinceStart * share)
      let started = HostTime.monotonicNanoseconds
      let whole = try RecordingReader(path: recording)
      var part = try RecordingOutput(creating: output, replacing: true)
      let cut = try Trim(from: from, to: from + .milliseconds(1)).write(
        whole, using: try RecordingIndexFile(of: whole), to: &part)
      try part.finish()
      guard cut.kept == 1 else { throw BenchError("a millisecond of \(size) bytes has \(cut.kept) frames") }
      times.append(Double(HostTime.monotonicNanoseconds - started) / 1e6)
    }
    report.rows.append(
      BenchRow(
        name: "cut by an index, worst of \(times.count)", figure: BenchFigure("worst", times.max() ?? 0, "ms"),
        target: .atMost(50), parts: [BenchFigure("median", times.median, "ms")]))
    try FileManager.default.removeItem(atPath: path)
  }

  /// Runs a verb to its end.
  ///
  /// - Parameter speed: megabytes of the input a second that it has to reach; nil for information.
  private static func measure(
    _ arguments: [String], reading input: String, _ speed: Double?, _ run: BenchRun, _ report: inout BenchReport
  ) throws {
    let ending = input.split(separator: ".").last ?? ""
    let name = ([arguments[0], String(ending)] + arguments.filter { $0 == "--no-redact" }).joined(separator: " ")
    run.progress("captures, \(name)")
    let size = try FileManager.default.attributesOfItem(atPath: input)[.size] as? Int ?? 0
    let process = try ChildProcess(.mock, arguments, in: run.folder)
    let peak = try process.succeed()
    let seconds = Double(HostTime.monotonicNanoseconds - process.started) / 1e9
    let rate = size.megabytes / seconds
    report.rows.append(
      BenchRow(
        name: name, figure: BenchFigure("rate", rate, "MB/s"), target: speed.map { .atLeast($0) },
        parts: [BenchFigure("read", size.megabytes, "MB"), BenchFigure("in", seconds, "s")]))
    report.rows.append(
      BenchRow(name: "\(name), peak RSS", figure: BenchFigure("peak", peak.megabytes, "MB"), target: .atMost(64)))
  }
}
