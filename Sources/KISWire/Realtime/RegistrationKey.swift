/// What a registration (등록) is for: a realtime TR and a code, and what its frames are told apart by.
public struct RegistrationKey: Sendable, Hashable, CustomStringConvertible {
  /// `tr_id` of a realtime TR: `H0UPPGM0`.
  public var transactionID: TransactionID
  /// `tr_key`: a stock, industry or futures code (종목코드, 업종코드), or an HTS id.
  public var key: String

  /// A pair as it is registered.
  public init(_ transactionID: TransactionID, key: String) {
    self.transactionID = transactionID
    self.key = key
  }

  /// `H0UPPGM0 0001`
  public var description: String { "\(transactionID) \(key)" }
}
