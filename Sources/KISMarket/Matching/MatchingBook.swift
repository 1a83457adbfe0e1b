/// The book of one instrument at one venue: price, then time.
///
/// What an order costs depends on what it trades with, not on how many orders wait: levels are found in a ``PriceTrie``,
/// orders hang in lists through one flat array. The caller keeps the slot of an order that rests and names it by slot
/// and id; a slot that has been given to another order since is told by its id.
///
/// What happens is added to ``events``; the caller takes it with ``takeEvents()``.
public struct MatchingBook: Sendable {
  /// How orders meet.
  public enum Mode: Sendable, Hashable {
    /// At once, one after the other (접속매매).
    case continuous
    /// They are collected, and meet all together at one price (단일가매매).
    case auction
  }

  /// How orders meet now.
  public private(set) var mode: Mode
  /// What happens to orders of one owner that meet.
  public let selfTrade: SelfTradePolicy
  /// The price of the last trade, here or where the caller says one was.
  public private(set) var lastPrice: Int?
  /// What happened since it was last taken.
  public private(set) var events: [BookEvent] = []

  var store = OrderStore()
  var bids = BookSide(.buy)
  var asks = BookSide(.sell)
  var stops = StopOrders()

  /// An empty book.
  public init(mode: Mode = .continuous, selfTrade: SelfTradePolicy = .allow) {
    (self.mode, self.selfTrade) = (mode, selfTrade)
  }

  /// The price of a market order while an auction collects: ahead of every limit.
  static func marketPrice(_ side: Side) -> Int { side == .buy ? .max : .min }
}

// MARK: - What can be asked

extension MatchingBook {
  /// The best price of a side; nil when nobody is there, or only orders at the market are.
  public func best(_ side: Side) -> Int? {
    let levels = side == .buy ? bids : asks
    guard levels.best >= 0 else { return nil }
    let price = levels.price(of: levels.levels[Int(levels.best)].key)
    guard price == MatchingBook.marketPrice(side) else { return price }
    return self.levels(of: side, atMost: 1).first?.price
  }

  /// The levels of a side, best first; orders at the market, which have no price, are left out.
  public func levels(of side: Side, atMost limit: Int = .max) -> [BookLevel] {
    let levels = side == .buy ? bids : asks
    var (rows, place): ([BookLevel], Int32) = ([], levels.best)
    while place >= 0, rows.count < limit {
      let level = levels.levels[Int(place)]
      let price = levels.price(of: level.key)
      if mode == .continuous || price != MatchingBook.marketPrice(side) {
        rows.append(BookLevel(price: price, quantity: level.quantity, orders: level.count))
      }
      place = level.worse
    }
    return rows
  }

  /// The quantity and number of orders at a price.
  public func level(_ side: Side, at price: Int) -> BookLevel? {
    (side == .buy ? bids : asks).level(at: price).map {
      BookLevel(price: price, quantity: $0.quantity, orders: $0.count)
    }
  }

  /// What is left of an order that waits; nil when it does not.
  public func open(_ id: Int, in slot: Int32) -> Int? {
    store.holds(id, in: slot) ? store.orders[Int(slot)].open : nil
  }

  /// An order that waits, as it would have to be entered again: with its limit, or at the market.
  public func entered(_ id: Int, in slot: Int32) -> NewOrder? {
    guard store.holds(id, in: slot) else { return nil }
    if let waiting = stops.order(slot) { return waiting }
    let order = store.orders[Int(slot)]
    let price = (order.side == .buy ? bids : asks).price(of: order.key)
    return NewOrder(
      id: id, side: order.side, pricing: price == MatchingBook.marketPrice(order.side) ? .market : .limit(price),
      quantity: order.open, owner: order.owner)
  }

  /// The orders at a price, oldest first, with what is left of each.
  public func orders(_ side: Side, at price: Int) -> [(id: Int, open: Int)] {
    var (rows, slot): ([(id: Int, open: Int)], Int32) = ([], (side == .buy ? bids : asks).level(at: price)?.first ?? -1)
    while slot >= 0 {
      let order = store.orders[Int(slot)]
      rows.append((order.id, order.open))
      slot = order.newer
    }
    return rows
  }

  /// How many orders wait, those that wait for a trade (스톱) not counted.
  public var count: Int { bids.count + asks.count }
}

// MARK: - Commands

extension MatchingBook {
  /// Gives away what happened since the last call.
  public mutating func takeEvents() -> [BookEvent] {
    defer { events.removeAll(keepingCapacity: true) }
    return events
  }

