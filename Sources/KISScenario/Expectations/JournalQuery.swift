/// Which entries of a journal are meant. Whatever is left out matches anything.
public struct JournalQuery: Sendable, Hashable {
  /// The kind of entry, and what it has to look like.
  public var subject: Subject
  /// HTTP statuses, for requests.
  public var statuses: [Int]
  /// The `msg_cd` of the answer or reply.
  public var code: TextPattern?
  /// `true` finds requests that nothing answers, and registrations that are refused or that nothing feeds.
  public var isUnmatched: Bool?
  /// The number of a WebSocket connection; entries of REST have none.
  public var session: Int?
  /// The app key it came with; entries whose app key is not known never match.
  public var appKey: TextPattern?
  /// From this time on, since the sandbox started.
  public var since: Duration?
  /// Up to and including this time.
  public var until: Duration?

  /// What an entry of the journal is about. `frame` stands for delivered data, which is counted instead of listed.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case request
    case register
    case release
    case message
    case connect
    case disconnect
    case fault
    case frame
  }

  /// A kind of entry, with the pattern that fits it; a pattern of nil matches any.
  public enum Subject: Sendable, Hashable {
    case request(RequestPattern)
    case register(RegistrationPattern)
    case release(RegistrationPattern)
    /// Frames delivered, as numbers.
    case frame(RegistrationPattern)
    case message(TextPattern?)
    case connect
    case disconnect
    case fault(TextPattern?)

    /// The kind of entry that can match.
    public var kind: Kind {
      switch self {
      case .request: .request
      case .register: .register
      case .release: .release
      case .frame: .frame
      case .message: .message
      case .connect: .connect
      case .disconnect: .disconnect
      case .fault: .fault
      }
    }
  }

  /// Everything but the subject can be left out and then matches anything; times count from the sandbox's start.
  public init(
    _ subject: Subject, statuses: [Int] = [], code: TextPattern? = nil, isUnmatched: Bool? = nil,
    session: Int? = nil, appKey: TextPattern? = nil, since: Duration? = nil, until: Duration? = nil
  ) {
    self.subject = subject
    self.statuses = statuses
    self.code = code
    self.isUnmatched = isUnmatched
    self.session = session
    self.appKey = appKey
    self.since = since
    self.until = until
  }

  package var window: String { "\(since?.written ?? "the start") to \(until?.written ?? "now")" }
}

extension JournalQuery: CustomStringConvertible {
  /// `request method GET, path /uapi/*, status 200`.
  public var description: String {
    var parts: [String] = []
    func add(_ name: String, _ value: (some Any)?) { if let value { parts.append("\(name) \(value)") } }
    switch subject {
    case .request(let pattern):
      add("method", pattern.method)
      add("path", pattern.path)
      add("tr_id", pattern.transactionID)
      add("app-key", pattern.appKey)
      for field in pattern.parameters + pattern.headers { add(field.name, field.pattern) }
    case .register(let pattern), .release(let pattern), .frame(let pattern):
      add("tr_id", pattern.transactionID)
      add("tr_key", pattern.key)
    case .message(let pattern), .fault(let pattern): add("of", pattern)
    case .connect, .disconnect: break
    }
    if !statuses.isEmpty { add("status", statuses.map { "\($0)" }.joined(separator: " or ")) }
    add("code", code)
    if let isUnmatched { parts.append(isUnmatched ? "unmatched" : "matched") }
    add("session", session)
    add("app-key", appKey)
    if since != nil || until != nil { parts.append("from \(window)") }
    return ([subject.kind.rawValue] + [parts.joined(separator: ", ")]).filter { !$0.isEmpty }.joined(separator: " ")
  }
}
