import Foundation
import KISSandbox
import Terminal

/// How far a long verb has come, drawn in place on stderr where that is a terminal; quiet in a pipe.
final class WorkProgress {
  private let isTerminal: Bool
  private let now: () -> Int64
  private let write: ([UInt8]) -> Void
  private let started: Int64
  private var drawn: Int64
  private var screen = LiveLines()
  private var isDrawn = false

  /// Between two drawings, in nanoseconds.
  private static let pause: Int64 = 250_000_000

  init(
    isTerminal: Bool = TerminalStyle.isTerminal(STDERR_FILENO),
    now: @escaping () -> Int64 = { HostTime.monotonicNanoseconds },
    write: @escaping ([UInt8]) -> Void = { FileHandle.standardError.write(Data($0)) }
  ) {
    self.isTerminal = isTerminal
    self.now = now
    self.write = write
    started = now()
    drawn = started
  }

  /// Draws what is done by now, four times a second at the most. Work that is over at once shows nothing.
  func show(_ done: @autoclosure () -> String) {
    guard isTerminal else { return }
    let time = now()
    guard time - drawn >= WorkProgress.pause else { return }
    drawn = time
    isDrawn = true
    write(screen.draw(["\(done()), \((time - started) / 1_000_000_000) s"]))
  }

  /// Takes the drawing away, so that a summary can stand in its place.
  func finish() {
    guard isDrawn else { return }
    isDrawn = false
    write(screen.draw([]))
  }
}
