import KISMarket
import KISRecording
import KISScenario
import KISWire

extension Sandbox {
  /// What the exchange answers: to every order of shares, and to every inquiry about what it keeps; nil to all else.
  func exchangeAnswer(to request: RESTRequest, _ asked: inout AnswerRequest, appKey: String) -> RESTAnswer? {
    if asked.isTradedByExchange { return answerOrder(request, asked, appKey: appKey) }
    guard asked.isInquiry, asked.isAboutShares, asked.parameter("CANO") != nil else { return nil }
    openAccount(asked.accountID)
    followMarket(at: clock.now)
    asked.account = AccountView(exchange, of: asked.accountID)
    return nil
  }

  private func answerOrder(_ request: RESTRequest, _ asked: AnswerRequest, appKey: String) -> RESTAnswer {
    guard asked.isWellFormedOrder else { return .malformedOrder }
    if ["29", "55"].contains(asked.parameter("ACNT_PRDT_CD")) { return .pensionAccount(on: configuration.venue) }
    openAccount(asked.accountID)
    let moment = marketMoment
    let result =
      asked.isChange ? change(asked, appKey: appKey, at: moment) : place(asked, appKey: appKey, at: moment)
    tellClients()
    if isFollowing {
      exchange.looked = exchange.looked ?? clock.wallTime
      exchange.due = min(exchange.due, clock.now + Sandbox.orderLook)
    }
    wake()
    switch result {
    case .success(let position):
      var asked = asked
      asked.placed = exchange.core.orders[position]
      return generatedAnswer(to: request, asked)
    case .failure(let refusal):
      let isLateStatus = configuration.venue == .vts && configuration.quirks.contains(.vtsOrderAfterHours)
      return RESTAnswer(
        refusal, on: configuration.venue, isAbroad: asked.market.isAbroad, status: isLateStatus ? 500 : 200)
    }
  }

  private func place(
    _ asked: AnswerRequest, appKey: String, at moment: TradingMoment
  ) -> Result<Int, OrderRefusal> {
    let instrument = asked.orderedInstrument
    let quote = instrument.map { quoteForOrders($0, at: clock.wallTime, latestTrades()) }
    if let quote { exchange.show(quote, at: moment) }
    let order = ClientOrder(
      account: asked.accountID, sender: appKey, security: instrument?.security,
      day: quote?.securityDay(on: moment.date), side: asked.isSale ? .sell : .buy, kind: asked.orderKind,
      route: asked.orderRoute, price: asked.orderPrice, trigger: asked.price("CNDT_PRIC"),
      quantity: asked.wholeNumber("ORD_QTY") ?? 0,
      loan: asked.api.path.hasSuffix("/order-credit") ? asked.parameter("LOAN_DT") ?? "" : nil,
      leastNumber: leastOrderNumber)
    return exchange.place(order, of: instrument, wall: clock.wallTime, at: moment)
  }

  private func change(
    _ asked: AnswerRequest, appKey: String, at moment: TradingMoment
  ) -> Result<Int, OrderRefusal> {
    let number = asked.wholeNumber("ORGN_ODNO") ?? 0
    var change = OrderChange(
      account: asked.accountID, sender: appKey, original: number, leastNumber: leastOrderNumber)
    let written = asked.wholeNumber("ORD_QTY") ?? 0
    if asked.parameter("QTY_ALL_ORD_YN") != "Y", written > 0 { change.quantity = written }
    if let position = exchange.core.position(number: number),
      let instrument = exchange.instruments[exchange.core.orders[position].security.code]
    {
      let quote = quoteForOrders(instrument, at: clock.wallTime, latestTrades())
      exchange.show(quote, at: moment)
      change.day = quote.securityDay(on: moment.date)
      if !asked.isCancellation {
        // What does not say how it behaves now behaves as before.
        let kind = asked.parameter("ORD_DVSN") == nil ? exchange.core.orders[position].kind : asked.orderKind
        change.becomes = OrderChange.Terms(kind: kind, price: asked.orderPrice)
      }
    }
    return exchange.change(change, wall: clock.wallTime, at: moment)
  }

