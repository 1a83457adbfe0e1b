extension Market {
  /// The ordinal of the trading day whose figures a date has: its own, or that of the trading day before it.
  func tradingDay(_ instrument: Instrument, _ date: CalendarDate) -> Int {
    let days = TradingDays(of: instrument)
    return days.contains(date) ? days.ordinal(of: date) : days.ordinal(of: date) - 1
  }

  /// A day of the regular session, as it is after its close; for a date without trading, the trading day before it.
  public mutating func day(of code: String, on date: CalendarDate) -> DayBar {
    let instrument = instrument(code)
    return day(instrument, tradingDay(instrument, date))
  }

  /// The days from one date to another, oldest first.
  public mutating func days(of code: String, from first: CalendarDate, through last: CalendarDate) -> [DayBar] {
    let instrument = instrument(code)
    let days = TradingDays(of: instrument)
    let (from, to) = (days.ordinal(of: first), tradingDay(instrument, last))
    guard from <= to else { return [] }
    guard events(of: instrument).isEmpty else { return (from...to).map { day(instrument, $0) } }
    // As nothing happened, all days are as they were drawn.
    var bars: [DayBar] = []
    bars.reserveCapacity(to - from + 1)
    forEachDraw(instrument, from...to) { bars.append(DayBar($0, date: days.day($0.ordinal))) }
    return bars
  }

  /// The days from one date to another with their amounts, oldest first. Amounts need a day's minutes: the first question
  /// for a day costs a hundred times what ``days(of:from:through:)`` does.
  ///
  /// - Parameter tape: whose trades count. A day without any has the price before it.
  public mutating func dayBars(
    of code: String, from first: CalendarDate, through last: CalendarDate, tape: Tape = .krx
  ) -> [Bar] {
    days(of: code, from: first, through: last).map { day in
      let bar = Bar(
        date: day.date, time: ClockTime(milliseconds: 0), open: day.open, high: day.high, low: day.low,
        close: day.close, volume: day.volume, amount: amount(of: code, on: day.date))
      return tape == .krx ? bar : self.bar(bar, of: code, on: tape)
    }
  }

  /// A day on a tape other than that of KRX's regular session.
  private mutating func bar(_ regular: Bar, of code: String, on tape: Tape) -> Bar {
    let instrument = instrument(code)
    let key = MarketCache.TapeDayKey(code: code, ordinal: tradingDay(instrument, regular.date), tape: tape)
    return drawing(\.tapeDays, key, isShared: isUntouched(instrument)) { market in
      let day = market.snapshot(of: code, on: regular.date, at: ClockTime(48, 0), tape: tape)
      let open = day.hasTraded ? day.open : day.price
      return Bar(
        date: regular.date, time: regular.time, open: open, high: max(open, day.high),
        low: day.hasTraded ? day.low : day.price, close: day.price, volume: day.volume, amount: day.amount)
    }
  }

  /// What was traded on a day, in the smallest units of its market times shares.
  public mutating func amount(of code: String, on date: CalendarDate) -> Int {
    let instrument = instrument(code)
    let ordinal = tradingDay(instrument, date)
    let key = MarketCache.PlanKey(code: code, ordinal: ordinal, session: .regular)
    return drawing(\.amounts, key, isShared: isUntouched(instrument)) {
      $0.plan(instrument, ordinal, isKept: false)?.final.amount ?? 0
    }
  }

  private mutating func day(_ instrument: Instrument, _ ordinal: Int) -> DayBar {
    let date = TradingDays(of: instrument).day(ordinal)
    if events(of: instrument).contains(where: { $0.date == date }), let plan = plan(instrument, ordinal) {
      let snapshot = Snapshot(plan, instrument: instrument, date: date, time: ClockTime(48, 0))
      return DayBar(
        date: date, basePrice: snapshot.basePrice, limits: snapshot.limits, open: snapshot.open, high: snapshot.high,
        low: snapshot.low, close: snapshot.price, volume: snapshot.volume)
    }
    return DayBar(draw(instrument, ordinal), date: date)
  }

  /// The regular session until a moment (정규장; of KRX, or of the exchange abroad).
  mutating func regularSnapshot(_ instrument: Instrument, _ date: CalendarDate, _ time: ClockTime) -> Snapshot {
    let ordinal = tradingDay(instrument, date)
    let day = TradingDays(of: instrument).day(ordinal)
    // On a holiday the day before is over.
    let moment = day == date ? time : ClockTime(48, 0)
    guard let plan = plan(instrument, ordinal) else {
      return Snapshot(DayBar(draw(instrument, ordinal), date: day), instrument: instrument, time: moment)
    }
    return Snapshot(plan, instrument: instrument, date: day, time: moment)
  }
}

