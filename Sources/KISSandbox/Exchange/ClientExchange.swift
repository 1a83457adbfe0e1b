import KISMarket
import KISScenario
import KISWire

/// The exchange of a sandbox: what clients ordered and what they own, and how far it has followed the market.
struct ClientExchange: Sendable {
  var core: Exchange
  /// What became of orders lately, for whoever watches.
  var happened = OrderLog()
  /// What was ordered or is held, by code.
  private(set) var instruments: [String: Instrument] = [:]
  /// When resting orders are compared with the market again.
  var due = Duration.never
  /// Until when resting orders have met what was traded; nil while none rests.
  var followed: TradingMoment?
  /// The recorded routes of shares with resting orders, and the shares of which something was recorded since the last
  /// look.
  var watchedRoutes: [Route: String] = [:]
  var news: Set<String> = []
  /// The recorded volume by code when it was last looked at.
  var volumes: [String: Int] = [:]
  /// The coming trades of the market that resting orders may meet.
  private var outlook = MarketOutlook()
  /// The shares whose resting orders may differ from what tape and books show.
  private var unshown: Set<String> = []

  /// How long the reply that is being made waits.
  var replyDelay = Duration.zero
  /// Notices that are sent later than their events, by when they are due.
  var lateNotices: [(due: Duration, event: ExchangeEvent)] = []

  /// An exchange at its start, with what a scenario says of orders to come.
  init(_ configuration: SandboxConfiguration, at moment: TradingMoment) {
    core = Exchange(settings: configuration.exchangeSettings, now: moment)
    for rule in configuration.scenario?.orders ?? [] {
      core.steer(OrderSteering(rule, code: rule.code.map { configuration.knownCodes.tradedCode($0) ?? $0 }))
    }
  }

  /// Notes what an instrument is, so that orders and holdings of it can be named.
  mutating func know(_ instrument: Instrument) { instruments[instrument.code] = instrument }

  /// The shares of which something was recorded since the last look, in order.
  mutating func takeNews() -> [String] {
    defer { news = [] }
    return news.sorted()
  }

  /// Whether orders wait for the market, or anything is due at the exchange.
  var isFollowing: Bool { core.hasOpenOrders || core.nextDue != nil }

  /// Looks at what changed of the orders that wait since the last call.
  /// - Returns: the shares concerned, in order.
  mutating func noteChanges() -> [String] {
    let changed = core.takeChangedCodes()
    unshown.formUnion(changed)
    for code in changed {
      if let instrument = instruments[code], !core.openOrders(of: code).isEmpty {
        outlook.expect(instrument, reach: reach(of: code))
      } else {
        outlook.forget(code)
      }
    }
    return changed.sorted()
  }

  /// The shares of which something else may wait since the last call, in order.
  mutating func takeUnshown() -> [String] {
    guard !unshown.isEmpty else { return [] }
    defer { unshown = [] }
    return unshown.sorted()
  }

  /// Marks all resting orders to be looked at again, since something else is played or shown.
  mutating func lookAgain() -> [String] {
    unshown.formUnion(core.watchedCodes)
    return unshown.sorted()
  }

  // MARK: The market around

  /// Shows an instrument's book to the exchange, before an order for it arrives.
  ///
  /// - Parameter recorded: the recorded book; nil where the market makes it.
  mutating func show(_ instrument: Instrument, in market: QuotedMarket, recorded: FeedBook?, at moment: TradingMoment) {
    core.advance(to: moment)
    guard instrument.security.hasPhases else {
      let book = recorded ?? market.feedBook(instrument, at: moment, tape: .krx)
      return core.show(book, of: instrument.code, at: nil, moment: moment)
    }
    // While none of its orders waited, nobody told of interruptions; what is recorded has none of the market's.
    let interruption = recorded == nil ? market.interruption(of: instrument, at: moment) : nil
    if core.interruption(of: instrument.code) != interruption {
      core.interrupt(instrument.code, interruption, moment: moment)
    }
    for venue in TradingVenue.allCases {
      let phase = core.phase(at: venue)
      guard phase.isContinuous else { continue }
      if let recorded {
        core.show(recorded, of: instrument.code, at: venue, moment: moment)
        continue
      }
      let book = market.bookAround(instrument, at: moment, tape: venue.tape(in: phase))
      // Until the auction has traded there is nothing to meet.
      guard book.expected == nil else { continue }
      core.show(FeedBook(book), of: instrument.code, at: venue, moment: moment)
    }
  }

