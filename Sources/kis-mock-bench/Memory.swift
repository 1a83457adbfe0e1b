import ArgumentParser
import KISRecording
import KISSandbox
import KISWire

/// `kis-mock-bench memory`: a recording far larger than memory should hold, streamed and searched.
struct Memory: BenchVerb {
  static let configuration = CommandConfiguration(
    abstract: "Peak memory, seek and start-up time with a recording of 2 GB.")

  @OptionGroup var options: BenchOptions

  static func measure(_ run: BenchRun) async throws -> BenchReport {
    var report = BenchReport(bench: "memory")
    // A line is about 660 bytes: 2 GB, or 100 MB for a smoke test.
    let frames = run.size(3_300_000, quick: 160_000)
    run.progress("memory, writing \(frames) frames")
    let path = try run.folder.recording(.programTrading, frames: frames, interval: 1_000_000)
    let server = try ServeProcess(path, ["--speed", "max", "--paused"], in: run.folder)
    defer { server.stop() }
    run.progress("memory, replaying")
    let tally = try ClientPlan(restPort: server.restPort, port: server.webSocketPort, stop: .frames(frames))
      .run(in: run.folder)
    if let memory = ProcessMemory(of: server.process.pid) {
      report.rows.append(
        BenchRow(
          name: "peak RSS", figure: BenchFigure("peak", memory.peak.megabytes, "MB"), target: .atMost(64),
          parts: [
            BenchFigure("now", memory.resident.megabytes, "MB"),
            BenchFigure("of which private", memory.anonymous.megabytes, "MB"),
            BenchFigure("replayed at", tally.megabytesPerSecond, "MB/s"),
          ]))
    } else {
      report.notes.append("peak RSS: this system has no /proc")
    }
    _ = try await server.admin("POST", "replay/pause")
    let end = Int64(frames) * 1_000_000
    var times: [Double] = []
    for share in [0.5, 0.9, 0.1, 0.99, 0.25, 0.75, 0, 0.6] {
      let position = Int(Double(end) * share)
      let before = HostTime.monotonicNanoseconds
      _ = try await server.admin("POST", "replay/seek", body: ["position_ns": .number(position)])
      times.append(Double(HostTime.monotonicNanoseconds - before) / 1e6)
    }
    report.rows.append(
      BenchRow(
        name: "seek, worst of \(times.count)", figure: BenchFigure("worst", times.max() ?? 0, "ms"),
        target: .atMost(50), parts: [BenchFigure("median", times.median, "ms")]))
    server.stop()
    try await measureIndexed(path, end: end, readWhole: server.startup, run, &report)
    return report
  }

  /// What an index beside the recording saves when the mock starts.
  private static func measureIndexed(
    _ path: String, end: Int64, readWhole: Int64, _ run: BenchRun, _ report: inout BenchReport
  ) async throws {
    run.progress("memory, with an index")
    var output = try RecordingOutput(creating: RecordingIndexFile.path(of: path), replacing: true)
    try RecordingIndexFile.write(RecordingReader(path: path), to: &output)
    try output.finish()
    let server = try ServeProcess(path, ["--speed", "max", "--paused"], in: run.folder)
    defer { server.stop() }
    let before = HostTime.monotonicNanoseconds
    _ = try await server.admin("POST", "replay/seek", body: ["position_ns": .number(end / 2)])
    let seek = Double(HostTime.monotonicNanoseconds - before) / 1e6
    report.rows.append(
      BenchRow(
        name: "ready line, with an index", figure: BenchFigure("start", Double(server.startup) / 1e6, "ms"),
        target: .atMost(100),
        parts: [BenchFigure("without", Double(readWhole) / 1e6, "ms"), BenchFigure("first seek", seek, "ms")]))
  }
}