  /// Shows what happened since the last call, and forgets it: without an array for each command.
  public mutating func passEvents(_ body: (BookEvent) -> Void) {
    guard !events.isEmpty else { return }
    for event in events { body(event) }
    events.removeAll(keepingCapacity: true)
  }

  /// Enters an order.
  public mutating func enter(_ order: NewOrder) -> EntryOutcome {
    guard order.quantity > 0 else { return .refused(.quantity) }
    if mode == .auction, order.trigger == nil, !order.canJoinAuction { return .refused(.auction) }
    let outcome = arrive(order, slot: nil)
    runStops()
    return outcome
  }

  /// Takes an order out of the book.
  /// - Returns: what was left of it; nil when no such order waits.
  @discardableResult
  public mutating func cancel(_ id: Int, in slot: Int32) -> Int? {
    guard store.holds(id, in: slot) else { return nil }
    let open = store.orders[Int(slot)].open
    if stops.isWaiting(slot) {
      stops.remove(slot, &store)
    } else {
      takeOut(slot, open)
    }
    store.free(slot)
    return open
  }

  /// Changes what is left of an order and its price.
  ///
  /// The same price with no more than before keeps its time; everything else arrives anew, and may trade at once.
  /// A quantity of 0 cancels.
  ///
  /// - Parameter price: the new limit; nil keeps the old one.
  public mutating func amend(_ id: Int, in slot: Int32, price: Int? = nil, quantity: Int) -> EntryOutcome {
    guard store.holds(id, in: slot) else { return .refused(.unknown) }
    guard quantity >= 0 else { return .refused(.quantity) }
    guard quantity > 0 else {
      cancel(id, in: slot)
      return .finished
    }
    if stops.isWaiting(slot) {
      stops.amend(slot, price: price, quantity: quantity, &store)
      return .rests(slot: slot)
    }
    let order = store.orders[Int(slot)]
    let old = (order.side == .buy ? bids : asks).price(of: order.key)
    let price = price ?? old
    if price == old, quantity <= order.open {
      if quantity < order.open { takeOut(slot, order.open - quantity) }
      return .rests(slot: slot)
    }
    takeOut(slot, order.open)
    let outcome = arrive(
      NewOrder(id: id, side: order.side, pricing: .limit(price), quantity: quantity, owner: order.owner), slot: slot)
    runStops()
    return outcome
  }

  /// Tells the book of a trade elsewhere, which may be what orders (스톱) wait for.
  public mutating func note(lastPrice: Int) {
    self.lastPrice = lastPrice
    runStops()
  }

  /// From now on orders are collected. What rests stays.
  public mutating func beginAuction() { mode = .auction }

  mutating func endAuction(at price: Int?) {
    mode = .continuous
    if let price { note(lastPrice: price) }
  }

  mutating func add(_ event: BookEvent) { events.append(event) }

  /// Takes a quantity off an order of the book; the slot stays the caller's.
  @inline(__always)
  mutating func takeOut(_ slot: Int32, _ quantity: Int) {
    if store.orders[Int(slot)].side == .buy {
      bids.take(quantity, from: slot, in: &store.orders)
    } else {
      asks.take(quantity, from: slot, in: &store.orders)
    }
  }
}

// MARK: - Arrival

extension MatchingBook {
  /// Enters an order that is valid.
  /// - Parameter slot: where it was before, when it is changed or triggered; it keeps that slot.
  private mutating func arrive(_ order: NewOrder, slot: Int32?) -> EntryOutcome {
    if let trigger = order.trigger, !StopOrders.isReached(trigger, order.side, lastPrice) {
      return .rests(slot: stops.add(order, trigger: trigger, &store))
    }
    guard let limit = limit(of: order) else { return drop(order, order.quantity, .noPrice, slot) }
    var rest = order.quantity
    if mode == .continuous {
      if order.timeInForce == .fillOrKill, !canFill(order, limit: limit) {
        return drop(order, rest, .unfilled, slot)
      }
      let isStopped =
        order.side == .buy
        ? MatchingBook.trade(&rest, order, limit, &asks, &store, &events, &lastPrice, selfTrade)
        : MatchingBook.trade(&rest, order, limit, &bids, &store, &events, &lastPrice, selfTrade)
      if rest > 0, isStopped { return drop(order, rest, .selfTrade, slot) }
      if rest > 0, order.timeInForce != .day || order.pricing == .market { return drop(order, rest, .unfilled, slot) }
    }
    guard rest > 0 else {
      if let slot { store.free(slot) }
      return .finished
    }
    return .rests(slot: settle(order, limit, rest, slot))
  }

