import ArgumentParser
import KISMarket

/// `kis-mock-bench streams`: clients that listen to forty instruments which the market makes up, against the same messages
/// played from a recording: what a delivered frame costs the server.
struct SimulatedStreams: BenchVerb {
  static let configuration = CommandConfiguration(
    commandName: "streams", abstract: "Streams that the market makes up, against the same ones recorded.")

  @OptionGroup var options: BenchOptions

  /// As many as a session may register, less one.
  private static let instruments = 40

  static func measure(_ run: BenchRun) async throws -> BenchReport {
    var report = BenchReport(bench: "streams")
    guard ProcessTime(of: ProcessTime.own) != nil else {
      report.notes.append("cost of a frame: this system has no /proc")
      return report
    }
    let connections = run.size(500, quick: 50)
    let recording = run.folder.path("streams.jsonl")
    run.progress("streams, recording one client's")
    _ = try listen(to: ["--record", recording], recording: nil, connections: 1, run)
    var (made, played): ([ClientTally], [ClientTally]) = ([], [])
    for round in 1...run.size(3, quick: 1) {
      for isMade in round.isMultiple(of: 2) ? [true, false] : [false, true] {
        run.progress("streams, \(isMade ? "made up" : "recorded"), round \(round)")
        let tally = try listen(to: [], recording: isMade ? nil : recording, connections: connections, run)
        if isMade { made.append(tally) } else { played.append(tally) }
      }
    }
    let ratios = zip(made, played).map { $0.processorPerFrame / $1.processorPerFrame }
    report.rows.append(
      BenchRow(
        name: "\(connections) clients of \(instruments) instruments: processor time of a frame",
        figure: BenchFigure("ratio", ratios.median, ""), target: .atMost(1.1),
        parts: [
          BenchFigure("made up", made.map(\.processorPerFrame).median * 1e6, "µs"),
          BenchFigure("recorded", played.map(\.processorPerFrame).median * 1e6, "µs"),
          BenchFigure("made up", made.map(\.framesPerSecond).median, "frames/s"),
          BenchFigure("recorded", played.map(\.framesPerSecond).median, "frames/s"),
        ]))
    report.notes.append("H0STCNT0 at recorded speed; the control is what one client was sent, played from its file.")
    return report
  }

  private static func listen(
    to options: [String], recording: String?, connections: Int, _ run: BenchRun
  ) throws -> ClientTally {
    let server = try ServeProcess(recording, options + ["--speed", "1", "--paused", "--lenient"], in: run.folder)
    defer { server.stop() }
    return try ClientPlan(
      restPort: server.restPort, port: server.webSocketPort, connections: connections, transactionID: "H0STCNT0",
      keys: keys, stop: .time(warmUp: 2_000_000_000, measured: run.size(10_000_000_000, quick: 3_000_000_000)),
      server: server.process.pid
    ).run(in: run.folder)
  }

  /// Busy shares that no bundled recording has.
  private static let keys = Array(
    Instrument.builtIn.filter { $0.kind == .share && !["005930", "000660"].contains($0.code) }
      .sorted { $0.ordinaryPrints > $1.ordinaryPrints }.prefix(instruments).map(\.code))
}

extension ClientTally {
  /// Seconds of the server's processor time that a delivered frame took.
  fileprivate var processorPerFrame: Double { (processorSeconds ?? 0) / Double(max(1, frames)) }
}
