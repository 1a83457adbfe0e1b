import KISWire
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

/// The numbers of routes. Shared by every playhead and session on recordings of one library.
///
/// What recordings and the mock's own user name has its number for good. What clients name has one while somebody holds it,
/// so that keys that nobody registers any more take no memory.
final class RouteTable: Sendable {
  struct Name: Hashable {
    var transactionID: TransactionID
    var key: String
    /// The recorded connection on which the messages came; nil for those that are for every session.
    var connection: RecordedConnection?
  }

  private struct State {
    var routes: [Name: Route] = [:]
    var names: [Name?] = []
    /// How many hold each number that is not for good.
    var holders: [Route: Int] = [:]
    /// Numbers that nobody holds any more.
    var free: [Route] = []
    var recordings = 0

    /// A number for a name that has none; nil when the table is full.
    mutating func add(_ name: Name) -> Route? {
      if let route = free.popLast() {
        names[Int(route.index)] = name
        routes[name] = route
        return route
      }
      guard names.count < RouteTable.capacity else { return nil }
      let route = Route(index: Int32(names.count))
      names.append(name)
      routes[name] = route
      return route
    }
  }

  /// How many names a table holds at most.
  static let capacity = 1_000_000

  private let state = Mutex(State())

  /// The number of a name for good, new or known; nil when the table is full.
  func route(_ transactionID: TransactionID, _ key: String, on connection: RecordedConnection? = nil) -> Route? {
    let name = Name(transactionID: transactionID, key: key, connection: connection)
    return state.withLock { state in
      guard let route = state.routes[name] else { return state.add(name) }
      state.holders[route] = nil
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

  /// The number of a name that has one.
  func known(_ transactionID: TransactionID, _ key: String) -> Route? {
    state.withLock { $0.routes[Name(transactionID: transactionID, key: key)] }
  }

  /// The number of a name for as long as it is held: each call takes a ``drop(_:)``. nil when the table is full.
  func hold(_ transactionID: TransactionID, _ key: String) -> Route? {
    let name = Name(transactionID: transactionID, key: key)
    return state.withLock { state in
      if let route = state.routes[name] {
        state.holders[route]? += 1
        return route
      }
      guard let route = state.add(name) else { return nil }
      state.holders[route] = 1
      return route
    }
  }

  /// Releases a number that was held.
  func drop(_ route: Route) {
    state.withLock { state in
      guard let holders = state.holders[route] else { return }
      state.holders[route] = holders > 1 ? holders - 1 : nil
      guard holders == 1, let name = state.names[Int(route.index)] else { return }
      state.routes[name] = nil
      state.names[Int(route.index)] = nil
      state.free.append(route)
    }
  }

  /// The name of a number.
  func name(of route: Route) -> Name? {
    state.withLock { state in
      state.names.indices.contains(Int(route.index)) ? state.names[Int(route.index)] : nil
    }
  }

  /// How many names there are.
  var count: Int { state.withLock { $0.routes.count } }
}
