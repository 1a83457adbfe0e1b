/// The orders of a book in one flat array. A slot is free again when its order is finished.
struct OrderStore: Sendable {
  var orders: [RestingOrder] = []
  private var firstFree: Int32 = -1

  mutating func add(_ order: RestingOrder) -> Int32 {
    guard firstFree >= 0 else {
      orders.append(order)
      return Int32(orders.count - 1)
    }
    let slot = firstFree
    firstFree = orders[Int(slot)].newer
    orders[Int(slot)] = order
    return slot
  }

  mutating func free(_ slot: Int32) {
    orders[Int(slot)].open = 0
    orders[Int(slot)].newer = firstFree
    firstFree = slot
  }

  /// Whether an order of that name still waits in a slot.
  @inline(__always)
  func holds(_ id: Int, in slot: Int32) -> Bool {
    slot >= 0 && Int(slot) < orders.count && orders[Int(slot)].open > 0 && orders[Int(slot)].id == id
  }
}
