import ArgumentParser
import KISRecording
import KISWire
import Terminal

/// `kis-mock redact`: takes secrets and people out of a recording.
struct RedactRecording: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Replace keys, tokens, accounts, names and addresses in a recording by placeholders.",
    discussion: """
      Placeholders have the length and shape of what they stand for, the same one for the same secret; the header lists \
      them. Notices that are still encrypted are decrypted where the recording holds their iv and key. \
      `kis-mock lint` looks for what may be left.

      Exit codes: 0 fine, 2 for wrong usage or a file that cannot be read.
      """)

  @Argument(help: ArgumentHelp("The recording; - for stdin.", valueName: "recording"))
  var recording: String

  @OptionGroup var output: OutputOptions

  @Flag(help: "Print what was replaced as JSON.")
  var json = false

  func validate() throws {
    if json, output.isStandardOutput { throw ValidationError("--json and a recording cannot both go to stdout.") }
  }

  func run() throws {
    let reader = try RecordingReader.named(recording)
    var redaction = Redaction(known: reader.header.placeholders)
    let isTruncated = try output.write { try redaction.write(reader, to: &$0) }
    if isTruncated { warnOfCut(reader.name) }
    let kinds = redaction.counts.map { "\($0.count) \($0.kind)" }.joined(separator: ", ")
    StandardError.write(
      "changed \(grouped(redaction.changed)) events; placeholders: \(kinds.isEmpty ? "none" : kinds)\n")
    if redaction.decrypted > 0 { StandardError.write("decrypted \(grouped(redaction.decrypted)) notices\n") }
    if redaction.undecrypted > 0 {
      StandardError.write(
        "warning: \(grouped(redaction.undecrypted)) notices stay encrypted, the recording does not hold their key\n")
    }
    if json {
      let line: JSONValue = [
        "output": .string(output.output), "changed": .number(redaction.changed),
        "decrypted": .number(redaction.decrypted), "undecrypted": .number(redaction.undecrypted),
        "placeholders": .object(JSONObject(redaction.counts.map { ($0.kind.rawValue, .number($0.count)) })),
        "truncated": .bool(isTruncated),
      ]
      print(line.text)
    }
  }
}
