import ArgumentParser
import Foundation
import KISRecording
import KISWire
import Terminal

/// Where a verb writes the recording that it makes.
struct OutputOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: ArgumentHelp("The recording to write; - for stdout.", valueName: "file"))
  var output: String

  @Flag(help: "Overwrite the recording if it is there.")
  var force = false

  var isStandardOutput: Bool { output == "-" }

  /// Writes to it: a file appears under its name when the body has returned.
  func write<Result>(_ body: (inout RecordingOutput) throws -> Result) throws -> Result {
    var file =
      isStandardOutput
      ? RecordingOutput { try StandardOutput.write($0) } : try created()
    let result = try body(&file)
    try file.finish()
    return result
  }

  private func created() throws -> RecordingOutput {
    do {
      return try RecordingOutput(creating: output, replacing: force)
    } catch {
      throw error.code == .alreadyThere ? ValidationError("\(error); --force overwrites") : error
    }
  }
}

extension RecordingReader {
  /// Opens a recording as it is named on the command line: a file, or - for stdin.
  static func named(_ name: String) throws -> RecordingReader {
    guard name == "-" else { return try RecordingReader(path: name) }
    // Recordings are read more than once, so what comes from a pipe is put into a file that has no name any more.
    let path = FileManager.default.temporaryDirectory.appending(path: "kis-mock-\(UUID().uuidString).jsonl")
      .path(percentEncoded: false)
    guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
    else { throw ValidationError("stdin cannot be kept: \(path) cannot be written.") }
    defer { unlink(path) }
    while let chunk = try FileHandle.standardInput.read(upToCount: 1 << 20), !chunk.isEmpty {
      try file.write(contentsOf: chunk)
    }
    try file.close()
    return try RecordingReader(path: path, name: "stdin")
  }

  /// A moment of the recording as people write it: a time of day in Korea (`10:30:00`), a date
  /// with a time, or the name of a marker.
  func offset(of text: String, option: String) throws -> RecordedTime {
    let start = KoreanTime(header.start) ?? KoreanTime(epochNanoseconds: 0)
    if let time = TimeOfDay(text) { return RecordedTime(nanoseconds: max(0, time.nanoseconds - start.nanosecondOfDay)) }
    if let moment = KoreanTime(text) {
      return RecordedTime(nanoseconds: max(0, moment.epochNanoseconds - start.epochNanoseconds))
    }
    let markers = try RecordingIndex(self).markers
    if let marker = markers.first(where: { $0.name == text }) { return marker.offset }
    let near = Similarity.nearest(to: text, in: markers.map(\.name), count: 1).first.map { "; did you mean `\($0)`?" }
    throw ValidationError(
      "\(option): expected a time of day (10:30:00), a date with a time, or a marker of the recording, found `\(text)`"
        + (near ?? "."))
  }
}

/// What every verb says of a recording that was cut off.
func warnOfCut(_ name: String) {
  StandardError.write("warning: \(name) ends in the middle of a line; what is whole was taken\n")
}

/// `1,234,567`.
func grouped(_ number: some BinaryInteger) -> String {
  var text = String(number)
  for position in stride(from: text.count - 3, to: 0, by: -3) {
    text.insert(",", at: text.index(text.startIndex, offsetBy: position))
  }
  return text
}
