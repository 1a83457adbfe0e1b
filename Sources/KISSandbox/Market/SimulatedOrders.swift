import KISMarket
import KISRecording
import KISScenario
import KISWire

extension SimulatedDay {
  /// The notices of a customer's orders: each is accepted, then filled at once at the price it meets in the book.
  ///
  /// Kept decrypted, as in every recording.
  func notices(for htsID: String, in dialect: Dialect, from quotes: QuotedMarket) -> [RecordedEvent] {
    let layout = dialect.layout(of: .orderNotice)
    var generator = SeededGenerator(seed: seed).fork("orders").fork(day.number)
    let instruments = plan.instruments.map { quotes.instrument($0) }
    guard !instruments.isEmpty else { return [] }
    var events: [RecordedEvent] = []
    func send(_ notice: OrderNoticeText, atMillisecond millisecond: Int) {
      guard let offset = offset(of: .milliseconds(millisecond)) else { return }
      let message = layout.message([layout.record(notice.value)], flag: .encrypted)
      events.append(RecordedEvent(at: offset, .message(message, from: .server)))
    }
    var millisecond = (max(seconds.lowerBound, continuous.lowerBound + 40)) * 1_000
    while millisecond / 1_000 < min(seconds.upperBound, continuous.upperBound) {
      let index = Int(generator.next() % UInt64(instruments.count))
      let quote = quotes.quote(instruments[index], at: TradingMoment(day, ClockTime(milliseconds: millisecond)))
      let isBuy = generator.chance(0.6)
      var notice = OrderNoticeText(
        htsID: htsID, venue: plan.venue, orderNumber: SimulatedDay.orderNumber(atMillisecond: millisecond),
        instrument: quote.instrument, isBuy: isBuy, quantity: 1 + Int(generator.next() % 20),
        price: isBuy ? quote.book.bestAsk : quote.book.bestBid, second: millisecond / 1_000)
      send(notice, atMillisecond: millisecond)
      let filled = millisecond + 80 + Int(generator.next() % 900)
      notice.second = filled / 1_000
      notice.stage = .filled
      send(notice, atMillisecond: filled)
      millisecond += 20_000 + Int(generator.next() % 40_000)
    }
    return events
  }

  /// Order numbers grow with the day, all customers sharing one counter in steps of 100 (a captured day: 237500 at
  /// 09:00:20, 404800 at 09:20:01).
  static func orderNumber(atMillisecond millisecond: Int) -> Int {
    237_500 + max(0, millisecond - 32_420_000) * 142 / 100_000 * 100
  }
}