  /// Order numbers grow with the day.
  private var leastOrderNumber: Int {
    SimulatedDay.orderNumber(atMillisecond: Int(clock.wallTime.nanosecondOfDay / 1_000_000))
  }

  // MARK: Accounts

  /// The moment of the market that orders stand at.
  var marketMoment: TradingMoment {
    exchange.moment(now: clock.now, wall: clock.wallTime, hours: openingHours)
  }

  /// Gives an account that is asked about for the first time what it owns.
  func openAccount(_ name: AccountID) {
    guard exchange.core.accounts[name] == nil else { return }
    let opening = OpeningHoldings(of: name, seed: configuration.seed, codes: configuration.knownCodes)
    var holdings: [Holding] = []
    for instrument in opening.instruments {
      holdings.append(opening.holding(of: instrument, at: openingQuote(instrument)))
    }
    for instrument in opening.instruments { exchange.know(instrument) }
    var cash = ["KRW": AccountCash.opening(isAbroad: false)]
    for currency in ["USD", "HKD", "JPY", "CNY", "VND"] {
      cash[currency] = AccountCash.opening(isAbroad: true) * Instrument.Market.overseas.scale
    }
    exchange.core.setAccount(Account(cash: cash, holdings: holdings), named: name)
    guard let choice = configuration.scenario?.accounts.first(where: { $0.account == name }) else { return }
    do { try apply(choice) } catch { note(.fault(name: "account", detail: "\(error)")) }
  }

  /// How an instrument stood when the market opened: what an account owns does not depend on when it is first asked.
  private func openingQuote(_ instrument: Instrument) -> Quote {
    quoteForOrders(instrument, at: clock.wallTime, [:])
  }

  private func quoteForOrders(_ instrument: Instrument, at wall: KoreanTime, _ latest: [String: Record]) -> Quote {
    var quote = exchange.quotes.quote(of: instrument, at: wall, hours: openingHours, seed: configuration.seed)
    if let record = latest[instrument.code] { quote.adopt(record) }
    return quote
  }

  // MARK: The market

  /// Holds resting orders against the market, as often as it has to be looked at since the last time.
  /// - Returns: when to look again; never while nothing rests.
  @discardableResult
  func followMarket(at now: Duration) -> Duration {
    tellLateClients(at: now)
    guard exchange.due <= now || exchange.looked.map({ $0 < clock.wallTime }) == true else {
      return min(exchange.due, exchange.lateNotices.map(\.due).min() ?? .never)
    }
    let wall = clock.wallTime
    let moments = momentsToLookAt(until: wall)
    let latest = latestTrades()
    for moment in moments {
      let passed = wall.epochNanoseconds - moment.epochNanoseconds
      let market = exchange.moment(now: now - .nanoseconds(passed), wall: moment, hours: openingHours)
      for code in exchange.core.watchedCodes.sorted() {
        guard let instrument = exchange.instruments[code] else { continue }
        exchange.show(quoteForOrders(instrument, at: moment, passed == 0 ? latest : [:]), at: market)
      }
      exchange.core.advance(to: market)
    }
    tellClients()
    exchange.looked = isFollowing ? wall : nil
    exchange.quotes.keep(only: exchange.core.watchedCodes)
    exchange.due = isFollowing ? now + Sandbox.orderLook : .never
    return min(exchange.due, exchange.lateNotices.map(\.due).min() ?? .never)
  }

  /// Whether orders wait for the market, or anything is due at the exchange.
  private var isFollowing: Bool { !exchange.core.watchedCodes.isEmpty || exchange.core.nextDue != nil }

  /// Every second when it was looked at a second ago; after a leap, the moments in between that an order may have met
  /// somebody at: evenly spread, and where auctions end.
  private func momentsToLookAt(until wall: KoreanTime) -> [KoreanTime] {
    guard let looked = exchange.looked, looked < wall else { return [wall] }
    let passed = wall.epochNanoseconds - looked.epochNanoseconds
    let step = max(1_000_000_000, passed / Int64(Sandbox.mostLooks))
    var moments: [KoreanTime] = []
    var moment = looked + .nanoseconds(step)
    while moment < wall {
      moments.append(moment)
      moment = moment + .nanoseconds(step)
    }
    for second in Sandbox.auctionEnds {
      let end = wall.startOfDay + .seconds(second)
      if looked < end, end < wall { moments.append(end) }
    }
    return moments.sorted() + [wall]
  }

