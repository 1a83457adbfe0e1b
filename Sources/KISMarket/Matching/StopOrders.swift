/// The orders that wait for a trade at a price (스톱), by the price that they wait for, then by time.
struct StopOrders: Sendable {
  /// What each becomes, by slot.
  private var waiting: [Int32: NewOrder] = [:]
  /// A buyer waits for a rise, and the lowest price is reached first; a seller for a fall.
  private var buyers = BookSide(.sell)
  private var sellers = BookSide(.buy)

  /// Whether a last price is one that an order waits for.
  static func isReached(_ trigger: Int, _ side: Side, _ lastPrice: Int?) -> Bool {
    guard let lastPrice else { return false }
    return side == .buy ? lastPrice >= trigger : lastPrice <= trigger
  }

  @inline(__always)
  func isWaiting(_ slot: Int32) -> Bool { !waiting.isEmpty && waiting[slot] != nil }

  /// What waits in a slot.
  func order(_ slot: Int32) -> NewOrder? { waiting.isEmpty ? nil : waiting[slot] }

  mutating func add(_ order: NewOrder, trigger: Int, _ store: inout OrderStore) -> Int32 {
    let key = order.side == .buy ? buyers.key(of: trigger) : sellers.key(of: trigger)
    let slot = store.add(
      RestingOrder(id: order.id, key: key, open: order.quantity, owner: order.owner, level: -1, side: order.side))
    if order.side == .buy {
      buyers.append(slot, in: &store.orders)
    } else {
      sellers.append(slot, in: &store.orders)
    }
    waiting[slot] = order
    return slot
  }

  /// Takes an order out; its slot stays the caller's.
  mutating func remove(_ slot: Int32, _ store: inout OrderStore) {
    guard let order = waiting.removeValue(forKey: slot) else { return }
    let open = store.orders[Int(slot)].open
    if order.side == .buy {
      buyers.take(open, from: slot, in: &store.orders)
    } else {
      sellers.take(open, from: slot, in: &store.orders)
    }
  }

  /// Changes what an order will be. More of it than before waits anew.
  mutating func amend(_ slot: Int32, price: Int?, quantity: Int, _ store: inout OrderStore) {
    guard var order = waiting[slot] else { return }
    let open = store.orders[Int(slot)].open
    if let price { order.pricing = .limit(price) }
    order.quantity = quantity
    if quantity < open {
      if order.side == .buy {
        buyers.take(open - quantity, from: slot, in: &store.orders)
      } else {
        sellers.take(open - quantity, from: slot, in: &store.orders)
      }
    } else if quantity > open {
      remove(slot, &store)
      store.orders[Int(slot)].open = quantity
      if order.side == .buy {
        buyers.append(slot, in: &store.orders)
      } else {
        sellers.append(slot, in: &store.orders)
      }
    }
    waiting[slot] = order
  }

  /// The next order whose price was reached, taken out; its slot stays with it.
  mutating func takeReached(_ lastPrice: Int?, _ store: inout OrderStore) -> (order: NewOrder, slot: Int32)? {
    guard !waiting.isEmpty, let lastPrice else { return nil }
    for slot in [buyers.front, sellers.front] where slot >= 0 {
      guard var order = waiting[slot], let trigger = order.trigger,
        StopOrders.isReached(trigger, order.side, lastPrice)
      else { continue }
      remove(slot, &store)
      order.trigger = nil
      return (order, slot)
    }
    return nil
  }
}
