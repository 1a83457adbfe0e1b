import ArgumentParser
import KISRecording
import KISWire
import Terminal

/// `kis-mock merge`: puts recordings together on one time line.
struct MergeRecordings: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Put recordings together on one time line.",
    discussion: """
      The parts that `kis-mock trim` made of a recording give it back byte for byte. Other recordings are set beside \
      each other by their wall-clock time; connections that have the same number get others.

      Exit codes: 0 fine, 2 for a file that cannot be read, and for recordings of different venues or layouts.
      """)

  @Argument(help: ArgumentHelp("Recordings; - for stdin.", valueName: "recording"))
  var recordings: [String]

  @OptionGroup var output: OutputOptions

  @Flag(help: "Print what was written as JSON.")
  var json = false

  func validate() throws {
    if json, output.isStandardOutput { throw ValidationError("--json and a recording cannot both go to stdout.") }
    if recordings.count(where: { $0 == "-" }) > 1 { throw ValidationError("only one recording can come from stdin.") }
  }

  func run() throws {
    var merge = try Merge(recordings.map { try RecordingReader.named($0) })
    let report = try output.write { try merge.write(to: &$0) }
    for name in report.truncated { warnOfCut(name) }
    let carried = report.carried > 0 ? ", left out \(grouped(report.carried)) carried ones" : ""
    StandardError.write("wrote \(grouped(report.events)) events of \(recordings.count) recordings\(carried)\n")
    if json {
      let line: JSONValue = [
        "output": .string(output.output), "events": .number(report.events), "carried": .number(report.carried),
        "truncated": .array(report.truncated.map { .string($0) }),
      ]
      print(line.text)
    }
  }
}
