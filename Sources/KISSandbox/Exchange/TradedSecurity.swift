import KISMarket

extension Instrument {
  /// What the exchange has to know of it.
  var security: Security {
    if let exchange { return Security(code, .abroad(exchange), currency: currency) }
    let kind: SecurityKind = kind == .etf || kind == .etn || kind == .elw ? kind : .share
    return Security(code, .korea(board, kind, isOnNextrade: kind == .share), currency: currency)
  }
}

extension Quote {
  /// What holds for an order of it on a date.
  func securityDay(on date: CalendarDate) -> SecurityDay {
    guard instrument.exchange == nil else { return SecurityDay(base: previousClose, last: price) }
    let close = TradingHours(of: .krx, on: date).first(.closingAuction)?.end.seconds
    return SecurityDay(
      base: previousClose, ticks: instrument.ticks(on: date),
      limits: instrument.limits(around: previousClose, on: date),
      last: price, close: close.map { second >= $0 } == true ? price : nil)
  }
}
