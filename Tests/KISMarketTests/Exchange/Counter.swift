import KISMarket

/// An exchange with one account and one share, and the words of a test about it.
struct Counter {
  var exchange: Exchange
  let security = Security("005930", .korea(.kospi, .share, isOnNextrade: true))
  var day: SecurityDay
  var now: TradingMoment
  var version = 0
  static let account = "12345678-01"

  init(
    _ time: ClockTime = ClockTime(10, 0), on date: CalendarDate = "2026-10-12", cash: Int = 100_000_000,
    shares: Int = 100, settings: ExchangeSettings = ExchangeSettings()
  ) {
    now = TradingMoment(date, time)
    exchange = Exchange(settings: settings, now: now)
    let ticks = PriceTicks(of: .share, on: .kospi, at: date)
    day = SecurityDay(
      base: 70_000, ticks: ticks, limits: PriceLimits(around: 70_000, percent: 30, ticks: ticks), last: 70_000)
    exchange.setAccount(
      Account(
        cash: ["KRW": cash], holdings: [Holding(security, quantity: shares, average: 650_000_000)]),
      named: Counter.account)
  }

  var account: Account { exchange.accounts[Counter.account] ?? Account() }

  mutating func go(to time: ClockTime) { now = TradingMoment(now.date, time) }

  /// The usual book: 100 shares at each of 70,100–70,300 asked and 70,000–69,800 bid.
  mutating func book(
    bids: [(Int, Int)] = [(70_000, 100), (69_900, 100), (69_800, 100)],
    asks: [(Int, Int)] = [(70_100, 100), (70_200, 100), (70_300, 100)], at venue: TradingVenue? = .krx
  ) {
    version += 1
    exchange.show(
      FeedBook(
        version: version, bids: bids.map { FeedBook.Level($0.0, $0.1) }, asks: asks.map { FeedBook.Level($0.0, $0.1) }),
      of: security.code, at: venue, moment: now)
  }

  mutating func print(_ price: Int, _ quantity: Int, taker: Side? = nil, at venue: TradingVenue? = .krx) {
    exchange.show(
      FeedPrint(price: price, quantity: quantity, taker: taker), of: security.code, at: venue, moment: now)
  }

  @discardableResult
  mutating func order(
    _ side: Side, _ quantity: Int, _ kind: OrderKind? = .limit, price: Int = 0, trigger: Int? = nil,
    route: OrderRoute = .krx
  ) -> Result<Int, OrderRefusal> {
    exchange.place(
      ClientOrder(
        account: Counter.account, security: security, day: day, side: side, kind: kind, route: route, price: price,
        trigger: trigger, quantity: quantity), at: now)
  }

  mutating func change(
    _ position: Int, _ quantity: Int? = nil, to price: Int, kind: OrderKind = .limit
  ) -> Result<Int, OrderRefusal> {
    exchange.change(
      OrderChange(
        account: Counter.account, original: exchange.orders[position].number, quantity: quantity,
        becomes: OrderChange.Terms(kind: kind, price: price), day: day), at: now)
  }

  mutating func cancel(_ position: Int, _ quantity: Int? = nil) -> Result<Int, OrderRefusal> {
    exchange.change(
      OrderChange(account: Counter.account, original: exchange.orders[position].number, quantity: quantity), at: now)
  }

  /// Price and quantity of what was filled since the last call.
  mutating func fills() -> [[Int]] {
    exchange.takeEvents().compactMap { event in
      if case .filled(let fill) = event.kind { [fill.price, fill.quantity] } else { nil }
    }
  }
}

extension Result {
  var refusal: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
