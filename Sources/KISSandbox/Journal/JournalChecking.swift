import DequeModule
import KISRecording
public import KISScenario

extension Journal {
  /// The entries that a query means, oldest first; none for frames, which are only counted.
  public func entries(matching query: JournalQuery) -> [JournalEntry] { kept.filter(query.matches) }

  /// How often something happened.
  ///
  /// - Returns: the count, and whether it is all of it. If not, entries that had to go may be missing from it.
  public func count(of query: JournalQuery) -> (count: Int, isComplete: Bool) {
    if case .frame(let pattern) = query.subject { return deliveredCount(pattern, query) }
    return (entries(matching: query).count, isComplete(for: query))
  }

  /// Whether an expectation is met. A question that touches entries which had to go is never answered with yes.
  public func check(_ expectation: JournalExpectation) -> JournalFinding {
    switch expectation.claim {
    case .count(let query, let bound): checkCount(query, bound, expectation)
    case .order(let queries): checkOrder(queries, expectation)
    }
  }

  /// Whether nothing that a query could mean is gone.
  private func isComplete(for query: JournalQuery) -> Bool {
    if isOff { return false }
    guard let evicted = evictedUntil(query.subject.kind) else { return true }
    return query.since.map { $0 > evicted } ?? false
  }

  private func deliveredCount(_ pattern: RegistrationPattern, _ query: JournalQuery) -> (count: Int, isComplete: Bool) {
    var total = 0
    var isComplete = self.isComplete(for: query)
    for (key, count) in delivered.counts
    where pattern.matches(transactionID: key.transactionID, key: key.key)
      && (query.session.map { $0 == key.session } ?? true) && (query.appKey?.matches(count.appKey ?? "") ?? true)
    {
      switch (query.contains(count.first), query.contains(count.last)) {
      case (true, true): total += count.frames
      // Frames are counted, not timed: how many lie inside is not known.
      case (true, false), (false, true): isComplete = false
      case (false, false): if query.isInside(count.first...count.last) { isComplete = false }
      }
    }
    return (total, isComplete)
  }

  private func checkCount(
    _ query: JournalQuery, _ bound: JournalExpectation.Bound, _ expectation: JournalExpectation
  ) -> JournalFinding {
    var (count, isComplete) = self.count(of: query)
    if let within = expectation.within {
      if query.subject.kind == .frame {
        isComplete = false
      } else {
        count = entries(matching: query).map(\.time).most(within: within)
      }
    }
    let verdict: JournalFinding.Verdict =
      bound.isExceeded(by: count) ? .no : !isComplete ? .unknown : bound.contains(count) ? .yes : .no
    let near =
      verdict == .yes
      ? []
      : bound.isExceeded(by: count)
        ? entries(matching: query).suffix(NearMiss.usualCount).map(NearMiss.surplus) : nearest(to: query)
    return JournalFinding(
      expectation: expectation, verdict: verdict,
      found: "found \(count)" + (verdict == .unknown ? ", \(Journal.forgetfulness)" : ""),
      nearest: near)
  }

  private func checkOrder(_ queries: [JournalQuery], _ expectation: JournalExpectation) -> JournalFinding {
    let matches = queries.map { query in kept.indices.filter { query.matches(kept[$0]) } }
    let isComplete = queries.allSatisfy { self.isComplete(for: $0) && $0.subject.kind != .frame }
    let (reached, isTimely) = longestRun(through: matches, within: expectation.within)
    let isFound = reached == queries.count && isTimely
    let verdict: JournalFinding.Verdict = !isComplete ? .unknown : isFound ? .yes : .no
    var found =
      switch reached {
      case 0: "found none of them"
      case queries.count: "found all in this order"
      default: "found the first \(reached) in this order"
      }
    if reached == queries.count, !isTimely { found += ", but not as quickly" }
    if !isComplete { found += ", \(Journal.forgetfulness)" }
    return JournalFinding(
      expectation: expectation, verdict: verdict, found: found,
      nearest: reached < queries.count ? nearest(to: queries[reached]) : [])
  }