extension DayBar {
  init(_ draw: DayDraw, date: CalendarDate) {
    self.init(
      date: date, basePrice: draw.base, limits: PriceLimits(lower: draw.lower, upper: draw.upper), open: draw.open,
      high: draw.high, low: draw.low, close: draw.close, volume: draw.volume)
  }
}

extension Snapshot {
  /// A session at a moment.
  init(_ plan: DayPlan, instrument: Instrument, date: CalendarDate, time: ClockTime) {
    let tape = plan.running(at: time.milliseconds)
    let ticks = plan.ticks
    func price(_ index: Int) -> Int { index == 0 ? 0 : ticks.price(at: index) }
    var (open, high, low) = (price(tape.open), price(tape.high), price(tape.low))
    var last = tape.last == 0 ? plan.draw.base : price(tape.last)
    if let (moment, known) = plan.known, time.milliseconds >= moment {
      open = known.open
      high = max(high, known.high)
      low = min(low, known.low)
      if tape.volume == known.volume { last = known.price }
    }
    self.init(
      instrument: instrument, date: date, time: time, basePrice: plan.draw.base,
      limits: PriceLimits(lower: plan.draw.lower, upper: plan.draw.upper), price: last, open: open, high: high,
      low: low, volume: tape.volume, amount: tape.amount, boughtVolume: tape.boughtVolume,
      soldVolume: tape.soldVolume, boughtPrints: tape.boughtPrints, soldPrints: tape.soldPrints,
      interruptionReference: tape.reference == 0 ? plan.draw.base : price(tape.reference))
  }

  /// A day without a session of its own.
  init(_ day: DayBar, instrument: Instrument, time: ClockTime) {
    self.init(
      instrument: instrument, date: day.date, time: time, basePrice: day.basePrice, limits: day.limits,
      price: day.close, open: 0, high: 0, low: 0, volume: 0, amount: 0, boughtVolume: 0, soldVolume: 0,
      boughtPrints: 0, soldPrints: 0, interruptionReference: day.basePrice)
  }
}

extension DayPlan {
  /// The bars of the minutes up to a moment.
  func minuteBars(date: CalendarDate, through time: Int) -> [Bar] {
    var bars: [Bar] = []
    for (number, part) in parts.enumerated() {
      let end = number + 1 < parts.count ? min(time, parts[number + 1].after) : time
      part.plan.appendBars(to: &bars, date: date, after: part.after, through: end)
    }
    return bars
  }
}

extension StretchPlan {
  /// Appends the bars of its minutes; the first one continues the last bar when it is of the same minute.
  fileprivate func appendBars(to bars: inout [Bar], date: CalendarDate, after: Int, through end: Int) {
    for (index, cell) in cells.enumerated() {
      let start = stretch.sessionStart + cell.minute * 60_000
      if start > end { break }
      if cell.volume + cell.auctionVolume == 0 { continue }
      if start + 59_999 <= end, start > after || after == Int.min {
        append(bar(cell, date, start), to: &bars)
      } else {
        var partial: Bar?
        forEachPrint(ofCell: index) { print in
          if print.time > after, print.time <= end { partial = merged(partial, print, date, start) }
        }
        if let partial { append(partial, to: &bars) }
      }
    }
    if let closing, closing.time <= end {
      let start = closing.time / 60_000 * 60_000
      if let bar = merged(nil, closing, date, start) { append(bar, to: &bars) }
    }
  }

  private func append(_ bar: Bar, to bars: inout [Bar]) {
    if let last = bars.last, last.time == bar.time, let sum = Bar.folded([last, bar]) {
      bars[bars.count - 1] = sum
    } else {
      bars.append(bar)
    }
  }

  private func bar(_ cell: MinuteCell, _ date: CalendarDate, _ start: Int) -> Bar {
    var (open, high, low) = cell.prints > 0 ? (cell.open, cell.high, cell.low) : (cell.close, cell.close, cell.close)
    if cell.auctionVolume > 0 {
      open = cell.auctionPrice
      high = cell.prints > 0 ? max(high, open) : open
      low = cell.prints > 0 ? min(low, open) : open
    }
    return Bar(
      date: date, time: ClockTime(milliseconds: start), open: price(open), high: price(high), low: price(low),
      close: price(cell.prints > 0 ? cell.close : cell.auctionPrice), volume: cell.volume + cell.auctionVolume,
      amount: cell.amount)
  }

  private func merged(_ bar: Bar?, _ print: DrawnPrint, _ date: CalendarDate, _ start: Int) -> Bar? {
    let price = price(print.price)
    let next = Bar(
      date: date, time: ClockTime(milliseconds: start), open: price, high: price, low: price, close: price,
      volume: print.size, amount: price * print.size)
    return Bar.folded([bar, next].compactMap { $0 })
  }
}
