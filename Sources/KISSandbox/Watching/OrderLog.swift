import DequeModule
import KISMarket
package import KISWire

/// What became of orders lately, for whoever watches. It belongs to the exchange, so a fork goes on with it and a reset
/// begins it anew.
struct OrderLog: Sendable {
  /// How many happenings are kept.
  static let capacity = 2_000

  private(set) var kept: Deque<OrderHappening> = []
  /// How many there have been.
  private(set) var total = 0

  /// Keeps what happened, under the next number.
  mutating func note(_ happening: OrderHappening) {
    total += 1
    var numbered = happening
    numbered.number = total
    kept.append(numbered)
    if kept.count > OrderLog.capacity { kept.removeFirst() }
  }

  /// What happened after the happening of a number, and how many of those are gone.
  func happenings(after number: Int) -> (lost: Int, happenings: [OrderHappening]) {
    let first = kept.first?.number ?? total + 1
    return (max(0, first - number - 1), Array(kept.suffix(max(0, total - number))))
  }
}

/// Something that became of an order: taken, filled, changed, over.
package struct OrderHappening: Sendable, Hashable {
  /// Counts them.
  package internal(set) var number = 0
  /// When, as the time of day of the market.
  package var marketTime: TimeOfDay
  /// What happened.
  package var kind: Kind
  /// The number of the order (주문번호).
  package var order: Int
  /// Whose it is.
  package var account: String
  /// What was ordered.
  package var code: String
  /// Whether it buys.
  package var isBuy: Bool
  /// The price of what was filled, or else of the order; 0 for an order that named none.
  package var price: Int
  /// How much this concerns: of a fill what was filled, else what was ordered, changed, cancelled or dropped.
  package var quantity: Int

  /// What can become of an order.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case accepted, refused, filled, changed, cancelled, dropped, expired
  }

  init(_ event: ExchangeEvent, of record: OrderRecord) {
    marketTime = TimeOfDay(nanoseconds: event.moment.koreanTime.nanosecondOfDay)
    (order, account, code) = (record.number, event.account, record.security.code)
    (isBuy, price, quantity) = (record.side == .buy, record.price, record.quantity)
    switch event.kind {
    case .accepted: kind = .accepted
    case .refused: kind = .refused
    case .filled(let fill): (kind, price, quantity) = (.filled, fill.price, fill.quantity)
    case .changed(_, let part): (kind, quantity) = (.changed, part)
    case .cancelled(_, let part): (kind, quantity) = (.cancelled, part)
    case .dropped(let part): (kind, quantity) = (.dropped, part)
    case .expired(let part): (kind, quantity) = (.expired, part)
    }
  }
}

extension ClientExchange {
  /// What has become of orders since the last call, also noted for whoever watches.
  mutating func takeEvents() -> [ExchangeEvent] {
    let events = core.takeEvents()
    for event in events {
      if let position = event.order { happened.note(OrderHappening(event, of: core.orders[position])) }
    }
    return events
  }
}
