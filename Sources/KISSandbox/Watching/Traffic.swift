import KISScenario
package import KISWire
import Synchronization

/// What has passed through a sandbox since its start, counted.
package struct Traffic: Sendable, Hashable {
  /// Frames that were sent, by tr_id.
  package internal(set) var frames: [TransactionID: Int] = [:]
  /// Bytes that sockets took.
  package internal(set) var bytes = 0
  /// Requests, by who answered and with which status; a status of 0 is no answer.
  package private(set) var requests: [Answered: Int] = [:]
  /// What faults did, by their names.
  package private(set) var faults: [String: Int] = [:]
  /// How much later than due frames of a paced replay left, in the host's time.
  package private(set) var lateness = Histogram()

  /// One kind of answer.
  package struct Answered: Sendable, Hashable {
    package var source: AnswerSource
    package var status: Int
  }

  mutating func note(_ content: JournalEntry.Content) {
    switch content {
    case .request(_, let answer):
      requests[Answered(source: answer.source, status: answer.status ?? 0), default: 0] += 1
    case .fault(let name, _): faults[name, default: 0] += 1
    case .register, .release, .message, .connect, .disconnect: break
    }
  }

  mutating func note(late: Duration, frames: Int) { lateness.observe(max(.zero, late), times: frames) }
}

/// How long requests took from their last byte to the beginning of their answer, in the host's time. Whoever writes the
/// answer knows that, not the sandbox.
package final class RequestTimes: Sendable {
  private let state = Mutex(Histogram())

  package var histogram: Histogram { state.withLock { $0 } }

  package func observe(_ duration: Duration) { state.withLock { $0.observe(duration) } }
}

extension Sandbox {
  /// What has passed so far, present sessions included.
  package var currentTraffic: Traffic {
    for session in sessions.inOrder { tellDeliveries(of: session) }
    var counts = counts
    for session in sessions.inOrder { counts.bytes += session.sink.taken }
    return counts
  }

  /// Keeps what a session's socket took when it ends.
  func keepTraffic(of session: Session) { counts.bytes += session.sink.taken }

  /// How much later than planned messages of a paced replay leave.
  func noteLateness(of due: Playhead.Due, _ owner: Stage.PlayheadOwner, at now: Duration) {
    guard clock is RealClock, let position = due.position, let playhead = stage.playheads[owner],
      case .times = playhead.speed
    else { return }
    counts.note(late: (now - playhead.timebase.moment(of: position)) / clock.rate, frames: due.messages.count)
  }
}
