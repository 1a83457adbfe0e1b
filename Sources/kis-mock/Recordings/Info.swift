import ArgumentParser
import Foundation
import KISRecording
import KISWire
import Terminal

/// `kis-mock info`: what a recording holds, without playing it.
struct Info: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a recording holds: origin, duration, messages per TR and key, REST exchanges, markers.",
    discussion: """
      Exit code 0: every recording was read to its end; a cut one opens up to its last whole line and is fine. \
      2: a file that is no recording, or a line in it that is wrong.
      """)

  @Argument(help: ArgumentHelp("Recordings.", valueName: "recording"))
  var files: [String]

  @Flag(help: "Print one JSON object a recording, each on a line.")
  var json = false

  @Flag(help: "Write an index beside each recording: `trim` then reads only its range, `serve` starts at once.")
  var index = false

  mutating func run() async throws {
    var isBad = false
    for (number, file) in files.enumerated() {
      do {
        let reader = try RecordingReader.named(file)
        let description = try RecordingDescription(reader)
        if !json, number > 0 { print() }
        print(json ? description.json.text : description.lines.joined(separator: "\n"))
        if index { try writeIndex(of: reader) }
      } catch let error as RecordingError {
        isBad = true
        StandardError.write("Error: \(error)\n")
      }
    }
    if isBad { throw ExitCode(2) }
  }

  /// An index that is there already is of this recording or of none any more, so it is replaced.
  private func writeIndex(of reader: RecordingReader) throws {
    let path = RecordingIndexFile.path(of: reader.name)
    var output = try RecordingOutput(creating: path, replacing: true)
    let places = try RecordingIndexFile.write(reader, to: &output)
    try output.finish()
    StandardError.write("\(path): \(grouped(places)) places to begin reading at, besides the beginning\n")
  }

  func validate() throws {
    if index, files.contains("-") { throw ValidationError("--index needs a file: nothing can lie beside stdin.") }
  }
}
