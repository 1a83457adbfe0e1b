/// A fill as the account books it (체결내역).
public struct Execution: Sendable, Hashable {
  /// The position of its order in ``Exchange/orders``.
  public let order: Int
  /// What traded.
  public let security: Security
  /// Bought or sold.
  public let side: Side
  /// The price of one share.
  public let price: Int
  /// How many.
  public let quantity: Int
  /// When.
  public let moment: TradingMoment
  /// Where; nil abroad.
  public let venue: TradingVenue?
  /// Commission.
  public let fee: Int
  /// Tax on the sale.
  public let tax: Int
  /// What the shares cost that were sold; 0 for a purchase.
  public internal(set) var cost = 0

  /// Price times quantity.
  public var amount: Int { price * quantity }
  /// What the sale gained (실현손익); 0 for a purchase.
  public var realized: Int { side == .sell ? amount - fee - tax - cost : 0 }
}
