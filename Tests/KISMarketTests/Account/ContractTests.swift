import KISMarket
import Testing

@Suite("Futures, options, bonds and credit in an account")
struct ContractTests {
  static let account = "12345678-03"
  /// A KOSPI200 future: prices in hundredths of a point, a point is worth 250,000 won.
  static let future = Security("A01612", .contract(.indexFuture, .krx), size: ContractSize(250_000, per: 100))
  static let day = SecurityDay(
    base: 110_000, ticks: PriceTicks(of: .indexFuture, on: .kospi, at: "2026-10-12"),
    limits: PriceLimits(around: 110_000, percent: 8, ticks: PriceTicks(of: .indexFuture, on: .kospi, at: "2026-10-12")),
    margin: 11_000)

  private func exchange(_ time: ClockTime = ClockTime(10, 0), cash: Int = 100_000_000) -> Exchange {
    var exchange = Exchange(now: TradingMoment("2026-10-12", time))
    exchange.setAccount(Account(cash: ["KRW": cash]), named: ContractTests.account)
    return exchange
  }

  @discardableResult
  private func order(
    _ exchange: inout Exchange, _ side: Side, _ quantity: Int, _ kind: OrderKind? = .limit, price: Int = 110_000,
    of security: Security = ContractTests.future, day: SecurityDay = ContractTests.day, loan: String? = nil
  ) -> Result<Int, OrderRefusal> {
    exchange.place(
      ClientOrder(
        account: ContractTests.account, security: security, day: day, side: side, kind: kind, price: price,
        quantity: quantity, loan: loan), at: exchange.now)
  }

  private func show(
    _ exchange: inout Exchange, bid: Int, ask: Int, quantity: Int = 100, of code: String = "A01612"
  ) {
    exchange.show(
      FeedBook(version: bid * 7 + ask, bids: [.init(bid, quantity)], asks: [.init(ask, quantity)]), of: code, at: nil,
      moment: exchange.now)
  }

  @Test("Cash cannot be set below what positions and orders hold back, so orderable money never falls below 0")
  func heldCash() throws {
    var exchange = exchange()
    show(&exchange, bid: 110_000, ask: 110_005)
    _ = try order(&exchange, .sell, 2).get()
    let held = try #require(exchange.accounts[ContractTests.account]).heldMargin("KRW")
    #expect(held == 55_000_000)
    func set(_ cash: Int) -> Bool? { exchange.updateAccount(ContractTests.account) { $0.setCash(cash, "KRW") } }
    #expect(set(held - 1) == false, "that would leave less than the margin")
    #expect(exchange.accounts[ContractTests.account]?.orderableCash("KRW") ?? 0 > 0)
    #expect(set(held) == true)
    #expect(exchange.accounts[ContractTests.account]?.orderableCash("KRW") == 0)
  }

  @Test("A contract is sold without being held, holds a margin back, and pays the difference when it is closed")
  func short() throws {
    var exchange = exchange()
    show(&exchange, bid: 110_000, ask: 110_005)
    let opened = try order(&exchange, .sell, 2).get()
    #expect(exchange.orders[opened].filled == 2)
    var account = try #require(exchange.accounts[ContractTests.account])
    #expect(account.holdings["A01612"]?.quantity == -2 && account.holdings["A01612"]?.average == 1_100_000_000)
    let fee = 550_000_000 * 30_000 / 1_000_000_000
    #expect(account.cash["KRW"]?.total == 100_000_000 - fee)
    #expect(account.heldMargin("KRW") == 55_000_000 && account.orderableCash("KRW") == 45_000_000 - fee)
    #expect(order(&exchange, .sell, 2).refusal == .money, "its margin is 55 million")

    show(&exchange, bid: 109_895, ask: 109_900)
    let closed = try order(&exchange, .buy, 2, price: 109_900).get()
    #expect(exchange.orders[closed].isClosing && exchange.orders[closed].filled == 2)
    account = try #require(exchange.accounts[ContractTests.account])
    #expect(account.holdings["A01612"]?.quantity == 0 && account.heldMargin("KRW") == 0)
    #expect(account.executions.last?.gain == 500_000, "a point of each, twice 250,000")
    #expect(account.reservedCash["KRW"] ?? 0 == 0 && account.reservedShares["A01612"] ?? 0 == 0)
  }

  @Test("Futures trade 08:45–15:45; orders are taken from 08:30, and end with the session")
  func hours() throws {
    var early = exchange(ClockTime(8, 20))
    #expect(order(&early, .buy, 1).refusal == .beforeOpen)
    var exchange = exchange(ClockTime(8, 31))
    let position = try order(&exchange, .buy, 1, price: 109_000).get()
    exchange.advance(to: TradingMoment("2026-10-12", ClockTime(8, 44)))
    show(&exchange, bid: 108_000, ask: 108_500)
    #expect(exchange.orders[position].filled == 0)
    exchange.advance(to: TradingMoment("2026-10-12", ClockTime(8, 45)))
    #expect(exchange.orders[position].filled == 1)
    let resting = try order(&exchange, .buy, 1, price: 105_000).get()
    exchange.advance(to: TradingMoment("2026-10-12", ClockTime(15, 45)))
    #expect(exchange.orders[resting].expired == 1)
    #expect(order(&exchange, .buy, 1).refusal == .afterClose)
  }

