import KISMarket

/// Ten levels of asks above ten levels of bids (호가), as KIS lists them: a level that is not there is 0.
struct QuotedBook: Sendable, Hashable {
  static let depth = 10

  var askPrices: [Int]
  var bidPrices: [Int]
  var askQuantities: [Int]
  var bidQuantities: [Int]
  var totalAsks: Int
  var totalBids: Int
  /// What an auction that collects orders would trade; nil outside of auctions.
  let expected: ExpectedExecution?

  init(_ book: BookSnapshot) {
    askPrices = QuotedBook.padded(book.asks.map(\.price))
    bidPrices = QuotedBook.padded(book.bids.map(\.price))
    askQuantities = QuotedBook.padded(book.asks.map(\.quantity))
    bidQuantities = QuotedBook.padded(book.bids.map(\.quantity))
    (totalAsks, totalBids, expected) = (book.totalAsk, book.totalBid, book.expected)
  }

  /// Ten numbers, with 0 where there is none.
  static func padded(_ numbers: [Int]) -> [Int] {
    Array(numbers.prefix(depth)) + Array(repeating: 0, count: max(0, depth - numbers.count))
  }

  /// Sets a level, counted from 0, to what was recorded of it.
  mutating func set(_ level: Int, ask: Int, askQuantity: Int, bid: Int, bidQuantity: Int) {
    guard (0..<QuotedBook.depth).contains(level) else { return }
    (askPrices[level], askQuantities[level]) = (ask, askQuantity)
    (bidPrices[level], bidQuantities[level]) = (bid, bidQuantity)
  }

  var bestAsk: Int { askPrices[0] }
  var bestBid: Int { bidPrices[0] }
}
