public import KISScenario
public import KISWire

/// Who waits for something to appear in a journal. Nobody polls: each entry says who has waited long enough.
///
/// A value without tasks. Its owner resumes the waiters that it hands out.
public struct JournalWatches<Waiter: Sendable>: Sendable {
  private struct Watch: Sendable {
    var id: Int
    var query: JournalQuery
    var missing: Int
    var waiter: Waiter
  }

  private var watches: [Watch] = []
  private var nextID = 1

  /// Nobody waits.
  public init() {}

  /// Whether nobody waits, so that nothing has to be noted.
  public var isEmpty: Bool { watches.isEmpty }

  /// Waits until something has happened so often; what the journal already has counts.
  ///
  /// - Returns: a number to give up with, or nil when there is nothing to wait for: the waiter was not taken.
  public mutating func wait(
    for query: JournalQuery, count: Int = 1, in journal: Journal, _ waiter: @autoclosure () -> Waiter
  ) -> Int? {
    let missing = count - journal.count(of: query).count
    guard missing > 0 else { return nil }
    defer { nextID += 1 }
    watches.append(Watch(id: nextID, query: query, missing: missing, waiter: waiter()))
    return nextID
  }

  /// Somebody gives up; nil when it has been resumed before.
  public mutating func remove(_ id: Int) -> Waiter? {
    watches.firstIndex { $0.id == id }.map { watches.remove(at: $0).waiter }
  }

  /// Everybody gives up.
  public mutating func removeAll() -> [Waiter] {
    defer { watches = [] }
    return watches.map(\.waiter)
  }

  /// An entry was written. Returns those whose wait is over, in the order in which they came.
  public mutating func note(_ entry: JournalEntry) -> [Waiter] {
    resume { $0.matches(entry) ? 1 : 0 }
  }

  /// Frames went out to a session. Returns those whose wait is over, in the order in which they came.
  public mutating func noteDelivered(
    _ frames: Int, transactionID: TransactionID, key: String, to session: Int, appKey: String? = nil, at time: Duration
  ) -> [Waiter] {
    resume { query in
      guard case .frame(let pattern) = query.subject, pattern.matches(transactionID: transactionID, key: key),
        query.session.map({ $0 == session }) ?? true, query.appKey?.matches(appKey ?? "") ?? true,
        query.contains(time)
      else { return 0 }
      return frames
    }
  }

  private mutating func resume(_ happened: (JournalQuery) -> Int) -> [Waiter] {
    for index in watches.indices { watches[index].missing -= happened(watches[index].query) }
    let satisfied = watches.filter { $0.missing <= 0 }.map(\.waiter)
    if !satisfied.isEmpty { watches.removeAll { $0.missing <= 0 } }
    return satisfied
  }
}
