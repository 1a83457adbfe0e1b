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
    /// Whether the waiter holds the clock still: let go by the next step, which sees to it that time stops here.
    var isHolding: Bool
  }

  /// Whose time a timer is.
  enum Waiter {
    case caller(CheckedContinuation<Void, Never>)
    /// Who watches the journal, and gives up now.
    case watch(Int)
  }

  /// Everybody who waits for anything but a moment.
  mutating func takeAll() -> [CheckedContinuation<Void, Never>] {
    defer { untilOver = [] }
    return untilOver + watches.removeAll()
  }
}
