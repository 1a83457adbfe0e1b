extension Market {
  /// What kinds of investors bought and sold of an instrument in its regular session until a moment.
  public mutating func investors(of code: String, on date: CalendarDate, at time: ClockTime) -> InvestorFlows {
    parts(.investors, of: instrument(code), date, time).map { InvestorFlows($0) } ?? .none
  }

  /// Program trading of an instrument until a moment: at KRX in its regular session and after it until 18:05, at NXT in
  /// all sessions.
  ///
  /// - Parameter tape: where; both venues' is the sum.
  public mutating func programs(
    of code: String, on date: CalendarDate, at time: ClockTime, tape: Tape = .krx
  ) -> ProgramFlows {
    let instrument = instrument(code)
    let (ordinal, moment) = indexMoment(date, time)
    var flows = ProgramFlows()
    if tape != .nxt {
      flows = parts(.programs, of: instrument, date, time).map { ProgramFlows($0) } ?? flows
      flows.otherEntrusted += eveningPrograms(instrument, ordinal, at: moment)
    }
    if tape == .nxt || tape == .unified {
      flows.otherEntrusted += nextradePrograms(instrument, ordinal, at: moment)
    }
    return flows
  }

  /// What programs traded at NXT: about as much of it as at KRX, and no arbitrage.
  private mutating func nextradePrograms(_ instrument: Instrument, _ ordinal: Int, at time: Int) -> Flow {
    var numbers = model(instrument).cell(.programs, day: ordinal, 96)
    let (bought, sold) = (numbers.within(120...280), numbers.within(120...280))
    var flow = Flow()
    for session in Tape.nxt.sessions {
      guard let traded = plan(instrument, ordinal, session: session)?.running(at: time) else { continue }
      flow += traded.part(bought: bought, sold: sold)
    }
    return flow
  }

  /// What programs traded after the regular session, other than arbitrage: totals move until 18:05 (PROTOCOL section 9).
  private mutating func eveningPrograms(_ instrument: Instrument, _ ordinal: Int, at time: Int) -> Flow {
    guard time > ClockTime(15, 30).milliseconds, let plan = plan(instrument, ordinal, session: .evening) else {
      return Flow()
    }
    let traded = plan.running(at: min(time, ClockTime(18, 5).milliseconds))
    var numbers = model(instrument).cell(.programs, day: ordinal, 98)
    let (bought, sold) = (numbers.within(60...180), numbers.within(60...180))
    return traded.part(bought: bought, sold: sold)
  }

  /// What was traded through each broker in an instrument's regular session until a moment, in the order of
  /// ``Broker/all``.
  public mutating func brokers(of code: String, on date: CalendarDate, at time: ClockTime) -> [BrokerFlow] {
    let flows = parts(.brokers, of: instrument(code), date, time) ?? []
    return zip(Broker.all, flows).map { BrokerFlow(broker: $0, flow: $1) }
  }

  /// The same of one broker, by its place in ``Broker/all``.
  public mutating func flow(ofBroker place: Int, of code: String, on date: CalendarDate, at time: ClockTime) -> Flow {
    let flows = parts(.brokers, of: instrument(code), date, time) ?? []
    return flows.indices.contains(place) ? flows[place] : Flow()
  }

  /// Short sales of an instrument in its regular session until a moment.
  public mutating func shortSales(of code: String, on date: CalendarDate, at time: ClockTime) -> ShortSales {
    let traded = snapshot(of: code, on: date, at: time)
    let part = soldShort(of: code, on: date)
    return ShortSales(
      volume: FixedPoint.ratio(traded.volume, part, 1_000), amount: FixedPoint.ratio(traded.amount, part, 1_000))
  }

  /// Short sales of an instrument on a whole day, as ``shortSales(of:on:at:)`` has them when it is over.
  public mutating func shortSales(of code: String, on date: CalendarDate) -> ShortSales {
    ShortSales(
      volume: volumeSoldShort(of: code, on: date),
      amount: FixedPoint.ratio(amount(of: code, on: date), soldShort(of: code, on: date), 1_000))
  }

  /// The shares of that, for which no minute has to be drawn.
  public mutating func volumeSoldShort(of code: String, on date: CalendarDate) -> Int {
    FixedPoint.ratio(day(of: code, on: date).volume, soldShort(of: code, on: date), 1_000)
  }

  private mutating func soldShort(of code: String, on date: CalendarDate) -> Int {
    let instrument = instrument(code)
    return model(instrument).soldShort(onDay: tradingDay(instrument, date))
  }

  /// What kinds of investors bought and sold of all members of an index until a moment, the residual one included.
  public mutating func investors(ofIndex code: String, on date: CalendarDate, at time: ClockTime) -> InvestorFlows {
    let (ordinal, moment) = indexMoment(date, time)
    return flows(ofIndex: code, ordinal, at: moment, kept: \.investorFlows) { market, moment in
      market.sessionFlows(ofIndex: code, ordinal, at: moment, kept: \.investorFlows)
    }
  }

  /// Program trading of all members of an index until a moment, the residual one included.
  public mutating func programs(ofIndex code: String, on date: CalendarDate, at time: ClockTime) -> ProgramFlows {
    let (ordinal, moment) = indexMoment(date, time)
    return flows(ofIndex: code, ordinal, at: moment, kept: \.programFlows) { market, moment in
      var sum = market.sessionFlows(ofIndex: code, ordinal, at: moment, kept: \.programFlows)
      guard moment > ClockTime(15, 30).milliseconds else { return sum }
      for (instrument, thousandths) in market.members(of: code).all {
        sum.otherEntrusted += market.eveningPrograms(instrument, ordinal, at: moment).scaled(thousandths)
      }
      return sum
    }
  }

  /// Flows until a moment. Those at a minute's edge, and of a day that is over, are kept: lists by the minute and by the
  /// day ask for them again and again.
  private mutating func flows<Flows: SummedFlows>(
    ofIndex code: String, _ ordinal: Int, at moment: Int,
    kept: WritableKeyPath<MarketCache, Bounded<MarketCache.FlowKey, Flows>>, until: (inout Market, Int) -> Flows
  ) -> Flows {
    let moment = min(moment, Market.endOfDay.milliseconds)
    guard [0, 59_999].contains(moment % 60_000) else { return until(&self, moment) }
    let key = MarketCache.FlowKey(code: code, ordinal: ordinal, part: .until(moment))
    return drawing(kept, key, isShared: isUntouched) { until(&$0, moment) }
  }

  /// The sum of every member's flows in the regular session until a moment; hours that are over are kept.
  private mutating func sessionFlows<Flows: SummedFlows>(
    ofIndex code: String, _ ordinal: Int, at moment: Int,
    kept: WritableKeyPath<MarketCache, Bounded<MarketCache.FlowKey, Flows>>
  ) -> Flows {
    var sum = Flows.none
    let current = sessionHour(ordinal, moment)
    for hour in 0..<current {
      let key = MarketCache.FlowKey(code: code, ordinal: ordinal, part: .hour(hour))
      let whole = drawing(kept, key, isShared: isUntouched) { market in
        market.flows(code, ordinal, hour: hour, at: Int.max)
      }
      sum.add(whole, thousandths: 1_000)
    }
    sum.add(flows(code, ordinal, hour: current, at: moment), thousandths: 1_000)
    return sum
  }

  private func indexMoment(_ date: CalendarDate, _ time: ClockTime) -> (ordinal: Int, time: Int) {
    let isTradingDay = TradingCalendar.isTradingDay(date)
    let day = isTradingDay ? date : TradingCalendar.tradingDay(before: date)
    return (TradingCalendar.ordinal(of: day), isTradingDay ? time.milliseconds : ClockTime(48, 0).milliseconds)
  }

  /// The hour of KRX's session that a moment lies in, from 0; the last one takes what is left of the day.
  private func sessionHour(_ ordinal: Int, _ time: Int) -> Int {
    let hours = TradingHours(of: .krx, on: TradingCalendar.tradingDay(ordinal))
    let start = hours.continuous?.start.milliseconds ?? 0
    return max(0, min(FlowSplitting.mostHours - 1, (time - start) / 3_600_000))
  }

  /// The flows of an index's members in one hour, until a moment.
  private mutating func flows<Flows: SummedFlows>(
    _ code: String, _ ordinal: Int, hour: Int, at time: Int
  ) -> Flows {
    var sum = Flows.none
    for (instrument, thousandths) in members(of: code).all {
      guard let plan = plan(instrument, ordinal) else { continue }
      let splitting = FlowSplitting(plan, model: model(instrument), at: time, hours: hour..<(hour + 1))
      sum.add(Flows(splitting.parts(Flows.division)), thousandths: thousandths)
    }
    return sum
  }

  /// Margin loans of an instrument at the end of a day. What was new and paid back on the day is the difference to the
  /// balance of the day before.
  public mutating func credit(of code: String, on date: CalendarDate) -> CreditBalance {
    let instrument = instrument(code)
    let ordinal = tradingDay(instrument, date)
    let today = loans(instrument, ordinal)
    let before = loans(instrument, ordinal - 1)
    let repaid = max(0, before - today) + before / 50
    let price = draw(instrument, ordinal).close
    return CreditBalance(
      loanShares: today, loanAmount: today.multipliedReportingOverflow(by: price * 9 / 10).partialValue,
      newShares: today - before + repaid, repaidShares: repaid, lentShares: today / 400)
  }

  /// Half a percent to four percent of the listed shares, moving for weeks.
  private mutating func loans(_ instrument: Instrument, _ ordinal: Int) -> Int {
    let model = model(instrument)
    let level = model.noise(.credit, day: ordinal, period: 30)
    let parts = (instrument.size == .large ? 50 : 180) * max(1_024, 4_096 + level) / 4_096
    return instrument.listedShares / 10_000 * parts
  }

  /// What each party of a division bought and sold of an instrument until a moment; nil when its exchange was closed. Hours
  /// that are over are kept: rankings ask for every share.
  private mutating func parts(
    _ division: FlowDivision, of instrument: Instrument, _ date: CalendarDate, _ time: ClockTime
  ) -> [Flow]? {
    let ordinal = tradingDay(instrument, date)
    let moment = (TradingDays(of: instrument).contains(date) ? time : ClockTime(48, 0)).milliseconds
    if instrument.exchange == nil, moment >= Market.endOfDay.milliseconds {
      return parts(division, of: instrument, ordinal, before: FlowSplitting.mostHours)
    }
    guard let plan = plan(instrument, ordinal) else { return nil }
    let hour = max(
      0, min(FlowSplitting.mostHours - 1, (moment - plan.parts[0].plan.stretch.sessionStart) / 3_600_000))
    let model = model(instrument)
    let last = FlowSplitting(plan, model: model, at: moment, hours: hour..<(hour + 1)).parts(division)
    guard hour > 0, var parts = parts(division, of: instrument, ordinal, before: hour) else { return last }
    for party in parts.indices { parts[party] += last[party] }
    return parts
  }

  /// The same of the first hours of a day, whole.
  private mutating func parts(
    _ division: FlowDivision, of instrument: Instrument, _ ordinal: Int, before hour: Int
  ) -> [Flow]? {
    let key = MarketCache.PartsKey(code: instrument.code, ordinal: ordinal, division: division, hours: hour)
    let isShared = isUntouched(instrument)
    if let parts = known(\.parts, key, isShared: isShared) { return parts }
    guard let plan = plan(instrument, ordinal, isKept: hour < FlowSplitting.mostHours) else { return nil }
    let splitting = FlowSplitting(plan, model: model(instrument), at: .max, hours: 0..<hour)
    let parts = splitting.parts(division)
    keep(parts, \.parts, key, isShared: isShared)
    return parts
  }
}

extension Running {
  /// What somebody traded of it, in thousandths of what was bought and sold.
  fileprivate func part(bought: Int, sold: Int) -> Flow {
    Flow(
      boughtVolume: FixedPoint.ratio(volume, bought, 1_000), boughtAmount: FixedPoint.ratio(amount, bought, 1_000),
      soldVolume: FixedPoint.ratio(volume, sold, 1_000), soldAmount: FixedPoint.ratio(amount, sold, 1_000))
  }
}
