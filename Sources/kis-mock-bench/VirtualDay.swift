import ArgumentParser

/// `kis-mock-bench virtual-day`: a whole session on the virtual clock, every frame read by every client.
struct VirtualDay: BenchVerb {
  static let configuration = CommandConfiguration(
    abstract: "A session of 6.5 hours and a million frames on the virtual clock.")

  @OptionGroup var options: BenchOptions

  static func measure(_ run: BenchRun) async throws -> BenchReport {
    var report = BenchReport(bench: "virtual day")
    let frames = run.size(1_000_000, quick: 50_000)
    let interval = Int64(6.5 * 3_600 * 1e9) / Int64(frames)
    let recording = try run.folder.recording(.programTrading, frames: frames, interval: interval)
    for connections in [1, 10] {
      run.progress("virtual day, \(connections) clients")
      let server = try ServeProcess(recording, ["--clock", "virtual", "--paused"], in: run.folder)
      defer { server.stop() }
      let plan = ClientPlan(
        restPort: server.restPort, port: server.webSocketPort, connections: connections, stop: .frames(frames))
      let tally = try plan.run(in: run.folder)
      report.rows.append(
        BenchRow(
          name: "\(connections) client\(connections == 1 ? "" : "s"), all frames read by each",
          figure: BenchFigure("time", Double(tally.sinceStart) / 1e9, "s"), target: .atMost(5),
          parts: [BenchFigure("frames", Double(tally.frames), ""), BenchFigure("at", tally.megabytesPerSecond, "MB/s")])
      )
    }
    return report
  }
}
