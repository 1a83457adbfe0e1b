public import KISWire

/// A REST or OAuth request as rules and faults see it.
public struct ObservedRequest: Sendable, Hashable {
  /// `GET`, `POST` …
  public var method: String
  /// The path without its query.
  public var path: String
  /// The `tr_id` header; empty when there is none.
  public var transactionID: TransactionID
  /// The `appkey` header or body member; empty when there is none.
  public var appKey: String
  /// Query parameters, then members of a JSON body, names as sent.
  public var parameters: [NameValue]
  /// Headers in the order sent, names as spelt.
  public var headers: [NameValue]

  /// A request; what is left out is empty, as when the client did not send it.
  public init(
    method: String, path: String, transactionID: TransactionID = "", appKey: String = "",
    parameters: [NameValue] = [], headers: [NameValue] = []
  ) {
    self.method = method
    self.path = path
    self.transactionID = transactionID
    self.appKey = appKey
    self.parameters = parameters
    self.headers = headers
  }
}
