/// What comes later, by moment, and of one moment in the order in which it was entered.
struct Agenda: Sendable {
  enum Item: Sendable, Hashable {
    /// An order arrives at the market.
    case arrival(Int)
    /// The oldest fill of an account is booked.
    case booking(AccountID)
    /// What is left of an order ends with its session.
    case expiry(Int)
  }

  private var items: [(moment: TradingMoment, item: Item)] = []

  var next: TradingMoment? { items.first?.moment }

  mutating func add(_ item: Item, at moment: TradingMoment) {
    // Behind all that is due before it or with it; most are the latest.
    var place = items.count
    while place > 0, items[place - 1].moment > moment { place -= 1 }
    items.insert((moment, item), at: place)
  }

  mutating func takeDue(_ now: TradingMoment) -> (moment: TradingMoment, item: Item)? {
    guard let first = items.first, first.moment <= now else { return nil }
    return items.removeFirst()
  }
}
