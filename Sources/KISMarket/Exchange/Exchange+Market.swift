extension Exchange {
  /// The market around shows a book: what clients' orders meet from now on.
  ///
  /// - Parameter venue: where; nil abroad.
  public mutating func show(_ book: FeedBook, of code: String, at venue: TradingVenue?, moment: TradingMoment) {
    note(.book(book, code: code, venue: venue), moment)
    pass(to: moment)
    let key = BookKey(code: code, venue: venue)
    guard interruptions[code] != .halt else { return }
    open(key)
    follow(books[key]?.take(book) ?? [], key)
    guard books[key]?.book.mode == .auction, interruptions[code] == nil, !isCollecting(venue) else { return }
    // The auction is over and nobody told of its price.
    follow(books[key]?.endAuction() ?? [], key)
  }

  /// A trade of the market around.
  public mutating func show(_ print: FeedPrint, of code: String, at venue: TradingVenue?, moment: TradingMoment) {
    note(.print(print, code: code, venue: venue), moment)
    pass(to: moment)
    let key = BookKey(code: code, venue: venue)
    guard interruptions[code] != .halt, books[key] != nil else { return }
    follow(books[key]?.take(print) ?? [], key, beside: print)
  }

  /// An auction of the market around ends; the orders of clients take part in it.
  ///
  /// - Returns: the price at which all met; another than the auction's own when the orders of clients moved it.
  @discardableResult
  public mutating func show(
    _ auction: FeedAuction, of code: String, at venue: TradingVenue?, day: SecurityDay, moment: TradingMoment
  ) -> AuctionPrice? {
    note(.auction(auction, code: code, venue: venue, day: day), moment)
    pass(to: moment)
    let key = BookKey(code: code, venue: venue)
    if interruptions[code] == .volatility { interruptions[code] = nil }
    guard interruptions[code] == nil, books[key] != nil else {
      return AuctionPrice(price: auction.price, quantity: Int128(auction.quantity))
    }
    let result = books[key]?.endAuction(
      auction, last: day.last, limits: day.limits.map { $0.lower...max($0.lower, $0.upper) })
    printOwn(result?.events ?? [], key, beside: auction, met: result?.price)
    follow(result?.events ?? [], key)
    return result?.price
  }

  /// Trading of a security is interrupted, or goes on (nil).
  public mutating func interrupt(_ code: String, _ interruption: Interruption?, moment: TradingMoment) {
    note(.interrupt(code: code, interruption), moment)
    pass(to: moment)
    let before = interruptions[code]
    interruptions[code] = interruption
    for venue in TradingVenue.allCases {
      let key = BookKey(code: code, venue: venue)
      if interruption == .volatility { books[key]?.beginAuction() }
      if interruption == nil, before == .volatility, !isCollecting(venue) {
        follow(books[key]?.endAuction() ?? [], key)
      }
    }
  }

  private func isCollecting(_ venue: TradingVenue?) -> Bool { venue.map { phase(at: $0).isAuction } ?? false }

  // MARK: What follows for orders

  /// An order that took its time arrives at the market, which may have stopped taking its kind meanwhile.
  mutating func arriveLate(_ position: Int) {
    let order = orders[position]
    guard order.open > 0 else { return }
    if let venue = order.venue {
      let isHalted = interruptions[order.security.code] == .halt
      let refusal =
        refusal(of: order.kind, on: order.route, at: venue, code: order.security.code) ?? (isHalted ? .halted : nil)
      if let refusal { return drop(position, order.open, .refused(refusal)) }
    }
    arrive(position)
  }

  /// An order arrives at the market.
  mutating func arrive(_ position: Int) {
    let order = orders[position]
    guard order.open > 0 else { return }
    switch order.kind.price {
    case .preOpenClosing: return fillWhole(position)
    case .closing:
      // Until trading at the close begins, it waits.
      if let venue = order.venue, hoursToday[venue]?.runs(.closingPrice, at: now.time) == true { fillWhole(position) }
      return
    default: break
    }
    let key = BookKey(code: order.security.code, venue: order.venue)
    open(key)
    let entered = NewOrder(
      id: position + 1, side: order.side, pricing: order.pricing, quantity: order.open,
      timeInForce: order.kind.price.isOnOpen || order.kind.price.isOnClose
        ? .immediateOrCancel : order.kind.timeInForce, owner: owner(order.account),
      trigger: order.kind.price == .stopLimit ? order.trigger : nil)
    follow(books[key]?.enter(entered) ?? [], key)
  }

  /// Makes a book where there is none yet.
  private mutating func open(_ key: BookKey) {
    guard books[key] == nil else { return }
    books[key] = VenueBook(selfTrade: settings.selfTrade)
    if isCollecting(key.venue) || interruptions[key.code] == .volatility { books[key]?.beginAuction() }
  }

  private func owner(_ account: AccountID) -> Int32 {
    // Any number that is the same for one account: its first order.
    Int32(truncatingIfNeeded: (ordersOfAccount[account]?.first ?? 0) + 1)
  }

  private mutating func fillWhole(_ position: Int) {
    let order = orders[position]
    printOwn(order.price, order.open, taker: order.side, BookKey(code: order.security.code, venue: order.venue))
    fill(position, Fill(price: order.price, quantity: order.open, venue: order.venue, isMaker: false, isAuction: false))
  }

  /// Makes fills and cancellations of what happened in a book.
  ///
  /// - Parameter print: the trade of the market around that it happened of.
  mutating func follow(_ happened: [BookEvent], _ key: BookKey, beside print: FeedPrint? = nil) {
    printOwn(happened, key, beside: print)
    for event in happened {
      switch event {
      case .trade(let trade):
        for (id, isMaker) in [(trade.maker, true), (trade.taker, false)] where id > 0 {
          fill(
            id - 1,
            Fill(
              price: trade.price, quantity: trade.quantity, venue: key.venue, isMaker: isMaker, isAuction: false))
        }
      case .crossed(let buy, let sell, let price, let quantity):
        for id in [buy, sell] where id > 0 {
          fill(
            id - 1, Fill(price: price, quantity: quantity, venue: key.venue, isMaker: false, isAuction: true))
        }
      case .dropped(let id, let quantity, _):
        drop(id - 1, quantity, .dropped(quantity: quantity))
      case .triggered: break
      }
    }
  }

  /// The exchange cancels what is left of an order.
  mutating func drop(_ position: Int, _ quantity: Int, _ kind: ExchangeEvent.Kind) {
    release(position, left: orders[position].open - quantity, shares: quantity)
    orders[position].expired += quantity
    close(position)
    tell(position, kind)
  }

  /// A part of an order trades.
  mutating func fill(_ position: Int, _ fill: Fill) {
    let order = orders[position]
    let amount = order.security.amount(fill.price, fill.quantity)
    var execution = Execution(
      order: position, security: order.security, side: order.side, price: fill.price, quantity: fill.quantity,
      moment: now, venue: fill.venue,
      fee: settings.fees.fee(on: amount, of: order.security, at: fill.venue, isMaker: fill.isMaker),
      tax: order.side == .sell ? settings.fees.tax(on: amount, of: order.security, on: now.date) : 0,
      loan: order.loan)
    // What it held goes over to the fill, until the account books it; shares stay held until then.
    if order.holdsMoney {
      if order.loan != nil { execution.lent = amount - ownPart(amount) }
      execution.margin = order.margin
      let isPaid = !order.security.isContract || order.security.isOption && order.side == .buy
      execution.heldMoney =
        execution.fee
        + (isPaid ? amount - execution.lent : order.security.amount(order.margin, fill.quantity))
      release(position, left: order.open - fill.quantity, shares: 0)
      accounts[order.account]?.reserve(
        order.security, loan: order.loan, amount: execution.heldMoney, quantity: 0)
    } else {
      execution.margin = accounts[order.account]?.holdings[order.security.code]?.margin ?? 0
      execution.heldShares = fill.quantity
    }
    orders[position].filled += fill.quantity
    orders[position].filledAmount += fill.price * fill.quantity
    orders[position].lastFill = now
    close(position)
    accounts[order.account]?.keep(execution)
    if settings.latency.balance > 0 {
      agenda.add(.booking(order.account), at: now.later(milliseconds: settings.latency.balance))
    } else {
      book(order.account)
    }
    tell(position, .filled(fill))
  }

  /// An account books the oldest fill that waits.
  mutating func book(_ name: AccountID) {
    guard let execution = accounts[name]?.unbooked.first else { return }
    accounts[name]?.release(
      execution.security, loan: execution.loan, amount: execution.heldMoney, quantity: execution.heldShares)
    accounts[name]?.bookNext()
  }
}

extension OrderRecord {
  fileprivate var pricing: NewOrder.Pricing {
    switch kind.price {
    case .limit, .conditional, .stopLimit, .afterHoursAuction, .preOpenClosing, .closing, .limitOnOpen, .limitOnClose:
      .limit(price)
    case .market, .marketOnOpen, .marketOnClose: .market
    case .bestOpposite: .bestOpposite
    case .bestOwn: .bestOwn
    case .midpoint: .midpoint
    }
  }
}
