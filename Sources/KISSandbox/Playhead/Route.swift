import Synchronization

/// Where a message goes: everybody who registered this (tr_id, tr_key). A small number, so that sessions can look it
/// up without touching text.
public struct Route: Sendable, Hashable {
  let index: Int32

  /// Messages that belong to no registration.
  static let none = Route(index: -1)
}

/// A connection of a recording, told apart from those of all others that play beside it.
struct RecordedConnection: Hashable, Comparable {
  /// The recording, as its table counts them.
  var recording: Int
  /// As the recording's events have it.
  var number: Int

  static func < (one: Self, other: Self) -> Bool { (one.recording, one.number) < (other.recording, other.number) }
}

/// The numbers of a recording's routes. Shared by every playhead and session on that recording.
final class RouteTable: Sendable {
  struct Name: Hashable {
    var transactionID: String
    var key: String
    /// The recorded connection on which the messages came; nil for those that are for every session.
    var connection: RecordedConnection?
  }

  private struct State {
    var routes: [Name: Route] = [:]
    var names: [Name] = []
    var recordings = 0
  }

  /// How many names a table holds at the most, since clients choose keys.
  static let capacity = 1_000_000

  private let state = Mutex(State())

  /// The number of a name, new or known; nil when the table is full.
  func route(_ transactionID: String, _ key: String, on connection: RecordedConnection? = nil) -> Route? {
    let name = Name(transactionID: transactionID, key: key, connection: connection)
    return state.withLock { state in
      if let route = state.routes[name] { return route }
      guard state.names.count < RouteTable.capacity else { return nil }
      let route = Route(index: Int32(state.names.count))
      state.routes[name] = route
      state.names.append(name)
      return route
    }
  }

  /// A number for another recording.
  func nextRecording() -> Int {
    state.withLock { state in
      state.recordings += 1
      return state.recordings
    }
  }

  /// The name behind a number.
  func name(of route: Route) -> Name? {
    state.withLock { state in
      state.names.indices.contains(Int(route.index)) ? state.names[Int(route.index)] : nil
    }
  }

}
