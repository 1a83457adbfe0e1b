extension Market {
  /// An instrument at a moment: prices and sums of everything printed until then, that millisecond included.
  ///
  /// On a holiday it is the state after the trading day before. `tape` says whose trades count; what is traded abroad
  /// has only one.
  public mutating func snapshot(of code: String, on date: CalendarDate, at time: ClockTime, tape: Tape = .krx)
    -> Snapshot
  {
    let instrument = instrument(code)
    return regularSnapshot(instrument, date, time)
  }

  /// The prints of an instrument after one moment up to another, in order.
  public mutating func prints(
    of code: String, on date: CalendarDate, after: ClockTime, through: ClockTime, tape: Tape = .krx
  ) -> [Print] {
    let instrument = instrument(code)
    let days = TradingDays(of: instrument)
    guard days.contains(date), let plan = plan(instrument, days.ordinal(of: date)) else { return [] }
    return plan.prints(after: after.milliseconds, through: through.milliseconds).map { plan.print($0) }
  }

  /// The bars of the minutes from a session's first up to the one that a moment lies in, as far as it has come. Minutes
  /// without a print are left out.
  public mutating func minuteBars(
    of code: String, on date: CalendarDate, through time: ClockTime, tape: Tape = .krx
  ) -> [Bar] {
    let instrument = instrument(code)
    return regularMinuteBars(instrument, date, TradingDays(of: instrument).contains(date) ? time : ClockTime(48, 0))
  }
}

extension DayPlan {
  /// A print in prices instead of tick indices; a quote beyond the limits is none.
  func print(_ drawn: DrawnPrint) -> Print {
    let (lower, upper) = (parts[0].plan.stretch.lower, parts[0].plan.stretch.upper)
    return Print(
      time: ClockTime(milliseconds: drawn.time), price: ticks.price(at: drawn.price), size: drawn.size,
      side: drawn.side == 0 ? nil : drawn.side > 0 ? .buy : .sell,
      bid: drawn.bid < lower ? 0 : ticks.price(at: drawn.bid), ask: drawn.ask > upper ? 0 : ticks.price(at: drawn.ask))
  }
}
