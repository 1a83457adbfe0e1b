extension Market {
  /// What kinds of investors bought and sold of an instrument in its regular session until a moment.
  public mutating func investors(of code: String, on date: CalendarDate, at time: ClockTime) -> InvestorFlows {
    splitting(instrument(code), date, time)?.investors ?? .none
  }

  /// Program trading of an instrument in its regular session until a moment.
  public mutating func programs(of code: String, on date: CalendarDate, at time: ClockTime) -> ProgramFlows {
    splitting(instrument(code), date, time)?.programs ?? ProgramFlows()
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
    for (instrument, thousandths) in members(of: code).all {
      if let flows = splitting(instrument, date, time)?.investors { sum.add(flows, thousandths: thousandths) }
    }
    return sum
  }

  /// Program trading of all members of an index until a moment, the residual one included.
  public mutating func programs(ofIndex code: String, on date: CalendarDate, at time: ClockTime) -> ProgramFlows {
    var sum = ProgramFlows()
    for (instrument, thousandths) in members(of: code).all {
      if let flows = splitting(instrument, date, time)?.programs { sum.add(flows, thousandths: thousandths) }
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
