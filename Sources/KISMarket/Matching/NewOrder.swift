/// An order as it arrives at the book. Prices may be any number, quantities are at least 1.
public struct NewOrder: Sendable, Hashable {
  /// How the price of an order is found.
  public enum Pricing: Sendable, Hashable {
    /// 지정가: at this price or better.
    case limit(Int)
    /// 시장가: at any price. What is left when the other side is empty is cancelled.
    case market
    /// 최유리지정가: a limit at the best price of the other side at that moment.
    case bestOpposite
    /// 최우선지정가: a limit at the best price of its own side at that moment.
    case bestOwn
    /// 중간가: a limit in the middle of the best prices at that moment, rounded down.
    case midpoint
  }

  /// What becomes of the part that cannot trade at once.
  public enum TimeInForce: Sendable, Hashable {
    /// It rests in the book.
    case day
    /// IOC: it is cancelled.
    case immediateOrCancel
    /// FOK: everything trades at once, or nothing does.
    case fillOrKill
  }

  /// What the caller calls the order; the book only passes it on.
  public var id: Int
  /// Whose it is, for the ``SelfTradePolicy``; 0 is nobody in particular, who may trade with himself.
  public var owner: Int32
  /// Buy or sell.
  public var side: Side
  /// How its price is found.
  public var pricing: Pricing
  /// How much.
  public var quantity: Int
  /// What becomes of the rest.
  public var timeInForce: TimeInForce
  /// 스톱: the order waits until a trade reaches this price; nil for one that does not wait.
  public var trigger: Int?

  /// An order; without more said, it is nobody's, rests, and does not wait for a trade.
  public init(
    id: Int, side: Side, pricing: Pricing, quantity: Int, timeInForce: TimeInForce = .day, owner: Int32 = 0,
    trigger: Int? = nil
  ) {
    (self.id, self.side, self.pricing, self.quantity) = (id, side, pricing, quantity)
    (self.timeInForce, self.owner, self.trigger) = (timeInForce, owner, trigger)
  }
}

/// What happens when an order would trade with one of the same owner.
public enum SelfTradePolicy: Sendable, Hashable {
  /// They trade.
  case allow
  /// The one that rests is cancelled, the one that arrives goes on.
  case cancelResting
  /// What is left of the one that arrives is cancelled.
  case cancelIncoming
}

/// Two orders that met.
public struct Trade: Sendable, Hashable {
  /// The order that was there first, at whose price they traded.
  public let maker: Int
  /// The order that arrived.
  public let taker: Int
  /// The price.
  public let price: Int
  /// The quantity.
  public let quantity: Int

  /// A trade between two orders.
  public init(maker: Int, taker: Int, price: Int, quantity: Int) {
    (self.maker, self.taker, self.price, self.quantity) = (maker, taker, price, quantity)
  }
}
