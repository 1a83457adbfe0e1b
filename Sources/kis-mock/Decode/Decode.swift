public import ArgumentParser
public import KISWire
import Terminal

/// `kis-mock decode`: frames in, records with names out.
struct Decode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decode frames from stdin, one JSON object per record on stdout.",
    discussion: """
      A line is a message as it came from KIS's WebSocket: `0|H0UPPGM0|001|0001^085913^…`. Each record becomes \
      `{"tr_id":…,"fields":{NAME: value, …},"extra":[values the layout does not name]}`.

      Answers to registrations and PINGPONG print nothing; the iv and key of an answer decrypt the frames behind it, \
      unless --key and --iv are given. Blank lines are skipped. A line that cannot be read is reported on stderr with \
      its number and column, the rest goes on, and the exit code is 1.
      """)

  @Option(help: ArgumentHelp("Key of encrypted frames (flag 1): 32 characters.", valueName: "text"))
  var key: String?

  @Option(help: ArgumentHelp("iv of encrypted frames: 16 characters.", valueName: "text"))
  var iv: String?

  @Option(help: ArgumentHelp("The day whose layouts to use. Default: the newest known.", valueName: "YYYY-MM-DD"))
  var asOf: String?

  @Option(help: ArgumentHelp("Whose layouts to use: real or vts (모의투자).", valueName: "real|vts"))
  var venue = Venue.real

  func validate() throws {
    guard (key == nil) == (iv == nil) else { throw ValidationError("--key and --iv go together.") }
    _ = try decoder()
  }

  func run() throws {
    var decoder = try decoder()
    var lines = StandardInputLines()
    var output: [UInt8] = []
    var hasFailed = false
    while let line = try lines.next() {
      do throws(WireError) {
        try decoder.decode(line, into: &output)
      } catch {
        hasFailed = true
        StandardError.write(
          "stdin:\(lines.number):\(error.offset + 1): expected \(error.expected), found \(error.found)\n")
      }
      if String(validating: line, as: UTF8.self) == nil {
        hasFailed = true
        StandardError.write("stdin:\(lines.number): is not UTF-8; U+FFFD stands where it is not\n")
      }
      // Kept together while more is at hand, shown at once when somebody types or pipes slowly.
      if output.count >= 64 * 1024 || !lines.hasMoreAtHand { try flush(&output) }
    }
    try flush(&output)
    if hasFailed { throw ExitCode(1) }
  }

  private func decoder() throws -> LineDecoder {
    do {
      let dialect = try asOf.map { try Dialect(day: $0, venue: venue) } ?? .latest(venue)
      guard let key, let iv else { return LineDecoder(dialect: dialect) }
      return LineDecoder(dialect: dialect, cipher: try PayloadCipher(iv: iv, key: key))
    } catch let error as WireError {
      let option = error.code == .cipher ? "--key, --iv" : "--as-of"
      throw ValidationError("\(option): expected \(error.expected), found \(error.found).")
    }
  }

  private func flush(_ output: inout [UInt8]) throws {
    guard !output.isEmpty else { return }
    try StandardOutput.write(output)
    output.removeAll(keepingCapacity: true)
  }
}

extension Venue: ExpressibleByArgument {}
