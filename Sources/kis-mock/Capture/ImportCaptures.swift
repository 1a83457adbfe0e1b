import ArgumentParser
import Foundation
import KISCapture
import KISWire
import Synchronization
import Terminal

/// `kis-mock import`: recordings out of what other tools captured.
struct ImportCaptures: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a recording of packet captures, HAR files, text logs or tick CSVs.",
    discussion: """
      Reads pcap and pcapng (gzip too), HAR 1.2 (Playwright's zip too), logs of any program that writes KIS's messages \
      down, and CSV as `export` writes it. What was read, left out and why is told on stderr. Notices (체결통보) are \
      decrypted with the keys that the capture holds, and placeholders take the place of secrets and people.

      Exit code 0: a recording was written; a warning says so when something of the session is missing. 1: nothing in \
      the files could be used. 2: usage, or a file that cannot be read.
      """)

  @Argument(help: ArgumentHelp("Captures; `-` is standard input.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("The recording to write; `-` is standard output.", valueName: "file"))
  var output: String

  @Option(help: ArgumentHelp("What the files are: auto, har, pcap, log or csv.", valueName: "format"))
  var format = "auto"

  @Option(
    name: .customLong("port"),
    help: ArgumentHelp("Only servers on this port; may be given several times. Default: all.", valueName: "port"))
  var ports: [UInt16] = []

  @Option(
    help: ArgumentHelp(
      "Where time and message stand in a line of a log: '{time} … {frame}'; {dir} and {any} are known too.",
      valueName: "pattern"))
  var logPattern: String?

  @Option(help: ArgumentHelp("The zone of times in a log that name none. Default: Asia/Seoul.", valueName: "zone"))
  var zone: String?

  @Option(help: ArgumentHelp("The day of times in a log without a date.", valueName: "YYYY-MM-DD"))
  var date: String?

  @Option(
    help: ArgumentHelp(
      "Time between two messages of a log without times: 10ms, 0.5s. Default: 10ms.", valueName: "time"))
  var interval: String?

  @Flag(help: "Keep app keys, tokens, accounts and names as they are. The recording must stay secret then.")
  var noRedact = false

  @Flag(help: "Replace a recording of that name.")
  var force = false

  @Flag(help: "Print the summary as one JSON object on stdout.")
  var json = false

  func validate() throws {
    if files.isEmpty { throw ValidationError("Name a capture.") }
    if json, output == "-" { throw ValidationError("--json and --output - both want standard output.") }
    _ = try captureImport()
  }

  func run() throws {
    let outcome: CaptureImport.Outcome
    do {
      var captureImport = try captureImport()
      let progress = ImportProgress()
      captureImport.progress = { progress.show($0) }
      defer { progress.finish() }
      outcome = try captureImport.run(files, output: output)
    } catch {
      StandardError.write("Error: \(error)\n")
      throw ExitCode(2)
    }
    let summary = ImportSummary(outcome: outcome, output: output)
    if json { print(summary.json.text) } else { StandardError.write(summary.lines.joined(separator: "\n") + "\n") }
    if !outcome.isWritten { throw ExitCode(1) }
  }

  private func captureImport() throws -> CaptureImport {
    var kind: CaptureFormat?
    if format != "auto" {
      kind = CaptureFormat(rawValue: format)
      if kind == nil {
        let known = ["auto"] + CaptureFormat.allCases.map(\.rawValue)
        let near = Similarity.nearest(to: format, in: known, count: 1).first.map { "; did you mean \($0)?" } ?? ""
        throw ValidationError("--format: `\(format)` is none of \(known.joined(separator: ", "))\(near)")
      }
    }
    return CaptureImport(format: kind, ports: Set(ports), log: try logOptions(), redacts: !noRedact, replaces: force)
  }

  private func logOptions() throws -> LogOptions {
    var options = LogOptions()
    if let zone {
      guard let known = TimeZone(identifier: zone) else {
        throw ValidationError("--zone: `\(zone)` is no time zone; Asia/Seoul and UTC are.")
      }
      options.zone = known
    }
    if let date {
      guard let day = LogDate(date) else {
        throw ValidationError("--date: `\(date)` is no day; write it as 2026-11-29.")
      }
      options.date = day
    }
    if let interval {
      guard let nanoseconds = ImportCaptures.nanoseconds(interval) else {
        throw ValidationError("--interval: `\(interval)` is no time; write it as 10ms or 0.5s.")
      }
      options.interval = nanoseconds
    }
    if let logPattern {
      do {
        options.pattern = try LogPattern(logPattern)
      } catch {
        throw ValidationError("--log-pattern: \(error.description).")
      }
    }
    return options
  }

  /// `10ms`, `0.5s`, `2m`; seconds without a unit.
  private static func nanoseconds(_ text: String) -> Int64? {
    let units: [(String, Double)] = [("ms", 1e6), ("us", 1e3), ("ns", 1), ("s", 1e9), ("m", 60e9), ("", 1e9)]
    guard let (unit, factor) = units.first(where: { text.hasSuffix($0.0) }),
      let value = Double(text.dropLast(unit.count)), value >= 0, value * factor < 1e18
    else { return nil }
    return Int64(value * factor)
  }
}

/// Draws how far an import has come.
private final class ImportProgress: Sendable {
  private let progress = Mutex(WorkProgress())

  func show(_ state: CaptureImport.Progress) {
    progress.withLock { progress in
      let purpose = state.isForSecrets ? " read for their secrets" : " read"
      progress.show("\(state.file.printable): \(grouped(state.read)) \(state.unit)\(purpose)")
    }
  }

  func finish() { progress.withLock { $0.finish() } }
}
