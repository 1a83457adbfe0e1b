import ArgumentParser
import KISCapture
import KISRecording
import KISWire
import Terminal

/// `kis-mock export`: recordings for other tools.
struct ExportRecording: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a recording as HAR, as pcapng or as one CSV a TR.",
    discussion: """
      HAR 1.2 has the WebSocket's messages in `_webSocketMessages`; mitmproxy, Playwright and Chromium's DevTools open it. \
      pcapng has nanoseconds; Wireshark shows the session as it was, notices (체결통보) encrypted. CSV is a folder with \
      one file a TR: recv_ms, seq (the record's place in its frame), then the portal's names in wire order; `import` \
      reads it again.

      Exit code 0: written. 1: there was nothing to write. 2: usage, or a file that cannot be read or written.
      """)

  @Argument(help: ArgumentHelp("A recording.", valueName: "recording"))
  var recording: String

  @Option(help: ArgumentHelp("The file to write, for CSV the folder; `-` is standard output.", valueName: "file"))
  var output: String

  @Option(help: ArgumentHelp("har, csv or pcap. Default: by the ending of the output's name.", valueName: "format"))
  var format: String?

  @Flag(help: "Replace files of that name.")
  var force = false

  func validate() throws { _ = try kind() }

  func run() throws {
    let kind = try kind()
    let counts: ExportCounts
    do {
      counts = try RecordingExport(format: kind, replaces: force).run(recording, output: output)
    } catch {
      StandardError.write("Error: \(error)\n")
      throw ExitCode(2)
    }
    StandardError.write(ExportRecording.lines(counts, kind, output).joined(separator: "\n") + "\n")
    if counts.messages + counts.exchanges == 0 { throw ExitCode(1) }
  }

  private func kind() throws -> RecordingExport.Format {
    let known = RecordingExport.Format.allCases.map(\.rawValue)
    if let format {
      guard let kind = RecordingExport.Format(rawValue: format == "pcapng" ? "pcap" : format) else {
        throw ValidationError("--format: `\(format)` is none of \(known.joined(separator: ", ")).")
      }
      if kind == .csv, output == "-" { throw ValidationError("CSV is a file for each TR: name a folder.") }
      return kind
    }
    guard let kind = RecordingExport.Format(ending: output) else {
      throw ValidationError(
        "The name `\(output)` does not tell the format: end it in .har, .pcapng or /, or say --format.")
    }
    return kind
  }

  private static func lines(_ counts: ExportCounts, _ kind: RecordingExport.Format, _ output: String) -> [String] {
    let written =
      switch kind {
      case .har: "\(counts.messages) messages and \(counts.exchanges) exchanges"
      case .pcap: "\(counts.messages) messages and \(counts.exchanges) exchanges in \(counts.packets) packets"
      case .csv: "\(counts.messages) frames in \(counts.files) files"
      }
    let left = [
      (counts.markers, "markers"), (counts.losses, "ends without a close frame"),
      (counts.encrypted, "notices that are encrypted"), (counts.exchangesLeft, "exchanges"),
      (counts.others, "messages that are no records"),
    ]
    return ["\(output): \(written)"]
      + left.filter { $0.0 > 0 }.map { "  left out, since \(kind.rawValue) has no place for them: \($0.0) \($0.1)" }
  }
}
