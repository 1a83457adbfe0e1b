/// Who waits for a sandbox from outside: for a moment of its clock, for something in its journal, for the scenario's end.
///
/// A reset leaves them, since what they wait for may still come.
struct Waiters {
  var timers: [Timer] = []
  var watches = JournalWatches<CheckedContinuation<Void, Never>>()
  var untilOver: [CheckedContinuation<Void, Never>] = []
  /// Whether nobody may begin to wait any more.
  var isWoundDown = false

  /// Somebody who waits on the clock.
  struct Timer {
    var deadline: Duration
    var waiter: Waiter
    /// Whether the waiter still holds the clock; the next step releases it, once it has made sure that time stops at
    /// the deadline.
    var isHolding: Bool
  }

  /// Who is resumed when a timer is due.
  enum Waiter {
    case caller(CheckedContinuation<Void, Never>)
    /// Who watches the journal, and gives up now.
    case watch(Int)
  }

  /// Takes out everybody who waits for anything but a moment.
  mutating func takeAll() -> [CheckedContinuation<Void, Never>] {
    defer { untilOver = [] }
    return untilOver + watches.removeAll()
  }
}
