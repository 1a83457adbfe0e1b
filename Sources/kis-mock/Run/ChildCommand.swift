import ArgumentParser
import Foundation
import Synchronization
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

  /// Runs it to its end.
  /// - Throws: `ValidationError` when it cannot be started.
  func run() async throws -> Ending {
    let process = Process()
    // `env` looks the command up on the search path.
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["--"] + words
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (endings, ended) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = { process in
      ended.yield(process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus)
      ended.finish()
    }
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    do {
      try process.run()
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
