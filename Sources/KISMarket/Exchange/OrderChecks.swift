/// An order whose security, kind, venue and price are in order.
struct CheckedOrder {
  let security: Security
  let day: SecurityDay
  let kind: OrderKind
  /// Where it goes; nil abroad.
  var venue: TradingVenue?
  /// Its price; 0 when it names none and none is known.
  let price: Int
}

extension Exchange {
  /// The highest price and the largest quantity that are taken at all.
  static let highestPrice = 100_000_000_000
  static let largestQuantity = 1_000_000_000

  /// Everything but money and holdings, in the broker's order.
  func check(_ order: ClientOrder) throws(OrderRefusal) -> CheckedOrder {
    guard let security = order.security, let day = order.day else { throw .unknownSecurity }
    guard let kind = order.kind else { throw .unknownKind }
    let venue = try venue(of: order, security, kind)
    if interruptions[security.code] == .halt { throw .halted }
    guard order.quantity > 0, order.quantity % day.lot == 0 else { throw .quantity }
    return CheckedOrder(
      security: security, day: day, kind: kind, venue: venue, price: try price(of: order, security, kind, day))
  }

  /// Where an order goes now; nil abroad.
  private func venue(
    of order: ClientOrder, _ security: Security, _ kind: OrderKind
  ) throws(OrderRefusal) -> TradingVenue? {
    switch security.listing {
    case .abroad(let exchange):
      if settings.abroadClosed == .refuse, exchange.session(on: now.date, at: now.time) == nil {
        throw exchange.sessions(on: now.date).isEmpty ? .notTradingDay : .afterClose
      }
      guard OrderRules.isTakenAbroad(kind, side: order.side) else { throw .kindNotAllowed }
      return nil
    case .bond, .contract:
      if let refusal = hours(of: security) { throw refusal }
      guard OrderRules.isTaken(kind, of: security) else { throw .kindNotAllowed }
      return nil
    case .korea(_, _, let isOnNextrade):
      if order.route == .nxt, !isOnNextrade { throw .unknownSecurity }
      let venues: [TradingVenue] =
        switch order.route {
        case .krx: [.krx]
        case .nxt: [.nxt]
        case .sor: isOnNextrade ? [.krx, .nxt] : [.krx]
        }
      let refusals = venues.map { refusal(of: kind, on: order.route, at: $0, code: security.code) }
      let open = zip(venues, refusals).filter { $1 == nil }.map { $0.0 }
      // Of several reasons, the one of a venue that is open says most.
      guard !open.isEmpty else { throw refusals.compactMap { $0 }.max { $0.rank < $1.rank } ?? .afterClose }
      return better(of: open, order.side, security.code)
    }
  }

  /// Why a venue does not take a kind of order now; nil when it does. What is never routed is refused as what the venue
  /// does not take in this phase, after the day and its hours.
  func refusal(of kind: OrderKind, on route: OrderRoute, at venue: TradingVenue, code: String) -> OrderRefusal? {
    let hours = hoursToday[venue] ?? TradingHours(of: venue, on: now.date)
    guard hours.isOpen else { return .notTradingDay }
    let running = hours.phases.filter { $0.contains(now.time) }.map(\.phase)
    let isCarried = route != .sor || OrderRules.isRouted(kind)
    if isCarried, running.contains(where: { OrderRules.allows(kind, at: venue, in: $0, on: now.date) }) {
      let isCollecting =
        interruptions[code] == .volatility || books[BookKey(code: code, venue: venue)]?.book.mode == .auction
      return isCollecting && !kind.canJoinAuction ? .kindNotAllowed : nil
    }
    let isRegular = running.contains { $0.isContinuous || $0 == .openingAuction || $0 == .closingAuction }
    if isRegular || (kind.isOffHours && !running.isEmpty) { return .kindNotAllowed }
    return now.time < (hours.continuous?.start ?? ClockTime(9, 0)) ? .beforeOpen : .afterClose
  }

