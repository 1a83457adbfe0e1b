extension Market {
  /// What kinds of investors bought and sold of an instrument in its regular session until a moment.
  public mutating func investors(of code: String, on date: CalendarDate, at time: ClockTime) -> InvestorFlows {
    splitting(instrument(code), date, time)?.investors ?? .none
  }

  /// Program trading of an instrument until a moment: in its regular session, and after it until 18:05.
  public mutating func programs(of code: String, on date: CalendarDate, at time: ClockTime) -> ProgramFlows {
    let instrument = instrument(code)
    var flows = splitting(instrument, date, time)?.programs ?? ProgramFlows()
    let (ordinal, moment) = indexMoment(date, time)
    flows.otherEntrusted += eveningPrograms(instrument, ordinal, at: moment)
    return flows
  }

  /// What programs traded after the regular session, other than arbitrage: totals move until 18:05 (PROTOCOL section 9).
  private mutating func eveningPrograms(_ instrument: Instrument, _ ordinal: Int, at time: Int) -> Flow {
    guard time > ClockTime(15, 30).milliseconds, let plan = plan(instrument, ordinal, session: .evening) else {
      return Flow()
    }
    let traded = plan.running(at: min(time, ClockTime(18, 5).milliseconds))
    var numbers = model(instrument).cell(.programs, day: ordinal, 98)
    let (bought, sold) = (numbers.within(60...180), numbers.within(60...180))
    return Flow(
      boughtVolume: FixedPoint.ratio(traded.volume, bought, 1_000),
      boughtAmount: FixedPoint.ratio(traded.amount, bought, 1_000),
      soldVolume: FixedPoint.ratio(traded.volume, sold, 1_000), soldAmount: FixedPoint.ratio(traded.amount, sold, 1_000)
    )
  }

  /// What was traded through each broker in an instrument's regular session until a moment, in the order of
  /// ``Broker/all``.
  public mutating func brokers(of code: String, on date: CalendarDate, at time: ClockTime) -> [BrokerFlow] {
    splitting(instrument(code), date, time)?.brokers ?? []
  }

  /// Short sales of an instrument in its regular session until a moment.
  public mutating func shortSales(of code: String, on date: CalendarDate, at time: ClockTime) -> ShortSales {
    splitting(instrument(code), date, time)?.shortSales ?? ShortSales(volume: 0, amount: 0)
  }

  /// What kinds of investors bought and sold of all members of an index until a moment, the residual one included.
  public mutating func investors(ofIndex code: String, on date: CalendarDate, at time: ClockTime) -> InvestorFlows {
    var sum = InvestorFlows.none
    let (ordinal, moment) = indexMoment(date, time)
    for hour in 0..<sessionHour(ordinal, moment) {
      let key = MarketCache.HourKey(code: code, ordinal: ordinal, hour: hour)
      let whole = drawing(\.investorHours, key, isShared: isUntouched) { market in
        market.investors(code, ordinal, hour: hour, at: Int.max)
      }
      sum.add(whole, thousandths: 1_000)
    }
    sum.add(investors(code, ordinal, hour: sessionHour(ordinal, moment), at: moment), thousandths: 1_000)
    return sum
  }

  /// Program trading of all members of an index until a moment, the residual one included.
  public mutating func programs(ofIndex code: String, on date: CalendarDate, at time: ClockTime) -> ProgramFlows {
    var sum = ProgramFlows()
    let (ordinal, moment) = indexMoment(date, time)
    for hour in 0..<sessionHour(ordinal, moment) {
      let key = MarketCache.HourKey(code: code, ordinal: ordinal, hour: hour)
      let whole = drawing(\.programHours, key, isShared: isUntouched) { market in
        market.programs(code, ordinal, hour: hour, at: Int.max)
      }
      sum.add(whole, thousandths: 1_000)
    }
    sum.add(programs(code, ordinal, hour: sessionHour(ordinal, moment), at: moment), thousandths: 1_000)
    guard moment > ClockTime(15, 30).milliseconds else { return sum }
    for (instrument, thousandths) in members(of: code).all {
      sum.otherEntrusted += eveningPrograms(instrument, ordinal, at: moment).scaled(thousandths)
    }
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

  /// What investors traded of an index in one hour until a moment.
  private mutating func investors(_ code: String, _ ordinal: Int, hour: Int, at time: Int) -> InvestorFlows {
    var sum = InvestorFlows.none
    for (instrument, thousandths) in members(of: code).all {
      guard let plan = plan(instrument, ordinal) else { continue }
      let part = FlowSplitting(plan, model: model(instrument), at: time, only: hour)
      sum.add(part.investors, thousandths: thousandths)
    }
    return sum
  }

  private mutating func programs(_ code: String, _ ordinal: Int, hour: Int, at time: Int) -> ProgramFlows {
    var sum = ProgramFlows()
    for (instrument, thousandths) in members(of: code).all {
      guard let plan = plan(instrument, ordinal) else { continue }
      let part = FlowSplitting(plan, model: model(instrument), at: time, only: hour)
      sum.add(part.programs, thousandths: thousandths)
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

  private mutating func splitting(_ instrument: Instrument, _ date: CalendarDate, _ time: ClockTime)
    -> FlowSplitting?
  {
    let ordinal = tradingDay(instrument, date)
    let moment = TradingDays(of: instrument).contains(date) ? time : ClockTime(48, 0)
    guard let plan = plan(instrument, ordinal) else { return nil }
    return FlowSplitting(plan, model: model(instrument), at: moment.milliseconds)
  }
}
