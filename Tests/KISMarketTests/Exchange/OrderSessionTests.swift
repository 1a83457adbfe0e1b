import KISMarket
import Testing

@Suite("Orders live as long as their session")
struct OrderSessionTests {
  @Test(
    "KRX orders end with the regular session, routed ones go to NXT and end at 20:00", arguments: OrderRoute.allCases)
  func expiry(route: OrderRoute) throws {
    var counter = Counter(ClockTime(15, 0))
    counter.book()
    counter.book(at: .nxt)
    let position = try counter.order(.buy, 10, price: 69_000, route: route).get()
    counter.exchange.advance(to: TradingMoment(counter.now.date, ClockTime(15, 45)))
    let order = counter.exchange.orders[position]
    #expect(order.expired == (route == .krx ? 10 : 0))
    #expect(order.venue == (route == .krx ? .krx : .nxt))
    counter.go(to: ClockTime(18, 0))
    if route != .krx {
      counter.book(bids: [(68_900, 5)], asks: [(69_000, 3)], at: .nxt)
      #expect(counter.exchange.orders[position].filled == 3)
    }
    counter.exchange.advance(to: TradingMoment(counter.now.date, ClockTime(20, 1)))
    #expect(counter.exchange.orders[position].open == 0)
    #expect(counter.account.reservedCash["KRW"] == 0)
    #expect(counter.cancel(position).refusal == .afterClose)
  }

  private func auction(_ counter: inout Counter, _ price: Int, _ quantity: Int) -> AuctionPrice? {
    counter.exchange.show(
      FeedAuction(
        price: price, quantity: quantity,
        rest: FeedBook(version: 99, bids: [.init(price - 100, 50)], asks: [.init(price + 100, 50)])),
      of: counter.security.code, at: .krx, day: counter.day, moment: counter.now)
  }

  @Test("Orders of the opening auction meet at its price, at the market first; a limit behind it waits on")
  func opening() throws {
    var counter = Counter(ClockTime(8, 50))
    counter.book()
    let market = try counter.order(.buy, 10, .market).get()
    let limit = try counter.order(.buy, 10, price: 70_400).get()
    let behind = try counter.order(.buy, 10, price: 70_100).get()
    #expect(counter.order(.buy, 1, OrderKind(.limit, .fillOrKill), price: 70_000).refusal == .kindNotAllowed)
    #expect(counter.fills() == [])
    counter.go(to: ClockTime(9, 0, 12))
    #expect(auction(&counter, 70_200, 1_000)?.price == 70_200)
    #expect(counter.fills() == [[70_200, 10], [70_200, 10]])
    #expect([market, limit, behind].map { counter.exchange.orders[$0].filled } == [10, 10, 0])
    counter.book(asks: [(70_100, 7)])
    #expect(counter.fills() == [[70_100, 7]])
  }

  @Test("An order too large for the auction moves its price")
  func movedAuction() throws {
    var counter = Counter(ClockTime(15, 25))
    let position = try counter.order(.buy, 1_040, price: 70_300).get()
    counter.go(to: ClockTime(15, 30, 5))
    #expect(auction(&counter, 70_200, 1_000) == AuctionPrice(price: 70_300, quantity: 1_040))
    #expect(counter.exchange.orders[position].filled == 1_040)
  }

  @Test("조건부지정가 goes to the market in the closing auction")
  func conditional() throws {
    var counter = Counter(ClockTime(15, 0))
    counter.book()
    let position = try counter.order(.sell, 10, OrderKind(.conditional), price: 71_000).get()
    counter.go(to: ClockTime(15, 30, 5))
    _ = auction(&counter, 70_000, 500)
    #expect(counter.fills() == [[70_000, 10]] && counter.exchange.orders[position].open == 0)
  }

  @Test("An auction whose price nobody tells ends with the next book")
  func untoldAuction() throws {
    var counter = Counter(ClockTime(8, 50))
    counter.order(.buy, 10, .market)
    counter.go(to: ClockTime(9, 0, 40))
    counter.book()
    #expect(counter.fills() == [[70_100, 10]])
  }

  @Test("장전 and 장후 시간외종가 trade at the closes, in their windows only")
  func closingPrices() throws {
    var counter = Counter(ClockTime(8, 35))
    counter.order(.buy, 3, OrderKind(.preOpenClosing))
    #expect(counter.fills() == [[70_000, 3]])
    counter.go(to: ClockTime(15, 35))
    counter.day.close = 70_500
    let position = try counter.order(.sell, 2, OrderKind(.closing)).get()
    #expect(counter.exchange.orders[position].open == 2)
    counter.exchange.advance(to: TradingMoment(counter.now.date, ClockTime(15, 40)))
    #expect(counter.fills() == [[70_500, 2]])
  }

  @Test("KRX takes orders in the evening as the date says", arguments: ["2026-09-11", "2026-09-14"] as [CalendarDate])
  func evening(date: CalendarDate) {
    var counter = Counter(ClockTime(16, 30), on: date)
    let isNew = date == "2026-09-14"
    #expect(counter.order(.buy, 1, price: 70_000).refusal == (isNew ? nil : .afterClose))
    #expect(counter.order(.buy, 1, .market).refusal == (isNew ? .kindNotAllowed : .afterClose))
    let single = counter.order(.buy, 1, OrderKind(.afterHoursAuction), price: 70_000)
    #expect(single.refusal == (isNew ? .kindNotAllowed : nil))
    if !isNew {
      #expect(counter.order(.buy, 1, OrderKind(.afterHoursAuction), price: 77_100).refusal == .limits)
      counter.go(to: ClockTime(16, 40))
      #expect(auction(&counter, 69_900, 10)?.price == 69_900)
      #expect(counter.fills() == [[69_900, 1]])
    }
  }

  @Test("During a volatility interruption orders are collected, in a halt none is taken")
  func interruptions() throws {
    var counter = Counter()
    counter.book()
    counter.exchange.interrupt(counter.security.code, .volatility, moment: counter.now)
    counter.order(.buy, 10, price: 70_100)
    #expect(counter.order(.buy, 10, OrderKind(.limit, .immediateOrCancel), price: 70_100).refusal == .kindNotAllowed)
    #expect(counter.fills() == [])
    counter.go(to: ClockTime(10, 2, 7))
    _ = auction(&counter, 70_100, 50)
    #expect(counter.fills() == [[70_100, 10]])
    counter.exchange.interrupt(counter.security.code, .halt, moment: counter.now)
    #expect(counter.order(.buy, 10, price: 70_100).refusal == .halted)
  }

  @Test("The next morning yesterday's orders are yesterday's, and numbers begin anew")
  func nextDay() throws {
    var counter = Counter()
    counter.book()
    counter.order(.buy, 10, price: 70_100)
    counter.order(.buy, 10, price: 69_000)
    counter.now = TradingMoment("2026-10-13", ClockTime(9, 30))
    counter.order(.buy, 1, price: 70_000)
    #expect(counter.exchange.orders.map(\.number) == [1, 2, 1])
    #expect(counter.exchange.orders[1].expired == 10)
    #expect(counter.account.holdings["005930"]?.quantityBefore == 110)
  }
}
