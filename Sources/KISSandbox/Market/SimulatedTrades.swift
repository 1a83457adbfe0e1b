import KISRecording
import KISScenario
import KISWire

extension SimulatedDay {
  /// The H0STCNT0 and H0STASP0 messages of an instrument.
  ///
  /// KIS sends what happened within a moment together: trades close to each other share a message (quirk 61), even
  /// across a second (quirk 88). Books come one a message, and not for every change (quirk 56).
  func tradesAndBooks(of code: String, in dialect: Dialect) -> [RecordedEvent] {
    let trades = dialect.layout(of: .stockTrade)
    let books = dialect.layout(of: .stockOrderBook)
    var tape = SimulatedTrading(Instrument(code: code), on: day, seed: seed)
    var events: [RecordedEvent] = []
    var gathered: [String] = []
    var gatheredUntil = 0
    var bookDue = 0
    var bookBefore: OrderBook?
    func send(_ bytes: [UInt8], atMillisecond millisecond: Int) {
      guard let offset = offset(ofNanosecond: Int64(millisecond) * 1_000_000) else { return }
      events.append(RecordedEvent(at: offset, .message(bytes, from: .server)))
    }
    func sendTrades(atMillisecond millisecond: Int) {
      if !gathered.isEmpty { send(trades.message(gathered), atMillisecond: millisecond) }
      gathered = []
    }
    while let event = tape.next(), event.millisecond <= (seconds.upperBound + 1) * 1_000 {
      if event.millisecond > gatheredUntil { sendTrades(atMillisecond: gatheredUntil) }
      if event.isTrade {
        if gathered.isEmpty { gatheredUntil = event.millisecond + Int(RealtimeSimulator.gatheringMilliseconds) }
        gathered.append(trades.record(event.quote.value))
      }
      guard event.millisecond >= bookDue else { continue }
      // The trades that led to this book go first.
      sendTrades(atMillisecond: event.millisecond + 1)
      let record = books.record { event.quote.bookValue(of: $0, before: bookBefore) }
      send(books.message([record]), atMillisecond: event.millisecond + 2)
      bookBefore = event.quote.book
      bookDue = event.millisecond + max(100, Int(plan.bookInterval.nanoseconds / 1_000_000))
    }
    sendTrades(atMillisecond: gatheredUntil)
    return events
  }
}

extension Quote {
  /// A value of an order book record: as ``value(of:)``, with the changes of the totals since the book before.
  func bookValue(of field: String, before: OrderBook?) -> String? {
    switch field {
    case "TOTAL_ASKP_RSQN_ICDC": "\(book.totalAsks - (before?.totalAsks ?? book.totalAsks))"
    case "TOTAL_BIDP_RSQN_ICDC": "\(book.totalBids - (before?.totalBids ?? book.totalBids))"
    default: value(of: field)
    }
  }
}
