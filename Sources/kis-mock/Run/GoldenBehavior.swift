import ArgumentParser
import Foundation
import KISRecording

/// The last accepted behaviour of a client, in a file.
struct GoldenBehavior {
  /// The accepted file; what differs is written beside it, with `.new` behind its name.
  let path: String
  /// Whether what the client does now is to be accepted.
  let accepts: Bool
  /// Whether nothing may be written but reports: a build machine decides nothing.
  let isReadOnly: Bool

  /// Compares what a client did with what was accepted.
  ///
  /// - Parameter recording: the session, without secrets.
  /// - Returns: why the run has failed; nil when it has not.
  func failure(of recording: String) throws -> String? {
    let behavior = try ClientBehavior(RecordingReader(path: recording))
    let text = behavior.lines.map { $0 + "\n" }.joined()
    let accepted = try accepted()
    let difference = accepted.map { behavior.difference(from: $0) } ?? "there is no \(path) yet"
    guard let difference else {
      try? FileManager.default.removeItem(atPath: path + ".new")
      return nil
    }
    if accepts {
      try write(text, to: path)
      try? FileManager.default.removeItem(atPath: path + ".new")
      return nil
    }
    if !isReadOnly { try write(text, to: path + ".new") }
    let place = isReadOnly ? "" : "; what it does now is in \(path).new"
    return "the client does not do what was accepted\(place); --accept takes it\n\(difference)"
  }

  private func accepted() throws -> [String]? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
      return text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    } catch {
      throw ValidationError("--golden: \(path) cannot be read: \(error.localizedDescription)")
    }
  }

  private func write(_ text: String, to file: String) throws {
    do {
      try Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
    } catch {
      throw ValidationError("--golden: \(file) cannot be written: \(error.localizedDescription)")
    }
  }
}
