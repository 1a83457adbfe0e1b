import ArgumentParser
import KISMockServer
import KISRecording
import KISSandbox
import KISScenario
import KISWire
import Terminal

/// `kis-mock simulate`: writes a simulated session, the same bytes from the same scenario and seed.
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a simulated session as a recording.",
    discussion: """
      The scenario's section `simulation:` says which day, hours, TRs and instruments. The same scenario and seed give \
      the same file, byte for byte.
      """)

  @Argument(
    help: ArgumentHelp(
      "The scenario that describes the session: its file, or a name that `kis-mock scenarios` lists.",
      valueName: "scenario"))
  var scenario: String

  @Option(help: "The seed of everything random; the scenario's, or 1.")
  var seed: UInt64?

  @Option(name: .shortAndLong, help: ArgumentHelp("The recording to write; - for stdout.", valueName: "file"))
  var output: String

  @Flag(help: "Overwrite the recording if it is there.")
  var force = false

  @Flag(help: "Print what was written as JSON.")
  var json = false

  func validate() throws {
    if json, output == "-" { throw ValidationError("--json and a recording cannot both go to stdout.") }
  }

  func run() throws {
    let described = try ScenarioLibrary().scenario(scenario)
    let plan = try SimulationPlan(described)
    let seed = seed ?? described.seed ?? 1
    let events = SimulatedDay(plan, seed: seed).events()
    let source = "kis-mock simulate \(described.file) --seed \(seed)"
    let size = try write(events, header: plan.header(source: source))
    report(events: events.count, bytes: size, seed: seed)
  }

  /// - Returns: the size of the recording in bytes.
  private func write(_ events: [RecordedEvent], header: RecordingHeader) throws -> Int64 {
    guard output == "-" else {
      var writer = try recordingWriter(header)
      try writer.append(events)
      return writer.size.bytes
    }
    var bytes: [UInt8] = []
    header.appendLine(to: &bytes)
    for event in events { event.appendLine(to: &bytes) }
    try StandardOutput.write(bytes)
    return Int64(bytes.count)
  }

  private func recordingWriter(_ header: RecordingHeader) throws -> RecordingWriter {
    do {
      return try RecordingWriter(creating: output, header: header, replacing: force)
    } catch {
      throw error.code == .alreadyThere ? ValidationError("\(error); --force overwrites") : error
    }
  }

  private func report(events: Int, bytes: Int64, seed: UInt64) {
    if json {
      let report: JSONValue = [
        "output": .string(output), "events": .number(events), "bytes": .number(bytes), "seed": .number(seed),
      ]
      print(report.text)
    } else if output != "-" {
      print("\(output): \(events) events, \(bytes) bytes, seed \(seed)")
    }
  }
}
