import KISMarket
import KISScenario
import KISWire

/// The exchange of a sandbox: what clients ordered and what they own, and how far it has followed the market.
struct ClientExchange: Sendable {
  var core: Exchange
  /// What was ordered or is held, by code.
  private(set) var instruments: [String: Instrument] = [:]
  /// When each order was placed, as the sandbox's clock told it.
  private(set) var placed: [KoreanTime] = []
  /// How much of each instrument had been traded when it was last looked at.
  private var volumes: [String: Int] = [:]
  /// When resting orders are held against the market again.
  var due = Duration.never
  /// How the market stood for them.
  var quotes = QuoteCache()
  /// When the market was last looked at.
  var looked: KoreanTime?
  /// Where the market never closes: since when, by the sandbox's clock, and which moment of the market that was.
  private var opened: (clock: Duration, moment: TradingMoment)?

  /// How long the reply that is being made waits.
  var replyDelay = Duration.zero
  /// Notices that leave later than what they tell of, by when they are due.
  var lateNotices: [(due: Duration, event: ExchangeEvent)] = []

  /// An exchange at its start, with what a scenario says of orders to come.
  /// - Parameter hours: where the market never closes, the exchange begins on the last trading day: on a Sunday orders
  ///   would be refused for their day else.
  init(_ configuration: SandboxConfiguration, at wall: KoreanTime, hours: OpeningHours) {
    let moment = TradingMoment(wall)
    let start =
      hours == .exchange
      ? moment : TradingMoment(TradingCalendar.tradingDay(onOrBefore: moment.date), ClockTime(milliseconds: 0))
    core = Exchange(settings: configuration.exchangeSettings, now: start)
    for rule in configuration.scenario?.orders ?? [] {
      core.steer(OrderSteering(rule, code: rule.code.map { configuration.knownCodes.traded($0)?.code ?? $0 }))
    }
  }

  // MARK: Time

  /// The moment of the market: what the clock tells, or, where the market never closes, a session that goes on from day to
  /// day without its nights.
  mutating func moment(now: Duration, wall: KoreanTime, hours: OpeningHours) -> TradingMoment {
    guard hours == .always else { return TradingMoment(wall) }
    let session = ClientExchange.sessionStart..<ClientExchange.sessionEnd
    let begun: (clock: Duration, moment: TradingMoment)
    if let opened {
      begun = opened
    } else {
      let second = MarketMoment(wall, hours: hours).second
      let date = TradingCalendar.tradingDay(onOrBefore: TradingMoment(wall).date)
      begun = (now, TradingMoment(date, ClockTime(milliseconds: second * 1_000)))
      opened = begun
    }
    let start = min(max(begun.moment.time.milliseconds, session.lowerBound), session.upperBound - 1)
    let passed = start - session.lowerBound + Int((now - begun.clock).nanoseconds / 1_000_000)
    let date = TradingCalendar.tradingDay(TradingCalendar.ordinal(of: begun.moment.date) + passed / session.count)
    return TradingMoment(date, ClockTime(milliseconds: session.lowerBound + passed % session.count))
  }

  /// From when to when a session goes that is repeated: its continuous trading, in milliseconds.
  private static let sessionStart = (MarketHours.open + 30) * 1_000
  private static let sessionEnd = (MarketHours.closingAuction - 60) * 1_000

  // MARK: Orders

  mutating func place(_ order: ClientOrder, of instrument: Instrument?, wall: KoreanTime, at moment: TradingMoment)
    -> Result<Int, OrderRefusal>
  {
    if let instrument { instruments[instrument.code] = instrument }
    let result = core.place(order, at: moment)
    noteTimes(wall)
    return result
  }

  mutating func change(_ change: OrderChange, wall: KoreanTime, at moment: TradingMoment) -> Result<Int, OrderRefusal> {
    let result = core.change(change, at: moment)
    noteTimes(wall)
    return result
  }

  private mutating func noteTimes(_ wall: KoreanTime) {
    while placed.count < core.orders.count { placed.append(wall) }
  }

  mutating func know(_ instrument: Instrument) { instruments[instrument.code] = instrument }

  // MARK: The market around

  /// The quote of an instrument is handed to the exchange: first what was traded since the last look, then its book.
  mutating func show(_ quote: Quote, at moment: TradingMoment) {
    let code = quote.instrument.code
    let traded = quote.volume - (volumes[code] ?? quote.volume)
    let isKnown = volumes[code] != nil
    volumes[code] = quote.volume
    let book = quote.feedBook
    guard !quote.instrument.market.isAbroad else {
      if traded > 0 { core.show(print(quote, traded), of: code, at: nil, moment: moment) }
      return core.show(book, of: code, at: nil, moment: moment)
    }
    core.advance(to: moment)
    for venue in TradingVenue.allCases {
      let phase = core.phase(at: venue)
      if core.isCollecting(code, at: venue) {
        guard let price = auctionPrice(of: quote, phase), isKnown else { continue }
        core.show(
          FeedAuction(price: price, quantity: max(0, traded), rest: book), of: code, at: venue,
          day: quote.securityDay(on: moment.date), moment: moment)
      } else if phase.isContinuous {
        if traded > 0 { core.show(print(quote, traded), of: code, at: venue, moment: moment) }
        core.show(book, of: code, at: venue, moment: moment)
      }
    }
  }

  private func print(_ quote: Quote, _ quantity: Int) -> FeedPrint {
    let taker: KISMarket.Side? =
      switch quote.lastSide {
      case .buy: .buy
      case .sell: .sell
      case .auction: nil
      }
    return FeedPrint(price: quote.price, quantity: quantity, taker: taker)
  }

  /// The price of an auction that is over; nil while it collects.
  private func auctionPrice(of quote: Quote, _ phase: TradingPhase) -> Int? {
    if phase.isContinuous { return quote.open > 0 ? quote.open : nil }
    return quote.second >= MarketHours.close && !phase.isAuction ? quote.price : nil
  }
}

extension TradingMoment {
  /// What a clock tells.
  init(_ wall: KoreanTime) {
    let day = TradingDay(of: wall)
    self.init(
      CalendarDate(number: day.number), ClockTime(milliseconds: Int(wall.nanosecondOfDay / 1_000_000)))
  }
}
