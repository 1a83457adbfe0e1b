import KISWire

/// The cash of an account (예수금): what it began the day with, and what its orders did to it.
struct AccountCash {
  /// Ten million won at home, ten thousand of whatever the currency abroad.
  let deposit: Double
  /// What was paid for shares today, and what shares were sold for.
  private(set) var paid = 0.0
  private(set) var received = 0.0
  /// What orders that rest would cost.
  private(set) var reserved = 0.0

  /// - Parameter isAbroad: which of the account's orders count.
  init(after orders: [OrderLedger.Entry], isAbroad: Bool) {
    deposit = isAbroad ? 10_000 : 10_000_000
    for entry in orders where entry.instrument.market.isAbroad == isAbroad {
      let (order, scale) = (entry.order, Double(entry.instrument.market.scale))
      let filled = Double(order.fillPrice) / scale * Double(order.filled)
      if order.isBuy {
        paid += filled
        reserved += Double(order.price) / scale * Double(order.open)
      } else {
        received += filled
      }
    }
  }

  /// What the account has once today's trades are settled, two days from now (D+2).
  var settled: Double { deposit - paid + received }

  /// What may still be spent (주문가능현금).
  var orderable: Double { max(0, settled - reserved) }
}
