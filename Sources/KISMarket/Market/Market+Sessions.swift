extension Market {
  /// A session of an instrument on a day; nil when there is none.
  mutating func plan(_ instrument: Instrument, _ ordinal: Int, session: SessionName) -> DayPlan? {
    if session == .regular { return plan(instrument, ordinal) }
    guard instrument.exchange == nil, instrument.kind == .share else { return nil }
    let key = MarketCache.PlanKey(code: instrument.code, ordinal: ordinal, session: session)
    let isShared = isUntouched(instrument)
    if let plan = known(\.plans, key, isShared: isShared) { return plan }
    guard let plan = drawExtended(instrument, ordinal, session) else { return nil }
    keep(plan, \.plans, key, isShared: isShared)
    return plan
  }

  private mutating func drawExtended(_ instrument: Instrument, _ ordinal: Int, _ session: SessionName) -> DayPlan? {
    let date = TradingCalendar.tradingDay(ordinal)
    let hours = TradingHours(of: session == .evening ? .krx : .nxt, on: date)
    let isOnNextrade = instrument.nextradeShare > 0 && TradingHours(of: .nxt, on: date).isOpen
    guard let regular = plan(instrument, ordinal) else { return nil }
    switch session {
    case .regular: return regular
    case .nextradeMain:
      guard isOnNextrade, regular.isDense, let main = hours.continuous else { return nil }
      let late = main.start.milliseconds - regular.parts[0].plan.stretch.sessionStart
      return regular.beside(
        OtherVenue(
          model: model(instrument), share: instrument.nextradeShare, firstMinute: late / 60_000, gone: late % 60_000,
          key: 7_000_000))
    case .nextradePreMarket:
      guard isOnNextrade, let phase = hours.first(.preMarket) else { return nil }
      return extended(instrument, regular, session, phase, from: regular.draw.base, share: instrument.nextradeShare * 3)
    case .nextradeAfterMarket:
      guard isOnNextrade, let phase = hours.first(.afterMarket) else { return nil }
      return extended(instrument, regular, session, phase, from: nil, share: instrument.nextradeShare * 6)
    case .evening:
      if let phase = hours.first(.afterMarket) {
        return extended(instrument, regular, session, phase, from: nil, share: 1_800)
      }
      guard let phase = hours.first(.afterHoursAuctions) else { return nil }
      var draw = regular.draw
      draw.close = close(regular)
      let model = model(instrument)
      let (stretch, prints) = AfterHoursAuctions(model: model, draw: draw, ticks: regular.ticks)
        .stretch(start: phase.start.milliseconds, end: phase.end.milliseconds)
      return DayPlan(
        model: model, draw: draw, ticks: regular.ticks, shape: shape(regular: false, minutes: 120),
        plan: StretchPlan(model: model, ticks: regular.ticks, stretch: stretch, prints: prints))
    }
  }

  private func close(_ plan: DayPlan) -> Int {
    let last = plan.final.last
    return last == 0 ? plan.draw.base : plan.ticks.price(at: last)
  }

  private mutating func extended(
    _ instrument: Instrument, _ regular: DayPlan, _ session: SessionName, _ phase: ScheduledPhase, from: Int?,
    share: Int
  ) -> DayPlan {
    let model = model(instrument)
    let shape = shape(regular: false, minutes: phase.end.minutes - phase.start.minutes)
    let drawing = ExtendedSession(
      model: model, draw: regular.draw, ticks: regular.ticks, name: session, start: phase.start.milliseconds)
    let stretch = drawing.stretch(from: regular.ticks.index(nearest: from ?? close(regular)), share: share)
    return DayPlan(model: model, draw: regular.draw, ticks: regular.ticks, shape: shape, stretch: stretch)
  }
}
