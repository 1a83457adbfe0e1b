import ArgumentParser
import Foundation
import KISMockServer
import KISRecording
import KISSandbox
import KISScenario
import Logging
import Terminal

/// Runs a command against one choice of events after the other, and keeps each with which it fails.
struct ShrinkTrials {
  /// Why there is nothing to shrink.
  struct Refusal: Error {
    var code: Int32
    var reason: String
  }

  private let options: ShrinkRecording
  private let lines: RecordingLines
  private var scenario: Scenario?
  private let candidate: String
  private let history: String
  /// How the first run ended: what counts as failing.
  private var failure: Int32?
  private var limit: Duration?
  private let progress = WorkProgress()
  /// Events of the smallest recording so far with which the command fails.
  private var smallest: Int?
  /// Times the command was run.
  private(set) var runs = 0
  private var kept = 0

  init(_ options: ShrinkRecording, _ lines: RecordingLines) throws {
    self.options = options
    self.lines = lines
    scenario = try options.scenario.map { try ScenarioLibrary().scenario($0) }
    candidate =
      FileManager.default.temporaryDirectory.appending(path: "kis-mock-shrink-\(UUID().uuidString).jsonl")
      .path(percentEncoded: false)
    history = options.history ?? options.output + ".history"
  }

  func removeCandidate() { unlink(candidate) }

  /// Runs the whole recording twice, or as often as was asked, and notes how it fails.
  mutating func establish() async throws {
    try write(Array(0..<lines.count), [:])
    let began = HostTime.monotonicNanoseconds
    let first = try await ending()
    let took = HostTime.monotonicNanoseconds - began
    guard first.code != 0 else {
      throw Refusal(code: 3, reason: "the command succeeds with the whole recording: there is nothing to shrink")
    }
    failure = first.code
    // Whoever takes ten times as long is stuck; a second at least, since short runs vary.
    limit = .nanoseconds(max(1_000_000_000, took.multipliedReportingOverflow(by: 10).partialValue))
    let times = max(2, options.repeat)
    var failures = 1
    for _ in 1..<times where try await ending().code == first.code { failures += 1 }
    let needed = options.repeat == 1 ? 2 : options.needs ?? options.repeat
    guard failures >= needed else {
      throw Refusal(
        code: 1,
        reason: """
          the command fails \(failures) times of \(times) with the same recording; make it deterministic, or say how \
          often it has to fail with --repeat and --needs
          """)
    }
    try keep(count: lines.count)
  }

  /// Whether the command fails with these events.
  mutating func fails(_ events: [Int]) async throws -> Bool {
    try await fails(events, [:])
  }

  /// Blanks the values that the failure does not need.
  ///
  /// - Returns: the lines that were changed for it, by event.
  mutating func shrinkValues(of events: [Int]) async throws -> [Int: [UInt8]] {
    var recorded: [Int: RecordedEvent] = [:]
    for number in events { recorded[number] = try lines.event(number) }
    let values = ReducibleValues(of: recorded)
    var bisection = PrefixBisection()
    let needed = try await bisection.minimum(of: values.count) { kept in
      try await fails(events, values.lines(keeping: kept))
    }
    return values.lines(keeping: needed)
  }

  /// Leaves out the scenario's faults that the failure does not need.
  ///
  /// - Returns: the names of those that it needs, and how many there were; nil when the scenario has none.
  mutating func shrinkFaults(
    of events: [Int], _ replacements: [Int: [UInt8]]
  ) async throws -> (needed: [String], of: Int)? {
    guard let faults = scenario?.faults, !faults.isEmpty else { return nil }
    var bisection = PrefixBisection()
    let needed = try await bisection.minimum(of: faults.count) { kept in
      scenario?.faults = kept.map { faults[$0] }
      return try await fails(events, replacements)
    }
    scenario?.faults = needed.map { faults[$0] }
    return (needed.map { faults[$0].name.rawValue }, faults.count)
  }

  private mutating func fails(_ events: [Int], _ replacements: [Int: [UInt8]]) async throws -> Bool {
    try write(events, replacements)
    let needed = options.needs ?? options.repeat
    var failures = 0
    for run in 1...options.repeat {
      let ending = try await ending()
      if !ending.timedOut, ending.code == failure { failures += 1 }
      if failures >= needed || failures + options.repeat - run < needed { break }
    }
    smallest = failures >= needed ? min(smallest ?? .max, events.count) : smallest
    progress.show(
      "run \(runs): tried \(grouped(events.count)) events, \(grouped(smallest ?? lines.count)) left")
    guard failures >= needed else { return false }
    // Without any event it is no recording of the failure.
    if !events.isEmpty { try keep(count: events.count) }
    return true
  }

  private func write(_ events: [Int], _ replacements: [Int: [UInt8]]) throws {
    var output = try RecordingOutput(creating: candidate, replacing: true)
    try lines.write(events, replacing: replacements, to: &output)
    try output.finish()
  }

  private mutating func ending() async throws -> ChildCommand.Ending {
    runs += 1
    let library = ScenarioLibrary()
    var configuration = MockServerConfiguration.ephemeral
    configuration.scenarios = library
    configuration.sandbox = try library.configuration(of: scenario, recordings: [candidate], seed: options.seed)
    // Lenient, and nothing in it but what is recorded: what is missing from a recording is no failure of the client.
    configuration.sandbox.codes = .permissive
    configuration.sandbox.simulates = false
    configuration.sandbox.limits.requestsPerSecond = 0
    configuration.sandbox.limits.tokenInterval = .zero
    configuration.logger = Logger(label: "kis-mock") { _ in SwiftLogNoOpLogHandler() }
    let clock = configuration.sandbox.clock(.virtual)
    let (words, limit, isQuiet) = (options.command, limit, !options.verbose)
    let sandbox = configuration.sandbox
    let ending = try await MockServer(configuration, clock: clock).serving { _, addresses in
      try await ChildCommand(words: words, environment: MockEnvironment(addresses, sandbox).variables)
        .run(atMost: limit, isQuiet: isQuiet)
    }
    if ending.wasInterrupted { throw ExitCode(130) }
    return ending
  }

  /// Puts the candidate, which was just seen to fail, under the output's name and into the history.
  private mutating func keep(count: Int) throws {
    kept += 1
    let files = FileManager.default
    try files.createDirectory(atPath: history, withIntermediateDirectories: true)
    let number = String(kept)
    let name = String(repeating: "0", count: max(0, 4 - number.count)) + number + "-\(count)-events.jsonl"
    let copy = "\(history)/\(name)"
    if files.fileExists(atPath: copy) { try files.removeItem(atPath: copy) }
    try files.copyItem(atPath: candidate, toPath: copy)
    let beside = "\(options.output).\(getpid()).part"
    if files.fileExists(atPath: beside) { try files.removeItem(atPath: beside) }
    try files.copyItem(atPath: candidate, toPath: beside)
    guard rename(beside, options.output) == 0 else {
      throw ValidationError("\(options.output) cannot be written: \(String(cString: strerror(errno))).")
    }
  }

  /// Takes what is drawn of it off the terminal.
  func finish() { progress.finish() }
}
