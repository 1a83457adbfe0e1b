/// The book of the market around, as a recording or a simulation has it.
public struct FeedBook: Sendable, Hashable {
  /// A price with what waits there.
  public struct Level: Sendable, Hashable {
    /// The price.
    public let price: Int
    /// The quantity.
    public let quantity: Int
    /// A level.
    public init(_ price: Int, _ quantity: Int) { (self.price, self.quantity) = (price, quantity) }
  }

  /// Tells this book from the one before; handing in the same again gives nothing back that was taken.
  public var version: Int
  /// What is bid, best first.
  public var bids: [Level]
  /// What is asked, best first.
  public var asks: [Level]

  /// A book. Levels without price or quantity are left out.
  public init(version: Int, bids: [Level], asks: [Level]) {
    self.version = version
    self.bids = bids.filter { $0.price > 0 && $0.quantity > 0 }
    self.asks = asks.filter { $0.price > 0 && $0.quantity > 0 }
  }

  /// One side, best first.
  public func levels(_ side: Side) -> [Level] { side == .buy ? bids : asks }
}

/// A trade of the market around.
public struct FeedPrint: Sendable, Hashable {
  /// The price.
  public let price: Int
  /// The quantity.
  public let quantity: Int
  /// Who took; nil when that is not known.
  public let taker: Side?

  /// A trade.
  public init(price: Int, quantity: Int, taker: Side? = nil) {
    (self.price, self.quantity, self.taker) = (price, quantity, taker)
  }
}

/// How an auction of the market around ends without the orders of clients.
public struct FeedAuction: Sendable, Hashable {
  /// The price at which it meets.
  public let price: Int
  /// How much meets.
  public let quantity: Int
  /// What is left over on both sides.
  public let rest: FeedBook

  /// An auction.
  public init(price: Int, quantity: Int, rest: FeedBook) {
    (self.price, self.quantity, self.rest) = (price, quantity, rest)
  }
}
