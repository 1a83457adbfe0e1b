import KISRecording
import KISWire

extension Sandbox {
  /// Enters an order request in the ledger, and tells the sessions of its app key that registered order notices
  /// (체결통보): accepted, then filled if it was.
  /// - Returns: what was entered; nil when the request orders nothing.
  func enterOrder(_ request: AnswerRequest, appKey: String, latest: (String) -> Record?) -> OrderLedger.Entry? {
    guard request.isOrder else { return nil }
    let entry = ledger.enter(request) { instrument in
      var quote = Quote(instrument, at: request.moment, seed: request.seed)
      if let record = latest(instrument.code) { quote.adopt(record) }
      return quote
    }
    if let entry { notify(of: entry, request, appKey: appKey) }
    return entry
  }

  private func notify(of entry: OrderLedger.Entry, _ request: AnswerRequest, appKey: String) {
    let isAbroad = entry.instrument.market.isAbroad
    let ids: Set<TransactionID> = isAbroad ? ["H0GSCNI0", "H0GSCNI9"] : ["H0STCNI0", "H0STCNI9"]
    let dialect = translation?.target ?? configuration.dialect ?? configuration.recordedDialect
    for session in sessions.inOrder where session.appKey == appKey && !session.isEnding {
      for registration in session.registrations where ids.contains(registration.transactionID) {
        let layout = dialect.layout(of: registration.transactionID)
        var notice = OrderNoticeText(entry, htsID: registration.key, request)
        send(layout.message([layout.record(notice.value)], flag: .encrypted), to: [session.id])
        guard entry.order.filled > 0 else { continue }
        notice.isFill = true
        send(layout.message([layout.record(notice.value)], flag: .encrypted), to: [session.id])
      }
    }
  }
}

extension OrderNoticeText {
  fileprivate init(_ entry: OrderLedger.Entry, htsID: String, _ request: AnswerRequest) {
    self.init(
      htsID: htsID, venue: request.venue, orderNumber: entry.order.number, instrument: entry.instrument,
      isBuy: entry.order.isBuy, quantity: entry.order.quantity, price: entry.order.price,
      second: request.moment.secondOfDay)
    account = entry.account + (request.parameter("ACNT_PRDT_CD") ?? "01")
    original = entry.order.original
    change =
      switch entry.event {
      case .placed: .none
      case .changed: .changed
      case .cancelled: .cancelled
      }
  }
}
