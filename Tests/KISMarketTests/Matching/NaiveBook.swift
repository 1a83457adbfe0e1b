import KISMarket

/// A book as somebody would write it who has only the rules: one array, sorted for every command. The proof of
/// ``MatchingBook`` is that both do the same.
struct NaiveBook {
  struct Order {
    var id: Int
    var side: Side
    var price: Int
    var open: Int
    var time: Int
    var owner: Int32
  }

  struct Stop {
    var order: NewOrder
    var time: Int
  }

  var orders: [Order] = []
  var stops: [Stop] = []
  var seen: Set<Int> = []
  var events: [BookEvent] = []
  var lastPrice: Int?
  var time = 0
  let policy: SelfTradePolicy

  init(policy: SelfTradePolicy = .allow) { self.policy = policy }

  mutating func apply(_ command: FlowCommand) {
    switch command {
    case .new(let order):
      guard order.quantity > 0, !seen.contains(order.id) else { return }
      seen.insert(order.id)
      arrive(order)
      runStops()
    case .cancel(let id):
      orders.removeAll { $0.id == id }
      stops.removeAll { $0.order.id == id }
    case .modify(let id, let price, let quantity):
      guard quantity >= 0 else { return }
      if let index = stops.firstIndex(where: { $0.order.id == id }) {
        if quantity == 0 {
          stops.remove(at: index)
        } else {
          if quantity > stops[index].order.quantity { stops[index].time = tick() }
          stops[index].order.quantity = quantity
          stops[index].order.pricing = .limit(price)
        }
      }
      guard let index = orders.firstIndex(where: { $0.id == id }) else { return }
      let old = orders[index]
      if quantity > 0, price == old.price, quantity <= old.open {
        orders[index].open = quantity
      } else {
        orders.remove(at: index)
        guard quantity > 0 else { return }
        arrive(NewOrder(id: id, side: old.side, pricing: .limit(price), quantity: quantity, owner: old.owner))
        runStops()
      }
    }
  }

  mutating func tick() -> Int {
    time += 1
    return time
  }

  func best(_ side: Side) -> Int? {
    let prices = orders.filter { $0.side == side }.map(\.price)
    return side == .buy ? prices.max() : prices.min()
  }

  /// What an order could trade with, in the order in which it would.
  func opposite(of order: NewOrder, limit: Int) -> [Order] {
    orders.filter { $0.side != order.side && (order.side == .buy ? $0.price <= limit : $0.price >= limit) }
      .sorted { ($0.price, $0.time) < ($1.price, $1.time) }
      .sorted { order.side == .buy ? $0.price < $1.price : $0.price > $1.price }
  }

  mutating func arrive(_ order: NewOrder) {
    if let trigger = order.trigger {
      let isReached = lastPrice.map { order.side == .buy ? $0 >= trigger : $0 <= trigger } ?? false
      guard isReached else { return stops.append(Stop(order: order, time: tick())) }
    }
    var limit: Int?
    switch order.pricing {
    case .limit(let price): limit = price
    case .market: limit = order.side == .buy ? .max : .min
    case .bestOwn: limit = best(order.side)
    case .bestOpposite: limit = best(order.side.opposite)
    case .midpoint:
      if let bid = best(.buy), let ask = best(.sell) { limit = (bid + ask) >> 1 }
    }
    guard let limit else {
      return events.append(.dropped(id: order.id, quantity: order.quantity, reason: .noPrice))
    }
    if order.timeInForce == .fillOrKill {
      var candidates = opposite(of: order, limit: limit)
      if order.owner != 0, policy == .cancelIncoming,
        let own = candidates.firstIndex(where: { $0.owner == order.owner })
      {
        candidates.removeSubrange(own...)
      }
      if order.owner != 0, policy == .cancelResting { candidates.removeAll { $0.owner == order.owner } }
      guard candidates.reduce(0, { $0 + $1.open }) >= order.quantity else {
        return events.append(.dropped(id: order.id, quantity: order.quantity, reason: .unfilled))
      }
    }
    var rest = order.quantity
    for candidate in opposite(of: order, limit: limit) where rest > 0 {
      guard let index = orders.firstIndex(where: { $0.id == candidate.id }) else { continue }
      if order.owner != 0, candidate.owner == order.owner, policy != .allow {
        if policy == .cancelIncoming {
          return events.append(.dropped(id: order.id, quantity: rest, reason: .selfTrade))
        }
        orders.remove(at: index)
        events.append(.dropped(id: candidate.id, quantity: candidate.open, reason: .selfTrade))
        continue
      }
      let quantity = min(rest, candidate.open)
      orders[index].open -= quantity
      if orders[index].open == 0 { orders.remove(at: index) }
      rest -= quantity
      lastPrice = candidate.price
      events.append(
        .trade(Trade(maker: candidate.id, taker: order.id, price: candidate.price, quantity: quantity)))
    }
    guard rest > 0 else { return }
    if order.timeInForce != .day || order.pricing == .market {
      events.append(.dropped(id: order.id, quantity: rest, reason: .unfilled))
    } else {
      orders.append(
        Order(id: order.id, side: order.side, price: limit, open: rest, time: tick(), owner: order.owner))
    }
  }

  mutating func runStops() {
    while let lastPrice {
      let buys = stops.filter { $0.order.side == .buy && lastPrice >= $0.order.trigger! }
        .sorted { ($0.order.trigger!, $0.time) < ($1.order.trigger!, $1.time) }
      let sells = stops.filter { $0.order.side == .sell && lastPrice <= $0.order.trigger! }
        .sorted { (-$0.order.trigger!, $0.time) < (-$1.order.trigger!, $1.time) }
      guard let next = buys.first ?? sells.first else { return }
      stops.removeAll { $0.order.id == next.order.id }
      events.append(.triggered(id: next.order.id))
      var order = next.order
      order.trigger = nil
      arrive(order)
    }
  }

  func levels(of side: Side) -> [BookLevel] {
    Dictionary(grouping: orders.filter { $0.side == side }, by: \.price).map { price, orders in
      BookLevel(price: price, quantity: orders.reduce(0) { $0 + Int128($1.open) }, orders: orders.count)
    }.sorted { side == .buy ? $0.price > $1.price : $0.price < $1.price }
  }
}