  /// Shows the exchange what was recorded of an instrument: what was traded since the look before, then its book.
  mutating func show(
    _ book: FeedBook, print: FeedPrint?, auction: FeedAuction?, of instrument: Instrument, day: SecurityDay,
    at moment: TradingMoment
  ) {
    core.advance(to: moment)
    guard instrument.security.hasPhases else {
      if let print { core.show(print, of: instrument.code, at: nil, moment: moment) }
      return core.show(book, of: instrument.code, at: nil, moment: moment)
    }
    for venue in TradingVenue.allCases {
      if core.isCollecting(instrument.code, at: venue) {
        if let auction { core.show(auction, of: instrument.code, at: venue, day: day, moment: moment) }
      } else if core.phase(at: venue).isContinuous {
        if let print { core.show(print, of: instrument.code, at: venue, moment: moment) }
        core.show(book, of: instrument.code, at: venue, moment: moment)
      }
    }
  }

  /// Lets resting orders meet what the market traded after one moment up to another, in the order of time: each print
  /// with the book that it met. What cannot concern any order is passed over.
  ///
  /// - Parameter recorded: the shares that recordings feed, so that the market does not.
  mutating func follow(
    _ market: QuotedMarket, except recorded: Set<String>, after start: TradingMoment, through end: TradingMoment
  ) {
    let happenings = outlook.happenings(in: market, except: recorded, after: start, through: end)
    for happening in happenings { apply(happening, market) }
    core.advance(to: end)
    endSilentAuctions(market, except: recorded, at: end)
  }

  private mutating func apply(_ happening: MarketHappening, _ market: QuotedMarket) {
    let (instrument, moment) = (happening.instrument, happening.moment)
    switch happening.kind {
    case .interruption(let interruption): core.interrupt(instrument.code, interruption, moment: moment)
    case .print(let print, let tape, let session):
      core.advance(to: moment)
      let venue = instrument.security.hasPhases ? tape.venue : nil
      let before = TradingMoment(session.date, session.time.later(milliseconds: -1))
      if let side = print.side {
        core.show(market.feedBook(instrument, at: before, tape: tape), of: instrument.code, at: venue, moment: moment)
        core.show(
          FeedPrint(price: print.price, quantity: print.size, taker: side), of: instrument.code, at: venue,
          moment: moment)
      } else {
        let rest = market.feedBook(instrument, at: session, tape: tape)
        let quote = market.quote(instrument, at: before)
        core.show(
          FeedAuction(price: print.price, quantity: print.size, rest: rest), of: instrument.code, at: venue,
          day: quote.securityDay(on: session.date), moment: moment)
      }
    }
  }

  /// Auctions in which nothing met end all the same.
  private mutating func endSilentAuctions(
    _ market: QuotedMarket, except recorded: Set<String>, at moment: TradingMoment
  ) {
    let venues = TradingVenue.allCases.filter { core.phase(at: $0).isContinuous }
    guard !venues.isEmpty, !core.collecting.isEmpty else { return }
    for code in Set(core.collecting.map(\.code)).sorted()
    where !recorded.contains(code) && !core.openOrders(of: code).isEmpty {
      guard let instrument = instruments[code], instrument.security.hasPhases else { continue }
      for venue in venues where core.isCollecting(code, at: venue) {
        let book = market.bookAround(instrument, at: moment, tape: venue.tape(in: core.phase(at: venue)))
        if book.expected == nil { core.show(FeedBook(book), of: code, at: venue, moment: moment) }
      }
    }
  }

  /// The prices whose trades concern the orders of a code: those near them and beyond. Nil is any price.
  private func reach(of code: String) -> OrderReach? {
    var reach = OrderReach()
    for order in core.openOrders(of: code) {
      guard order.kind.price == .limit || order.kind.price == .conditional, order.price > 0 else { return nil }
      if order.side == .buy {
        reach.highestBid = max(reach.highestBid ?? 0, order.price)
      } else {
        reach.lowestAsk = min(reach.lowestAsk ?? .max, order.price)
      }
    }
    return reach
  }
}
