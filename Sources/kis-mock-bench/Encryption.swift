import ArgumentParser
import KISSandbox
import KISWire

/// `kis-mock-bench encryption`: notices encrypted for one session, against the bare cipher.
struct Encryption: BenchVerb {
  static let configuration = CommandConfiguration(
    abstract: "Encrypted notices per second to one session, against a bare AES and base64 loop.")

  @OptionGroup var options: BenchOptions

  static func measure(_ run: BenchRun) async throws -> BenchReport {
    let frames = 20_000
    let recording = try run.folder.recording(.notice, frames: frames, interval: 1_000)
    var ratios: [Double] = []
    var mock: [Double] = []
    var control: [Double] = []
    for round in 1...run.size(5, quick: 1) {
      run.progress("encryption, round \(round)")
      control.append(try bareLoop(count: run.size(500_000, quick: 50_000)))
      let server = try ServeProcess(recording, ["--speed", "max", "--loop", "--paused"], in: run.folder)
      defer { server.stop() }
      let registration = BenchRecording.Content.notice.registration
      let plan = ClientPlan(
        restPort: server.restPort, port: server.webSocketPort, transactionID: registration.transactionID,
        keys: [registration.key],
        stop: .time(
          warmUp: run.size(300_000_000, quick: 100_000_000), measured: run.size(2_000_000_000, quick: 500_000_000)))
      mock.append(try plan.run(in: run.folder).framesPerSecond)
      ratios.append(mock[round - 1] / control[round - 1])
    }
    return BenchReport(
      bench: "encryption",
      rows: [
        BenchRow(
          name: "notices to one session", figure: BenchFigure("ratio", ratios.median, ""),
          parts: [BenchFigure("mock", mock.median, "notices/s"), BenchFigure("bare loop", control.median, "notices/s")])
      ])
  }

  /// Encrypts the same plaintext so often; returns how many a second.
  private static func bareLoop(count: Int) throws -> Double {
    let cipher = try PayloadCipher(iv: "0123456789abcdef", key: "abcdefghijklmnopabcdefghijklmnop")
    let payload = try Frame(parsing: BenchRecording(content: .notice, frames: 1, interval: 1).frame(0)).payload
    let started = HostTime.monotonicNanoseconds
    var bytes = 0
    for _ in 0..<count { bytes += try cipher.encrypt(payload).count }
    guard bytes > 0 else { throw BenchError("the cipher returned nothing") }
    return Double(count) * 1e9 / Double(HostTime.monotonicNanoseconds - started)
  }
}
