/// A trade of clients' orders that the market around does not tell of itself, for the tape of who trades here.
///
/// A print of the market that fills an order at its own price tells of that fill already.
public struct OwnPrint: Sendable, Hashable {
  /// What traded.
  public let code: String
  /// Where; nil for what has no phases.
  public let venue: TradingVenue?
  /// When.
  public let moment: TradingMoment
  /// The price.
  public let price: Int
  /// How many.
  public let quantity: Int
  /// Who took; nil in an auction.
  public let taker: Side?
}

/// What an order of a client adds to a level of the book.
public struct OwnLevel: Sendable, Hashable {
  /// Where it waits; nil for what has no phases.
  public let venue: TradingVenue?
  /// Buy or sell.
  public let side: Side
  /// The price at which it waits.
  public let price: Int
  /// What is left of it.
  public let quantity: Int

  /// A part of a level.
  public init(venue: TradingVenue?, side: Side, price: Int, quantity: Int) {
    (self.venue, self.side, self.price, self.quantity) = (venue, side, price, quantity)
  }
}

extension Exchange {
  /// Gives away the trades of clients, since the last call, that the market around does not tell of itself.
  public mutating func takeOwnPrints() -> [OwnPrint] {
    defer { ownPrints.removeAll(keepingCapacity: true) }
    return ownPrints
  }

  /// What clients' orders add to the levels of the books of a security, by venue and price. Stop orders that are not
  /// triggered yet and orders at the market, which have no price, are in no level.
  public func ownLevels(of code: String) -> [OwnLevel] {
    var levels: [OwnLevel] = []
    for venue in [nil] + TradingVenue.allCases {
      guard let book = books[BookKey(code: code, venue: venue)], book.hasClients else { continue }
      levels += book.clientLevels.map { side, price, quantity in
        OwnLevel(venue: venue, side: side, price: price, quantity: quantity)
      }
    }
    return levels.sorted { ($0.venue?.rawValue ?? "", $0.price) < ($1.venue?.rawValue ?? "", $1.price) }
  }

  mutating func printOwn(_ price: Int, _ quantity: Int, taker: Side?, _ key: BookKey) {
    guard quantity > 0 else { return }
    ownPrints.append(
      OwnPrint(code: key.code, venue: key.venue, moment: now, price: price, quantity: quantity, taker: taker))
  }

  /// Tells of the trades that clients made one after the other.
  ///
  /// - Parameter print: the trade of the market around that led to them: what it fills at its own price it tells itself.
  mutating func printOwn(_ happened: [BookEvent], _ key: BookKey, beside print: FeedPrint?) {
    for case .trade(let trade) in happened {
      let isTold = trade.taker <= 0 && trade.price == print?.price
      guard !isTold else { continue }
      let taker = trade.taker > 0 ? orders[trade.taker - 1].side : orders[trade.maker - 1].side.opposite
      printOwn(trade.price, trade.quantity, taker: taker, key)
    }
  }

  /// Tells of what clients traded in an auction beyond what the market around tells of it: all at another price, at the
  /// same price what their orders brought more.
  mutating func printOwn(_ happened: [BookEvent], _ key: BookKey, beside auction: FeedAuction, met: AuctionPrice?) {
    guard let met else { return }
    var own = 0
    for case .crossed(_, _, _, let quantity) in happened { own += quantity }
    if met.price == auction.price { own = min(own, max(0, Int(clamping: met.quantity) - auction.quantity)) }
    printOwn(met.price, own, taker: nil, key)
  }
}
