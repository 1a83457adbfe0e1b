import ArgumentParser
import Foundation
import KISMockServer
import KISRecording
import KISSandbox
import KISWire
import Logging
import Terminal

/// `kis-mock shrink`: the smallest recording with which a command still fails.
struct ShrinkRecording: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shrink",
    abstract: "Find the smallest recording with which a command still fails.",
    usage: "kis-mock shrink <recording> --output <file> [options] -- <command> ...",
    discussion: """
      The command runs against a mock of its own each time, on a virtual clock, with the environment that `kis-mock run` \
      gives it. It fails when it ends as it did the first time. The output file is a recording with which it was seen \
      to fail at every moment; all of them are kept in a folder beside it.

      Exit codes: 0 when a smaller recording was found, 1 when the command does not fail every time or fails without any \
      event, 2 for wrong usage or a file that cannot be read, 3 when the command does not fail at all, 130 when \
      interrupted.
      """)

  @Argument(help: ArgumentHelp("The recording with which the command fails; - for stdin.", valueName: "recording"))
  var recording: String

  @Option(name: .shortAndLong, help: ArgumentHelp("Where the smallest one so far is written.", valueName: "file"))
  var output: String

  @Flag(help: "Overwrite the output file if it is there.")
  var force = false

  @Option(help: ArgumentHelp("A scenario: its file, or a name that `kis-mock scenarios` lists.", valueName: "scenario"))
  var scenario: String?

  @Option(help: "The seed of everything random; the scenario's, or 1.")
  var seed: UInt64?

  @Option(help: ArgumentHelp("Run the command so often for each try.", valueName: "n"))
  var `repeat` = 1

  @Option(help: ArgumentHelp("How many of them have to fail.", valueName: "k"))
  var needs: Int?

  @Flag(help: "Stop when no event can be left out; leave values as they are.")
  var eventsOnly = false

  @Option(
    help: ArgumentHelp(
      "Where every failing recording is kept. Default: the output file with .history.", valueName: "folder"))
  var history: String?

  @Flag(help: "Show what the command writes.")
  var verbose = false

  @Flag(help: "Print what was found as JSON on stdout.")
  var json = false

  @Argument(parsing: .postTerminator, help: "The command and its arguments.")
  var command: [String] = []

  func validate() throws {
    if command.isEmpty {
      throw ValidationError("which command? Write it behind two hyphens: kis-mock shrink … -- pytest")
    }
    if `repeat` < 1 { throw ValidationError("--repeat has to be 1 or more.") }
    if let needs, !(1...`repeat`).contains(needs) {
      throw ValidationError("--needs has to be between 1 and --repeat (\(`repeat`)).")
    }
    if !force, FileManager.default.fileExists(atPath: output) {
      throw ValidationError("\(output) exists already; --force overwrites.")
    }
  }

  func run() async throws {
    let reader = try RecordingReader.named(recording)
    let lines = try RecordingLines(reader)
    if lines.isTruncated { warnOfCut(reader.name) }
    var trials = try ShrinkTrials(self, lines)
    defer { trials.removeCandidate() }
    do {
      try await trials.establish()
      var bisection = PrefixBisection()
      let events = try await bisection.minimum(of: lines.count) { try await trials.fails($0) }
      guard !events.isEmpty else {
        StandardError.write(
          "kis-mock shrink: the command fails without any event; what it fails on is not in \(reader.name)\n")
        throw ExitCode(1)
      }
      let runs = trials.runs
      var faults: (needed: [String], of: Int)?
      if !eventsOnly {
        let replacements = try await trials.shrinkValues(of: events)
        faults = try await trials.shrinkFaults(of: events, replacements)
      }
      trials.finish()
      tell(events: events.count, of: lines.count, faults, runs: runs, later: trials.runs - runs)
    } catch let error as ShrinkTrials.Refusal {
      StandardError.write("kis-mock shrink: \(error.reason)\n")
      throw ExitCode(error.code)
    }
  }

  private func tell(
    events: Int, of count: Int, _ faults: (needed: [String], of: Int)?, runs: Int, later: Int
  ) {
    let what = faults == nil ? "values" : "values and faults"
    StandardError.write(
      """
      kis-mock shrink: \(grouped(events)) of \(grouped(count)) events are left after \(runs) runs\
      \(eventsOnly ? "" : "; \(what) took \(later) more"); see \(output)

      """)
    if let faults {
      let needed = faults.needed.isEmpty ? "none" : faults.needed.joined(separator: ", ")
      StandardError.write("kis-mock shrink: of the scenario's \(faults.of) faults it needs \(needed)\n")
    }
    guard json else { return }
    let line: JSONValue = [
      "faults": faults.map { .array($0.needed.map { .string($0) }) } ?? .null,
      "output": .string(output), "events": .number(events), "of": .number(count), "runs": .number(runs),
      "later_runs": .number(later),
    ]
    print(line.text)
  }
}
