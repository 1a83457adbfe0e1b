import Foundation
import KISSandbox
import Synchronization

/// Ends the program when one input takes for ever, and says which: a parser that hangs cannot be told to stop.
final class HangWatch: Sendable {
  static let shared = HangWatch()

  private struct State {
    var running: [Int: (what: String, since: Int64)] = [:]
    var next = 0
  }

  /// A minute, in nanoseconds.
  private static let limit: Int64 = 60_000_000_000
  private let state = Mutex(State())

  private init() {
    // The parsers have all of the pool's threads.
    Thread.detachNewThread {
      while true {
        Thread.sleep(forTimeInterval: 1)
        let now = HostTime.monotonicNanoseconds
        let hanging = HangWatch.shared.state.withLock { $0.running.values.first { now - $0.since > HangWatch.limit } }
        guard let hanging else { continue }
        FileHandle.standardError.write(Data("\n\(hanging.what) hangs\n".utf8))
        exit(1)
      }
    }
  }

  /// An input is about to be parsed.
  func begin(_ what: String) -> Int {
    state.withLock { state in
      state.next += 1
      state.running[state.next] = (what, HostTime.monotonicNanoseconds)
      return state.next
    }
  }

  /// It has been.
  func end(_ number: Int) { state.withLock { $0.running[number] = nil } }
}
