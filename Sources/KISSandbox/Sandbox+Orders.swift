import KISRecording
import KISWire

extension Sandbox {
  /// Enters an order request in the ledger, and tells the sessions of its app key that registered order notices
  /// (체결통보): accepted, then filled if it was.
  /// - Returns: what was entered; nil when the request orders nothing.
  func enterOrder(_ request: AnswerRequest, appKey: String, latest: (String) -> Record?) -> OrderLedger.Entry? {
    guard request.isOrder else { return nil }
    let entry = exchange.ledger.enter(request, appKey: appKey) { AnswerRows.quote(of: $0, request, latest) }
    guard let entry else { return nil }
    notify(of: entry)
    if entry.order.open > 0 { exchange.due = min(exchange.due, clock.now + Sandbox.orderLook) }
    wake()
    return entry
  }

  /// Fills resting orders that the market has come to, and tells those whose orders they are.
  /// - Returns: when to look again; never while nothing rests.
  @discardableResult
  func fillRestingOrders(at now: Duration) -> Duration {
    guard exchange.due <= now else { return exchange.due }
    let latest = latestTrades()
    // Apart from the ledger, which is changed while it asks for quotes.
    var quotes = exchange.quotes
    let filled = exchange.ledger.fillResting { instrument in
      var quote = quotes.quote(
        of: instrument, at: clock.wallTime, hours: openingHours, seed: configuration.seed)
      if let record = latest[instrument.code] { quote.adopt(record) }
      return quote
    }
    for entry in filled { notify(of: entry) }
    let resting = exchange.ledger.restingCodes
    quotes.keep(only: resting)
    exchange.quotes = quotes
    exchange.due = resting.isEmpty ? .never : now + Sandbox.orderLook
    return exchange.due
  }

  /// How often resting orders are held against the market.
  private static let orderLook = Duration.seconds(1)

  private func notify(of entry: OrderLedger.Entry) {
    let isAbroad = entry.instrument.market.isAbroad
    let ids: Set<TransactionID> = isAbroad ? ["H0GSCNI0", "H0GSCNI9"] : ["H0STCNI0", "H0STCNI9"]
    let dialect = stage.translation?.target ?? configuration.dialect ?? configuration.recordedDialect
    for session in sessions.inOrder where session.appKey == entry.appKey && !session.isEnding {
      for registration in session.registrations
      where ids.contains(registration.transactionID) && !registration.isForgotten {
        let layout = dialect.layout(of: registration.transactionID)
        var notice = OrderNoticeText(
          entry, htsID: registration.key, venue: configuration.venue, second: clock.wallTime.secondOfDay)
        if entry.event != .filled {
          send(layout.message([layout.record(notice.value)], flag: .encrypted), to: [session.id])
        }
        guard entry.order.filled > 0 else { continue }
        notice.isFill = true
        send(layout.message([layout.record(notice.value)], flag: .encrypted), to: [session.id])
      }
    }
  }
}

extension OrderNoticeText {
  fileprivate init(_ entry: OrderLedger.Entry, htsID: String, venue: Venue, second: Int) {
    let order = entry.order
    self.init(
      htsID: htsID, venue: venue, orderNumber: order.number, instrument: entry.instrument, isBuy: order.isBuy,
      quantity: order.quantity, price: order.filled > 0 ? order.fillPrice : order.price, second: second)
    account = entry.account + entry.product
    original = order.original
    change =
      switch entry.event {
      case .placed, .filled: .none
      case .changed: .changed
      case .cancelled: .cancelled
      }
  }
}
