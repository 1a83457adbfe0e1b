import ArgumentParser
import KISMockServer
import KISSandbox

/// `kis-mock-bench startup`: from process start to ready line, and what an idle mock holds in memory.
struct Startup: BenchVerb {
  static let configuration = CommandConfiguration(abstract: "Time to the ready line, idle memory.")

  @OptionGroup var options: BenchOptions

  static func measure(_ run: BenchRun) async throws -> BenchReport {
    var report = BenchReport(bench: "startup")
    try measureProcess(run, &report)
    try await measureEmbedded(run, &report)
    return report
  }

  private static func measureProcess(_ run: BenchRun, _ report: inout BenchReport) throws {
    var times: [Double] = []
    var memory: [ProcessMemory] = []
    for round in 1...run.size(20, quick: 5) {
      run.progress("startup, round \(round)")
      let server = try ServeProcess(nil, ["--paused"], in: run.folder)
      times.append(Double(server.startup) / 1e6)
      memory += [ProcessMemory(of: server.process.pid)].compactMap(\.self)
      server.stop()
    }
    report.rows.append(
      BenchRow(
        name: "process start to ready line", figure: BenchFigure("median", times.median, "ms"), target: .atMost(50),
        parts: [BenchFigure("best", times.min() ?? 0, "ms"), BenchFigure("worst", times.max() ?? 0, "ms")]))
    guard !memory.isEmpty else {
      report.notes.append("idle memory: this system has no /proc")
      return
    }
    report.rows.append(
      BenchRow(
        name: "idle RSS", figure: BenchFigure("RSS", memory.map(\.resident.megabytes).median, "MB"),
        target: .atMost(30),
        parts: [BenchFigure("of which private", memory.map(\.anonymous.megabytes).median, "MB")]))
  }

  /// A server inside this process, as tests use it: from making it to its last socket closed.
  private static func measureEmbedded(_ run: BenchRun, _ report: inout BenchReport) async throws {
    var times: [Double] = []
    for round in 1...run.size(50, quick: 10) {
      run.progress("startup, embedded, round \(round)")
      let began = HostTime.monotonicNanoseconds
      try await MockServer(.ephemeral, clock: RealClock()).serving { _, _ in }
      times.append(Double(HostTime.monotonicNanoseconds - began) / 1e6)
    }
    report.rows.append(
      BenchRow(
        name: "embedded server, start and stop", figure: BenchFigure("median", times.median, "ms"), target: .atMost(10),
        parts: [BenchFigure("best", times.min() ?? 0, "ms"), BenchFigure("worst", times.max() ?? 0, "ms")]))
  }
}

extension Int {
  /// Bytes as megabytes of a million bytes.
  var megabytes: Double { Double(self) / 1_000_000 }
}
