import KISMarket

/// Commands drawn from a seed: of every kind, around a price that drifts, about orders that are there, finished and
/// unknown.
struct RandomFlow {
  private var numbers: CellGenerator
  private var nextID = 1
  private var middle = 1_000
  /// Owners 1 to this many take part; 0 is nobody.
  let owners: Int

  init(seed: UInt64, owners: Int = 3) {
    numbers = CellGenerator(seed: seed)
    self.owners = owners
  }

  mutating func command() -> FlowCommand {
    if numbers.below(50) == 0 { middle += numbers.within(-5...5) }
    switch numbers.below(10) {
    case 0, 1:
      return .cancel(id: known())
    case 2, 3:
      return .modify(id: known(), price: price(), quantity: numbers.below(12) == 0 ? 0 : numbers.within(-1...40))
    default:
      return .new(newOrder())
    }
  }

  private mutating func newOrder() -> NewOrder {
    let side: Side = numbers.below(2) == 0 ? .buy : .sell
    let pricing: NewOrder.Pricing =
      switch numbers.below(12) {
      case 0: .market
      case 1: .bestOwn
      case 2: .bestOpposite
      case 3: .midpoint
      default: .limit(price())
      }
    let timeInForce: NewOrder.TimeInForce =
      switch numbers.below(8) {
      case 0: .immediateOrCancel
      case 1: .fillOrKill
      default: .day
      }
    let id = numbers.below(40) == 0 ? known() : nextID
    nextID += 1
    return NewOrder(
      id: id, side: side, pricing: pricing, quantity: numbers.within(0...30), timeInForce: timeInForce,
      owner: Int32(numbers.below(owners + 1)), trigger: numbers.below(15) == 0 ? price() : nil)
  }

  private mutating func known() -> Int { max(1, nextID - numbers.below(200)) }
  private mutating func price() -> Int { middle + numbers.within(-12...12) }
}