  /// How many queries can be matched one after the other, and whether all of them can within a time.
  private func longestRun(through matches: [[Int]], within: Duration?) -> (reached: Int, isTimely: Bool) {
    var longest = 0
    for start in matches.first ?? [] {
      var place = start
      var reached = 1
      for next in matches.dropFirst() {
        let behind = next.partitioningIndex { $0 > place }
        guard behind < next.count else { break }
        place = next[behind]
        reached += 1
      }
      longest = max(longest, reached)
      if reached == matches.count, within.map({ kept[place].time - kept[start].time <= $0 }) ?? true {
        return (reached, true)
      }
    }
    return (longest, false)
  }

  private static let forgetfulness =
    "but older entries had to go, so nobody can tell; ask with `since`, or let the journal keep more"

  // MARK: What came near

  /// Entries of the same kind, the most recent thousand of them, by how little keeps them from matching.
  private func nearest(to query: JournalQuery) -> [NearMiss] {
    if case .frame(let pattern) = query.subject { return nearestDeliveries(to: pattern) }
    let candidates = kept.reversed().lazy.filter { $0.kind == query.subject.kind }.prefix(1_000)
    let misses = candidates.compactMap { entry in
      query.firstDifference(from: entry).map {
        NearMiss("\(entry)", $0, distance: query.distance(from: entry), sent: entry.sent)
      }
    }
    return Array(misses.sorted { $0.distance < $1.distance }.prefix(NearMiss.usualCount))
  }

  private func nearestDeliveries(to pattern: RegistrationPattern) -> [NearMiss] {
    let misses = delivered.counts.compactMap { key, count in
      pattern.firstDifference(transactionID: key.transactionID, key: key.key).map {
        NearMiss(
          "\(count.frames) frames of \(key.transactionID) \(key.key) to session \(key.session)", $0,
          distance: pattern.distance(transactionID: key.transactionID, key: key.key))
      }
    }
    return Array(misses.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(NearMiss.usualCount))
  }
}

extension NearMiss {
  /// One that there should not have been.
  fileprivate static func surplus(_ entry: JournalEntry) -> NearMiss {
    NearMiss(
      "\(entry)", PatternDifference("count", expected: TextPattern(["fewer"]), found: "this one"), distance: 0,
      sent: entry.sent)
  }
}

extension JournalQuery {
  /// Whether the times that are meant lie within a stretch, without reaching its ends.
  fileprivate func isInside(_ stretch: ClosedRange<Duration>) -> Bool {
    since.map { stretch.contains($0) } ?? false || until.map { stretch.contains($0) } ?? false
  }

  /// How far an entry of the same kind is from what is meant.
  fileprivate func distance(from entry: JournalEntry) -> Double {
    let subjectDistance: Double =
      switch (subject, entry.content) {
      case (.request(let pattern), .request(let request, _)): pattern.distance(from: request)
      case (.register(let pattern), .register(let found)), (.release(let pattern), .release(let found)):
        pattern.distance(transactionID: found.transactionID, key: found.key)
      case (.message(let pattern), .message(let text)): pattern?.distance(to: text) ?? 0
      case (.fault(let pattern), .fault(let name, _)): pattern?.distance(to: name) ?? 0
      default: 0
      }
    // What is wrong beside the subject counts as one wrong field.
    return subjectDistance > 0 ? subjectDistance : 0.5
  }
}

extension [Duration] {
  /// The most of these times, which ascend, that lie in a stretch of one length.
  fileprivate func most(within length: Duration) -> Int {
    var first = 0
    var most = 0
    for (index, time) in enumerated() {
      while time - self[first] > length { first += 1 }
      most = Swift.max(most, index - first + 1)
    }
    return most
  }
}
