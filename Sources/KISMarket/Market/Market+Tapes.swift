extension Market {
  /// An instrument at a moment: prices and sums of everything printed until then, that millisecond included.
  ///
  /// On a holiday it is the state after the trading day before.
  ///
  /// - Parameters:
  ///   - time: later than 24:00 is the night after; a session in New York belongs to the day on which it begins.
  ///   - tape: whose trades count. A tape on which the instrument does not trade has no volume.
  public mutating func snapshot(of code: String, on date: CalendarDate, at time: ClockTime, tape: Tape = .krx)
    -> Snapshot
  {
    let instrument = instrument(code)
    if tape == .krx { return regularSnapshot(instrument, date, time) }
    let days = TradingDays(of: instrument)
    let ordinal = tradingDay(instrument, date)
    let moment = days.contains(date) ? time : ClockTime(48, 0)
    guard instrument.exchange == nil, moment >= Market.endOfDay else {
      return snapshot(instrument, ordinal, at: moment, tape)
    }
    // Rankings of the evening ask for the last evening of every share, again and again.
    let key = MarketCache.TapeDayKey(code: code, ordinal: ordinal, tape: tape)
    var day = drawing(\.closedTapes, key, isShared: isUntouched(instrument)) {
      $0.snapshot(instrument, ordinal, at: ClockTime(48, 0), tape)
    }
    day.time = moment
    return day
  }

  /// A trading day of an instrument on a tape that is not KRX's regular session alone.
  private mutating func snapshot(_ instrument: Instrument, _ ordinal: Int, at moment: ClockTime, _ tape: Tape)
    -> Snapshot
  {
    let days = TradingDays(of: instrument)
    let plans = plans(instrument, ordinal, tape)
    // The evening is measured from the day's close.
    let base = tape == .evening ? regularSnapshot(instrument, days.day(ordinal), ClockTime(48, 0)).price : nil
    var parts: [(snapshot: Snapshot, last: Int)] = []
    for plan in plans {
      let snapshot = Snapshot(plan, instrument: instrument, date: days.day(ordinal), time: moment)
      guard snapshot.hasTraded else { continue }
      parts.append((snapshot, plan.lastPrint(at: moment.milliseconds)?.time ?? 0))
    }
    let before = regularSnapshot(instrument, days.day(ordinal), ClockTime(0, 0))
    return Snapshot(parts, before: before, basePrice: base, time: moment)
  }

  /// The prints of an instrument after one moment up to another, in order.
  public mutating func prints(
    of code: String, on date: CalendarDate, after: ClockTime, through: ClockTime, tape: Tape = .krx
  ) -> [Print] {
    let instrument = instrument(code)
    let days = TradingDays(of: instrument)
    guard days.contains(date) else { return [] }
    let ordinal = days.ordinal(of: date)
    var traded: [[Print]] = []
    for session in tape.sessions {
      guard let plan = plan(instrument, ordinal, session: session) else { continue }
      let venue = tape == .unified ? session.venue : nil
      let prints = plan.prints(after: after.milliseconds, through: through.milliseconds)
      if !prints.isEmpty { traded.append(prints.map { plan.print($0, at: venue) }) }
    }
    if traded.count <= 1 { return traded.first ?? [] }
    // Stable: prints of one moment stay in the order of their venues.
    return traded.joined().enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
  }

  /// The last print of an instrument on a day, at or before a moment of it; nil when there is none.
  public mutating func lastPrint(of code: String, on date: CalendarDate, at time: ClockTime, tape: Tape = .krx)
    -> Print?
  {
    let instrument = instrument(code)
    let days = TradingDays(of: instrument)
    guard days.contains(date) else { return nil }
    let ordinal = days.ordinal(of: date)
    var last: (plan: DayPlan, print: DrawnPrint, session: SessionName)?
    for session in tape.sessions {
      guard let plan = plan(instrument, ordinal, session: session),
        let print = plan.lastPrint(at: time.milliseconds), print.time >= last?.print.time ?? 0
      else { continue }
      last = (plan, print, session)
    }
    return last.map { $0.plan.print($0.print, at: tape == .unified ? $0.session.venue : nil) }
  }

  /// The bars of the minutes up to the one that a moment lies in, as far as it has come, oldest first. Minutes without a
  /// print are left out.
  ///
  /// - Parameter from: the first minute that is wanted; bars of several venues are made of their prints, so that each
  ///   minute costs.
  public mutating func minuteBars(
    of code: String, on date: CalendarDate, from first: ClockTime = ClockTime(0, 0), through time: ClockTime,
    tape: Tape = .krx
  ) -> [Bar] {
    let instrument = instrument(code)
    let isTradingDay = TradingDays(of: instrument).contains(date)
    let moment = isTradingDay ? time : ClockTime(48, 0)
    let ordinal = tradingDay(instrument, date)
    let day = TradingDays(of: instrument).day(ordinal)
    let plans = plans(instrument, ordinal, tape)
    if plans.count == 1 {
      return plans[0].minuteBars(date: day, through: moment.milliseconds).filter { $0.time >= first }
    }
    var bars: [Bar] = []
    for print in prints(of: code, on: day, after: first.later(milliseconds: -1), through: moment, tape: tape) {
      let minute = ClockTime(milliseconds: print.time.minutes * 60_000)
      let next = Bar(
        date: day, time: minute, open: print.price, high: print.price, low: print.price, close: print.price,
        volume: print.size, amount: print.price * print.size)
      if let last = bars.last, last.time == minute, let sum = Bar.folded([last, next]) {
        bars[bars.count - 1] = sum
      } else {
        bars.append(next)
      }
    }
    return bars
  }

  private mutating func plans(_ instrument: Instrument, _ ordinal: Int, _ tape: Tape) -> [DayPlan] {
    var plans: [DayPlan] = []
    for session in tape.sessions {
      if let plan = plan(instrument, ordinal, session: session) { plans.append(plan) }
    }
    return plans
  }
}

