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
  /// The loan that paid for the shares, or is paid back by their sale.
  public let loan: String?
  /// What the shares cost that were sold; 0 for a purchase.
  public internal(set) var cost = 0
  /// What closing contracts gained, fees not counted.
  public internal(set) var gain = 0
  /// What a loan paid of a purchase.
  var lent = 0
  /// What one contract holds back from now on, as a price.
  var margin = 0
  /// Money and shares that stay held back for it until it is booked.
  var heldMoney = 0
  var heldShares = 0

  /// What was traded in money: price times quantity times the contract's size.
  public var amount: Int { security.amount(price, quantity) }
  /// What a fill of contracts brings to the account: a premium, or what was gained, less fees and tax.
  public var booked: Int {
    guard security.isOption else { return gain - fee - tax }
    return (side == .buy ? -amount : amount) - fee - tax
  }
  /// What was gained (실현손익): by a sale of shares, or by closing contracts; 0 for a purchase of shares.
  public var realized: Int {
    if security.isContract { return gain - fee - tax }
    return side == .sell ? amount - fee - tax - cost : 0
  }
}
