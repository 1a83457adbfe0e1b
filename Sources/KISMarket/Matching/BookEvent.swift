/// Something that happened in a book, in the order in which it happened.
public enum BookEvent: Sendable, Hashable {
  /// An arriving order traded with one that rested.
  case trade(Trade)
  /// Two orders traded in a call auction, in which nobody is first.
  case crossed(buy: Int, sell: Int, price: Int, quantity: Int)
  /// What was left of an order will not trade any more, though nobody cancelled it.
  case dropped(id: Int, quantity: Int, reason: DropReason)
  /// An order that waited for a trade (스톱) has become an order of the book.
  case triggered(id: Int)

  /// Why the rest of an order was cancelled by the book.
  public enum DropReason: Sendable, Hashable {
    /// The rest of an order that never rests: IOC, FOK, or at the market.
    case unfilled
    /// It would have traded with an order of the same owner.
    case selfTrade
    /// A price that depends on the book, when the book has none: 최유리, 최우선, 중간가 of an empty side.
    case noPrice
  }
}

/// What became of an order that arrived at the book, or was changed.
public enum EntryOutcome: Sendable, Hashable {
  /// It, or what was not filled at once, waits in the book under this slot.
  case rests(slot: Int32)
  /// Nothing is left of it: filled, or dropped.
  case finished
  /// It was not taken; the book is as it was.
  case refused(Refusal)

  /// Why the book takes no such order.
  public enum Refusal: Sendable, Hashable {
    /// A quantity below 1.
    case quantity
    /// IOC, FOK, 최유리, 최우선 and 중간가 have no meaning while an auction collects orders.
    case auction
    /// No such order waits here.
    case unknown
  }
}

/// A price of the book with all that waits there.
public struct BookLevel: Sendable, Hashable {
  /// The price.
  public let price: Int
  /// The quantity of all orders; wider than that of one, so that no sum overflows.
  public let quantity: Int128
  /// How many orders.
  public let orders: Int

  /// A level of the book.
  public init(price: Int, quantity: Int128, orders: Int) {
    (self.price, self.quantity, self.orders) = (price, quantity, orders)
  }
}
