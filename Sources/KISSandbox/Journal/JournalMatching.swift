public import KISScenario

extension JournalQuery {
  /// Whether an entry is as meant in every respect; false for all entries when ``subject`` is `frame`.
  public func matches(_ entry: JournalEntry) -> Bool { firstDifference(from: entry) == nil }

  /// The first thing about an entry that is not as meant; nil when it matches.
  public func firstDifference(from entry: JournalEntry) -> PatternDifference? {
    subjectDifference(from: entry.content)
      ?? answerDifference(from: entry.content)
      ?? (session == nil || session == entry.session ? nil : difference("session", session, entry.session))
      ?? difference("app-key", appKey, entry.appKey)
      ?? (contains(entry.time) ? nil : PatternDifference("time", expected: .init([window]), found: entry.time.written))
  }

  /// Whether a time is one of those that are meant.
  func contains(_ time: Duration) -> Bool { since.map { $0 <= time } ?? true && until.map { time <= $0 } ?? true }

  private func subjectDifference(from content: JournalEntry.Content) -> PatternDifference? {
    switch (subject, content) {
    case (.request(let pattern), .request(let request, _)): pattern.firstDifference(from: request)
    case (.register(let pattern), .register(let found)), (.release(let pattern), .release(let found)):
      pattern.firstDifference(transactionID: found.transactionID, key: found.key)
    case (.message(let pattern), .message(let text)): difference("message", pattern, text)
    case (.fault(let pattern), .fault(let name, _)): difference("fault", pattern, name)
    case (.connect, .connect), (.disconnect, .disconnect): nil
    default: PatternDifference("kind", expected: TextPattern([subject.kind.rawValue]), found: nil)
    }
  }

  private func answerDifference(from content: JournalEntry.Content) -> PatternDifference? {
    let (status, code): (Int?, String?) =
      switch content {
      case .request(_, let answer): (answer.status, answer.code)
      case .register(let registration), .release(let registration): (nil, registration.code)
      default: (nil, nil)
      }
    let isMatched = content.isMatched
    if !statuses.isEmpty, !statuses.contains(where: { $0 == status }) {
      return PatternDifference("status", expected: TextPattern(statuses.map { "\($0)" }), found: status.map { "\($0)" })
    }
    if let isUnmatched, isMatched != !isUnmatched {
      return PatternDifference(
        "unmatched", expected: TextPattern(["\(isUnmatched)"]), found: isMatched.map { "\(!$0)" })
    }
    return difference("code", self.code, code)
  }

  private func difference(_ field: String, _ pattern: TextPattern?, _ found: String?) -> PatternDifference? {
    guard let pattern, found.map(pattern.matches) != true else { return nil }
    return PatternDifference(field, expected: pattern, found: found)
  }

  private func difference(_ field: String, _ wanted: Int?, _ found: Int?) -> PatternDifference? {
    PatternDifference(field, expected: TextPattern([wanted.map { "\($0)" } ?? "any"]), found: found.map { "\($0)" })
  }
}
