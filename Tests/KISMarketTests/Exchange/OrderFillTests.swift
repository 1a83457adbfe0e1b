import KISMarket
import Testing

@Suite("Orders of clients meet the market around")
struct OrderFillTests {
  @Test("An order takes level after level, and what it took stays taken until the next book")
  func takesLevels() {
    var counter = Counter()
    counter.book()
    counter.order(.buy, 150, price: 70_200)
    #expect(counter.fills() == [[70_100, 100], [70_200, 50]])
    counter.order(.buy, 100, price: 70_200)
    #expect(counter.fills() == [[70_200, 50]])
    #expect(counter.exchange.orders[1].open == 50)
    counter.book()
    #expect(counter.fills() == [[70_200, 50]], "the next book moved through it: filled at its own price")
  }

  @Test("The same book handed in again gives nothing back")
  func sameBook() throws {
    var counter = Counter()
    counter.book()
    counter.order(.buy, 300, .market)
    counter.version -= 1
    counter.book()
    counter.order(.buy, 1, .market)
    #expect(counter.fills().map { $0[1] } == [100, 100, 100])
    #expect(counter.exchange.orders[1].expired == 1, "at the market with nobody there: cancelled")
  }

  @Test("Prints at its price shorten the queue ahead of an order, then fill it up to their size")
  func queue() {
    var counter = Counter()
    counter.book()
    counter.order(.buy, 30, price: 70_000)
    counter.print(70_000, 90, taker: .sell)
    #expect(counter.fills() == [])
    counter.print(70_000, 25, taker: .sell)
    #expect(counter.fills() == [[70_000, 15]])
    counter.print(70_000, 100, taker: .buy)
    #expect(counter.fills() == [], "whoever bought there did not sell to it")
    counter.print(69_900, 100, taker: .sell)
    #expect(counter.fills() == [[70_000, 15]])
  }

  @Test("Cancellations shorten the queue, newcomers line up behind")
  func queueByBooks() {
    var counter = Counter()
    counter.book()
    counter.order(.buy, 30, price: 70_000)
    counter.book(bids: [(70_000, 40), (69_900, 100)])
    counter.book(bids: [(70_000, 500), (69_900, 100)])
    counter.print(70_000, 50, taker: .sell)
    #expect(counter.fills() == [[70_000, 10]])
    counter.print(70_000, 100)
    #expect(counter.fills() == [[70_000, 20]])
  }

  @Test("A book that moves through an order fills it at its own price")
  func movedThrough() {
    var counter = Counter()
    counter.book()
    counter.order(.sell, 30, price: 70_300)
    counter.book(bids: [(70_400, 20), (70_300, 5)], asks: [(70_500, 10)])
    #expect(counter.fills() == [[70_300, 20], [70_300, 5]])
  }

  @Test(
    "Each kind of order is what it is",
    arguments: [
      (OrderKind(.limit, .immediateOrCancel), 70_000, 0, 150), (OrderKind(.limit, .immediateOrCancel), 70_100, 100, 50),
      (OrderKind(.limit, .fillOrKill), 70_100, 0, 150), (OrderKind(.limit, .fillOrKill), 70_200, 150, 0),
      (OrderKind(.market, .fillOrKill), 0, 150, 0), (OrderKind(.market, .immediateOrCancel), 0, 150, 0),
      (OrderKind(.bestOpposite), 0, 100, 0), (OrderKind(.bestOwn), 0, 0, 0),
      (OrderKind(.bestOpposite, .immediateOrCancel), 0, 100, 50), (OrderKind(.bestOpposite, .fillOrKill), 0, 0, 150),
      (OrderKind(.midpoint), 0, 0, 0), (OrderKind(.midpoint, .fillOrKill), 0, 0, 150), (.market, 0, 150, 0),
    ])
  func kinds(kind: OrderKind, price: Int, filled: Int, dropped: Int) throws {
    var counter = Counter()
    counter.book()
    let position = try counter.order(.buy, 150, kind, price: price).get()
    let order = counter.exchange.orders[position]
    #expect(order.filled == filled && order.expired == dropped)
    #expect(order.open == 150 - filled - dropped)
  }

  @Test(
    "An order at the middle goes with the book, and is not met where the middle was before",
    arguments: [Side.buy, .sell])
  func midpointFollows(side: Side) throws {
    var counter = Counter()
    counter.book()
    let position = try counter.order(side, 30, OrderKind(.midpoint)).get()
    // From 70,050 to 69,800 or 70,300, past where it stood.
    let (bid, ask) = side == .buy ? (69_700, 69_900) : (70_200, 70_400)
    counter.book(bids: [(bid, 100)], asks: [(ask, 100)])
    #expect(counter.exchange.orders[position].open == 30, "its price went with the book")
    counter.print((bid + ask) / 2, 10, taker: side.opposite)
    #expect(counter.fills() == [[(bid + ask) / 2, 10]])
  }

  @Test("A stop order sleeps until a trade reaches its price, then is a limit")
  func stop() throws {
    var counter = Counter()
    counter.book()
    let position = try counter.order(.buy, 10, OrderKind(.stopLimit), price: 70_300, trigger: 70_200).get()
    counter.print(70_100, 10)
    #expect(counter.exchange.orders[position].open == 10)
    counter.print(70_200, 10, taker: .buy)
    #expect(counter.exchange.orders[position].filled == 10)
  }

  @Test("A changed order is a new one with its own time; a part of it may be changed")
  func changed() throws {
    var counter = Counter()
    counter.book()
    let first = try counter.order(.buy, 30, price: 70_000).get()
    let second = try counter.change(first, 10, to: 70_100).get()
    #expect(counter.fills() == [[70_100, 10]])
    #expect(counter.exchange.orders[first].open == 20 && counter.exchange.orders[second].original == 1)
    let third = try counter.cancel(first, 5).get()
    #expect(counter.exchange.orders[third].role == .cancellation && counter.exchange.orders[first].open == 15)
    #expect(counter.cancel(second).refusal == .nothingLeft)
    #expect(counter.cancel(first, 16).refusal == .nothingLeft)
    #expect(counter.account.reservedCash["KRW"] == 15 * 70_000 + (15 * 70_000 * 158_527) / 1_000_000_000)
  }

  @Test("Smart routing takes the better price, KRX when they are alike")
  func routing() throws {
    var counter = Counter()
    counter.book()
    counter.book(asks: [(70_050, 5)], at: .nxt)
    counter.order(.buy, 5, price: 70_100, route: .sor)
    #expect(counter.exchange.orders[0].venue == .nxt && counter.fills() == [[70_050, 5]])
    counter.book(at: .nxt)
    counter.order(.buy, 5, price: 70_100, route: .sor)
    #expect(counter.exchange.orders[1].venue == .krx)
  }
}
