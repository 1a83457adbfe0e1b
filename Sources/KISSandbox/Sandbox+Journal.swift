import KISWire

extension Sandbox {
  /// Writes something into the journal and wakes whoever waited for it.
  func note(_ content: JournalEntry.Content, session: Int? = nil, appKey: String? = nil) {
    let entry = journal.append(content, session: session, appKey: appKey, at: clock.now)
    configuration.onEntry?(entry)
    for waiter in watches.note(entry) { waiter.resume() }
  }

  /// Tells the journal what was delivered to a session since it was last told: counting there is cheap, here it is not.
  func tellDeliveries(of id: Int) {
    guard let session = sessions[id], let deliveries = sessions[id]?.takeDeliveries() else { return }
    for (route, delivery) in deliveries.sorted(by: { $0.key.index < $1.key.index }) {
      guard let name = routes.name(of: route) else { continue }
      // Two calls, so that the journal knows when the first and the last one went out.
      tell(1, name, to: session, at: delivery.first)
      if delivery.frames > 1 { tell(delivery.frames - 1, name, to: session, at: delivery.last) }
    }
  }

  private func tell(_ frames: Int, _ name: RouteTable.Name, to session: Session, at time: Duration) {
    journal.delivered(
      frames, transactionID: name.transactionID, key: name.key, to: session.id, appKey: session.appKey, at: time)
    let waiters = watches.noteDelivered(
      frames, transactionID: name.transactionID, key: name.key, to: session.id, appKey: session.appKey, at: time)
    for waiter in waiters { waiter.resume() }
  }

  /// The journal as it stands, deliveries included.
  public func currentJournal() -> Journal {
    for id in sessions.keys.sorted() { tellDeliveries(of: id) }
    return journal
  }

  /// Waits, without polling, until something has happened so often; what the journal already has counts.
  ///
  /// - Parameter patience: how long to wait at the most, on this sandbox's clock; nil waits for ever.
  /// - Returns: whether it happened.
  public func wait(for query: JournalQuery, count: Int = 1, patience: Duration? = nil) async -> Bool {
    _ = currentJournal()
    let giveUp = patience.map { clock.now + $0 }
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      guard let id = watches.wait(for: query, count: count, in: journal, continuation) else {
        continuation.resume()
        return
      }
      if let giveUp { expire(watch: id, at: giveUp) }
    }
    return currentJournal().count(of: query).count >= count
  }

  private func expire(watch id: Int, at deadline: Duration) {
    Task {
      await delay(deadline - clock.now)
      watches.remove(id)?.resume()
    }
  }

  public func resetJournal() { journal.reset() }
}
