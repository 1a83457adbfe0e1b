public import KISWire

/// One registration: a realtime TR and what to get it for.
public struct Subscription: Sendable, Hashable, CustomStringConvertible {
  public var transactionID: TransactionID
  /// `tr_key`: a stock, industry or futures code, or an HTS id.
  public var key: String

  public init(_ transactionID: TransactionID, key: String) {
    self.transactionID = transactionID
    self.key = key
  }

  public var description: String { "\(transactionID) \(key)" }
}
