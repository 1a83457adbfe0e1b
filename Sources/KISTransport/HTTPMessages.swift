/// A header of a request or an answer; the name keeps its case on the wire (KIS's own are lower case).
public struct HTTPField: Sendable, Hashable {
  /// Kept as given.
  public var name: String
  /// Kept as given.
  public var value: String

  /// A name with its value.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// One HTTP request.
public struct HTTPRequest: Sendable, Hashable {
  /// `GET`, `POST` …
  public var method: String
  /// Path and query, percent-encoded.
  public var target: String
  /// In order.
  public var headers: [HTTPField]
  /// Sent with a Content-Length, never in chunks, which KIS refuses (quirk 33). Nil sends neither.
  public var body: [UInt8]?

  /// A request; Host, Connection and Content-Length are added on the way.
  public init(_ method: String, _ target: String, headers: [HTTPField] = [], body: [UInt8]? = nil) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
  }
}

/// What a server answered.
public struct HTTPAnswer: Sendable, Hashable {
  /// 200, 403, 500 …
  public var status: Int
  /// In order.
  public var headers: [HTTPField]
  /// Whole, transfer encodings undone.
  public var body: [UInt8]

  /// An answer, for tests.
  public init(status: Int, headers: [HTTPField], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header of that name, in whatever case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
