/// The continuous session of an instrument on a day: when it is, and its auctions.
struct SessionHours: Sendable, Hashable {
  /// Milliseconds since midnight.
  let start: Int
  let minutes: Int
  /// When the auctions at both ends trade; nil when there are none.
  var opening: Int?
  var closing: Int?
  /// Lunch: minutes counted from the start.
  var lunch: Range<Int>?

  /// The regular session of an instrument; nil on a day on which its exchange is closed, or on which it is not listed.
  init?(of instrument: Instrument, on date: CalendarDate, seed: UInt64) {
    if let term = instrument.term, !term.contains(date) { return nil }
    if let exchange = instrument.exchange {
      let sessions = exchange.sessions(on: date).filter { $0.phase == .regular }
      guard let first = sessions.first, let last = sessions.last else { return nil }
      start = first.start.milliseconds
      minutes = last.end.minutes - first.start.minutes
      if sessions.count > 1 {
        lunch = (first.end.minutes - first.start.minutes)..<(last.start.minutes - first.start.minutes)
      }
      return
    }
    let hours = instrument.hours(on: date)
    guard let continuous = hours.continuous else { return nil }
    start = continuous.start.milliseconds
    minutes = continuous.end.minutes - continuous.start.minutes
    func end(_ nominal: ClockTime) -> Int {
      AuctionEnd.moment(after: nominal, code: instrument.code, on: date, seed: seed).milliseconds
    }
    opening = end(continuous.start)
    closing = hours.first(.closingAuction).map { end($0.end) }
  }

  init(start: Int, minutes: Int) {
    self.start = start
    self.minutes = minutes
  }
}

extension Stretch {
  /// The stretch of a drawn day: all of its regular session.
  init(day draw: DayDraw, model: InstrumentModel, ticks: PriceTicks, hours: SessionHours) {
    var numbers = model.cell(.stretch, day: draw.ordinal)
    ordinal = draw.ordinal
    sessionStart = hours.start
    open = ticks.index(atOrBelow: draw.open)
    high = ticks.index(atOrBelow: draw.high)
    low = ticks.index(atOrBelow: draw.low)
    close = ticks.index(atOrBelow: draw.close)
    lower = ticks.index(atOrAbove: draw.lower)
    upper = ticks.index(atOrBelow: draw.upper)
    volume = draw.volume
    prints = draw.prints
    let (opens, closes) = (numbers.within(20...70), numbers.within(40...100))
    if draw.prints >= Instrument.fewestDensePrints {
      openingVolume = hours.opening == nil ? 0 : FixedPoint.ratio(draw.volume, opens, 1_000)
      closingVolume = hours.closing == nil ? 0 : FixedPoint.ratio(draw.volume, closes, 1_000)
      prints = min(prints, max(1, volume - openingVolume - closingVolume - 64))
    }
    openingTime = hours.opening ?? 0
    closingTime = hours.closing ?? 0
    deviation = Int((Int128(draw.sigma) * Int128(draw.open) * 256) >> 30)
    tilt = numbers.normal() / 4
    reference = draw.open
    // At a limit whoever wants to take finds nobody who gives: there it stays.
    if let turns = model.turns, case .limit = turns.outbursts(ordinal..<(ordinal + 1))[ordinal],
      close == upper || close == lower
    {
      locked = open == close ? 0 : numbers.within(4...40)
    }
    // Volatility interruptions are for shares and funds.
    interrupts = model.instrument.hasVolatilityInterruptions
    if let lunch = hours.lunch {
      pauses = [Pause(minutes: lunch, resume: hours.start + lunch.upperBound * 60_000)]
    }
  }
}
