import ArgumentParser
import Foundation

/// `kis-mock-bench journal`: replay at full speed with the journal on against the same with it off.
struct JournalCost: BenchVerb {
  static let configuration = CommandConfiguration(
    commandName: "journal", abstract: "Full-speed replay with the journal on, against the same with it off.")

  @OptionGroup var options: BenchOptions

  /// Frames of the recording that is looped.
  private static let frames = 2_000
  /// What a scenario says to switch the journal off.
  private static let off = "journal-entries: 0"
  /// Both sides have a scenario, so that it is not what makes the difference.
  private static let on = "journal-entries: 100000"

  static func measure(_ run: BenchRun) async throws -> BenchReport {
    var report = BenchReport(bench: "journal")
    let recording = try run.folder.recording(.programTrading, frames: frames, interval: 1_000)
    for connections in [1, 50] {
      var (with, without): ([ClientTally], [ClientTally]) = ([], [])
      for round in 1...run.size(7, quick: 2) {
        run.progress("journal, \(connections) clients, round \(round)")
        // Each side goes first in every other round: a machine that grows warm or busy favours neither.
        for isOn in round.isMultiple(of: 2) ? [true, false] : [false, true] {
          let tally = try serve(recording, isOn ? on : off, connections: connections, run)
          if isOn { with.append(tally) } else { without.append(tally) }
        }
      }
      report.rows.append(row(connections, with, without))
    }
    return report
  }

  private static func serve(
    _ recording: String, _ limit: String, connections: Int, _ run: BenchRun
  ) throws -> ClientTally {
    let scenario = run.folder.path("journal.yaml")
    try "title: the journal's cost\nlimits:\n  \(limit)\n".write(toFile: scenario, atomically: true, encoding: .utf8)
    let server = try ServeProcess(
      recording, ["--scenario", scenario, "--speed", "max", "--loop", "--paused"], in: run.folder)
    defer { server.stop() }
    let stop = ClientPlan.Stop.time(
      warmUp: 500_000_000, measured: run.size(2_000_000_000, quick: 500_000_000))
    return try ClientPlan(restPort: server.restPort, port: server.webSocketPort, connections: connections, stop: stop)
      .run(in: run.folder)
  }

  private static func row(_ connections: Int, _ with: [ClientTally], _ without: [ClientTally]) -> BenchRow {
    let ratios = zip(with, without).map { $0.framesPerSecond / $1.framesPerSecond }
    return BenchRow(
      name: "\(connections) client\(connections == 1 ? "" : "s"), looped",
      figure: BenchFigure("ratio", ratios.median, ""), target: .atLeast(0.9),
      parts: [
        BenchFigure("journal on", with.map(\.megabytesPerSecond).median, "MB/s"),
        BenchFigure("off", without.map(\.megabytesPerSecond).median, "MB/s"),
        BenchFigure("worst ratio", ratios.min() ?? 0, ""),
      ])
  }
}
