public import KISScenario
import KISWire

extension Sandbox {
  /// Writes something into the journal and wakes whoever waited for it.
  /// - Returns: the number of its entry; nil when nobody wants to know.
  @discardableResult
  func note(_ content: JournalEntry.Content, session: Int? = nil, appKey: String? = nil) -> Int? {
    counts.note(content)
    if journal.isOff, waiters.watches.isEmpty, configuration.onEntry == nil { return nil }
    let entry = journal.append(
      content, session: session, appKey: appKey, at: clock.now, marketTime: moment.timeOfDay.withinDay)
    configuration.onEntry?(entry)
    for waiter in waiters.watches.note(entry) { waiter.resume() }
    return entry.number
  }

  /// Tells the journal what was delivered to a session since it was last told. Sessions count by route, which is cheap;
  /// the journal's counts are not, so they are told now and then.
  func tellDeliveries(of session: Session) {
    for (route, delivery) in session.takeDeliveries().sorted(by: { $0.key.index < $1.key.index }) {
      guard let name = routes.name(of: route) else { continue }
      // Two calls, so that the journal knows when the first and the last one went out.
      tell(1, name, to: session, at: delivery.first)
      if delivery.frames > 1 { tell(delivery.frames - 1, name, to: session, at: delivery.last) }
    }
  }

  private func tell(_ frames: Int, _ name: RouteTable.Name, to session: Session, at time: Duration) {
    counts.frames[name.transactionID, default: 0] += frames
    guard !journal.isOff || !waiters.watches.isEmpty else { return }
    journal.delivered(
      frames, transactionID: name.transactionID, key: name.key, to: session.id, appKey: session.appKey, at: time)
    let satisfied = waiters.watches.noteDelivered(
      frames, transactionID: name.transactionID, key: name.key, to: session.id, appKey: session.appKey, at: time)
    for waiter in satisfied { waiter.resume() }
  }

  /// The journal as it stands, deliveries included.
  public func currentJournal() -> Journal {
    for session in sessions.inOrder { tellDeliveries(of: session) }
    return journal
  }

  /// Waits, without polling, until something has happened so often; what the journal already has counts.
  ///
  /// - Parameter patience: how long to wait at most; nil waits for ever.
  /// - Returns: whether it happened.
  public func wait(for query: JournalQuery, count: Int = 1, atMost patience: Patience? = nil) async -> Bool {
    _ = currentJournal()
    guard !waiters.isWoundDown else { return journal.count(of: query).count >= count }
    var sleep: Task<Void, any Error>?
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      guard let id = waiters.watches.wait(for: query, count: count, in: journal, continuation) else {
        continuation.resume()
        return
      }
      switch patience {
      case .onClock(let duration):
        waiters.timers.append(.init(deadline: clock.now + duration, waiter: .watch(id), isHolding: false))
        wake()
      case .onHost(let duration):
        sleep = Task {
          try await HostTime.sleep(for: duration)
          waiters.watches.remove(id)?.resume()
        }
      case nil: break
      }
    }
    sleep?.cancel()
    return currentJournal().count(of: query).count >= count
  }

  /// How long somebody waits.
  public enum Patience: Sendable, Hashable {
    /// On the sandbox's clock: a virtual one runs ahead to the end of it when nothing else is to happen.
    case onClock(Duration)
    /// In the host's time, for somebody outside who knows no other.
    case onHost(Duration)
  }

  /// Forgets every entry and count; the numbers of entries begin again at 1. Sessions and replay go on.
  public func resetJournal() {
    journal.reset()
    journals += 1
  }
}
