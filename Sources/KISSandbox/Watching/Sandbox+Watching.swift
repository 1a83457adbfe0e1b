import KISScenario
package import KISWire

/// Where somebody who watches a sandbox has come to.
package struct WatchPlace: Sendable, Hashable {
  /// Which journal: a reset begins a new one.
  package var journal: Int
  /// The last entry of it that was reported.
  package var entry: Int
  /// The last thing that happened to an order that was reported.
  package var order: Int
  /// The last write that was reported.
  package var write = 0

  package init(journal: Int, entry: Int, order: Int) {
    self.journal = journal
    self.entry = entry
    self.order = order
  }
}

/// What happened since somebody looked last.
package struct WatchNews: Sendable {
  /// Where to go on from.
  package var place: WatchPlace
  /// Whether a new journal has begun, so that what was reported before is obsolete.
  package var isNewJournal: Bool
  /// How many entries were dropped before they were reported.
  package var lostEntries: Int
  package var entries: [JournalEntry]
  /// How many things that happened to orders were dropped before they were reported.
  package var lostOrders: Int
  package var orders: [OrderHappening]
  /// How many writes were dropped before they were reported.
  package var lostWrites: Int
  package var writes: [SessionWrite]
}

extension Sandbox {
  /// Where to begin watching, so that up to `history` earlier entries, and as many things that happened to orders, are
  /// reported.
  package func placeToWatch(history: Int) -> WatchPlace {
    var place = WatchPlace(
      journal: journals, entry: journal.total - min(history, journal.kept.count),
      order: exchange.happened.total - min(history, exchange.happened.kept.count))
    place.write = frameLog.total
    return place
  }

  /// What happened since a place. What is kept for watchers is bounded: one that comes too late has lost some, and
  /// learns how many.
  package func news(since place: WatchPlace) -> WatchNews {
    let isNew =
      place.journal != journals || place.entry > journal.total || place.order > exchange.happened.total
    let told = isNew ? 0 : place.entry
    let (lostOrders, orders) = exchange.happened.happenings(after: isNew ? 0 : place.order)
    let first = journal.kept.first?.number ?? journal.total + 1
    let (lostWrites, writes) = frameLog.writes(after: place.write)
    var next = WatchPlace(journal: journals, entry: journal.total, order: exchange.happened.total)
    next.write = frameLog.total
    return WatchNews(
      place: next, isNewJournal: isNew, lostEntries: max(0, first - told - 1),
      entries: Array(journal.kept.suffix(max(0, journal.total - told))), lostOrders: lostOrders, orders: orders,
      lostWrites: lostWrites, writes: writes)
  }

  /// Keeps what is written to sessions from now on; call ``endWatchingFrames()`` once for each call.
  /// - Returns: the number of the last write that is not kept.
  package func beginWatchingFrames() -> Int {
    frameLog.begin()
    return frameLog.total
  }

  /// Takes one ``beginWatchingFrames()`` back.
  package func endWatchingFrames() { frameLog.end() }

  /// How it stands now, for whoever watches.
  package var standing: SandboxStanding {
    SandboxStanding(
      replay: try? replayStatus(), marketTime: moment.timeOfDay.withinDay, state: scenarioState, faults: faultStatuses,
      sessions: sessionStatuses, traffic: currentTraffic, entries: journal.total)
  }
}

/// How a sandbox stands at a moment.
package struct SandboxStanding: Sendable, Hashable {
  /// The shared replay; nil when each session has its own.
  package var replay: ReplayStatus?
  /// The time of day of the market.
  package var marketTime: TimeOfDay
  /// The state of its scenario; nil without states.
  package var state: String?
  /// What is armed, in the order in which it was.
  package var faults: [FaultStatus]
  package var sessions: [SessionStatus]
  package var traffic: Traffic
  /// How many entries the journal has had.
  package var entries: Int
}
