import KISMarket
import KISWire

/// The minutes that a chart request asks for: which day's, up to which, and how many.
struct MinuteChartWindow {
  /// The session that they are taken from, and how far it has come.
  let session: TradingMoment
  /// When the last row asked for begins, in seconds since midnight in Korea; it may lie ahead.
  let last: Int
  /// Seconds a row: half a minute, or whole minutes.
  let gap: Int
  let rows: Int
  /// Whether rows go on into the day before (FID_PW_DATA_INCU_YN).
  let includesDayBefore: Bool
  /// Whose trades count.
  let tape: Tape
  /// Whether minutes without a trade are rows too (FID_FAKE_TICK_INCU_YN, 허봉).
  let includesIdle: Bool

  /// Reads `FID_INPUT_HOUR_1` (`HHMMSS`), or `KEYB` abroad (`YYYYMMDDHHMMSS` there); without them the latest minutes.
  init(_ request: AnswerRequest, of instrument: Instrument) {
    var session = instrument.session(at: request.marketTime)
    let asked = MinuteChartWindow.clock(request, of: instrument, on: session.date)
    tape = request.tape
    gap = MinuteChartWindow.gap(request)
    rows = MinuteChartWindow.rows(request)
    includesIdle = request.parameter("FID_FAKE_TICK_INCU_YN") != "N"
    // PINC of minutes abroad: 0 those of the session alone, 1 those before it too.
    let isOfSession = request.parameter("PINC") == "0"
    includesDayBefore =
      request.parameter("FID_PW_DATA_INCU_YN") == "Y" || instrument.exchange != nil && !isOfSession
    if let moment = request.overseasTradeMoment(instrument) {
      // The row that the page before ended with is left out, and what is still to come of today too.
      self.session = moment.date == session.date ? session : TradingMoment(moment.date, ClockTime(48, 0))
      last = ((moment.time.milliseconds + 1) / 60_000 - 1) * 60
      return
    }
    if ["dailychartprice", "time-fuopchartprice"].contains(where: request.api.path.holds),
      let day = request.parameter("FID_INPUT_DATE_1"),
      let past = CalendarDate(compact: day), past < session.date
    {
      session = TradingMoment(TradingCalendar.tradingDay(onOrBefore: past), ClockTime(24, 0))
    }
    self.session = session
    let step = min(gap, 60)
    let now = session.time.seconds / step * step
    let named = asked.map { $0 / step * step } ?? now
    // Charts of shares have minutes that are still to come, at the current price; where those without a trade are left out,
    // and in charts of contracts, a time after now means now.
    last = includesIdle && !request.market.isDerivative ? named : min(named, now)
  }

  private static func clock(_ request: AnswerRequest, of instrument: Instrument, on date: CalendarDate) -> Int? {
    let written = request.parameter(instrument.exchange == nil ? "FID_INPUT_HOUR_1" : "KEYB")?.suffix(6) ?? ""
    guard written.utf8.count == 6, let number = Int(written), written != "000000" else { return nil }
    let minutes = number / 10_000 * 60 + number / 100 % 100
    return (minutes + (instrument.exchange?.minutesBehindKorea(on: date) ?? 0)) * 60 + number % 100
  }

  private static func gap(_ request: AnswerRequest) -> Int {
    let minutes = request.overseasGap ?? request.parameter("NMIN").flatMap { Int($0) }
    let isOfFund = request.api.path.holds("/etfetn/") || request.api.path.holds("/elw/")
    let seconds =
      request.market.isDerivative || request.market == .index || isOfFund
      ? request.parameter(request.market == .index ? "FID_INPUT_HOUR_1" : "FID_HOUR_CLS_CODE").flatMap { Int($0) } : nil
    if minutes == nil, seconds == 30 { return 30 }
    return max(1, min(120, minutes ?? seconds.map { $0 / 60 } ?? 1)) * 60
  }

  private static func rows(_ request: AnswerRequest) -> Int {
    if let asked = request.parameter("NREC").flatMap({ Int($0) }) { return max(1, min(120, asked)) }
    if let asked = request.overseasRows { return asked }
    if request.api.path.holds("dailychartprice") { return 120 }
    return request.market == .kospi || request.market == .etf ? 30 : 102
  }
}

extension MinuteChartWindow {
  /// The rows, latest first: of each minute its prices and what was traded in it, with the totals of the day until its
  /// end. A minute without a trade stands at the price before it, and so does one that is still to come.
  func quotes(of instrument: Instrument, in market: QuotedMarket) -> [Quote] {
    var rows = day(session, until: last, of: instrument, in: market)
    while rows.count < self.rows, includesDayBefore {
      let before = instrument.tradingDay(before: rows.last?.day ?? session.date)
      let earlier = day(
        TradingMoment(before, ClockTime(48, 0)), until: Int.max, of: instrument, in: market)
      guard !earlier.isEmpty else { break }
      rows += earlier
    }
    return Array(rows.prefix(self.rows))
  }

