import KISMarket
import KISWire

/// A customer's orders as notices report them: one is accepted, the next message fills it, and so on.
struct SimulatedNotices: Sendable {
  private let customer: String
  private let venue: Venue
  private var generator: SeededGenerator
  private var order: OrderNoticeText?

  init(customer: String, venue: Venue, generator: SeededGenerator) {
    self.customer = customer
    self.venue = venue
    self.generator = generator
  }

  /// Goes on to the next notice: fills the open order, or accepts a new one at the market.
  mutating func proceed(_ quote: Quote) {
    let second = quote.second
    if var open = order, open.stage == .accepted {
      open.stage = .filled
      open.second = second
      order = open
      return
    }
    let isBuy = generator.chance(0.6)
    order = OrderNoticeText(
      htsID: customer, venue: venue, orderNumber: SimulatedDay.orderNumber(atMillisecond: second * 1_000),
      instrument: quote.instrument, isBuy: isBuy, quantity: 1 + Int(generator.next() % 20),
      price: isBuy ? quote.book.bestAsk : quote.book.bestBid, second: second)
  }

  /// A value of the last notice; nil when orders have nothing to do with the field.
  func value(of field: String) -> String? { order?.value(of: field) }
}
