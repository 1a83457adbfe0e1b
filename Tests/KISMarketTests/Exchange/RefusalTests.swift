import KISMarket
import Testing

@Suite("An exchange refuses what the broker would, and a refused order changes nothing")
struct RefusalTests {
  @Test("The first fault in the broker's order is the one that is told")
  func order() {
    var counter = Counter(ClockTime(10, 0), on: "2026-10-09")
    #expect(counter.order(.buy, 0, nil, price: 1).refusal == .unknownKind)
    #expect(counter.order(.buy, 0, OrderKind(.closing), price: 70_001).refusal == .notTradingDay)
    counter = Counter(ClockTime(8, 29))
    #expect(counter.order(.buy, 0, OrderKind(.limit, .fillOrKill), price: 70_001).refusal == .beforeOpen)
    counter = Counter(ClockTime(15, 32))
    #expect(counter.order(.buy, 0, price: 70_001).refusal == .afterClose)
    counter = Counter()
    #expect(counter.order(.buy, 0, OrderKind(.preOpenClosing), price: 70_001).refusal == .kindNotAllowed)
    #expect(counter.order(.buy, 0, price: 70_001).refusal == .quantity)
    #expect(counter.order(.buy, 1_000_000, price: 700_001).refusal == .tick)
    #expect(counter.order(.buy, 1_000_000, price: 91_100).refusal == .limits)
    #expect(counter.order(.buy, 1_000_000, price: 91_000).refusal == .money)
    #expect(counter.order(.sell, 101, price: 91_000).refusal == .holdings)
    #expect(counter.order(.buy, 1, price: 0).refusal == .tick)
    #expect(counter.exchange.orders.isEmpty)
    #expect(
      counter.account
        == Account(
          cash: ["KRW": 100_000_000], holdings: [Holding(counter.security, quantity: 100, average: 650_000_000)]))
    counter.order(.buy, 1, price: 70_000)
    #expect(counter.exchange.orders.map(\.number) == [1], "a refused order takes no number")
  }

  @Test(
    "What is never routed is refused after the day and the hours, as everything that a venue does not take",
    arguments: [OrderKind(.conditional), OrderKind(.preOpenClosing), OrderKind(.midpoint), OrderKind(.stopLimit)])
  func routed(kind: OrderKind) {
    func refusal(_ time: ClockTime, on date: CalendarDate, _ route: OrderRoute = .sor) -> OrderRefusal? {
      var counter = Counter(time, on: date)
      return counter.order(.buy, 1, kind, price: 70_000, trigger: 70_000, route: route).refusal
    }
    #expect(refusal(ClockTime(10, 0), on: "2026-10-09") == .notTradingDay)
    #expect(refusal(ClockTime(7, 0), on: "2026-10-12") == .beforeOpen)
    #expect(refusal(ClockTime(20, 30), on: "2026-10-12") == .afterClose)
    #expect(refusal(ClockTime(10, 0), on: "2026-10-12") == .kindNotAllowed)
  }

  @Test("Changes and cancellations of what is not there, or is over, are refused")
  func changes() throws {
    var counter = Counter()
    counter.book()
    let unknown = counter.exchange.change(
      OrderChange(account: Counter.account, original: 9_999_999), at: counter.now)
    #expect(unknown.refusal == .unknownOrder)
    let filled = try counter.order(.buy, 10, price: 70_100).get()
    #expect(counter.cancel(filled).refusal == .nothingLeft)
    let resting = try counter.order(.buy, 10, price: 70_000).get()
    let foreign = counter.exchange.change(
      OrderChange(account: "87654321-01", original: counter.exchange.orders[resting].number), at: counter.now)
    #expect(foreign.refusal == .unknownOrder)
    #expect(counter.change(resting, to: 70_050).refusal == .tick)
    #expect(counter.change(resting, to: 91_100).refusal == .limits)
    #expect(counter.exchange.orders[resting].open == 10)
  }

  @Test("A purchase at the market is margined at the upper limit, and may not cost what it holds")
  func marketMargin() {
    var counter = Counter(cash: 910_000)
    counter.book()
    #expect(counter.order(.buy, 10, .market).refusal == .money, "the fee comes on top of 10 × 91,000")
    counter.order(.buy, 9, .market)
    #expect(counter.fills() == [[70_100, 9]])
    #expect(counter.account.reservedCash["KRW"] == 0)
    #expect(counter.account.orderableCash("KRW") == 910_000 - 630_900 - 88)
  }

  @Test("What is sold already cannot be sold again, and a change may use what its original holds")
  func reserved() throws {
    var counter = Counter(cash: 1_000_000)
    counter.book()
    let sale = try counter.order(.sell, 100, price: 70_500).get()
    #expect(counter.order(.sell, 1, price: 70_500).refusal == .holdings)
    _ = try counter.change(sale, to: 70_600).get()
    let purchase = try counter.order(.buy, 14, price: 70_000).get()
    #expect(counter.order(.buy, 1, price: 70_000).refusal == .money)
    _ = try counter.change(purchase, to: 69_900).get()
  }

  @Test("An order abroad waits for its exchange, or is refused, as it is set")
  func abroad() throws {
    for setting in ExchangeSettings.AbroadClosed.allCases {
      var settings = ExchangeSettings()
      settings.abroadClosed = setting
      var counter = Counter(settings: settings)
      let apple = Security("NASDAQ:AAPL", .abroad(.nasdaq), currency: "USD")
      counter.exchange.setAccount(Account(cash: ["USD": 1_000_000]), named: Counter.account)
      let order = ClientOrder(
        account: Counter.account, security: apple, day: SecurityDay(base: 20_000), side: .buy, kind: .limit,
        price: 20_000, quantity: 10)
      let result = counter.exchange.place(order, at: counter.now)
      if setting == .refuse {
        #expect(result.refusal == .afterClose)
        continue
      }
      let position = try result.get()
      let open = TradingMoment("2026-10-12", ClockTime(22, 30))
      counter.exchange.show(
        FeedBook(version: 1, bids: [], asks: [FeedBook.Level(19_900, 4)]), of: apple.code, at: nil, moment: open)
      #expect(counter.exchange.orders[position].filled == 4)
      counter.exchange.advance(to: TradingMoment("2026-10-13", ClockTime(7, 0)))
      #expect(counter.exchange.orders[position].expired == 6)
      #expect(counter.account.reservedCash["USD"] == 0)
    }
  }
}
