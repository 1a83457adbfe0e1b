import ArgumentParser
import Foundation
import KISMockServer
import KISRecording
import KISSandbox
import KISScenario
import KISWire
import Logging
import Terminal

/// `kis-mock run`: a command against a mock of its own, judged by the scenario.
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a command against a mock on free ports and check what the scenario expects of it.",
    usage: "kis-mock run [--scenario <scenario>] [options] -- <command> ...",
    discussion: """
      The command finds the mock in its environment: KIS_REST_URL (also KIS_BASE_URL), KIS_WS_URL, KIS_MOCK_ADMIN_URL, \
      KIS_MOCK_SEED, and a key and secret that the mock accepts in KIS_APP_KEY and KIS_APP_SECRET.

      Exit codes: 0 when the command succeeded and every expectation of the scenario was met, 1 when not, 2 for wrong \
      usage or a file that cannot be read, 130 when interrupted.
      """)

  @Option(help: ArgumentHelp("A scenario: its file, or a name that `kis-mock scenarios` lists.", valueName: "scenario"))
  var scenario: String?

  @Option(help: ArgumentHelp("A recording to play instead of the scenario's; may be repeated.", valueName: "file"))
  var recording: [String] = []

  @Option(help: "The seed of everything random; the scenario's, or 1.")
  var seed: UInt64?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("A multiple of recorded time, or `max`. Default: the scenario's, or 1.", valueName: "1|60|max"))
  var speed: String?

  @Option(
    help: ArgumentHelp("Where times come from. Default: the scenario's, or real.", valueName: "real|scaled|virtual"))
  var clock: String?

  @Option(help: ArgumentHelp("Time of day to begin at.", valueName: "HH:MM:SS"))
  var start: String?

  @Option(help: ArgumentHelp("The day whose layouts are in force.", valueName: "YYYY-MM-DD"))
  var asOf: String?

  @Option(help: ArgumentHelp("Which service to be: real, or vts (모의투자).", valueName: "real|vts"))
  var venue: String?

  @Flag(help: "No limits that test suites trip over, and HTTP that RFCs forbid is taken.")
  var lenient = false

  @Flag(help: "Answer and send only what the recordings and the scenario hold; make nothing up.")
  var onlyRecorded = false

  @Option(
    help: ArgumentHelp(
      "How long the command may take before it is ended and the run has failed. Default: for ever, with CI=true 30m.",
      valueName: "duration"))
  var timeout: String?

  @Option(
    help: ArgumentHelp(
      "Fail when the client does not do what this file says: what it sent, and behind how many frames. Plays only what "
        + "is recorded.", valueName: "file"))
  var golden: String?

  @Flag(help: "Take what the client does now as right: writes the file of --golden. Not with CI=true.")
  var accept = false

  @Option(help: ArgumentHelp("Write a JUnit XML report; - for stdout.", valueName: "file"))
  var junit: String?

  @Option(help: ArgumentHelp("Write a TAP report; - for stdout.", valueName: "file"))
  var tap: String?

  @Flag(help: "Print what was checked as JSON on stdout.")
  var json = false

  @Argument(parsing: .postTerminator, help: "The command and its arguments.")
  var command: [String] = []

  func validate() throws {
    if command.isEmpty { throw ValidationError("which command? Write it behind two hyphens: kis-mock run -- pytest") }
    if accept, golden == nil { throw ValidationError("--accept needs --golden FILE: which file is to be written?") }
    if accept, ProcessInfo.processInfo.environment["CI"] == "true" {
      throw ValidationError("--accept: nothing is accepted under CI=true; run it where somebody looks at the change.")
    }
    if [junit == "-", tap == "-", json].filter({ $0 }).count > 1 {
      throw ValidationError("only one report can go to stdout.")
    }
  }

  func run() async throws {
    try OpenFileLimit.prepareToServe()
    // Before the command has run in vain.
    for file in [junit, tap].compactMap(\.self) { try write("", to: file) }
    let environment = ProcessInfo.processInfo.environment
    let limit = try timeLimit(environment)
    let settings = try ServeSettings(try serveOptions(), environment: environment)
    let plan = try settings.plan()
    var configuration = plan.configuration
    // Of its own, whatever the environment says of a server.
    (configuration.host, configuration.restPort, configuration.webSocketPort) = ("127.0.0.1", 0, 0)
    configuration.logger = StandardErrorLog.logger(.warning)
    let session = FileManager.default.temporaryDirectory.appending(path: "kis-mock-run-\(UUID().uuidString).jsonl")
      .path(percentEncoded: false)
    if golden != nil { configuration.sandbox.recordsTo = session }
    defer { if golden != nil { unlink(session) } }
    let clock = configuration.sandbox.clock(plan.clock)
    var outcome = try await MockServer(configuration, clock: clock).serving { server, addresses in
      let command = ChildCommand(
        words: command, environment: MockEnvironment(addresses, configuration.sandbox).variables)
      let started = HostTime.monotonicNanoseconds
      let ending = try await command.run(atMost: limit)
      return RunOutcome(
        command: self.command, ending: ending, nanoseconds: HostTime.monotonicNanoseconds - started,
        report: await server.sandbox.report(), hasSentNothing: await server.sandbox.currentJournal().total == 0)
    }
    if let golden {
      let behavior = GoldenBehavior(path: golden, accepts: accept, isReadOnly: environment["CI"] == "true")
      outcome.golden = (golden, try behavior.failure(of: session))
    }
    try tell(outcome)
    if outcome.ending.wasInterrupted { throw ExitCode(130) }
    if !outcome.isSuccess { throw ExitCode(1) }
  }

  /// What the command line says, as `serve` reads it: what it leaves out may come from the environment.
  private func serveOptions() throws -> ServeOptions {
    var options = try ServeOptions.parse([])
    (options.scenario, options.recordings, options.seed) = (scenario, recording, seed.map { String($0) })
    (options.speed, options.clock, options.start) = (speed, clock, start)
    (options.asOf, options.venue, options.lenient, options.onlyRecorded) = (
      asOf, venue, lenient, onlyRecorded || golden != nil
    )
    return options
  }

  private func timeLimit(_ environment: [String: String]) throws -> Duration? {
    guard let text = timeout ?? environment["KIS_MOCK_TIMEOUT"] else {
      return environment["CI"] == "true" ? .seconds(30 * 60) : nil
    }
    guard let limit = Duration(written: text) else {
      throw ValidationError("--timeout: expected a duration such as 90s or 10m, found `\(text)`.")
    }
    return limit
  }

  private func tell(_ outcome: RunOutcome) throws {
    if let junit { try write(outcome.junit, to: junit) }
    if let tap { try write(outcome.tap, to: tap) }
    if json { print(outcome.json.text) }
    StandardError.write("\(outcome)\n")
  }

  private func write(_ text: String, to file: String) throws {
    guard file != "-" else { return try StandardOutput.write(text) }
    do {
      try Data(text.utf8).write(to: URL(filePath: file))
    } catch {
      throw ValidationError("\(file) cannot be written: \(error.localizedDescription)")
    }
  }
}
