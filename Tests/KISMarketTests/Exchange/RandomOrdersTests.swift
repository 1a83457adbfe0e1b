import KISMarket
import Testing

@Suite("Whatever clients order, money and shares add up")
struct RandomOrdersTests {
  /// Draws what happens next, and does it.
  struct Player {
    var counter: Counter
    var numbers: CellGenerator
    var middle = 70_000

    init(seed: UInt64) {
      var settings = ExchangeSettings()
      numbers = CellGenerator(seed: seed)
      settings.latency = .init(entry: 0...(numbers.below(2) * 500), balance: numbers.below(2) * 5_000)
      settings.selfTrade = [.allow, .cancelResting, .cancelIncoming][numbers.below(3)]
      counter = Counter(ClockTime(8, 31), cash: 20_000_000, settings: settings)
      counter.exchange.keepsJournal = true
      counter.exchange.setAccount(counter.account, named: Counter.account)
    }

    mutating func step() {
      counter.now = counter.now.later(milliseconds: numbers.below(60) == 0 ? 3_600_000 : numbers.below(4_000))
      counter.day.last = middle
      switch numbers.below(12) {
      case 0, 1, 2: showBook()
      case 3, 4:
        counter.print(price(3), numbers.within(1...150), taker: numbers.below(2) == 0 ? .buy : .sell, at: venue())
      case 5:
        if let position = anyOrder() {
          _ = counter.cancel(position, numbers.below(3) == 0 ? numbers.within(0...30) : nil)
        }
      case 6: if let position = anyOrder() { _ = counter.change(position, to: price(5)) }
      case 7 where numbers.below(6) == 0:
        _ = counter.exchange.show(
          FeedAuction(price: middle, quantity: 500, rest: book()), of: "005930", at: .krx, day: counter.day,
          moment: counter.now)
      case 8 where numbers.below(20) == 0:
        counter.exchange.interrupt(
          "005930", [nil, .halt, .volatility][numbers.below(3)], moment: counter.now)
      default:
        let kind = OrderKind(
          OrderKind.Price.allCases[numbers.below(10)],
          [.day, .day, .day, .immediateOrCancel, .fillOrKill][numbers.below(5)])
        counter.order(
          numbers.below(2) == 0 ? .buy : .sell, numbers.within(0...60), kind, price: price(8), trigger: price(8),
          route: OrderRoute.allCases[numbers.below(3)])
      }
    }

    private mutating func venue() -> TradingVenue { numbers.below(2) == 0 ? .krx : .nxt }
    private mutating func price(_ ticks: Int) -> Int { middle + numbers.within(-ticks...ticks) * 100 }

    private mutating func book() -> FeedBook {
      counter.version += 1
      let (middle, version) = (middle, counter.version)
      var numbers = self.numbers
      let bids = (0..<5).map { FeedBook.Level(middle - 100 * $0, numbers.within(1...80)) }
      let asks = (1...5).map { FeedBook.Level(middle + 100 * $0, numbers.within(1...80)) }
      self.numbers = numbers
      return FeedBook(version: version, bids: bids, asks: asks)
    }

    private mutating func showBook() {
      middle += numbers.within(-2...2) * 100
      let (book, venue) = (book(), venue())
      counter.exchange.show(book, of: "005930", at: venue, moment: counter.now)
    }

    private mutating func anyOrder() -> Int? {
      let count = counter.exchange.orders.count
      return count == 0 ? nil : max(0, count - 1 - numbers.below(30))
    }
  }

  @Test("Money, shares and orders agree after every event", arguments: [UInt64](1...6))
  func invariants(seed: UInt64) throws {
    var player = Player(seed: seed)
    var filled = 0
    for step in 0..<1_500 {
      player.step()
      let exchange = player.counter.exchange
      let account = player.counter.account
      let fees = account.executions.reduce(0) { $0 + $1.fee + $1.tax }
      let spent = account.executions.reduce(0) { $0 + ($1.side == .buy ? $1.amount : -$1.amount) }
      try #require(account.cash["KRW"]?.total == 20_000_000 - spent - fees, "step \(step)")
      let net = account.executions.reduce(0) { $0 + ($1.side == .buy ? $1.quantity : -$1.quantity) }
      try #require((account.holdings["005930"]?.quantity ?? 0) == 100 + net, "step \(step)")
      let free = (account.cash["KRW"]?.total ?? 0) - (account.reservedCash["KRW"] ?? 0)
      try #require(free >= 0, "step \(step): more is held back than there is")
      try #require((account.reservedShares["005930"] ?? 0) <= account.holdings["005930"]?.quantity ?? 0)
      var (shares, open) = (0, 0)
      for order in exchange.orders where order.role == .order {
        try #require(order.filled + order.cancelled + order.expired + order.open == order.quantity)
        if order.side == .sell { shares += order.open }
        open += order.open
      }
      let unbooked =
        exchange.orders.reduce(0) { $0 + ($1.side == .sell ? $1.filled : 0) }
        - account.executions.reduce(0) { $0 + ($1.side == .sell ? $1.quantity : 0) }
      try #require(account.reservedShares["005930"] ?? 0 == shares + unbooked, "step \(step)")
      if open == 0, exchange.nextDue == nil { try #require(account.reservedCash["KRW"] ?? 0 == 0) }
      filled = exchange.orders.reduce(0) { $0 + $1.filled }
    }
    #expect(filled > 500)
  }

  @Test(
    "The journal, replayed, gives the same transcript, with or without time passing in between",
    arguments: [UInt64](1...4))
  func replay(seed: UInt64) throws {
    var (player, played) = (Player(seed: seed), ExchangeTranscript())
    let start = TradingMoment(player.counter.now.date, ClockTime(8, 31))
    for _ in 0..<800 {
      player.step()
      for event in player.counter.exchange.takeEvents() { played.add(event) }
    }
    for pause in [nil, 250, 60_000] {
      var (exchange, replayed) = (
        Exchange(settings: player.counter.exchange.settings, now: start), ExchangeTranscript()
      )
      for command in player.counter.exchange.journal {
        while let pause, exchange.now.later(milliseconds: pause) < command.moment,
          exchange.now.date == command.moment.date
        {
          exchange.advance(to: exchange.now.later(milliseconds: pause))
        }
        exchange.apply(command)
        for event in exchange.takeEvents() { replayed.add(event) }
      }
      #expect(replayed == played)
    }
    #expect(played.count > 200)
  }
}
