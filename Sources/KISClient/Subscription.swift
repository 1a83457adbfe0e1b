public import KISWire

/// One registration: a realtime TR and what to get it for.
public struct Subscription: Sendable, Hashable, CustomStringConvertible {
  /// `tr_id` of a realtime TR.
  public var transactionID: TransactionID
  /// `tr_key`: a stock, industry or futures code, or an HTS id.
  public var key: String

  /// A pair as it is registered.
  public init(_ transactionID: TransactionID, key: String) {
    self.transactionID = transactionID
    self.key = key
  }

  /// `H0UPPGM0 0001`
  public var description: String { "\(transactionID) \(key)" }
}