  private mutating func settle(_ order: NewOrder, _ limit: Int, _ rest: Int, _ slot: Int32?) -> Int32 {
    let key = order.side == .buy ? bids.key(of: limit) : asks.key(of: limit)
    let resting = RestingOrder(id: order.id, key: key, open: rest, owner: order.owner, level: -1, side: order.side)
    let place: Int32
    if let slot {
      place = slot
      store.orders[Int(slot)] = resting
    } else {
      place = store.add(resting)
    }
    if order.side == .buy {
      bids.append(place, in: &store.orders)
    } else {
      asks.append(place, in: &store.orders)
    }
    return place
  }

  private mutating func drop(
    _ order: NewOrder, _ rest: Int, _ reason: BookEvent.DropReason, _ slot: Int32?
  ) -> EntryOutcome {
    if let slot { store.free(slot) }
    events.append(.dropped(id: order.id, quantity: rest, reason: reason))
    return .finished
  }

  /// The worst price at which an order may trade now; nil when the book gives it none.
  private func limit(of order: NewOrder) -> Int? {
    switch order.pricing {
    case .limit(let price): return price
    case .market: return MatchingBook.marketPrice(order.side)
    case .bestOpposite: return best(order.side.opposite)
    case .bestOwn: return best(order.side)
    case .midpoint:
      guard let bid = best(.buy), let ask = best(.sell) else { return nil }
      // The mean rounded down, without a sum that could overflow.
      return (bid & ask) + ((bid ^ ask) >> 1)
    }
  }

  private func canFill(_ order: NewOrder, limit: Int) -> Bool {
    let levels = order.side == .buy ? asks : bids
    guard order.owner != 0, selfTrade != .allow else { return levels.hasAtLeast(order.quantity, through: limit) }
    // Orders of the same owner do not count, so they have to be looked at.
    let key = levels.key(of: limit)
    var (sum, slot) = (0, levels.front)
    while slot >= 0, sum < order.quantity {
      let resting = store.orders[Int(slot)]
      guard resting.key <= key else { return false }
      if resting.owner != order.owner {
        sum += min(resting.open, order.quantity - sum)
      } else if selfTrade == .cancelIncoming {
        return false
      }
      if resting.newer >= 0 {
        slot = resting.newer
      } else {
        let worse = levels.levels[Int(resting.level)].worse
        slot = worse < 0 ? -1 : levels.levels[Int(worse)].first
      }
    }
    return sum >= order.quantity
  }

  /// Trades an arriving order with the other side, as far as its limit goes.
  /// - Returns: whether it was stopped by an order of the same owner.
  @inline(__always)
  private static func trade(
    _ rest: inout Int, _ order: NewOrder, _ limit: Int, _ other: inout BookSide, _ store: inout OrderStore,
    _ events: inout [BookEvent], _ lastPrice: inout Int?, _ policy: SelfTradePolicy
  ) -> Bool {
    let limitKey = other.key(of: limit)
    while rest > 0 {
      let slot = other.front
      guard slot >= 0 else { return false }
      let maker = store.orders[Int(slot)]
      guard maker.key <= limitKey else { return false }
      if order.owner != 0, maker.owner == order.owner, policy != .allow {
        if policy == .cancelIncoming { return true }
        other.take(maker.open, from: slot, in: &store.orders)
        store.free(slot)
        events.append(.dropped(id: maker.id, quantity: maker.open, reason: .selfTrade))
        continue
      }
      let (quantity, price) = (min(rest, maker.open), other.price(of: maker.key))
      other.take(quantity, from: slot, in: &store.orders)
      if quantity == maker.open { store.free(slot) }
      rest -= quantity
      lastPrice = price
      events.append(.trade(Trade(maker: maker.id, taker: order.id, price: price, quantity: quantity)))
    }
    return false
  }

  /// Lets in the orders whose price was reached, one after the other: each may reach the price of the next.
  private mutating func runStops() {
    while mode == .continuous, let (order, slot) = stops.takeReached(lastPrice, &store) {
      events.append(.triggered(id: order.id))
      _ = arrive(order, slot: slot)
    }
  }
}

extension NewOrder {
  var canJoinAuction: Bool {
    guard timeInForce == .day else { return false }
    switch pricing {
    case .limit, .market: return true
    case .bestOpposite, .bestOwn, .midpoint: return false
    }
  }
}