extension Snapshot {
  /// Several sessions of a day as one tape.
  ///
  /// - Parameters:
  ///   - parts: what was traded in each, in the order in which they open, and when it was traded last.
  ///   - before: the instrument before its day.
  fileprivate init(_ parts: [(snapshot: Snapshot, last: Int)], before: Snapshot, basePrice: Int?, time: ClockTime) {
    let snapshots = parts.map(\.snapshot)
    func sum(_ figure: (Snapshot) -> Int) -> Int { snapshots.reduce(0) { $0 + figure($1) } }
    let last = parts.max { $0.last < $1.last }?.snapshot
    self.init(
      instrument: before.instrument, date: before.date, time: time, basePrice: basePrice ?? before.basePrice,
      limits: before.limits, price: last?.price ?? basePrice ?? before.basePrice, open: snapshots.first?.open ?? 0,
      high: snapshots.map(\.high).max() ?? 0, low: snapshots.map(\.low).min() ?? 0, volume: sum(\.volume),
      amount: sum(\.amount), boughtVolume: sum(\.boughtVolume), soldVolume: sum(\.soldVolume),
      boughtPrints: sum(\.boughtPrints), soldPrints: sum(\.soldPrints),
      interruptionReference: last?.interruptionReference ?? before.interruptionReference)
  }
}

extension DayPlan {
  /// A print in prices instead of tick indices; a quote beyond the limits becomes 0.
  func print(_ drawn: DrawnPrint, at venue: TradingVenue? = nil) -> Print {
    let (lower, upper) = (parts[0].plan.stretch.lower, parts[0].plan.stretch.upper)
    return Print(
      time: ClockTime(milliseconds: drawn.time), price: ticks.price(at: drawn.price), size: drawn.size,
      side: drawn.side == 0 ? nil : drawn.side > 0 ? .buy : .sell,
      bid: drawn.bid < lower ? 0 : ticks.price(at: drawn.bid), ask: drawn.ask > upper ? 0 : ticks.price(at: drawn.ask),
      venue: venue)
  }
}