  @Test("On its last trading day a contract ends at 15:20, and on days that begin late all begin late")
  func lastDay() throws {
    let expiring = Security(
      "A01610", .contract(.indexFuture, .krx), size: ContractSize(250_000, per: 100), lastTradingDay: "2026-10-12")
    func session(_ security: Security, _ date: CalendarDate) throws -> [String] {
      let session = try #require(security.session(at: TradingMoment(date, ClockTime(8, 0))))
      return [session.entry, session.start, session.end].map { "\($0.time)" }
    }
    #expect(try session(expiring, "2026-10-12") == ["08:30:00", "08:45:00", "15:20:00"])
    #expect(try session(expiring, "2026-10-08") == ["08:30:00", "08:45:00", "15:45:00"])
    #expect(try session(Self.future, "2026-10-12") == ["08:30:00", "08:45:00", "15:45:00"])
    #expect(try session(Self.future, "2026-01-02") == ["09:30:00", "09:45:00", "15:45:00"])
    #expect(try session(Self.future, "2025-11-13") == ["09:30:00", "09:45:00", "16:45:00"])
  }

  @Test("By night there is another session, which ends in the morning", arguments: [ContractMarket.krxNight])
  func night(market: ContractMarket) throws {
    let security = Security("A01612", .contract(.indexFuture, market), size: ContractSize(250_000, per: 100))
    var exchange = exchange(ClockTime(23, 0))
    let position = try order(&exchange, .buy, 1, price: 105_000, of: security).get()
    exchange.advance(to: TradingMoment("2026-10-13", ClockTime(5, 59)))
    #expect(exchange.orders[position].open == 1)
    exchange.advance(to: TradingMoment("2026-10-13", ClockTime(6, 0)))
    #expect(exchange.orders[position].expired == 1)
  }

  @Test("An option's buyer pays the premium, its seller holds a margin back")
  func options() throws {
    let option = Security("B01612350", .contract(.indexOption, .krx), size: ContractSize(250_000, per: 100))
    let day = SecurityDay(base: 300, ticks: PriceTicks(of: .indexOption, on: .kospi, at: "2026-10-12"), margin: 600)
    var exchange = exchange()
    show(&exchange, bid: 300, ask: 301, of: option.code)
    try #require(try order(&exchange, .buy, 4, price: 301, of: option, day: day).get() == 0)
    let account = try #require(exchange.accounts[ContractTests.account])
    #expect(account.cash["KRW"]?.total == 100_000_000 - 3_010_000 - 3_010_000 * 30_000 / 1_000_000_000)
    #expect(account.heldMargin("KRW") == 0)
  }

