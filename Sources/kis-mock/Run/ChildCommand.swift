import ArgumentParser
import Foundation
import UnixSignals

/// A command of the user's, with our input and outputs. Signals that reach us reach it.
struct ChildCommand: Sendable {
  var words: [String]
  /// Set on top of our own environment.
  var environment: [String: String]

  /// How it ended.
  struct Ending: Sendable {
    /// The exit code; 128 and the signal's number when a signal ended it, as shells say it.
    var code: Int32
    /// Whether somebody wanted us to stop.
    var wasInterrupted: Bool
  }

  /// The program, looked up as shells do.
  private var executable: String {
    get throws {
      let name = words.first ?? ""
      let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      let candidates = name.contains("/") ? [name] : folders.map { "\($0)/\(name)" }
      guard let path = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
        let place = name.contains("/") ? "" : " in a folder of PATH"
        throw ValidationError("there is no command `\(name)`\(place) that can be run.")
      }
      return path
    }
  }

  /// Runs it to its end.
  /// - Throws: `ValidationError` when it cannot be started.
  func run() async throws -> Ending {
    let path = try executable
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    let process: SpawnedProcess
    do {
      process = try SpawnedProcess(path, arguments: words, environment: variables)
    } catch {
      throw ValidationError("\(words.joined(separator: " ")): cannot be started: \(error.localizedDescription)")
    }
    return await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        var wasInterrupted = false
        for await signal in signals {
          wasInterrupted = true
          kill(process.identifier, signal.rawValue)
        }
        return wasInterrupted
      }
      let code = await process.ending()
      group.cancelAll()
      return Ending(code: code, wasInterrupted: await group.next() ?? false)
    }
  }
}
