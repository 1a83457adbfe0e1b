/// The order book (호가) of an instrument at a moment. Prices are in the smallest units of its market.
public struct BookSnapshot: Sendable, Hashable {
  /// A price and what rests there.
  public struct Level: Sendable, Hashable {
    public let price: Int
    public let quantity: Int

    public init(price: Int, quantity: Int) {
      self.price = price
      self.quantity = quantity
    }
  }

  /// 매도호가, best (lowest) first; at most ten, fewer at the upper limit and in an auction.
  public let asks: [Level]
  /// 매수호가, best (highest) first; at most ten, fewer at the lower limit and in an auction.
  public let bids: [Level]
  /// What rests on a side (총 잔량): as in every captured book, the sum of the levels that are shown.
  public let totalAsk: Int
  public let totalBid: Int
  /// What an auction that collects orders would trade; nil outside of auctions.
  public let expected: ExpectedExecution?

  /// A book with nothing in it.
  public static let empty = BookSnapshot(asks: [], bids: [], expected: nil)

  init(asks: [Level], bids: [Level], expected: ExpectedExecution?) {
    (self.asks, self.bids, self.expected) = (asks, bids, expected)
    totalAsk = asks.reduce(0) { $0 + $1.quantity }
    totalBid = bids.reduce(0) { $0 + $1.quantity }
  }
}

/// What an auction would trade if it ended now (예상체결).
public struct ExpectedExecution: Sendable, Hashable {
  /// 예상체결가
  public let price: Int
  /// 예상체결량
  public let volume: Int
}
