import Foundation
import KISCapture
import Synchronization
import Terminal

/// How a recording grows, drawn in place once a second where stderr is a terminal; elsewhere only what failed is told.
final class RecordingProgress: Sendable {
  private struct State {
    var screen = LiveLines()
    var failures = 0
    var lastFailure: String?
    var messages = 0
  }

  private let recorder: SessionRecorder
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let state = Mutex(State())

  init(_ recorder: SessionRecorder) { self.recorder = recorder }

  /// A connection came to nothing.
  func failed(_ reason: String) {
    state.withLock { state in
      state.failures += 1
      state.lastFailure = reason
    }
    if !isTerminal { StandardError.write("a connection failed: \(reason)\n") }
  }

  /// Draws until the task is cancelled; never returns before.
  func show() async throws {
    while true {
      try await Task.sleep(for: .seconds(1))
      guard isTerminal else { continue }
      FileHandle.standardError.write(Data(draw()))
    }
  }

  private func draw() -> [UInt8] {
    let counts = recorder.counts
    return state.withLock { state in
      let rate = counts.messages - state.messages
      state.messages = counts.messages
      return state.screen.draw(RecordingProgress.lines(counts, rate: rate, state.failures, state.lastFailure))
    }
  }

  /// What is on the screen: counts, the messages of the last second, and what failed last.
  static func lines(_ counts: ImportCounts, rate: Int, _ failures: Int, _ lastFailure: String?) -> [String] {
    let size = String(format: "%.1f MB", Double(counts.bytes) / 1e6)
    var lines = [
      "\(counts.messages) messages (\(rate)/s)  \(counts.exchanges) exchanges  \(counts.connections) connections  "
        + "\(counts.redacted) secrets replaced  \(size)"
    ]
    if let lastFailure { lines.append("\(failures) connections failed, the last one: \(lastFailure.printable)") }
    return lines
  }
}
