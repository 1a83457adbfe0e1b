import KISWire
import Synchronization

/// Notes what an answer is made of while it is made: which parameters were looked at, and whose figures its fields are.
///
/// `kis-mock apis` asks every API once with such a trace, so what it prints is what the code did, not what somebody
/// wrote down about it.
final class AnswerTrace: Sendable {
  /// Where a field's value comes from.
  enum Origin: String, Sendable, CaseIterable {
    /// What an account ordered and holds.
    case exchange
    /// The market at that moment.
    case market
    /// The question, its place in the list, or the clock.
    case request
    /// Made up around the name of the field.
    case generic
  }

  private struct State {
    var read: Set<String> = []
    var origins: [Origin: Set<String>] = [:]
  }

  private let state = Mutex(State())

  /// A parameter was looked at, by its name in upper case.
  func read(_ name: String) { state.withLock { _ = $0.read.insert(name) } }

  /// Notes where a field's value comes from.
  func note(_ field: String, _ origin: Origin) {
    state.withLock { _ = $0.origins[origin, default: []].insert(field) }
  }

  /// Everything that was looked at.
  var readNames: Set<String> { state.withLock { $0.read } }
  /// The fields by where their values come from.
  var origins: [Origin: Set<String>] { state.withLock { $0.origins } }
}
