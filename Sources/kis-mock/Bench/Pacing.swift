import ArgumentParser
import Histogram

/// `kis-mock bench pacing`: whether frames leave when they are due.
struct Pacing: BenchVerb {
  static let configuration = CommandConfiguration(
    abstract: "Replay at recorded speed, 1 kHz and 10 kHz: drift and lateness, against a bare timer.")

  @OptionGroup var options: BenchOptions

  static func measure(_ run: BenchRun) async throws -> BenchReport {
    var report = BenchReport(bench: "pacing")
    for (name, interval, seconds) in [("1 kHz", 1_000_000, 60), ("10 kHz", 100_000, 20)] as [(String, Int64, Int)] {
      let seconds = run.size(seconds, quick: 2)
      let frames = seconds * 1_000_000_000 / Int(interval)
      let recording = try run.folder.recording(.programTrading, frames: frames, interval: interval)
      run.progress("pacing, \(name), bare timer")
      let control = try await TimerControl.lateness(interval: interval, count: frames / run.size(4, quick: 1))
      for (clients, connections, silent) in [
        ("1 client", 1, 0), ("50 clients", 50, 0), ("1 client, 1 that reads nothing", 1, 1),
      ] {
        run.progress("pacing, \(name), \(clients), \(seconds) s")
        let server = try ServeProcess(recording, ["--speed", "1", "--paused"], in: run.folder)
        defer { server.stop() }
        let plan = ClientPlan(
          restPort: server.restPort, port: server.webSocketPort, connections: connections, silent: silent,
          stop: .frames(frames), schedule: .init(lead: BenchRecording.lead, interval: interval))
        let tally = try plan.run(in: run.folder)
        report.add("\(name), \(clients)", tally, scheduled: Int64(frames - 1) * interval, control: control)
      }
    }
    return report
  }
}

extension BenchReport {
  /// Adds the drift and the median lateness of one run.
  fileprivate mutating func add(
    _ name: String, _ tally: ClientTally, scheduled: Int64, control: Histogram<UInt64>
  ) {
    let drift = abs(Double(tally.span - scheduled)) / Double(scheduled)
    rows.append(
      BenchRow(
        name: "\(name): drift", figure: BenchFigure("drift", drift * 100, "%"), target: .atMost(0.1),
        parts: [
          BenchFigure("took", Double(tally.span) / 1e9, "s"), BenchFigure("scheduled", Double(scheduled) / 1e9, "s"),
        ]))
    guard let mock = tally.lateness else { return }
    func milliseconds(_ histogram: Histogram<UInt64>, _ percentile: Double) -> Double {
      Double(histogram.valueAtPercentile(percentile)) / 1e6
    }
    rows.append(
      BenchRow(
        name: "\(name): p50 lateness beyond the timer's",
        figure: BenchFigure("excess", milliseconds(mock, 50) - milliseconds(control, 50), "ms"), target: .atMost(0.3),
        parts: [
          BenchFigure("p50", milliseconds(mock, 50), "ms"), BenchFigure("timer p50", milliseconds(control, 50), "ms"),
          BenchFigure("p99", milliseconds(mock, 99), "ms"), BenchFigure("timer p99", milliseconds(control, 99), "ms"),
        ]))
    lateness.append(LatenessComparison(name: name, mock: mock, control: control))
  }
}
