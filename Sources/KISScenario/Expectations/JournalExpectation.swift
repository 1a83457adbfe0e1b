/// What somebody expects of a journal: how often something happened, or in which order.
public struct JournalExpectation: Sendable, Hashable {
  /// What is expected to be so.
  public var claim: Claim
  /// The stretch of time that is meant: for counts the busiest one of this length, for an order from its first to its
  /// last. Nil means the whole journal.
  public var within: Duration?
  /// Why it is expected, for whoever reads that it was not met; nil when nobody said.
  public var because: String?

  /// How often something happened, or in which order things did.
  public enum Claim: Sendable, Hashable {
    case count(JournalQuery, Bound)
    /// Each happened after the one in front of it; others may lie between them.
    case order([JournalQuery])
  }

  /// How often is right; ``exactly(_:)`` 0 means never.
  public enum Bound: Sendable, Hashable, CustomStringConvertible {
    case atLeast(Int)
    case atMost(Int)
    case exactly(Int)

    package func contains(_ count: Int) -> Bool {
      switch self {
      case .atLeast(let bound): count >= bound
      case .atMost(let bound): count <= bound
      case .exactly(let bound): count == bound
      }
    }

    /// Whether more than this can only be wrong.
    package func isExceeded(by count: Int) -> Bool {
      switch self {
      case .atLeast: false
      case .atMost(let bound), .exactly(let bound): count > bound
      }
    }

    public var description: String {
      switch self {
      case .atLeast(let bound): "at least \(bound)"
      case .atMost(let bound): "at most \(bound)"
      case .exactly(0): "none"
      case .exactly(let bound): "exactly \(bound)"
      }
    }
  }

  /// An expectation of the whole journal, or of a stretch of time: see ``within``.
  public init(_ claim: Claim, within: Duration? = nil, because: String? = nil) {
    self.claim = claim
    self.within = within
    self.because = because
  }

  /// That something never happened.
  public static func absence(of query: JournalQuery) -> JournalExpectation { .init(.count(query, .exactly(0))) }
}

extension JournalExpectation: CustomStringConvertible {
  public var description: String {
    let time = within.map { " within \($0.written)" } ?? ""
    return switch claim {
    case .count(let query, let bound): "\(bound) of [\(query)]\(time)"
    case .order(let queries): queries.map { "[\($0)]" }.joined(separator: ", then ") + time
    }
  }
}
