/// The price of a call auction (단일가, 예상체결가) and how much trades at it.
public struct AuctionPrice: Sendable, Hashable {
  /// The one price of all trades.
  public let price: Int
  /// How much trades.
  public let quantity: Int128

  /// A result of an auction.
  public init(price: Int, quantity: Int128) { (self.price, self.quantity) = (price, quantity) }
}

extension MatchingBook {
  /// The price at which the orders that are here would meet: every better one trades whole, and of those at the price
  /// one side does. Where that holds at several prices, the last price if it is one of them, else the one nearest to it
  /// (KRX business regulations; market guide GLB0606030102T1).
  ///
  /// An order at the market trades at any price; where only such orders are left on the side that wants more, the price
  /// is the highest (for buyers) that a limit names, or the last price.
  ///
  /// - Parameter last: the price before the auction (직전가격).
  /// - Returns: nil when no orders meet.
  public func auctionPrice(last: Int) -> AuctionPrice? {
    guard let meeting = auctionMeeting() else { return nil }
    return AuctionPrice(price: meeting.price(last: last), quantity: meeting.quantity)
  }

  private func auctionMeeting() -> AuctionMeeting? {
    var (buyers, sellers) = (LevelWalk(bids), LevelWalk(asks))
    var quantity: Int128 = 0
    var matched: (bid: Int, ask: Int)?
    while let bid = buyers.price, let ask = sellers.price, bid >= ask {
      let part = min(buyers.left, sellers.left)
      quantity += part
      matched = (bid, ask)
      buyers.take(part)
      sellers.take(part)
    }
    guard let matched else { return nil }
    return AuctionMeeting(
      quantity: quantity, bid: matched.bid, ask: matched.ask, bestBid: best(.buy), bestAsk: best(.sell),
      nextBid: buyers.price, nextAsk: sellers.price, isBidLeft: buyers.isPartly, isAskLeft: sellers.isPartly)
  }

  /// Ends the auction: the orders meet at one price, and trading goes on continuously.
  ///
  /// Better prices trade first, at the price itself the older order does, unless it is a limit of the day: then the side
  /// that wants more is allotted by quantity (``Allotment``). What is left of orders at the market finds nobody and is
  /// dropped.
  ///
  /// - Parameters:
  ///   - last: the price before the auction.
  ///   - limits: the lowest and highest price of the day; nil when there are none.
  /// - Returns: the price; nil when no orders met.
  @discardableResult
  public mutating func uncross(last: Int, limits: ClosedRange<Int>? = nil) -> AuctionPrice? {
    guard let meeting = auctionMeeting() else {
      dropMarketOrders()
      endAuction(at: nil)
      return nil
    }
    let price = meeting.price(last: last)
    let buys = auctionFills(
      bids, meeting.quantity, allottedAt: meeting.isBidLeft && price == limits?.upperBound ? price : nil)
    let sells = auctionFills(
      asks, meeting.quantity, allottedAt: meeting.isAskLeft && price == limits?.lowerBound ? price : nil)
    cross(buys, sells, price)
    dropMarketOrders()
    endAuction(at: price)
    return AuctionPrice(price: price, quantity: meeting.quantity)
  }

  /// What each order of a side gets of a quantity, the first first.
  private func auctionFills(
    _ side: BookSide, _ quantity: Int128, allottedAt limit: Int?
  ) -> [(slot: Int32, quantity: Int)] {
    var fills: [(slot: Int32, quantity: Int)] = []
    var (left, place) = (quantity, side.best)
    while place >= 0, left > 0 {
      let level = side.levels[Int(place)]
      var (slots, slot): ([Int32], Int32) = ([], level.first)
      while slot >= 0 {
        slots.append(slot)
        slot = store.orders[Int(slot)].newer
      }
      let open = slots.map { store.orders[Int($0)].open }
      if let limit, side.price(of: level.key) == limit {
        fills += zip(slots, Allotment.shares(of: open, from: left)).filter { $0.1 > 0 }.map { ($0, $1) }
        return fills
      }
      for (slot, open) in zip(slots, open) where left > 0 {
        let part = Int(min(Int128(open), left))
        fills.append((slot, part))
        left -= Int128(part)
      }
      place = level.worse
    }
    return fills
  }

