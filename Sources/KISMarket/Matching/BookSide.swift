/// One side of a book: its price levels, best first.
///
/// Prices are kept as keys that grow as prices get worse, so that both sides are the same code.
struct BookSide: Sendable {
  let side: Side
  private(set) var levels: [PriceLevel] = []
  private var unused: [Int32] = []
  private var trie = PriceTrie()
  /// The slot of the best level; -1 when nobody is here.
  private(set) var best: Int32 = -1
  /// How many orders there are.
  private(set) var count = 0

  init(_ side: Side) { self.side = side }

  /// Smaller is better: higher prices of buyers, lower ones of sellers. Prices may be any number.
  @inline(__always)
  func key(of price: Int) -> UInt64 {
    let ascending = UInt64(bitPattern: Int64(price)) ^ (1 << 63)
    return side == .buy ? ~ascending : ascending
  }

  @inline(__always)
  func price(of key: UInt64) -> Int {
    let ascending = side == .buy ? ~key : key
    return Int(Int64(bitPattern: ascending ^ (1 << 63)))
  }

  @inline(__always)
  func level(at price: Int) -> PriceLevel? {
    let place = trie.level(at: key(of: price), in: levels)
    return place < 0 ? nil : levels[Int(place)]
  }

  /// The oldest order at the best price; -1 when nobody is here.
  @inline(__always)
  var front: Int32 { best < 0 ? -1 : levels[Int(best)].first }

  /// More than this much of one order is not counted by ``hasAtLeast(_:through:)``, so that its sums stay small.
  /// Far above the shares that any company has; what wants more is found by a walk.
  static let countedQuantity = 1 << 36

  /// Whether orders at a price or better have a quantity between them, without looking at them one by one.
  func hasAtLeast(_ quantity: Int, through price: Int) -> Bool {
    let limit = key(of: price)
    guard quantity > BookSide.countedQuantity else { return trie.sum(through: limit, in: levels) >= quantity }
    var (sum, place) = (Int128(0), best)
    while place >= 0, levels[Int(place)].key <= limit, sum < quantity {
      sum += levels[Int(place)].quantity
      place = levels[Int(place)].worse
    }
    return sum >= quantity
  }

  /// Puts an order behind all others of its price.
  @inline(__always)
  mutating func append(_ slot: Int32, in orders: inout [RestingOrder]) {
    let order = orders[Int(slot)]
    var place = best >= 0 && levels[Int(best)].key == order.key ? best : trie.level(at: order.key, in: levels)
    if place < 0 { place = insertLevel(order.key) }
    let last = levels[Int(place)].last
    orders[Int(slot)].older = last
    orders[Int(slot)].newer = -1
    orders[Int(slot)].level = place
    if last < 0 { levels[Int(place)].first = slot } else { orders[Int(last)].newer = slot }
    levels[Int(place)].last = slot
    levels[Int(place)].count += 1
    levels[Int(place)].quantity += Int128(order.open)
    count += 1
    trie.add(counted(order.open), at: order.key)
  }

  /// Takes a quantity off an order of this side; the order leaves the book when nothing is left of it.
  @inline(__always)
  mutating func take(_ quantity: Int, from slot: Int32, in orders: inout [RestingOrder]) {
    let order = orders[Int(slot)]
    let (place, left) = (Int(order.level), order.open - quantity)
    orders[Int(slot)].open = left
    levels[place].quantity -= Int128(quantity)
    trie.add(counted(left) - counted(order.open), at: order.key)
    guard left == 0 else { return }
    if order.older < 0 { levels[place].first = order.newer } else { orders[Int(order.older)].newer = order.newer }
    if order.newer < 0 { levels[place].last = order.older } else { orders[Int(order.newer)].older = order.older }
    levels[place].count -= 1
    count -= 1
    if levels[place].count == 0 { removeLevel(order.level) }
  }

  @inline(__always)
  private func counted(_ quantity: Int) -> Int { min(quantity, BookSide.countedQuantity) }

  private mutating func insertLevel(_ key: UInt64) -> Int32 {
    let better = trie.level(below: key, in: levels)
    let level = PriceLevel(key: key, better: better, worse: better < 0 ? best : levels[Int(better)].worse)
    let place: Int32
    if let free = unused.popLast() {
      place = free
      levels[Int(place)] = level
    } else {
      place = Int32(levels.count)
      levels.append(level)
    }
    if better < 0 { best = place } else { levels[Int(better)].worse = place }
    if level.worse >= 0 { levels[Int(level.worse)].better = place }
    trie.insert(place, at: key, in: levels)
    return place
  }

  private mutating func removeLevel(_ place: Int32) {
    let level = levels[Int(place)]
    if level.better < 0 { best = level.worse } else { levels[Int(level.better)].worse = level.worse }
    if level.worse >= 0 { levels[Int(level.worse)].better = level.better }
    trie.remove(level.key)
    unused.append(place)
  }
}
