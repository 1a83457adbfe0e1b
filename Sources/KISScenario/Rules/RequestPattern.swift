public import KISWire

/// What a rule wants of a REST or OAuth request; whatever is left out matches anything.
public struct RequestPattern: Sendable, Hashable {
  /// The HTTP method as the client sent it: `GET`, `POST`.
  public var method: TextPattern?
  /// The path without its query: `/uapi/domestic-stock/*`.
  public var path: TextPattern?
  /// The `tr_id` header.
  public var transactionID: TextPattern?
  /// The `appkey` of the header or the body.
  public var appKey: TextPattern?
  /// Query parameters or body members by name; names compare without regard to case (compat.md 3).
  public var parameters: [Field]
  /// Headers by name; names compare without regard to case.
  public var headers: [Field]

  /// What is wanted of one parameter or header; it has to be there.
  public struct Field: Sendable, Hashable {
    /// Compared without regard to case.
    public var name: String
    /// What its value has to match, case included.
    public var pattern: TextPattern

    /// A parameter or header of that name with a value that matches.
    public init(_ name: String, _ pattern: TextPattern) {
      self.name = name
      self.pattern = pattern
    }
  }

  /// Without arguments: any request.
  public init(
    method: TextPattern? = nil, path: TextPattern? = nil, transactionID: TextPattern? = nil,
    appKey: TextPattern? = nil, parameters: [Field] = [], headers: [Field] = []
  ) {
    self.method = method
    self.path = path
    self.transactionID = transactionID
    self.appKey = appKey
    self.parameters = parameters
    self.headers = headers
  }

  /// Whether a request has everything that is wanted.
  public func matches(_ request: ObservedRequest) -> Bool { firstDifference(from: request) == nil }

  /// The first thing about a request that is not as wanted, for near misses; nil when it matches.
  public func firstDifference(from request: ObservedRequest) -> PatternDifference? {
    let fixed: [(String, TextPattern?, String)] = [
      ("method", method, request.method), ("path", path, request.path),
      ("tr_id", transactionID, request.transactionID.rawValue),
      ("app-key", appKey, request.appKey),
    ]
    for (name, pattern, found) in fixed {
      if let pattern, !pattern.matches(found) { return PatternDifference(name, expected: pattern, found: found) }
    }
    for (kind, wanted, present) in [
      ("parameter", parameters, request.parameters), ("header", headers, request.headers),
    ] {
      for field in wanted {
        let value = present.first { $0.name.lowercased() == field.name.lowercased() }?.value
        if value.map(field.pattern.matches) != true {
          return PatternDifference("\(kind) \(field.name)", expected: field.pattern, found: value)
        }
      }
    }
    return nil
  }
}

/// What a rule wants of a registration, a release or a frame; whatever is left out matches anything.
public struct RegistrationPattern: Sendable, Hashable {
  /// The `tr_id`: `H0STCNT0`, or `H0ST*` for several.
  public var transactionID: TextPattern?
  /// The `tr_key`: a stock or industry code, or an HTS id.
  public var key: TextPattern?

  /// Without arguments: any registration.
  public init(transactionID: TextPattern? = nil, key: TextPattern? = nil) {
    self.transactionID = transactionID
    self.key = key
  }

  /// Whether a registration, release or frame is as wanted.
  public func matches(transactionID: TransactionID, key: String) -> Bool {
    firstDifference(transactionID: transactionID, key: key) == nil
  }

  /// The first thing that is not as wanted, for near misses; nil when it matches.
  public func firstDifference(transactionID found: TransactionID, key foundKey: String) -> PatternDifference? {
    if let transactionID, !transactionID.matches(found.rawValue) {
      return PatternDifference("tr_id", expected: transactionID, found: found.rawValue)
    }
    if let key, !key.matches(foundKey) { return PatternDifference("tr_key", expected: key, found: foundKey) }
    return nil
  }
}

/// The first field in which something differs from what a rule wants.
public struct PatternDifference: Sendable, Hashable, CustomStringConvertible {
  /// `path`, `tr_id`, `parameter FID_INPUT_ISCD` …
  public var field: String
  /// What the field should have matched.
  public var expected: TextPattern
  /// nil when it was not there at all.
  public var found: String?

  /// What a field should have been, and what it was.
  public init(_ field: String, expected: TextPattern, found: String?) {
    self.field = field
    self.expected = expected
    self.found = found
  }

  public var description: String {
    "\(field): expected \(expected), found \(found.map { $0.isEmpty ? "nothing" : $0 } ?? "none")"
  }
}
