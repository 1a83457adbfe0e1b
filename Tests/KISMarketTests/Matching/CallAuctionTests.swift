import KISMarket
import Testing

@Suite("Orders meet at one price in a call auction")
struct CallAuctionTests {
  /// Quantities by price, each number an order, the first first.
  private func book(sell: [(Int, [Int])], buy: [(Int, [Int])]) -> MatchingBook {
    var (book, id) = (MatchingBook(mode: .auction), 0)
    for (side, rows) in [(Side.sell, sell), (.buy, buy)] {
      for (price, quantities) in rows {
        for quantity in quantities {
          id += 1
          _ = book.enter(NewOrder(id: id, side: side, pricing: .limit(price), quantity: quantity))
        }
      }
    }
    return book
  }

  @Test("KRX example: one matching price, 600 shares at 7,830; 100 of the second seller's 200, none of the third's")
  func oneMatchingPrice() {
    var book = book(
      sell: [(7_860, [450]), (7_850, [750]), (7_840, [300]), (7_830, [150, 200, 50]), (7_820, [200]), (7_810, [150])],
      buy: [
        (7_850, [100]), (7_840, [150]), (7_830, [200, 150]), (7_820, [400]), (7_810, [500]), (7_800, [650]),
      ])
    let expected = AuctionPrice(price: 7_830, quantity: 600)
    #expect(book.auctionPrice(last: 7_800) == expected)
    let result = book.uncross(last: 7_800)
    #expect(result == expected)
    #expect(book.orders(.sell, at: 7_830).map(\.open) == [100, 50])
    #expect(book.best(.buy) == 7_820 && book.best(.sell) == 7_830)
    #expect(book.mode == .continuous && book.lastPrice == 7_830)
  }

  private var even: MatchingBook {
    book(sell: [(7_810, [100]), (7_800, [200])], buy: [(7_850, [200]), (7_840, [100])])
  }

  @Test("KRX example: of four matching prices the last price, 300 shares at 7,820")
  func lastPriceMatches() { #expect(even.auctionPrice(last: 7_820) == AuctionPrice(price: 7_820, quantity: 300)) }

  @Test("KRX example: of four matching prices the one nearest to the last price of 7,850, 300 shares at 7,840")
  func nearestMatches() { #expect(even.auctionPrice(last: 7_850) == AuctionPrice(price: 7_840, quantity: 300)) }

  @Test("KRX example: an auction at the upper limit allots 13,100 shares as 7,600, 4,300, 1,000 and 200")
  func allotment() {
    var book = book(
      sell: [
        (20_150, [4_000, 1_500, 600]), (20_100, [1_700, 1_500]), (20_050, [1_300, 1_000]), (20_000, [800]),
        (19_950, [700]),
      ], buy: [(20_150, [1_000, 200, 10_000, 5_000]), (20_100, [500, 700]), (20_050, [400])])
    let result = book.uncross(last: 15_500, limits: 10_850...20_150)
    #expect(result == AuctionPrice(price: 20_150, quantity: 13_100))
    var bought: [Int: Int] = [:]
    for case .crossed(let buy, _, _, let quantity) in book.takeEvents() { bought[buy, default: 0] += quantity }
    #expect(bought == [10: 1_000, 11: 200, 12: 7_600, 13: 4_300])
  }

  @Test("The same orders below the limit are served by time")
  func noAllotmentBelowLimit() {
    var book = book(sell: [(100, [1_100])], buy: [(100, [1_000, 200, 10_000])])
    book.uncross(last: 100, limits: 70...130)
    #expect(book.orders(.buy, at: 100).map(\.open) == [100, 10_000])
  }

  @Test("The price is the one that trades most, and leaves no better order out, for random books", arguments: 1...50)
  func largestVolume(seed: UInt64) throws {
    var numbers = CellGenerator(seed: seed)
    func rows() -> [(Int, [Int])] {
      (0..<numbers.within(1...8)).map { _ in (numbers.within(95...105), [numbers.within(1...20)]) }
    }
    let (sell, buy) = (rows(), rows())
    let last = numbers.within(90...110)
    func bids(_ price: Int) -> Int { buy.filter { $0.0 >= price }.reduce(0) { $0 + $1.1[0] } }
    func asks(_ price: Int) -> Int { sell.filter { $0.0 <= price }.reduce(0) { $0 + $1.1[0] } }
    let matching = (80...120).filter {
      min(bids($0), asks($0)) > 0 && bids($0 + 1) <= asks($0) && asks($0 - 1) <= bids($0)
    }
    let most = (80...120).map { min(bids($0), asks($0)) }.max() ?? 0
    var book = book(sell: sell, buy: buy)
    let result = book.uncross(last: last)
    let expected = matching.min { (abs($0 - last), $0) < (abs($1 - last), $1) }
    #expect(result?.price == expected)
    #expect(result.map { Int($0.quantity) } ?? 0 == most)
    if let bid = book.best(.buy), let ask = book.best(.sell) { #expect(bid < ask) }
    let traded = book.takeEvents().reduce(0) {
      if case .crossed(_, _, _, let quantity) = $1 { $0 + quantity } else { $0 }
    }
    #expect(traded == most)
  }

  @Test("Orders at the market trade first in an auction, and what is left of them is dropped")
  func marketOrders() {
    var book = book(sell: [(101, [5])], buy: [(101, [10])])
    _ = book.enter(NewOrder(id: 10, side: .buy, pricing: .market, quantity: 4))
    #expect(book.best(.buy) == 101)
    book.uncross(last: 100)
    #expect(
      book.takeEvents() == [
        .crossed(buy: 10, sell: 1, price: 101, quantity: 4), .crossed(buy: 2, sell: 1, price: 101, quantity: 1),
      ])
    var lonely = MatchingBook(mode: .auction)
    _ = lonely.enter(NewOrder(id: 1, side: .buy, pricing: .market, quantity: 4))
    #expect(lonely.uncross(last: 100) == nil)
    #expect(lonely.takeEvents() == [.dropped(id: 1, quantity: 4, reason: .unfilled)])
  }

  @Test("What has no meaning in an auction is refused: IOC, FOK, and prices that the book would give")
  func refused() {
    var book = MatchingBook(mode: .auction)
    for (pricing, kind) in [
      (NewOrder.Pricing.limit(100), NewOrder.TimeInForce.fillOrKill), (.limit(100), .immediateOrCancel),
      (.bestOwn, .day), (.bestOpposite, .day), (.midpoint, .day),
    ] {
      let outcome = book.enter(NewOrder(id: 1, side: .buy, pricing: pricing, quantity: 1, timeInForce: kind))
      #expect(outcome == .refused(.auction))
    }
  }
}
