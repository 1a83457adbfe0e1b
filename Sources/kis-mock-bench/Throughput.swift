import ArgumentParser

/// `kis-mock-bench throughput`: replay at full speed against writing the same bytes in big pieces.
struct Throughput: BenchVerb {
  static let configuration = CommandConfiguration(
    abstract: "Full-speed replay to 1 and 50 clients, against a raw loopback sender.")

  @OptionGroup var options: BenchOptions

  /// Frames of the recording that is looped; its framed bytes are the control's too.
  private static let loopedFrames = 2_000

  static func measure(_ run: BenchRun) async throws -> BenchReport {
    var report = BenchReport(bench: "throughput")
    let looped = try run.folder.recording(.programTrading, frames: loopedFrames, interval: 1_000)
    for connections in [1, 50] {
      report.rows.append(try compare(looped, connections: connections, run))
    }
    let long = run.size(1_000_000, quick: 100_000)
    let streamed = try run.folder.recording(.programTrading, frames: long, interval: 1_000)
    report.rows.append(try compareStreamed(streamed, frames: long, run))
    report.notes.append("620-byte H0UPPGM0 frames.")
    return report
  }

  private static func stop(_ run: BenchRun) -> ClientPlan.Stop {
    // Fifty senders that fill their socket buffers at once stall for a moment; that is over after half a second.
    .time(warmUp: 500_000_000, measured: run.size(3_000_000_000, quick: 1_000_000_000))
  }

  /// Interleaved rounds of control and mock; medians.
  private static func compare(_ recording: String, connections: Int, _ run: BenchRun) throws -> BenchRow {
    var control: [ClientTally] = []
    var mock: [ClientTally] = []
    for round in 1...run.size(5, quick: 1) {
      run.progress("throughput, \(connections) clients, round \(round)")
      control.append(try self.control(connections: connections, run))
      let server = try ServeProcess(recording, ["--speed", "max", "--loop", "--paused"], in: run.folder)
      defer { server.stop() }
      let plan = ClientPlan(
        restPort: server.restPort, port: server.webSocketPort, connections: connections, stop: stop(run))
      mock.append(try plan.run(in: run.folder))
    }
    return row("\(connections) client\(connections == 1 ? "" : "s"), looped", mock, control)
  }

  private static func compareStreamed(_ recording: String, frames: Int, _ run: BenchRun) throws -> BenchRow {
    var control: [ClientTally] = []
    var mock: [ClientTally] = []
    for round in 1...run.size(3, quick: 1) {
      run.progress("throughput, streamed from a file, round \(round)")
      control.append(try self.control(connections: 1, run))
      let server = try ServeProcess(recording, ["--speed", "max", "--paused"], in: run.folder)
      defer { server.stop() }
      let plan = ClientPlan(restPort: server.restPort, port: server.webSocketPort, stop: .frames(frames))
      mock.append(try plan.run(in: run.folder))
    }
    return row("1 client, streamed from a file", mock, control)
  }

  private static func control(connections: Int, _ run: BenchRun) throws -> ClientTally {
    let recording = BenchRecording(content: .programTrading, frames: loopedFrames, interval: 1_000)
    let control = try LoopbackControl(repeating: recording.framed(0..<loopedFrames), connections: connections)
    return try ClientPlan(port: control.port, connections: connections, stop: stop(run)).run(in: run.folder)
  }

  private static func row(_ name: String, _ mock: [ClientTally], _ control: [ClientTally]) -> BenchRow {
    let ratios = zip(mock, control).map { $0.framesPerSecond / $1.framesPerSecond }
    return BenchRow(
      name: name, figure: BenchFigure("ratio", ratios.median, ""), target: .atLeast(0.7),
      parts: [
        BenchFigure("mock", mock.map(\.megabytesPerSecond).median, "MB/s"),
        BenchFigure("mock frames", mock.map(\.framesPerSecond).median, "/s"),
        BenchFigure("control", control.map(\.megabytesPerSecond).median, "MB/s"),
        BenchFigure("worst ratio", ratios.min() ?? 0, ""),
      ])
  }
}
