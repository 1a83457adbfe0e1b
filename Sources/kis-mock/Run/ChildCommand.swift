import ArgumentParser
import Foundation
import Synchronization
import UnixSignals

/// The threads of Swift's pool have signals blocked. A command would inherit that, and all that it starts: nobody
/// could end them.
private func withSignalsUnblocked(_ body: () throws -> Void) rethrows {
  var none = sigset_t()
  var before = sigset_t()
  sigemptyset(&none)
  pthread_sigmask(SIG_SETMASK, &none, &before)
  defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
  try body()
}

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
  private var executable: URL {
    get throws {
      let name = words.first ?? ""
      let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      let candidates = name.contains("/") ? [name] : folders.map { "\($0)/\(name)" }
      guard let path = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
        let place = name.contains("/") ? "" : " in a folder of PATH"
        throw ValidationError("there is no command `\(name)`\(place) that can be run.")
      }
      return URL(filePath: path)
    }
  }

  /// Runs it to its end.
  /// - Throws: `ValidationError` when it cannot be started.
  func run() async throws -> Ending {
    let process = Process()
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.executableURL = try executable
    process.arguments = Array(words.dropFirst())
    let (endings, ended) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = { process in
      ended.yield(process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus)
      ended.finish()
    }
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    do {
      try withSignalsUnblocked { try process.run() }
    } catch {
      throw ValidationError("\(words.joined(separator: " ")): cannot be started: \(error.localizedDescription)")
    }
    let pid = process.processIdentifier
    return await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        var wasInterrupted = false
        for await signal in signals {
          wasInterrupted = true
          kill(pid, signal.rawValue)
        }
        return wasInterrupted
      }
      var code: Int32 = 0
      for await ending in endings { code = ending }
      group.cancelAll()
      return Ending(code: code, wasInterrupted: await group.next() ?? false)
    }
  }
}
