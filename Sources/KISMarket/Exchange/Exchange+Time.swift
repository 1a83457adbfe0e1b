/// Something that the hours of a venue bring, whoever trades.
struct HoursTurn: Sendable {
  enum Kind: Sendable {
    case beginAuction(isClosing: Bool)
    /// Trading at the close begins.
    case tradeAtClose
    /// Orders of some kinds end.
    case expire(Set<OrderKind.Price>)
    /// The regular session is over: its orders end, routed ones go to the other venue.
    case endRegular
    /// The day is over.
    case endDay
  }

  let time: ClockTime
  let venue: TradingVenue
  let kind: Kind

  /// The turns of a day, in order. Auctions may end later than planned, so their orders end when that is over.
  static func turns(of hours: [TradingVenue: TradingHours]) -> [HoursTurn] {
    var turns: [HoursTurn] = []
    for venue in TradingVenue.allCases {
      guard let day = hours[venue], let span = day.span else { continue }
      for phase in day.phases {
        let ended = phase.end.later(milliseconds: phase.phase.isAuction ? AuctionEnd.longestDelay + 1_000 : 0)
        switch phase.phase {
        case .openingAuction:
          turns.append(HoursTurn(time: phase.start, venue: venue, kind: .beginAuction(isClosing: false)))
        case .closingAuction:
          turns.append(HoursTurn(time: phase.start, venue: venue, kind: .beginAuction(isClosing: true)))
          turns.append(HoursTurn(time: ended, venue: venue, kind: .endRegular))
        case .afterHoursAuctions:
          turns.append(HoursTurn(time: phase.start, venue: venue, kind: .beginAuction(isClosing: false)))
          turns.append(HoursTurn(time: ended, venue: venue, kind: .expire([.afterHoursAuction])))
        case .preOpenClosingPrice:
          turns.append(HoursTurn(time: phase.end, venue: venue, kind: .expire([.preOpenClosing])))
        case .closingPrice:
          turns.append(HoursTurn(time: phase.start, venue: venue, kind: .tradeAtClose))
          turns.append(HoursTurn(time: phase.end, venue: venue, kind: .expire([.closing])))
        case .closed, .continuous, .closingPriceEntry, .preMarket, .afterMarket: break
        }
      }
      turns.append(
        HoursTurn(time: span.end.later(milliseconds: AuctionEnd.longestDelay + 2_000), venue: venue, kind: .endDay))
    }
    return turns.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }
}

extension Exchange {
  /// Lets time pass: orders arrive, fills are booked, sessions end, days begin. Time that has passed stays so.
  public mutating func advance(to moment: TradingMoment) {
    if moment > now { note(.advance, moment) }
    pass(to: moment)
  }

  mutating func pass(to moment: TradingMoment) {
    guard moment > now else { return }
    while now.date < moment.date {
      let midnight = TradingMoment(now.date.advanced(by: 1), ClockTime(milliseconds: 0))
      // Days on which nothing can happen are passed over at once.
      passWithinDay(to: midnight)
      let next = openOrders.isEmpty && agenda.next == nil ? moment.date : midnight.date
      begin(next)
    }
    passWithinDay(to: moment)
  }

  private mutating func passWithinDay(to moment: TradingMoment) {
    while true {
      let turn = turnsToday.first { TradingMoment(now.date, $0.time) > now }
      let turnMoment = turn.map { TradingMoment(now.date, $0.time) }
      if let due = agenda.next, due <= moment, turnMoment.map({ due < $0 }) ?? true {
        now = max(now, due)
        while let (_, item) = agenda.takeDue(now) { run(item) }
      } else if let turnMoment, turnMoment <= moment {
        now = turnMoment
        for turn in turnsToday where TradingMoment(now.date, turn.time) == now { run(turn) }
      } else {
        break
      }
    }
    now = max(now, moment)
  }

  private mutating func run(_ item: Agenda.Item) {
    switch item {
    case .arrival(let position): arriveLate(position)
    case .booking(let account): book(account)
    case .expiry(let position): expire(position)
    }
  }

  private mutating func run(_ turn: HoursTurn) {
    switch turn.kind {
    case .beginAuction(let isClosing):
      if isClosing { turnConditional() }
      for key in Array(books.keys) where key.venue == turn.venue { books[key]?.beginAuction() }
    case .tradeAtClose:
      for position in openOrders.sorted()
      where orders[position].kind.price == .closing && orders[position].venue == turn.venue {
        arrive(position)
      }
    case .expire(let kinds):
      expire { kinds.contains($0.kind.price) && $0.venue == turn.venue }
    case .endRegular:
      endRegular(turn.venue)
    case .endDay:
      expire { $0.venue == turn.venue }
      for key in Array(books.keys) where key.venue == turn.venue { books[key] = nil }
    }
  }

  /// 조건부지정가: what is left goes to the market in the closing auction.
  private mutating func turnConditional() {
    for position in openOrders.sorted() where orders[position].kind.price == .conditional {
      let key = BookKey(code: orders[position].security.code, venue: orders[position].venue)
      books[key]?.reduce(position + 1, by: orders[position].open)
      books[key]?.beginAuction()
      orders[position].kind = OrderKind(.market)
      arrive(position)
    }
  }

  private mutating func endRegular(_ venue: TradingVenue) {
    for position in openOrders.sorted() where orders[position].venue == venue && !orders[position].kind.isOffHours {
      let order = orders[position]
      guard order.route == .sor, case .korea(_, _, isOnNextrade: true) = order.security.listing,
        hoursToday[.nxt]?.isOpen == true
      else {
        expire(position)
        continue
      }
      books[BookKey(code: order.security.code, venue: venue)]?.reduce(position + 1, by: order.open)
      orders[position].venue = .nxt
      arrive(position)
    }
    for key in Array(books.keys) where key.venue == venue { books[key] = nil }
  }

  private mutating func expire(where isMeant: (OrderRecord) -> Bool) {
    for position in openOrders.sorted() where isMeant(orders[position]) { expire(position) }
  }

  mutating func expire(_ position: Int) {
    let order = orders[position]
    guard order.open > 0 else { return }
    books[BookKey(code: order.security.code, venue: order.venue)]?.reduce(position + 1, by: order.open)
    drop(position, order.open, .expired(quantity: order.open))
  }

  private mutating func begin(_ date: CalendarDate) {
    expire { $0.security.hasPhases }
    for key in Array(books.keys) where key.venue != nil { books[key] = nil }
    now = TradingMoment(date, ClockTime(milliseconds: 0))
    hoursToday = Exchange.hours(date)
    turnsToday = HoursTurn.turns(of: hoursToday)
    // Numbers begin anew each day; what still waits abroad keeps its own.
    numbers = Dictionary(
      openOrders.map { (orders[$0].number, $0) }, uniquingKeysWith: { first, second in max(first, second) })
    lastNumber = 0
    interruptions = [:]
    deliveries = deliveries.filter { openOrders.contains($0.key) }
    for name in accounts.keys { accounts[name]?.begin(date) }
  }
}
