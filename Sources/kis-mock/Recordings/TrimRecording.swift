import ArgumentParser
import KISRecording
import KISWire
import Terminal

/// `kis-mock trim`: cuts a part out of a recording.
struct TrimRecording: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trim",
    abstract: "Cut a range, TRs, keys or connections out of a recording.",
    discussion: """
      Lines are copied as they stand. What the rest of a session needs from before the range (how its connection was \
      opened, what it had registered, iv and key) comes first and is marked "carried":true. `kis-mock merge` puts the \
      parts together again, byte for byte. With an index beside the recording (`kis-mock info --index`) only the range is \
      read.

      Exit codes: 0 when something was kept, 1 when nothing was, 2 for wrong usage or a file that cannot be read.
      """)

  @Argument(help: ArgumentHelp("The recording; - for stdin.", valueName: "recording"))
  var recording: String

  @OptionGroup var output: OutputOptions

  @Option(help: ArgumentHelp("Begin here: a time of day in Korea, a date with a time, or a marker.", valueName: "time"))
  var from: String?

  @Option(help: ArgumentHelp("End just before this.", valueName: "time"))
  var to: String?

  @Option(help: ArgumentHelp("Keep this TR only; may be repeated.", valueName: "tr_id"))
  var tr: [String] = []

  @Option(help: ArgumentHelp("Keep this key (tr_key, code) only; may be repeated.", valueName: "tr_key"))
  var key: [String] = []

  @Option(help: ArgumentHelp("Keep this connection only; may be repeated.", valueName: "number"))
  var connection: [Int] = []

  @Flag(help: "Print what was kept and left out as JSON.")
  var json = false

  func validate() throws {
    if json, output.isStandardOutput { throw ValidationError("--json and a recording cannot both go to stdout.") }
  }

  private func index(of reader: RecordingReader) throws -> RecordingIndexFile? {
    guard recording != "-" else { return nil }
    do {
      return try RecordingIndexFile(of: reader)
    } catch let outdated as RecordingIndexFile.Outdated {
      StandardError.write("warning: \(outdated)\n")
      return nil
    }
  }

  func run() throws {
    let reader = try RecordingReader.named(recording)
    let range = (
      from: try from.map { try reader.offset(of: $0, option: "--from") },
      to: try to.map { try reader.offset(of: $0, option: "--to") }
    )
    if let from = range.from, let to = range.to, from >= to {
      throw ValidationError("--to has to lie behind --from.")
    }
    let trim = Trim(
      from: range.from, to: range.to, transactions: Set(tr.map { TransactionID($0) }), keys: Set(key),
      connections: Set(connection))
    let index = try index(of: reader)
    let progress = WorkProgress()
    let report = try output.write { file in
      let report = try trim.write(reader, using: index, to: &file) { progress.show("\(Int($0 * 100)) % read") }
      progress.finish()
      let asked = (tr + key).joined(separator: ", ")
      guard report.kept > 0, report.matching > 0 || asked.isEmpty else {
        let nothing = asked.isEmpty ? "nothing" : "nothing of \(asked)"
        StandardError.write("kis-mock trim: \(nothing) of \(reader.name) is left; nothing was written\n")
        throw ExitCode(1)
      }
      return report
    }
    if report.isTruncated { warnOfCut(reader.name) }
    StandardError.write(
      """
      kept \(grouped(report.kept)) events\(report.carried > 0 ? ", carried \(grouped(report.carried)) that they need" : "")\
      ; left out \(grouped(report.outside)) outside the range, \(grouped(report.others)) of other TRs, keys or connections

      """)
    if json {
      let line: JSONValue = [
        "output": .string(output.output), "kept": .number(report.kept), "carried": .number(report.carried),
        "outside": .number(report.outside), "others": .number(report.others), "truncated": .bool(report.isTruncated),
      ]
      print(line.text)
    }
  }
}
