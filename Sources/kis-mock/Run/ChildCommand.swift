import ArgumentParser
import Foundation
import KISSandbox
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
    /// Whether it was ended because it took too long.
    var timedOut = false
  }

  /// How long it may take to end when it was asked to.
  private static let patience = Duration.seconds(5)

  /// What stands beside the command while it runs, and what came of it.
  private enum Watcher {
    case signals(Bool)
    case limit(isOver: Bool)
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
  ///
  /// - Parameters:
  ///   - limit: how long it may take, in host time; then it is asked to end (SIGTERM), and killed when it does not.
  ///   - isQuiet: whether what it says goes nowhere.
  /// - Throws: `ValidationError` when it cannot be started, or nobody can tell how it ended.
  func run(atMost limit: Duration? = nil, isQuiet: Bool = false) async throws -> Ending {
    let path = try executable
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    let process: SpawnedProcess
    do {
      process = try SpawnedProcess(path, arguments: words, environment: variables, isQuiet: isQuiet)
    } catch {
      throw ValidationError("\(words.joined(separator: " ")): cannot be started: \(error.localizedDescription)")
    }
    return try await withThrowingTaskGroup(of: Watcher.self) { group in
      group.addTask {
        var wasInterrupted = false
        for await signal in signals {
          wasInterrupted = true
          kill(process.identifier, signal.rawValue)
        }
        return .signals(wasInterrupted)
      }
      if let limit {
        group.addTask {
          do {
            try await HostTime.sleep(for: limit)
          } catch {
            return .limit(isOver: false)
          }
          // Asked first, so that it can put its things in order.
          kill(process.identifier, SIGTERM)
          // Cancelled once it has ended: its number may be another's then.
          guard (try? await HostTime.sleep(for: ChildCommand.patience)) != nil else { return .limit(isOver: true) }
          kill(process.identifier, SIGKILL)
          return .limit(isOver: true)
        }
      }
      var ending: Ending
      do {
        ending = Ending(code: try await process.ending(), wasInterrupted: false)
      } catch {
        throw ValidationError("\(words.joined(separator: " ")): how it ended is unknown: \(error.localizedDescription)")
      }
      group.cancelAll()
      for try await watcher in group {
        switch watcher {
        case .signals(let wasInterrupted): ending.wasInterrupted = wasInterrupted
        case .limit(let isOver): ending.timedOut = isOver
        }
      }
      return ending
    }
  }
}
