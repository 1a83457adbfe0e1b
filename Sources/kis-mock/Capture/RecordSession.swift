import ArgumentParser
import Foundation
import KISCapture
import KISRecording
import KISTransport
import KISWire
import Terminal
import UnixSignals

/// `kis-mock record`: a proxy in front of KIS that writes what passes to a recording.
struct RecordSession: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Stand between a client and KIS, and record what passes: REST and WebSocket, both directions.",
    discussion: """
      Point the client at the two ports that the ready line names. What passed is on file before it is forwarded, so \
      whatever ends the program costs the last line at most. Placeholders take the place of secrets and people. An \
      upstream of https or wss needs a build with `--traits TLS`.

      Exit code 0: stopped by Control-C, SIGTERM, --duration or --max-size. 2: usage, or a file that cannot be written.
      """)

  @Option(help: ArgumentHelp("The recording to write.", valueName: "file"))
  var output: String

  @Option(help: ArgumentHelp("Where REST is answered. Default: KIS's own host of the venue.", valueName: "URL"))
  var upstreamRest: String?

  @Option(help: ArgumentHelp("Where WebSocket is spoken. Default: KIS's own host of the venue.", valueName: "URL"))
  var upstreamWs: String?

  @Option(help: ArgumentHelp("Whose hosts are the default: real or vts (모의투자).", valueName: "real|vts"))
  var venue = Venue.real

  @Option(help: ArgumentHelp("Port for REST; 0 takes a free one.", valueName: "port"))
  var restPort = 9_443

  @Option(help: ArgumentHelp("Port for WebSocket; 0 takes a free one.", valueName: "port"))
  var wsPort = 21_000

  @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("Stop when the recording is so long: 500MB, 2GB.", valueName: "size"))
  var maxSize = "2GB"

  @Option(help: ArgumentHelp("Stop after this time: 30s, 10m, 6h.", valueName: "time"))
  var duration: String?

  @Option(
    help: ArgumentHelp(
      "Certificates of upstreams to believe, as a PEM file. Default: those that the system trusts.", valueName: "file"))
  var trust: String?

  @Flag(help: "Keep app keys, tokens, accounts and names as they are. The recording must stay secret then.")
  var noRedact = false

  @Flag(help: "Replace a recording of that name.")
  var force = false

  func validate() throws {
    _ = try endpoints()
    _ = try limit()
    _ = try length()
    for port in [restPort, wsPort] where !(0...65_535).contains(port) {
      throw ValidationError("A port is a number from 0 to 65535, not \(port).")
    }
  }

  func run() async throws {
    let (rest, webSocket) = try endpoints()
    let clock = CaptureClock.machine()
    let recorder = try SessionRecorder(
      creating: output, replacing: force, start: clock.now(), venue: venue,
      source: "recorded by a proxy", redacting: !noRedact, maximumSize: try limit())
    let proxy = CaptureProxy(
      rest: rest, webSocket: webSocket, host: host, restPort: restPort, webSocketPort: wsPort, trust: upstreamTrust,
      recorder: recorder, clock: clock)
    let length = try length()
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    let progress = RecordingProgress(recorder)
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          try await proxy.run(
            ready: { try announce(rest: $0, webSocket: $1, rest, webSocket) },
            failed: { progress.failed(recorder.redacted($0)) })
        }
        group.addTask { try await progress.show() }
        group.addTask {
          for await _ in signals { return }
        }
        if let length { group.addTask { try await Task.sleep(for: length) } }
        defer { group.cancelAll() }
        try await group.next()
      }
    } catch SessionRecorder.Stop.full {
      StandardError.write("The recording has reached --max-size \(maxSize).\n")
    }
    try recorder.finish()
    let counts = recorder.counts
    StandardError.write(
      "\(output): \(counts.messages) messages and \(counts.exchanges) exchanges on \(counts.connections) connections, \(counts.redacted) secrets replaced\n"
    )
  }

  private func announce(rest: Int, webSocket: Int, _ upstreamRest: Endpoint, _ upstreamWs: Endpoint) throws {
    let line: JSONValue = [
      "event": "recording", "rest": .string("http://\(host):\(rest)"), "ws": .string("ws://\(host):\(webSocket)"),
      "file": .string(output), "pid": .number(ProcessInfo.processInfo.processIdentifier),
    ]
    try StandardOutput.write(line.text + "\n")
    try StandardOutput.flush()
    StandardError.write(
      "Recording to \(output): http://\(host):\(rest) → \(upstreamRest), ws://\(host):\(webSocket) → \(upstreamWs)\n")
  }

  private var upstreamTrust: TLSTrust { trust.map(TLSTrust.certificates(atPath:)) ?? .system }

  private func endpoints() throws -> (Endpoint, Endpoint) {
    do {
      let endpoints = (try Endpoint(upstreamRest ?? venue.restURL), try Endpoint(upstreamWs ?? venue.webSocketURL))
      try endpoints.0.check(trust: upstreamTrust)
      try endpoints.1.check(trust: upstreamTrust)
      return endpoints
    } catch {
      throw ValidationError("\(error).")
    }
  }

  private func limit() throws -> Int64 {
    let units: [(String, Double)] = [("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("B", 1), ("", 1)]
    guard let (unit, factor) = units.first(where: { maxSize.uppercased().hasSuffix($0.0) }),
      let value = Double(maxSize.dropLast(unit.count)), value > 0, value * factor < 1e18
    else { throw ValidationError("--max-size: `\(maxSize)` is no size; write it as 500MB or 2GB.") }
    return Int64(value * factor)
  }

  private func length() throws -> Duration? {
    guard let duration else { return nil }
    let units: [(String, Double)] = [("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3_600), ("", 1)]
    guard let (unit, factor) = units.first(where: { duration.hasSuffix($0.0) }),
      let value = Double(duration.dropLast(unit.count)), value > 0, value * factor < 1e8
    else { throw ValidationError("--duration: `\(duration)` is no time; write it as 30s, 10m or 6h.") }
    return .seconds(value * factor)
  }
}
