import ArgumentParser
import Foundation
import KISRecording
import KISSandbox
import KISWire

/// `kis-mock simulate`: writes a session that never happened, the same bytes from the same scenario and seed.
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a simulated session as a recording.",
    discussion: """
      The scenario's section `simulation:` says which day, hours, TRs and instruments. The same scenario and seed give \
      the same file, byte for byte.
      """)

  @Argument(help: ArgumentHelp("The scenario that describes the session.", valueName: "scenario"))
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
    do {
      let text = try String(contentsOf: URL(filePath: scenario), encoding: .utf8)
      let described = try Scenario(parsing: text, file: scenario)
      let plan = try SimulationPlan(described)
      let seed = seed ?? described.seed ?? 1
      let source = "kis-mock simulate \(scenario) --seed \(seed)"
      let events = SimulatedDay(plan, seed: seed).events()
      let size = try write(events, header: plan.header(source: source))
      report(events: events.count, bytes: size, seed: seed)
    } catch let error as ScenarioError {
      try Simulate.fail(error.description)
    } catch let error as RecordingError {
      try Simulate.fail("\(error)" + (error.code == .unwritable && !force ? " (--force overwrites)" : ""))
    } catch let error as CocoaError {
      try Simulate.fail("\(scenario): cannot be read as UTF-8 text: \(error.localizedDescription)")
    }
  }

  /// - Returns: the size of the recording in bytes.
  private func write(_ events: [RecordedEvent], header: RecordingHeader) throws -> Int64 {
    guard output == "-" else {
      var writer = try RecordingWriter(creating: output, header: header, replacing: force)
      try writer.append(events)
      return writer.size
    }
    var bytes: [UInt8] = []
    header.appendLine(to: &bytes)
    for event in events { event.appendLine(to: &bytes) }
    try FileHandle.standardOutput.write(contentsOf: bytes)
    return Int64(bytes.count)
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

  private static func fail(_ message: String) throws -> Never {
    FileHandle.standardError.write(Data("kis-mock simulate: \(message)\n".utf8))
    throw ExitCode(2)
  }
}
