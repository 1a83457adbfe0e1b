import ArgumentParser
import Histogram

/// `kis-mock-bench pacing`: whether frames leave when they are due.
struct Pacing: BenchVerb {
  static let configuration = CommandConfiguration(
    abstract: "Replay at recorded speed, 1 kHz and 10 kHz: drift and lateness, against a bare timer.")

  @OptionGroup var options: BenchOptions

  private struct Rate {
    let name: String
    let interval: Int64
    let seconds: Int
  }

  private struct Audience {
    let name: String
    var connections = 1
    var silent = 0
  }

  private static let rates = [
    Rate(name: "1 kHz", interval: 1_000_000, seconds: 60), Rate(name: "10 kHz", interval: 100_000, seconds: 20),
  ]

  private static let audiences = [
    Audience(name: "1 client"), Audience(name: "50 clients", connections: 50),
    Audience(name: "1 client, 1 that reads nothing", silent: 1),
  ]

  static func measure(_ run: BenchRun) async throws -> BenchReport {
    var report = BenchReport(bench: "pacing")
    for rate in rates {
      let frames = run.size(rate.seconds, quick: 3) * 1_000_000_000 / Int(rate.interval)
      run.progress("pacing, \(rate.name), bare timer")
      let control = try await TimerControl.lateness(interval: rate.interval, count: frames / run.size(4, quick: 1))
      for audience in audiences {
        run.progress("pacing, \(rate.name), \(audience.name)")
        let tally = try replay(frames, every: rate.interval, to: audience, run)
        report.add(
          "\(rate.name), \(audience.name)", tally, scheduled: Int64(frames - 1) * rate.interval, control: control)
      }
    }
    return report
  }

  private static func replay(
    _ frames: Int, every interval: Int64, to audience: Audience, _ run: BenchRun
  ) throws -> ClientTally {
    let recording = try run.folder.recording(.programTrading, frames: frames, interval: interval)
    let server = try ServeProcess(recording, ["--speed", "1", "--paused"], in: run.folder)
    defer { server.stop() }
    return try ClientPlan(
      restPort: server.restPort, port: server.webSocketPort, connections: audience.connections,
      silent: audience.silent, stop: .frames(frames),
      schedule: .init(lead: BenchRecording.lead, interval: interval)
    ).run(in: run.folder)
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