  /// Why orders of what trades by sessions are not taken now; nil when they are, and always abroad, where they wait.
  private func hours(of security: Security) -> OrderRefusal? {
    if security.isAbroad || security.hasPhases { return nil }
    guard let session = security.session(at: now) else {
      return TradingCalendar.isTradingDay(now.date) ? .afterClose : .notTradingDay
    }
    return session.takesOrders(at: now) ? nil : .beforeOpen
  }

  /// The session that an order lives in; nil for shares in Korea.
  func session(of order: OrderRecord) -> OrderSession? {
    guard case .abroad(let exchange) = order.security.listing else { return order.security.session(at: now) }
    let wait = order.kind.price.isOnOpen || order.kind.price.isOnClose ? exchange.nextRegular(from: now) : nil
    guard let wait else {
      let next = exchange.nextSession(from: now)
      return OrderSession(entry: now, start: next.start, end: next.end)
    }
    // What is meant for the close arrives with the last second of trading.
    let start = order.kind.price.isOnClose ? wait.end.later(milliseconds: -1_000) : wait.start
    return OrderSession(entry: now, start: start, end: wait.end)
  }

  /// Changes and cancellations are taken while the venue is open for regular orders, or for the order's own kind.
  func hoursForChange(_ order: OrderRecord) -> OrderRefusal? {
    guard let venue = order.venue else { return hours(of: order.security) }
    let hours = hoursToday[venue] ?? TradingHours(of: venue, on: now.date)
    guard hours.isOpen else { return .notTradingDay }
    let isRunning = hours.phases.contains {
      $0.contains(now.time)
        && ($0.phase.isContinuous || $0.phase.isAuction
          || OrderRules.allows(order.kind, at: venue, in: $0.phase, on: now.date))
    }
    guard !isRunning else { return nil }
    return now.time < (hours.continuous?.start ?? ClockTime(9, 0)) ? .beforeOpen : .afterClose
  }

  /// The venue with the better price on the other side, the first when they are alike.
  private func better(of venues: [TradingVenue], _ side: Side, _ code: String) -> TradingVenue? {
    func price(_ venue: TradingVenue) -> Int {
      let book = books[BookKey(code: code, venue: venue)]
      let best = book?.feed.levels(side.opposite).first?.price
      return side == .buy ? best ?? .max : -(best ?? 0)
    }
    return venues.enumerated().min { (price($0.element), $0.offset) < (price($1.element), $1.offset) }?.element
  }

  private func price(
    of order: ClientOrder, _ security: Security, _ kind: OrderKind, _ day: SecurityDay
  ) throws(OrderRefusal) -> Int {
    switch kind.price {
    case .market, .bestOpposite, .bestOwn, .midpoint, .marketOnOpen, .marketOnClose: return 0
    case .preOpenClosing: return day.base
    case .closing: return day.close ?? day.last
    case .limit, .conditional, .stopLimit, .afterHoursAuction, .limitOnOpen, .limitOnClose:
      let prices = kind.price == .stopLimit ? [order.price, order.trigger ?? 0] : [order.price]
      for price in prices {
        guard price > 0, day.ticks?.allows(price) ?? true else { throw .tick }
        // Beyond what any share costs: an amount must be a number.
        guard price <= Exchange.highestPrice else { throw .limits }
      }
      for price in prices {
        guard day.limits?.contains(price) ?? true else { throw .limits }
      }
      if kind.price == .afterHoursAuction, let ticks = day.ticks {
        // Within 10 % of the close, and never beyond the limits of the day.
        let range = PriceLimits(around: day.close ?? day.last, percent: 10, ticks: ticks)
        guard range.contains(order.price) else { throw .limits }
      }
      return order.price
    }
  }

  /// The most that one share of a purchase can cost: its limit, or the upper limit of the day for orders without one.
  func margin(of order: CheckedOrder, _ side: Side) -> Int {
    if order.security.isContract, !order.security.isOption || side == .sell {
      return order.day.margin ?? order.day.last
    }
    guard side == .buy else { return 0 }
    if order.kind.namesPrice || order.kind.isOffHours { return order.price }
    return order.day.limits?.upper ?? order.day.last + order.day.last / 3
  }

