/// A header of a request or an answer; the name keeps its case on the wire (KIS's own are lower case).
public struct HTTPField: Sendable, Hashable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// One HTTP request.
public struct HTTPRequest: Sendable, Hashable {
  public var method: String
  /// Path and query, percent-encoded.
  public var target: String
  public var headers: [HTTPField]
  /// Sent with a Content-Length, never in chunks, which KIS refuses (quirk 33). Nil sends neither.
  public var body: [UInt8]?

  public init(_ method: String, _ target: String, headers: [HTTPField] = [], body: [UInt8]? = nil) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
  }
}

/// What a server answered.
public struct HTTPAnswer: Sendable, Hashable {
  public var status: Int
  public var headers: [HTTPField]
  public var body: [UInt8]

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
