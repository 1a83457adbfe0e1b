/// An account: its number and product (12345678-01), as one text.
public typealias AccountID = String

/// An order as a client sends it. What could not be made out is nil, and is refused in its turn.
public struct ClientOrder: Sendable, Hashable {
  /// Whose it is.
  public var account: AccountID
  /// Who sent it (an app key), for notices; any text.
  public var sender: String
  /// What is ordered; nil when there is no such security.
  public var security: Security?
  /// What holds for it today.
  public var day: SecurityDay?
  /// Buy or sell.
  public var side: Side
  /// How it behaves; nil when there is no such kind.
  public var kind: OrderKind?
  /// Where it is sent to; abroad it does not matter.
  public var route: OrderRoute
  /// The price of a kind that names one.
  public var price: Int
  /// The price that a stop order waits for.
  public var trigger: Int?
  /// How much.
  public var quantity: Int
  /// 신용: what the caller calls the loan (its date and kind); nil when the order is paid in cash.
  public var loan: String?
  /// The least number that the order may get.
  public var leastNumber: Int

  /// An order.
  public init(
    account: AccountID, sender: String = "", security: Security?, day: SecurityDay?, side: Side, kind: OrderKind?,
    route: OrderRoute = .krx, price: Int, trigger: Int? = nil, quantity: Int, loan: String? = nil,
    leastNumber: Int = 1
  ) {
    (self.account, self.sender, self.security, self.day) = (account, sender, security, day)
    (self.side, self.kind, self.route, self.price) = (side, kind, route, price)
    (self.trigger, self.quantity, self.loan, self.leastNumber) = (trigger, quantity, loan, leastNumber)
  }
}

/// A change (정정) or cancellation (취소) of an order.
public struct OrderChange: Sendable, Hashable {
  /// Whose it is.
  public var account: AccountID
  /// Who sent it.
  public var sender: String
  /// The number of the order that is changed.
  public var original: Int
  /// How much of it is changed; nil for all that is open.
  public var quantity: Int?
  /// What it becomes; nil to cancel.
  public var becomes: Terms?
  /// What holds for the security today.
  public var day: SecurityDay?
  /// The least number that the new order may get.
  public var leastNumber: Int

  /// What an order is changed to.
  public struct Terms: Sendable, Hashable {
    /// How it behaves; nil when there is no such kind.
    public var kind: OrderKind?
    /// Its price.
    public var price: Int
    /// New terms.
    public init(kind: OrderKind?, price: Int) { (self.kind, self.price) = (kind, price) }
  }

  /// A change.
  public init(
    account: AccountID, sender: String = "", original: Int, quantity: Int? = nil, becomes: Terms? = nil,
    day: SecurityDay? = nil, leastNumber: Int = 1
  ) {
    (self.account, self.sender, self.original, self.quantity) = (account, sender, original, quantity)
    (self.becomes, self.day, self.leastNumber) = (becomes, day, leastNumber)
  }
}

/// Why an order, change or cancellation is refused. A refused one changes nothing and takes no number.
public enum OrderRefusal: Error, Sendable, Hashable {
  /// There is no such security, or not at that exchange.
  case unknownSecurity
  /// There is no such kind of order.
  case unknownKind
  /// The day is no trading day.
  case notTradingDay
  /// The market has not opened yet today.
  case beforeOpen
  /// The market is over for today.
  case afterClose
  /// The kind is none of this venue and phase.
  case kindNotAllowed
  /// A quantity below 1.
  case quantity
  /// A price that is no multiple of the tick, or 0.
  case tick
  /// A price above the upper or below the lower limit.
  case limits
  /// More than the orderable cash.
  case money
  /// More than may be sold.
  case holdings
  /// No order has that number in that account.
  case unknownOrder
  /// Of the order, nothing (or not so much) is left to change or cancel.
  case nothingLeft
  /// Trading of the security is halted (거래정지).
  case halted
  /// Steered: a code that the caller knows.
  case steered(String)
}