  @Test("A bond is ordered in thousand won of face value, at a price for ten thousand")
  func bonds() throws {
    let bond = Security("KR103502GD31", .bond, size: ContractSize(1_000, per: 10_000 * 100))
    var exchange = exchange()
    show(&exchange, bid: 1_000_000, ask: 1_001_000, quantity: 2_000, of: bond.code)
    _ = try order(&exchange, .buy, 1_000, price: 1_001_000, of: bond, day: SecurityDay(base: 1_000_000)).get()
    let account = try #require(exchange.accounts[ContractTests.account])
    #expect(account.executions.first?.amount == 1_001_000, "a million of face value at 10,010")
    #expect(account.holdings[bond.code]?.cost == 1_001_000)
    #expect(
      order(&exchange, .buy, 1, .market, price: 0, of: bond, day: SecurityDay(base: 1_000_000)).refusal
        == .kindNotAllowed)
    #expect(order(&exchange, .sell, 1_001, of: bond, day: SecurityDay(base: 1_000_000)).refusal == .holdings)
  }

  @Test("A purchase on credit takes 45 percent, and its sale pays the loan back")
  func credit() throws {
    let share = Security("005930", .korea(.kospi, .share, isOnNextrade: true))
    let day = SecurityDay(base: 70_000)
    var exchange = exchange(cash: 4_000_000)
    func book(_ bid: Int, _ ask: Int) {
      exchange.show(
        FeedBook(version: bid + ask, bids: [.init(bid, 1_000)], asks: [.init(ask, 1_000)]), of: "005930", at: .krx,
        moment: exchange.now)
    }
    book(69_900, 70_000)
    #expect(order(&exchange, .buy, 100, price: 70_000, of: share, day: day).refusal == .money)
    _ = try order(&exchange, .buy, 100, price: 70_000, of: share, day: day, loan: "20261012").get()
    var account = try #require(exchange.accounts[ContractTests.account])
    #expect(account.holdings["005930/20261012"]?.lent == 3_850_000 && account.holdings["005930"] == nil)
    #expect(account.cash["KRW"]?.total == 4_000_000 - 3_150_000 - 983)
    #expect(order(&exchange, .sell, 1, price: 69_900, of: share, day: day).refusal == .holdings, "none paid in cash")
    _ = try order(&exchange, .sell, 40, price: 69_900, of: share, day: day, loan: "20261012").get()
    account = try #require(exchange.accounts[ContractTests.account])
    #expect(account.holdings["005930/20261012"]?.lent == 2_310_000)
    #expect(account.sellable("005930", loan: "20261012") == 60)
  }

  @Test(
    "A trade abroad is paid on a trading day of its exchange, over weekends and its holidays too",
    arguments: [
      (ForeignExchange.hongKong, "HKD", "2026-10-13"), (.tokyo, "JPY", "2026-10-14"), (.shanghai, "CNY", "2026-10-12"),
    ] as [(ForeignExchange, String, CalendarDate)])
  func settlementAbroad(place: ForeignExchange, currency: String, settled: CalendarDate) throws {
    let share = Security("SHARE", .abroad(place), currency: currency)
    // A Friday.
    var exchange = Exchange(now: TradingMoment("2026-10-09", ClockTime(11, 0)))
    exchange.setAccount(Account(cash: [currency: 1_000_000_000], holdings: []), named: ContractTests.account)
    show(&exchange, bid: 999_900, ask: 1_000_000, of: share.code)
    let bought = try order(
      &exchange, .buy, 1, price: 1_000_000, of: share, day: SecurityDay(base: 1_000_000)
    ).get()
    #expect(exchange.orders[bought].filled == 1)
    #expect(exchange.accounts[ContractTests.account]?.cash[currency]?.pending.keys.sorted() == [settled])
  }

  @Test("Orders abroad for the open and the close trade then or not at all")
  func openAndClose() throws {
    let apple = Security("DNASAAPL", .abroad(.nasdaq), currency: "USD")
    var exchange = Exchange(now: TradingMoment("2026-10-12", ClockTime(20, 0)))
    exchange.setAccount(
      Account(cash: ["USD": 1_000_000_000], holdings: [Holding(apple, quantity: 10, average: 0)]),
      named: ContractTests.account)
    let day = SecurityDay(base: 2_500_000)
    #expect(order(&exchange, .buy, 1, OrderKind(.marketOnOpen), of: apple, day: day).refusal == .kindNotAllowed)
    let open = try order(&exchange, .buy, 1, OrderKind(.limitOnOpen), price: 2_500_000, of: apple, day: day).get()
    let close = try order(&exchange, .sell, 1, OrderKind(.marketOnClose), of: apple, day: day).get()
    exchange.advance(to: TradingMoment("2026-10-12", ClockTime(22, 29)))
    show(&exchange, bid: 2_600_000, ask: 2_600_100, of: apple.code)
    exchange.advance(to: TradingMoment("2026-10-12", ClockTime(22, 31)))
    #expect(exchange.orders[open].expired == 1, "the market opened above its limit")
    #expect(exchange.orders[close].open == 1)
    exchange.advance(to: TradingMoment("2026-10-13", ClockTime(5, 0)))
    #expect(exchange.orders[close].filled == 1)
  }

  private func cancel(_ exchange: inout Exchange, _ number: Int, of account: String = ContractTests.account) -> Bool {
    exchange.changeReservation(number, of: account, to: nil, at: exchange.now)
  }

  @Test("What was reserved is sent on the next trading day, once, and is cancelled only before")
  func reservations() throws {
    let share = Security("005930", .korea(.kospi, .share, isOnNextrade: true))
    var exchange = exchange(ClockTime(16, 0))
    let reserved = ClientOrder(
      account: ContractTests.account, security: share, day: nil, side: .buy, kind: .limit, price: 70_000, quantity: 3)
    let numbers = (0..<2).compactMap { _ in exchange.reserve(reserved, until: nil, at: exchange.now) }
    #expect(numbers == [1, 2] && exchange.orders.isEmpty)
    let (first, second) = (numbers[0], numbers[1])
    #expect(exchange.reserve(reserved, until: "2026-10-12", at: exchange.now) == nil, "it would never be sent")
    #expect(cancel(&exchange, second) == true)
    #expect(cancel(&exchange, second) == false)
    #expect(cancel(&exchange, first, of: "87654321-01") == false)
    exchange.advance(to: TradingMoment("2026-10-13", ClockTime(8, 29)))
    #expect(exchange.dueReservations.isEmpty)
    exchange.advance(to: TradingMoment("2026-10-13", ClockTime(8, 30)))
    #expect(exchange.dueReservations == [0])
    exchange.send(reservation: 0, day: SecurityDay(base: 70_000), leastNumber: 50, at: exchange.now)
    #expect(exchange.reservations[0].sent == [0] && exchange.orders[0].number == 50)
    #expect(exchange.dueReservations.isEmpty)
    #expect(cancel(&exchange, first) == false)
  }
}