  /// The money that a purchase holds back, its fee included; nil when it is more than there can be.
  func reservation(_ margin: Int, _ quantity: Int, _ security: Security, isLent: Bool = false) -> Int? {
    guard quantity <= Exchange.largestQuantity, let amount = security.size.amount(margin, quantity) else { return nil }
    return (isLent ? ownPart(amount) : amount) + settings.fees.highestFee(on: amount, of: security)
  }

  /// What a purchase on credit takes of the account's own money, rounded up.
  func ownPart(_ amount: Int) -> Int { Int((Int128(amount) * Int128(settings.ownPartOfCredit) + 99) / 100) }

  /// Whether an order closes contracts: all that it is for stands the other way.
  func closes(_ order: ClientOrder, _ security: Security) -> Bool {
    guard security.isContract else { return false }
    return order.quantity <= (accounts[order.account]?.closable(security.code, by: order.side) ?? 0)
  }

  /// - Parameters:
  ///   - quantity: how many shares or contracts it takes out of the account.
  ///   - money: what it needs beyond what it has; nil when that is more than there can be.
  func checkMeans(_ order: ClientOrder, _ security: Security, quantity: Int, money: Int?) throws(OrderRefusal) {
    let owned = accounts[order.account] ?? Account()
    guard let money, money <= owned.orderableCash(security.currency) || money <= 0 else { throw .money }
    guard quantity > 0, !security.isContract else { return }
    guard quantity <= owned.sellable(security.code, loan: order.loan), quantity <= Exchange.largestQuantity else {
      throw .holdings
    }
  }
}

extension OrderKind {
  var canJoinAuction: Bool {
    guard timeInForce == .day else { return false }
    switch price {
    case .limit, .market, .conditional, .preOpenClosing, .closing, .afterHoursAuction, .stopLimit: return true
    case .bestOpposite, .bestOwn, .midpoint, .limitOnOpen, .marketOnOpen, .limitOnClose, .marketOnClose: return false
    }
  }
}

extension OrderRefusal {
  /// Which of two venues' reasons says more.
  fileprivate var rank: Int {
    switch self {
    case .kindNotAllowed: 3
    case .beforeOpen, .afterClose: 2
    default: 1
    }
  }
}

extension ForeignExchange {
  /// From the night that began yesterday to beyond the longest holidays, New Year in China.
  private static let daysAhead = -1...15

  /// The first regular session that begins after a moment.
  func nextRegular(from now: TradingMoment) -> (start: TradingMoment, end: TradingMoment)? {
    for days in ForeignExchange.daysAhead {
      let day = TradingMoment(now.date.advanced(by: days), ClockTime(milliseconds: 0))
      let parts = sessions(on: day.date).filter { $0.phase == .regular }
      guard let first = parts.first, let last = parts.last else { continue }
      let start = day.later(milliseconds: first.start.milliseconds)
      if now < start { return (start, day.later(milliseconds: last.end.milliseconds)) }
    }
    return nil
  }

  /// The regular session that runs now or comes next, as far as an order waits for it; today's night is still the day it
  /// began on.
  func nextSession(from now: TradingMoment) -> (start: TradingMoment, end: TradingMoment) {
    func moment(_ date: CalendarDate, _ time: ClockTime) -> TradingMoment {
      TradingMoment(date, ClockTime(milliseconds: 0)).later(milliseconds: time.milliseconds)
    }
    for days in ForeignExchange.daysAhead {
      let date = now.date.advanced(by: days)
      let sessions = sessions(on: date)
      guard let last = sessions.last(where: { $0.phase == .regular }) ?? sessions.last else { continue }
      let all = sessions.map { (start: moment(date, $0.start), end: moment(date, $0.end)) }
      if let running = all.first(where: { $0.start <= now && now < $0.end }) {
        return (now, max(running.end, moment(date, last.end)))
      }
      if let next = all.first(where: { now < $0.start }) {
        return (next.start, max(next.end, moment(date, last.end)))
      }
    }
    return (now, now.later(milliseconds: 86_400_000))
  }
}