  /// The minutes of one day, latest first, as many as there are rows.
  private func day(_ session: TradingMoment, until last: Int, of instrument: Instrument, in market: QuotedMarket)
    -> [Quote]
  {
    guard let hours = instrument.minutesOfDay(session.date, tape: tape) else { return [] }
    let opening = hours.lowerBound * 60
    // The minute of the closing auction is a row, or two.
    let closing = hours.upperBound * 60 + max(0, 60 - gap)
    let end = min(closing, last)
    // What was traded before the first row is one look-up. Where rows without a trade are left out, it takes more of the day.
    let earliest = includesIdle ? opening + (end - opening) / gap * gap - (rows - 1) * gap : opening
    let first = max(opening, earliest)
    let scale = instrument.isIndexOfShares ? 1 : instrument.scale
    let before = market.quote(
      instrument, in: TradingMoment(session.date, min(session.time, ClockTime(milliseconds: first * 1_000 - 1))),
      tape: tape)
    let bars = bars(of: instrument, from: first, through: end, opening: opening, in: session, before: before, market)
    // The minute that is not over stands where everything stands now, and so do those to come.
    let current = market.quote(instrument, in: session, tape: tape)
    var quotes: [Quote] = []
    var (close, volume, amount) = (before.price, before.volume, before.amount * scale)
    for second in stride(from: first, through: end, by: gap) {
      let isOver = second + gap <= session.time.seconds
      let bar =
        bars[second]
        ?? Bar(
          date: session.date, time: ClockTime(milliseconds: second * 1_000), open: close, high: close, low: close,
          close: close, volume: 0, amount: 0)
      let traded = isOver ? bar.volume : current.volume - volume
      close = isOver ? bar.close : current.price
      volume += traded
      amount += bar.amount
      // Behind the last minute nothing comes but what the evening adds to who traded.
      let until = second + gap > closing ? Int.max : (second + gap) * 1_000 - 1
      var quote = Quote(
        bar, of: instrument, before: before.previousClose, second: second,
        until: ClockTime(milliseconds: min(session.time.milliseconds, until)), tape: tape, in: market)
      (quote.price, quote.high, quote.low) = (close, max(quote.high, close), min(quote.low, close))
      quote.trade = Print(
        time: ClockTime(milliseconds: second * 1_000), price: close, size: traded, side: nil, bid: 0, ask: 0)
      quote.volume = volume
      quote.amount = isOver ? amount / scale : current.amount
      if includesIdle || traded > 0 { quotes.append(quote) }
    }
    return quotes.reversed()
  }

  /// What was traded from a second of the day on, by the seconds at which rows begin.
  private func bars(
    of instrument: Instrument, from first: Int, through end: Int, opening: Int, in session: TradingMoment,
    before: Quote, _ market: QuotedMarket
  ) -> [Int: Bar] {
    let start = ClockTime(milliseconds: first * 1_000)
    guard gap < 60 else {
      var bars: [Int: Bar] = [:]
      for bar in market.minutes(instrument, on: session.date, from: start, through: session.time, tape: tape) {
        let second = opening + (bar.time.seconds - opening) / gap * gap
        bars[second] = Bar.folded([bars[second], bar].compactMap(\.self))
      }
      return bars
    }
    if instrument.isIndexOfShares {
      return levels(of: instrument, from: first, through: end, in: session, before: before, market)
    }
    let prints = market.prints(
      instrument, on: session.date, after: start.later(milliseconds: -1), through: session.time, tape: tape)
    return Dictionary(grouping: prints) { $0.time.seconds / gap * gap }.reduce(into: [:]) { bars, made in
      bars[made.key] = Bar(made.value, on: session.date, time: ClockTime(milliseconds: made.key * 1_000))
    }
  }

  /// The same of an index, which has no trades of its own: from level to level.
  private func levels(
    of index: Instrument, from first: Int, through end: Int, in session: TradingMoment, before: Quote,
    _ market: QuotedMarket
  ) -> [Int: Bar] {
    var bars: [Int: Bar] = [:]
    var last = before
    for second in stride(from: first, through: min(session.time.seconds, end), by: gap) {
      let end = min(session.time, ClockTime(milliseconds: (second + gap) * 1_000 - 1))
      let quote = market.quote(index, in: TradingMoment(session.date, end), tape: tape)
      let open = last.open == 0 ? quote.open : last.price
      bars[second] = Bar(
        date: session.date, time: ClockTime(milliseconds: second * 1_000), open: open, high: max(open, quote.price),
        low: min(open, quote.price), close: quote.price, volume: quote.volume - last.volume,
        amount: quote.amount - last.amount)
      last = quote
    }
    return bars
  }
}

extension Instrument {
  /// The second of a day at which rows about whole days stand: when the last minute in which it trades begins.
  func closingSecond(on date: CalendarDate) -> Int { minutesOfDay(date).map { $0.upperBound * 60 } ?? 55_800 }

  /// The minutes in which it trades on a day, counted from midnight in Korea, the closing auction's own included.
  func minutesOfDay(_ date: CalendarDate, tape: Tape = .krx) -> ClosedRange<Int>? {
    if let exchange {
      let sessions = exchange.sessions(on: date).filter { $0.phase == .regular }
      guard let first = sessions.first, let last = sessions.last else { return nil }
      return first.start.minutes...(last.end.minutes - 1)
    }
    let hours = hours(on: date)
    guard let continuous = hours.continuous else { return nil }
    let nextrade = TradingHours(of: .nxt, on: date).phases.filter(\.phase.isContinuous)
    guard tape == .nxt || tape == .unified, let first = nextrade.first, let last = nextrade.last else {
      return continuous.start.minutes...(hours.first(.closingAuction)?.end.minutes ?? continuous.end.minutes - 1)
    }
    return first.start.minutes...(last.end.minutes - 1)
  }
}
