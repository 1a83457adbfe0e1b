/// A command of an order flow, as it stands in a file or comes from a client.
public enum FlowCommand: Sendable, Hashable {
  /// A new order.
  case new(NewOrder)
  /// A new price, and a new open quantity.
  case modify(id: Int, price: Int, quantity: Int)
  /// Cancel what is left.
  case cancel(id: Int)
}

/// A book whose orders are named by ids that somebody else gives.
///
/// * An id is used once: a second order of the same id is ignored, also when the first is finished.
/// * An order that is refused (a quantity below 1) was never there; its id is still free.
/// * Commands about an id that is unknown or finished are ignored, so are changes to a quantity below 0.
/// * A change to a quantity of 0 cancels.
public struct OrderFlow: Sendable {
  /// The book as it stands.
  public private(set) var book: MatchingBook
  private var table = OrderTable()

  /// An empty book.
  public init(selfTrade: SelfTradePolicy = .allow) { book = MatchingBook(selfTrade: selfTrade) }

  /// Does what a command says.
  /// - Returns: whether it was one to follow; false when it was ignored.
  @discardableResult
  public mutating func apply(_ command: FlowCommand) -> Bool {
    switch command {
    case .new(let order):
      guard table.slot(of: order.id) == nil else { return false }
      switch book.enter(order) {
      case .rests(let slot): table.set(order.id, slot)
      case .finished: table.set(order.id, OrderTable.neverRested)
      case .refused: return false
      }
      return true
    case .modify(let id, let price, let quantity):
      guard let slot = table.slot(of: id), case let outcome = book.amend(id, in: slot, price: price, quantity: quantity)
      else { return false }
      if case .refused = outcome { return false }
      return true
    case .cancel(let id):
      guard let slot = table.slot(of: id) else { return false }
      return book.cancel(id, in: slot) != nil
    }
  }

  /// Gives away what happened since the last call.
  public mutating func takeEvents() -> [BookEvent] { book.takeEvents() }

  /// Shows what happened since the last call, and forgets it.
  @inline(__always)
  public mutating func passEvents(_ body: (BookEvent) -> Void) { book.passEvents(body) }
}
