/// What is to happen to some orders, whatever the market does.
public struct OrderSteering: Sendable, Hashable {
  /// Which orders; what is nil fits all.
  public struct Match: Sendable, Hashable {
    /// Whose.
    public var account: AccountID?
    /// Of which security.
    public var code: String?
    /// Buys or sells.
    public var side: Side?
    /// Of those that fit only the one of this number, counted from 1.
    public var nth: Int?
    /// Orders of an account, security and side, and which of them.
    public init(account: AccountID? = nil, code: String? = nil, side: Side? = nil, nth: Int? = nil) {
      (self.account, self.code, self.side, self.nth) = (account, code, side, nth)
    }
  }

  /// What happens to them. Several may be said together.
  public struct Action: Sendable, Hashable {
    /// Filled whole at once, at its price, or the last one.
    public var fills = false
    /// So many percent of it are filled at once (rounded up to one share); the rest goes to the market.
    public var partialPercent: Int?
    /// Refused, with a code that the caller knows.
    public var rejectCode: String?
    /// Milliseconds until it arrives at the market.
    public var delay: Int = 0
    /// How its notices go out.
    public var delivery = NoticeDelivery.normal
    /// Nothing but what is said.
    public init() {}
  }

  /// Which orders.
  public var match: Match
  /// What happens to them.
  public var action: Action
  /// How many have fitted so far.
  public internal(set) var seen = 0

  /// A rule for some orders.
  public init(_ match: Match, _ action: Action) { (self.match, self.action) = (match, action) }

  /// Whether the rule is for an order, which is counted.
  mutating func applies(to order: ClientOrder) -> Bool {
    guard match.account.map({ $0 == order.account }) ?? true,
      match.code.map({ $0 == order.security?.code }) ?? true, match.side.map({ $0 == order.side }) ?? true
    else { return false }
    seen += 1
    return match.nth.map { $0 == seen } ?? true
  }
}
