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

  @Option(help: ArgumentHelp("A scenario: its file, or its name in a folder `scenarios`.", valueName: "scenario"))
  var scenario: String?

  @Option(help: ArgumentHelp("A recording to play instead of the scenario's; may be repeated.", valueName: "file"))
  var recording: [String] = []

  @Option(help: "The seed of everything random; the scenario's, or 1.")
  var seed: UInt64?

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
    if [junit == "-", tap == "-", json].filter({ $0 }).count > 1 {
      throw ValidationError("only one report can go to stdout.")
    }
  }

  func run() async throws {
    // Before the command has run in vain.
    for file in [junit, tap].compactMap(\.self) { try write("", to: file) }
    let library = ScenarioLibrary()
    let described = try scenario.map { try library.scenario($0) }
    var configuration = MockServerConfiguration.ephemeral
    configuration.scenarios = library
    configuration.sandbox = try library.configuration(of: described, recordings: recording, seed: seed)
    configuration.logger = Logger(label: "kis-mock") { StreamLogHandler.standardError(label: $0) }
    configuration.logger.logLevel = .warning
    let clock = configuration.sandbox.clock(described?.clock ?? .real)
    let outcome = try await MockServer(configuration, clock: clock).serving { server, addresses in
      let command = ChildCommand(
        words: command, environment: MockEnvironment(addresses, configuration.sandbox).variables)
      let started = HostTime.monotonicNanoseconds
      let ending = try await command.run()
      return RunOutcome(
        command: self.command, ending: ending, nanoseconds: HostTime.monotonicNanoseconds - started,
        report: await server.sandbox.report())
    }
    try tell(outcome)
    if outcome.ending.wasInterrupted { throw ExitCode(130) }
    if !outcome.isSuccess { throw ExitCode(1) }
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
