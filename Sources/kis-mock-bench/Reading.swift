import ArgumentParser
import Foundation
import KISRecording
import KISSandbox

/// `kis-mock-bench reading`: how many frames a second the reader of recordings feeds.
struct Reading: BenchVerb {
  static let configuration = CommandConfiguration(
    abstract: "Frames per second that the reader of recordings feeds, beside plain reads of the file.")

  @OptionGroup var options: BenchOptions

  static func measure(_ run: BenchRun) async throws -> BenchReport {
    let frames = run.size(1_000_000, quick: 100_000)
    let path = try run.folder.recording(.programTrading, frames: frames, interval: 1_000)
    var readers: [Double] = []
    var controls: [Double] = []
    for round in 1...run.size(5, quick: 1) {
      run.progress("reading, round \(round)")
      controls.append(Double(frames) / (try seconds { try plainReads(of: path) }))
      readers.append(Double(frames) / (try seconds { try framesRead(from: path, expected: frames) }))
    }
    return BenchReport(
      bench: "reading",
      rows: [
        BenchRow(
          name: "frames read", figure: BenchFigure("reader", readers.median, "frames/s"), target: .atLeast(2_000_000),
          parts: [
            BenchFigure("plain reads", controls.median, "frames/s"),
            BenchFigure("ratio", readers.median / controls.median, ""),
          ])
      ])
  }

  private static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let started = HostTime.monotonicNanoseconds
    try body()
    return Double(HostTime.monotonicNanoseconds - started) / 1e9
  }

  private static func framesRead(from path: String, expected: Int) throws {
    var reader = try RecordingReader(path: path)
    var frames = 0
    try reader.read { event in
      if case .serverMessage = event.content { frames += 1 }
      return .more
    }
    guard frames == expected else { throw BenchError("read \(frames) frames of \(expected)") }
  }

  /// The control: the same bytes into one buffer, not looked at.
  private static func plainReads(of path: String) throws {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { throw BenchError(system: "opening \(path)") }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 256 * 1_024)
    while Foundation.read(file, &buffer, buffer.count) > 0 {}
  }
}