  /// How often resting orders are held against the market, and how often at the most after a leap.
  private static let orderLook = Duration.seconds(1)
  private static let mostLooks = 120
  /// When the opening and the closing auction are over at the latest, in seconds since midnight.
  private static let auctionEnds = [MarketHours.open + 30, MarketHours.close + 20]

  // MARK: Notices

  /// Tells the sessions of who ordered what became of their orders (체결통보), if they registered for it.
  private func tellClients() {
    let wait = configuration.latency.notice ?? .zero
    for event in exchange.core.takeEvents() where event.order != nil {
      if wait > .zero, !event.delivery.isBeforeReply {
        exchange.lateNotices.append((clock.now + wait, event))
      } else {
        tell(event)
      }
    }
  }

  private func tellLateClients(at now: Duration) {
    while let first = exchange.lateNotices.first, first.due <= now { tell(exchange.lateNotices.removeFirst().event) }
  }

  private func tell(_ event: ExchangeEvent) {
    guard let position = event.order else { return }
    for _ in 0..<event.delivery.copies { tell(event, exchange.core.orders[position]) }
  }

  /// How long an order's reply waits: as it is set, and, where its notice is to come before it, long enough for that.
  func replyDelay(of asked: AnswerRequest) -> Duration {
    guard asked.isTradedByExchange else { return .zero }
    let delivery = exchange.core.positions(of: asked.accountID).last.flatMap { exchange.core.delivery(of: $0) }
    return (configuration.latency.reply ?? .zero) + (delivery?.isBeforeReply == true ? Sandbox.noticeLead : .zero)
  }

  /// By how much a notice comes before the reply, where it is to.
  private static let noticeLead = Duration.milliseconds(100)

  private func tell(_ event: ExchangeEvent, _ order: OrderRecord) {
    guard let instrument = exchange.instruments[order.security.code] else { return }
    let isAbroad = instrument.market.isAbroad
    let ids: Set<TransactionID> = isAbroad ? ["H0GSCNI0", "H0GSCNI9"] : ["H0STCNI0", "H0STCNI9"]
    let dialect = stage.translation?.target ?? configuration.dialect ?? configuration.recordedDialect
    for session in sessions.inOrder where session.appKey == order.sender && !session.isEnding {
      for registration in session.registrations
      where ids.contains(registration.transactionID) && !registration.isForgotten {
        guard
          let notice = OrderNoticeText(
            event, order, instrument, htsID: registration.key, venue: configuration.venue,
            second: clock.wallTime.secondOfDay)
        else { continue }
        let layout = dialect.layout(of: registration.transactionID)
        send(layout.message([layout.record(notice.value)], flag: .encrypted), to: [session.id])
      }
    }
  }
}

extension OrderNoticeText {
  /// The notice of an event; nil for what no notice is known of (orders that end with their session).
  fileprivate init?(
    _ event: ExchangeEvent, _ order: OrderRecord, _ instrument: Instrument, htsID: String, venue: Venue, second: Int
  ) {
    self.init(
      htsID: htsID, venue: venue, orderNumber: order.number, instrument: instrument, isBuy: order.side == .buy,
      quantity: order.quantity, price: 0, second: second)
    account = order.account.filter { $0 != "-" }
    original = order.original
    orderQuantity = order.quantity
    orderPrice = order.price
    division = OrderDivision.code(of: order.kind).code
    condition = OrderDivision.condition(of: order.kind)
    trigger = order.trigger
    loan = order.loan
    exchange = order.route == .sor ? (order.venue == .nxt ? "4" : "3") : order.route == .nxt ? "2" : "1"
    switch event.kind {
    case .accepted: break
    case .filled(let fill):
      stage = .filled
      (quantity, price) = (fill.quantity, fill.price)
      rest = order.open
      filledSoFar = order.filled
    case .changed: (stage, change) = (.confirmed, .changed)
    case .cancelled: (stage, change) = (.confirmed, .cancelled)
    case .dropped(let rest): (stage, quantity) = (.dropped, rest)
    case .refused: stage = .refused
    case .expired: return nil
    }
  }
}