  private mutating func cross(
    _ buys: [(slot: Int32, quantity: Int)], _ sells: [(slot: Int32, quantity: Int)], _ price: Int
  ) {
    var (buy, sell) = (0, 0)
    var (buyLeft, sellLeft) = (buys.first?.quantity ?? 0, sells.first?.quantity ?? 0)
    while buy < buys.count, sell < sells.count {
      let part = min(buyLeft, sellLeft)
      let (buyer, seller) = (store.orders[Int(buys[buy].slot)].id, store.orders[Int(sells[sell].slot)].id)
      add(.crossed(buy: buyer, sell: seller, price: price, quantity: part))
      fill(buys[buy].slot, part)
      fill(sells[sell].slot, part)
      (buyLeft, sellLeft) = (buyLeft - part, sellLeft - part)
      if buyLeft == 0 {
        buy += 1
        if buy < buys.count { buyLeft = buys[buy].quantity }
      }
      if sellLeft == 0 {
        sell += 1
        if sell < sells.count { sellLeft = sells[sell].quantity }
      }
    }
  }

  private mutating func fill(_ slot: Int32, _ quantity: Int) {
    takeOut(slot, quantity)
    if store.orders[Int(slot)].open == 0 { store.free(slot) }
  }

  private mutating func dropMarketOrders() {
    for side in Side.allCases {
      let price = MatchingBook.marketPrice(side)
      while let slot = (side == .buy ? bids : asks).level(at: price)?.first {
        let order = store.orders[Int(slot)]
        cancel(order.id, in: slot)
        add(.dropped(id: order.id, quantity: order.open, reason: .unfilled))
      }
    }
  }
}

/// How far the two sides of an auction meet.
private struct AuctionMeeting {
  let quantity: Int128
  /// The worst prices that traded.
  let bid: Int
  let ask: Int
  /// The best limits; nil when a side has only orders at the market.
  let bestBid: Int?
  let bestAsk: Int?
  /// The best prices that are left over.
  let nextBid: Int?
  let nextAsk: Int?
  /// Whether something is left at the worst price that traded.
  let isBidLeft: Bool
  let isAskLeft: Bool

  func price(last: Int) -> Int {
    if isBidLeft {
      guard bid == MatchingBook.marketPrice(.buy) else { return bid }
      return max(bestBid, ask == MatchingBook.marketPrice(.sell) ? nil : ask) ?? last
    }
    if isAskLeft {
      guard ask == MatchingBook.marketPrice(.sell) else { return ask }
      return min(bestAsk, bid == MatchingBook.marketPrice(.buy) ? nil : bid) ?? last
    }
    // Both sides came out even: every price between the two, as long as it leaves no better order out.
    let lowest = max(ask, nextBid ?? ask)
    let highest = min(bid, nextAsk ?? bid)
    return min(max(last, lowest), highest)
  }

  private func max(_ first: Int?, _ second: Int?) -> Int? {
    guard let first, let second else { return first ?? second }
    return Swift.max(first, second)
  }
  private func min(_ first: Int?, _ second: Int?) -> Int? {
    guard let first, let second else { return first ?? second }
    return Swift.min(first, second)
  }
  private func max(_ first: Int, _ second: Int) -> Int { Swift.max(first, second) }
  private func min(_ first: Int, _ second: Int) -> Int { Swift.min(first, second) }
}

/// Goes through the levels of a side, best first, and takes quantities off them.
private struct LevelWalk {
  private let side: BookSide
  private var place: Int32
  private(set) var left: Int128 = 0
  private(set) var isPartly = false

  init(_ side: BookSide) {
    (self.side, place) = (side, side.best)
    if place >= 0 { left = side.levels[Int(place)].quantity }
  }

  var price: Int? { place < 0 ? nil : side.price(of: side.levels[Int(place)].key) }

  mutating func take(_ quantity: Int128) {
    left -= quantity
    isPartly = left > 0
    guard left == 0 else { return }
    place = side.levels[Int(place)].worse
    left = place < 0 ? 0 : side.levels[Int(place)].quantity
  }
}
