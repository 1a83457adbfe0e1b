extension Market {
  /// The order book of an instrument at a moment of a day. Outside of continuous trading and auctions it is what the last
  /// session left, and empty before the day's first.
  ///
  /// - Parameter tape: whose book. NXT's is that of its session which began last; of both venues together KRX's is
  ///   shown while it trades.
  public mutating func book(of code: String, on date: CalendarDate, at time: ClockTime, tape: Tape = .krx)
    -> BookSnapshot
  {
    let instrument = instrument(code)
    let days = TradingDays(of: instrument)
    let ordinal = tradingDay(instrument, date)
    let moment = days.contains(date) ? time.milliseconds : ClockTime(48, 0).milliseconds
    guard let plan = sessionPlan(instrument, ordinal, tape, at: moment) else { return .empty }
    let model = model(instrument)
    let stretch = plan.parts[0].plan.stretch
    let depth = Depth(
      model: model, ordinal: plan.draw.ordinal, ticks: plan.ticks, lower: stretch.lower, upper: stretch.upper)
    if instrument.exchange == nil, tape == .krx || tape == .unified {
      let hours = instrument.hours(on: days.day(ordinal))
      if let auction = plan.auction(at: moment, hours: hours, model: model) { return depth.book(auction, at: moment) }
      if let opening = hours.first(.openingAuction), moment < opening.start.milliseconds, tape == .krx {
        return .empty
      }
    }
    guard let quote = plan.quote(at: moment) else {
      // Nothing is traded on this day: the quote stands around the base price.
      let base = plan.ticks.index(nearest: plan.draw.base)
      return depth.book(SessionQuote(bid: base - 1, ask: base + 1), at: moment)
    }
    return depth.book(quote, at: moment)
  }

  /// The session of a tape that began last; of both venues KRX's, from its opening auction to its close.
  private mutating func sessionPlan(_ instrument: Instrument, _ ordinal: Int, _ tape: Tape, at time: Int) -> DayPlan? {
    if tape == .krx { return plan(instrument, ordinal) }
    var found: DayPlan?
    for session in tape.sessions where !(tape == .unified && session == .nextradeMain) {
      guard let plan = plan(instrument, ordinal, session: session) else { continue }
      // KRX's auction collects for half an hour before its first minute.
      let lead = session == .regular ? 30 * 60_000 : 0
      if plan.parts[0].plan.stretch.sessionStart - lead <= time { found = plan }
    }
    return found
  }

  /// What the auction that collects orders at a moment would trade, as ``book(of:on:at:tape:)`` has it; nil when there
  /// is none, which is always so in NXT's own sessions and in the evening.
  public mutating func expectedExecution(
    of code: String, on date: CalendarDate, at time: ClockTime, tape: Tape = .krx
  ) -> ExpectedExecution? {
    let instrument = instrument(code)
    guard instrument.exchange == nil, tape == .krx || tape == .unified, TradingCalendar.isTradingDay(date),
      let plan = sessionPlan(instrument, tradingDay(instrument, date), tape, at: time.milliseconds)
    else { return nil }
    let auction = plan.auction(
      at: time.milliseconds, hours: instrument.hours(on: date), model: model(instrument))
    return auction?.expected(at: time.milliseconds)
  }

  /// What the last auction of KRX's regular session has traded of an instrument by a moment of a day; 0 before the first,
  /// and on a venue's own tape.
  public mutating func lastAuctionVolume(
    of code: String, on date: CalendarDate, at time: ClockTime, tape: Tape = .krx
  ) -> Int {
    let instrument = instrument(code)
    guard instrument.exchange == nil, tape == .krx || tape == .unified,
      let plan = plan(instrument, tradingDay(instrument, date))
    else { return 0 }
    let moment = TradingCalendar.isTradingDay(date) ? time.milliseconds : ClockTime(48, 0).milliseconds
    return plan.lastAuctionVolume(at: moment)
  }

  /// What the auctions of KRX's regular session would trade at some moments of a day; nil where none collects orders.
  public mutating func expectedExecutions(of code: String, on date: CalendarDate, at times: [ClockTime])
    -> [ExpectedExecution?]
  {
    let instrument = instrument(code)
    guard instrument.exchange == nil, TradingCalendar.isTradingDay(date),
      let plan = plan(instrument, tradingDay(instrument, date))
    else { return times.map { _ in nil } }
    let (hours, model) = (instrument.hours(on: date), model(instrument))
    var auction: AuctionOutlook?
    return times.map { time in
      let moment = time.milliseconds
      // An auction is the same from its start to its end, unless an event changes the day in the middle of it.
      if plan.parts.count > 1 || auction.map({ !($0.start..<$0.end).contains(moment) }) ?? true {
        auction = plan.auction(at: moment, hours: hours, model: model)
      }
      return auction?.expected(at: moment)
    }
  }

  /// The interruptions of an instrument's regular session that have begun by a moment, in order.
  public mutating func interruptions(of code: String, on date: CalendarDate, through time: ClockTime)
    -> [Interruption]
  {
    let instrument = instrument(code)
    guard TradingDays(of: instrument).contains(date), instrument.exchange == nil,
      let plan = plan(instrument, tradingDay(instrument, date))
    else { return [] }
    return plan.interruptions.filter { $0.start <= time.milliseconds }.map { drawn in
      let before = plan.running(at: drawn.start)
      let isFarOff =
        before.reference > 0
        && abs(plan.ticks.price(at: drawn.auction.price) - plan.ticks.price(at: before.reference)) * 10
          >= plan.ticks.price(at: before.reference)
      let kind = drawn.kind == .dynamicVI && isFarOff ? .staticVI : drawn.kind
      let reference = kind == .staticVI && before.reference > 0 ? before.reference : before.last
      return Interruption(
        kind: kind, start: ClockTime(milliseconds: drawn.start),
        end: ClockTime(milliseconds: drawn.auction.time), price: plan.ticks.price(at: before.last),
        reference: plan.ticks.price(at: reference))
    }
  }
}

extension Depth {
  /// The book of continuous trading.
  func book(_ quote: SessionQuote, at time: Int) -> BookSnapshot {
    let asks = side(best: quote.ask, direction: 1, atLeast: quote.aheadAtAsk, time: time)
    let bids = side(best: quote.bid, direction: -1, atLeast: quote.aheadAtBid, time: time)
    return BookSnapshot(asks: asks, bids: bids, expected: nil)
  }

  /// The book of an auction shows three levels of each side.
  func book(_ auction: AuctionOutlook, at time: Int) -> BookSnapshot {
    let expected = auction.expected(at: time)
    let index = ticks.index(nearest: expected.price)
    let asks = side(best: index + (index & 1), direction: 1, atLeast: expected.volume / 20, time: time, levels: 3)
    let bids = side(
      best: index + (index & 1) - 1, direction: -1, atLeast: expected.volume / 20, time: time, levels: 3)
    return BookSnapshot(asks: asks, bids: bids, expected: expected)
  }
}
