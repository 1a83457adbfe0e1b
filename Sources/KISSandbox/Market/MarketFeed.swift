import KISWire

/// What happens to one instrument from some moment on, without end: when its session is over, the next one follows.
struct MarketFeed: Sendable {
  /// Something that happened, at a moment of the sandbox's clock.
  struct Event: Sendable {
    var time: KoreanTime
    var isTrade: Bool
    var quote: Quote
  }

  let instrument: Instrument
  private let seed: UInt64
  private var session: MarketMoment
  private var recording: SimulatedTrading

  /// - Parameter start: events before this moment are passed over.
  init(_ instrument: Instrument, from start: KoreanTime, hours: OpeningHours, seed: UInt64) {
    self.instrument = instrument
    self.seed = seed
    session = MarketMoment(start, on: instrument.market, hours: hours)
    recording = SimulatedTrading(instrument, on: session.day, seed: seed)
    _ = recording.advance(toSecond: session.second)
  }

  mutating func next() -> Event {
    while true {
      if let event = recording.next(), event.millisecond < session.end * 1_000 {
        var quote = event.quote
        quote.clockShift = session.shift
        let time = session.day.midnight + .milliseconds(event.millisecond + session.shift * 1_000)
        return Event(time: time, isTrade: event.isTrade, quote: quote)
      }
      session = session.following(on: instrument.market)
      recording = SimulatedTrading(instrument, on: session.day, seed: seed)
      _ = recording.advance(toSecond: session.second)
    }
  }
}

extension MarketMoment {
  /// The second at which this session is over: the exchange's close, or where a repeated session begins anew.
  var end: Int { shift == 0 ? MarketHours.close + 60 : MarketHours.closingAuction - 30 }

  /// The first moment of the next session.
  func following(on market: Instrument.Market) -> MarketMoment {
    var time = day.midnight + .seconds(end + shift)
    var next = MarketMoment(time, on: market, hours: hours)
    // After the close nothing happens for as long as the hours say; then sessions repeat.
    while next.shift == shift && next.day == day || next.second >= next.end {
      time = time + .seconds(30)
      next = MarketMoment(time, on: market, hours: hours)
    }
    return next
  }
}
