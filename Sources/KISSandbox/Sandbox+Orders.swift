import KISMarket
import KISRecording
import KISScenario
import KISWire

extension Sandbox {
  /// The exchange's answer to an order or a reservation; nil for all else. For an inquiry about an account it puts the
  /// account into `asked`, from which the answer is then generated.
  ///
  /// - Parameter reservationTime: when reservations are taken; nil is now.
  func exchangeAnswer(
    to request: RESTRequest, _ asked: inout AnswerRequest, appKey: String, reservationTime: KoreanTime? = nil
  ) -> RESTAnswer? {
    if asked.isTradedByExchange { return answerOrder(request, asked, appKey: appKey) }
    if asked.isReservation { return answerReservation(request, asked, appKey: appKey, at: reservationTime) }
    guard asked.isInquiry, asked.parameter("CANO") != nil else { return nil }
    openAccount(asked.accountID)
    followMarket(at: clock.now)
    asked.account = AccountView(exchange, of: asked.accountID)
    return nil
  }

  private func answerOrder(_ request: RESTRequest, _ asked: AnswerRequest, appKey: String) -> RESTAnswer {
    guard asked.isWellFormedOrder else { return .malformedOrder }
    if ["29", "55"].contains(asked.parameter("ACNT_PRDT_CD")) { return .pensionAccount(on: configuration.venue) }
    if asked.isOnAccountOfContracts { return configuration.unknownAccount }
    openAccount(asked.accountID)
    let now = marketTime
    followMarket(at: clock.now)
    let result = asked.isChange ? change(asked, appKey: appKey, at: now) : place(asked, appKey: appKey, at: now)
    tellClients()
    if exchange.isFollowing, exchange.followed == nil {
      exchange.followed = TradingMoment(now)
      scheduleLook(at: clock.now)
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

  /// An order as it is asked for, with what holds for its instrument now.
  func clientOrder(
    _ asked: AnswerRequest, of instrument: Instrument?, _ day: SecurityDay?, appKey: String, at now: KoreanTime
  ) -> ClientOrder {
    ClientOrder(
      account: asked.accountID, sender: appKey, security: instrument?.security(isByNight: asked.isByNight), day: day,
      side: asked.isSale ? .sell : .buy, kind: asked.orderKind, route: asked.orderRoute, price: asked.orderPrice(),
      trigger: asked.orderKind?.price == .stopLimit ? asked.trigger(of: instrument) : nil,
      quantity: asked.orderQuantity, loan: asked.loan,
      leastNumber: leastOrderNumber(at: now))
  }

  /// What holds for an instrument at a moment, after the exchange was shown the book that an order is about to meet.
  func securityDay(of instrument: Instrument, side: KISMarket.Side, at now: KoreanTime) -> SecurityDay {
    showBook(of: instrument, at: now)
    var day = quoteForOrders(instrument, at: now).securityDay(on: TradingMoment(now).date)
    day.lot = instrument.lot(side: side, codes: configuration.knownCodes)
    return day
  }

  private func place(_ asked: AnswerRequest, appKey: String, at now: KoreanTime) -> Result<Int, OrderRefusal> {
    // Nobody lends shares here: there are none to sell, and none to give back.
    if asked.isOfBorrowedShares { return .failure(.holdings) }
    let instrument = asked.orderedInstrument
    let day = instrument.map { securityDay(of: $0, side: asked.isSale ? .sell : .buy, at: now) }
    if asked.borrowsOnAnotherDay { return .failure(.notTradingDay) }
    let order = clientOrder(asked, of: instrument, day, appKey: appKey, at: now)
    if let instrument { exchange.know(instrument) }
    return exchange.core.place(order, at: TradingMoment(now))
  }

  private func change(_ asked: AnswerRequest, appKey: String, at now: KoreanTime) -> Result<Int, OrderRefusal> {
    let number = asked.wholeNumber("ORGN_ODNO") ?? 0
    var change = OrderChange(
      account: asked.accountID, sender: appKey, original: number, leastNumber: leastOrderNumber(at: now))
    let written = asked.orderQuantity
    switch asked.orderAPI.flatMap({ asked.parameter($0.all) }) {
    case "Y": break
    case "N": change.quantity = written
    // APIs that do not ask whether it is all mean all where they name no quantity.
    default: change.quantity = written > 0 ? written : nil
    }
    if let position = exchange.core.position(number: number),
      let instrument = exchange.instruments[exchange.core.orders[position].security.code]
    {
      let order = exchange.core.orders[position]
      guard instrument.market.desk == asked.market.desk,
        asked.means(order, of: instrument)
      else { return .failure(.unknownOrder) }
      // A cancellation meets no book: what is listed as open at a moment can be taken back at that moment.
      if !asked.isCancellation {
        change.day = securityDay(of: instrument, side: order.side, at: now)
        // What does not say how it behaves now behaves as before.
        let isSaid = asked.orderAPI.flatMap { asked.parameter($0.division) } != nil
        change.becomes = OrderChange.Terms(
          kind: isSaid ? asked.orderKind : order.kind, price: asked.orderPrice(of: instrument))
      }
    }
    let result = exchange.core.change(change, at: TradingMoment(now))
    if asked.becomesMarketOrder, case .success(let position) = result {
      orderAtMarket(exchange.core.orders[position], appKey: appKey, at: now)
    }
    return result
  }

  /// Orders at the market what a cancellation took back (시장가전환).
  private func orderAtMarket(_ cancelled: OrderRecord, appKey: String, at now: KoreanTime) {
    guard let instrument = exchange.instruments[cancelled.security.code] else { return }
    let order = ClientOrder(
      account: cancelled.account, sender: appKey, security: cancelled.security,
      day: securityDay(of: instrument, side: cancelled.side, at: now), side: cancelled.side, kind: .market, price: 0,
      quantity: cancelled.quantity, leastNumber: leastOrderNumber(at: now))
    _ = exchange.core.place(order, at: TradingMoment(now))
  }

  /// Order numbers grow with the day.
  func leastOrderNumber(at now: KoreanTime) -> Int {
    SimulatedDay.orderNumber(atMillisecond: Int(now.nanosecondOfDay / 1_000_000))
  }

  // MARK: Accounts

  /// Opens an account, with what it owns at the start, when it is first asked about.
  func openAccount(_ name: AccountID) {
    guard exchange.core.accounts[name] == nil else { return }
    let isForContracts = name.hasSuffix("-03")
    let opening = OpeningHoldings(
      of: name, in: stage.market, on: CalendarDate(of: marketTime), codes: configuration.knownCodes)
    // What an account owns does not depend on when it is first asked: it was bought before the day.
    let morning = marketTime.startOfDay
    var holdings: [Holding] = []
    for instrument in opening.instruments {
      let quote = stage.market.quote(instrument, at: TradingMoment(morning))
      holdings.append(opening.holding(of: instrument, at: quote))
    }
    for instrument in opening.instruments { exchange.know(instrument) }
    var cash: [String: Int] = [:]
    for (currency, amount) in AccountCash.opening {
      cash[currency] = amount * (currency == "KRW" ? isForContracts ? 20 : 1 : Instrument.Market.overseas.scale)
    }
    if name.hasSuffix("-08") { cash.merge(AccountCash.openingForContractsAbroad) { $1 } }
    exchange.core.setAccount(Account(cash: cash, holdings: holdings), named: name)
    guard let choice = configuration.scenario?.accounts.first(where: { $0.account == name }) else { return }
    do { try apply(choice) } catch { note(.fault(name: "account", detail: "\(error)")) }
  }

  private func quoteForOrders(_ instrument: Instrument, at now: KoreanTime) -> Quote {
    var quote = stage.market.quote(instrument, at: TradingMoment(now))
    if let record = knownTrade(of: instrument.code) { quote.adopt(record) }
    return quote
  }

  // MARK: The market

  /// Shows the exchange the book that an order is about to meet.
  private func showBook(of instrument: Instrument, at now: KoreanTime) {
    exchange.show(
      instrument, in: stage.market, recorded: latestBook(of: instrument.code), at: TradingMoment(now))
  }

  /// Sends the reserved orders whose time has come, and lets resting orders meet what was traded since the last time.
  /// - Parameter onMarks: whether this is the periodic look, not one that an answer needs: then orders meet the market
  ///   at the marks of the clock at which its trades are sent, and when a recording has reported on their share.
  /// - Returns: when to look again; never while nothing rests or waits.
  @discardableResult
  func followMarket(at now: Duration, onMarks: Bool = false) -> Duration {
    tellLateClients(at: now)
    if exchange.followed != nil { handOver() }
    let market = TradingMoment(marketTime)
    while let next = exchange.core.nextReservation, next <= market {
      if let followed = exchange.followed, followed < next { follow(through: next) }
      sendReservations(at: next.koreanTime)
      exchange.followed = exchange.isFollowing ? exchange.followed ?? next : nil
    }
    let mark = onMarks ? TradeSource.mark(before: market) : market
    if let followed = exchange.followed, exchange.due <= now || followed < mark {
      follow(through: market)
      scheduleLook(at: now)
    } else if !exchange.news.isEmpty {
      for code in exchange.takeNews() { showRecorded(code, at: market) }
      tellClients()
    }
    // Where nothing waits, days pass for accounts all the same: trades are settled, and yesterday's are yesterday's.
    if exchange.followed == nil, !onMarks { exchange.core.advance(to: market) }
    let reservation = exchange.core.nextReservation.map { clockMoment(of: $0, for: .everybody) } ?? .never
    return min(exchange.due, reservation, exchange.lateNotices.map(\.due).min() ?? .never)
  }

  private func follow(through moment: TradingMoment) {
    guard let followed = exchange.followed else { return }
    noteChangesOfOrders()
    let recorded = Set(exchange.watchedRoutes.values).filter { latestTrade(of: $0) != nil }
    exchange.follow(stage.market, except: recorded, after: followed, through: moment)
    for code in recorded.sorted() { showRecorded(code, at: moment) }
    exchange.news = []
    tellClients()
    exchange.followed = exchange.isFollowing ? moment : nil
  }

  /// Lets the orders of a code meet what was last recorded of it.
  private func showRecorded(_ code: String, at moment: TradingMoment) {
    guard let instrument = exchange.instruments[code], let record = latestTrade(of: code),
      let price = record.whole("STCK_PRPR"), let volume = record.whole("ACML_VOL")
    else { return }
    let quote = quoteForOrders(instrument, at: moment.koreanTime)
    let book = latestBook(of: code) ?? stage.market.feedBook(instrument, at: moment, tape: .krx)
    let isTold = toldVolume(of: code) != nil
    let traded = isTold ? max(0, volume - (exchange.volumes[code] ?? volume)) : 0
    if isTold { exchange.volumes[code] = volume }
    let side: KISMarket.Side? = record["CCLD_DVSN"].flatMap { $0 == "1" ? .buy : $0 == "5" ? .sell : nil }
    exchange.show(
      book, print: traded > 0 ? FeedPrint(price: price, quantity: traded, taker: side) : nil,
      auction: traded > 0 ? FeedAuction(price: quote.open > 0 ? quote.open : price, quantity: traded, rest: book) : nil,
      of: instrument, day: quote.securityDay(on: moment.date), at: moment)
  }

  /// Schedules when resting orders are compared with the market again: at its next mark or, while it stands, in a
  /// second.
  private func scheduleLook(at now: Duration) {
    guard exchange.isFollowing, let followed = exchange.followed else {
      exchange.due = .never
      return
    }
    let mark = TradeSource.mark(before: followed).later(milliseconds: TradeSource.gathering)
    exchange.due = min(
      max(now + .milliseconds(1), clockMoment(of: mark, for: .everybody)), now + Sandbox.orderLook)
  }

  /// How long resting orders are not compared with a market that stands.
  private static let orderLook = Duration.seconds(1)

  // MARK: Notices

  /// Sends order notices (체결통보) to the sessions of the app key that ordered, if they registered for them.
  private func tellClients() {
    showOwnTrading()
    let wait = configuration.latency.notice ?? .zero
    for event in exchange.takeEvents() where event.order != nil {
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

  /// How long an order's reply waits: as it is set, and, where its notice is to come before it, long enough for that. On a
  /// clock that stands it would wait for ever: there the notice, which was written first, has to be enough.
  func replyDelay(of asked: AnswerRequest) -> Duration {
    guard asked.isTradedByExchange else { return .zero }
    let delivery = exchange.core.positions(of: asked.accountID).last.flatMap { exchange.core.delivery(of: $0) }
    let lead = delivery?.isBeforeReply == true && !clock.isFrozen ? Sandbox.noticeLead : .zero
    return (configuration.latency.reply ?? .zero) + lead
  }

  /// By how much a notice precedes the reply where it has to.
  private static let noticeLead = Duration.milliseconds(100)

  private func tell(_ event: ExchangeEvent, _ order: OrderRecord) {
    guard let instrument = exchange.instruments[order.security.code] else { return }
    let ids = instrument.market.desk.notices(of: event.kind, order.security)
    for session in sessions.inOrder where session.appKey == order.sender && !session.isEnding {
      for registration in session.registrations
      where ids.contains(registration.transactionID) && !registration.isForgotten {
        guard
          let notice = OrderNoticeText(
            event, order, instrument, htsID: registration.key, venue: configuration.venue, at: marketTime)
        else { continue }
        let layout = layout(of: registration.transactionID)
        send(layout.message([layout.record(notice.value)], flag: .encrypted), to: [session.id])
      }
    }
  }
}

extension OrderNoticeText {
  /// The notice of an event; nil for what no notice is known of (orders that end with their session).
  fileprivate init?(
    _ event: ExchangeEvent, _ order: OrderRecord, _ instrument: Instrument, htsID: String, venue: Venue,
    at moment: KoreanTime
  ) {
    self.init(
      htsID: htsID, venue: venue, orderNumber: order.number, instrument: instrument, isBuy: order.side == .buy,
      quantity: order.quantity, price: 0, second: moment.secondOfDay)
    date = moment.compactDate
    account = order.account.filter { $0 != "-" }
    original = order.original
    orderQuantity = order.quantity
    orderPrice = order.price
    division = OrderDivision.code(of: order.kind, at: instrument.market.desk).code
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
