import Foundation

/// A folder for generated recordings, removed with everything in it when it is released.
final class ScratchFolder: Sendable {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "kis-mock-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { remove() }

  /// Removes the folder early.
  func remove() { try? FileManager.default.removeItem(at: url) }

  /// The path of a file in the folder.
  func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

  /// Generates a recording and returns its path.
  func recording(_ content: BenchRecording.Content, frames: Int, interval: Int64) throws -> String {
    let path = path("\(content)-\(frames)-\(interval).jsonl")
    if !FileManager.default.fileExists(atPath: path) {
      try BenchRecording(content: content, frames: frames, interval: interval).write(to: path)
    }
    return path
  }
}
