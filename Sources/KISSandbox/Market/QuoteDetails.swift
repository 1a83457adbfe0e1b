import KISMarket

/// Details of a ``Quote`` that are looked up when they are needed, each once.
final class QuoteDetails {
  private let market: QuotedMarket
  private let instrument: Instrument
  private let moment: TradingMoment
  /// Whose trades count.
  let tape: Tape

  init(_ instrument: Instrument, at moment: TradingMoment, tape: Tape, in market: QuotedMarket) {
    (self.instrument, self.moment, self.tape, self.market) = (instrument, moment, tape, market)
  }

  /// The day in Korea on which it was asked for; the session abroad may have begun some days before.
  var asked: CalendarDate?

  /// What one unit of a currency is worth in won on that day, or the day before.
  func won(per currency: String, dayBefore: Bool = false) -> Double {
    market.won(per: currency, on: rateDay(dayBefore))
  }
  func wonForOne(_ currency: String, dayBefore: Bool = false) -> Double {
    market.wonForOne(currency, on: rateDay(dayBefore))
  }

  private func rateDay(_ dayBefore: Bool) -> CalendarDate {
    let day = asked ?? moment.date
    return dayBefore ? instrument.tradingDay(before: day) : day
  }

  /// Until when trades count.
  var time: ClockTime { moment.time }

  /// The shift from the market's days to those that are shown.
  var shift: DateShift? { market.shift }

  /// What a future or option is about, while it trades.
  private(set) lazy var terms = market.contractTerms(of: instrument, on: moment.date)

  /// What a derivative is derived from.
  var underlyingInstrument: Instrument? { market.underlying(of: instrument) }

  /// What a derivative is derived from, at the same moment.
  private(set) lazy var underlying: Quote? = market.underlying(of: instrument).map {
    market.quote($0, at: moment)
  }

  /// What a bond promises.
  private(set) lazy var bond = market.bondTerms(of: instrument)

  /// The price of what a derivative is derived from, which of an index costs less to know than all of it.
  private(set) lazy var underlyingPrice: Double? = market.underlying(of: instrument).map { underlying in
    let price =
      underlying.isIndexOfShares
      ? market.level(ofIndex: underlying, at: moment) : market.quote(underlying, at: moment).price
    return Double(price) / Double(underlying.scale)
  }

  private var lastImplied: (price: Double, option: (volatility: Double, value: OptionValue))?

  /// The implied volatility of an option, and what the option is worth at it; nil of a future.
  func implied(by contract: DerivedContract) -> (volatility: Double, value: OptionValue)? {
    if let lastImplied, lastImplied.price == contract.price { return lastImplied.option }
    guard let volatility = contract.volatility, let value = contract.option(volatility) else { return nil }
    lastImplied = (contract.price, (volatility, value))
    return (volatility, value)
  }

  /// What a warrant promises on a day as it is shown.
  func warrantTerms(on day: CalendarDate) -> WarrantTerms? {
    if let lastTerms, lastTerms.day == day { return lastTerms.terms }
    let terms = market.warrantTerms(of: instrument, on: day)
    lastTerms = (day, terms)
    return terms
  }

  private var lastTerms: (day: CalendarDate, terms: WarrantTerms?)?

  private var lastWarrant: (price: Int, volatility: Double)?

  /// The implied volatility of a warrant at a price, searched for once.
  func volatility(ofWarrantAt price: Int, search: () -> Double) -> Double {
    if let lastWarrant, lastWarrant.price == price { return lastWarrant.volatility }
    let found = search()
    lastWarrant = (price, found)
    return found
  }

  /// The recorded book; nil where the market makes it.
  var recordedBook: (() -> QuotedBook?)?

  /// The order book with what clients wait for; after the close as the closing auction left it.
  private(set) lazy var book: QuotedBook = {
    guard !instrument.isIndexOfShares else { return QuotedBook(.empty) }
    if var recorded = recordedBook?() {
      recorded.add(market.own.levels(instrument.code, tape, at: moment), isCollecting: expected != nil)
      return recorded
    }
    return market.book(instrument, at: moment, tape: tape)
  }()

  private var venueBook: (venue: TradingVenue, book: QuotedBook)?

  /// The order book of one venue, looked up once for the trade that met it.
  func book(at venue: TradingVenue) -> QuotedBook {
    if let venueBook, venueBook.venue == venue { return venueBook.book }
    let book = market.book(instrument, at: moment, tape: venue == .nxt ? .nxt : .krx)
    venueBook = (venue, book)
    return book
  }

  private(set) lazy var lastPrint: Print? =
    instrument.isIndexOfShares ? nil : market.lastPrint(instrument, at: moment, tape: tape)

  private(set) lazy var dayBefore: Bar = market.dayBefore(instrument, moment.date, tape: tape)

  private(set) lazy var volumeBefore: Int = market.volumeBefore(instrument, moment.date, tape: tape)

  private(set) lazy var volumeBeforeByNow: Int = {
    let day =
      instrument.exchange == nil ? TradingCalendar.tradingDay(before: moment.date) : moment.date.advanced(by: -1)
    if instrument.isIndexOfShares { return market.quote(instrument, at: TradingMoment(day, moment.time)).volume }
    return market.volume(instrument, on: day, at: moment.time, tape: tape)
  }()

  /// The 250 trading days before, abroad 52 weeks.
  private(set) lazy var year = market.range(
    instrument,
    from: instrument.exchange == nil
      ? TradingCalendar.tradingDay(TradingCalendar.ordinal(of: moment.date) - 249) : moment.date.advanced(by: -364),
    before: moment.date)

  /// The days before of the year of the calendar in which its day is shown.
  private(set) lazy var calendarYear = {
    market.range(instrument, from: QuoteDetails.calendarYear(before: moment.date, shift), before: moment.date)
  }()

  /// The first trading day of the year of the calendar in which a day is shown.
  static func calendarYear(before date: CalendarDate, _ shift: DateShift?) -> CalendarDate {
    let shown = shift?.shown(date) ?? date
    let end = CalendarDate(year: shown.year - 1, month: 12, day: 31) ?? shown
    let first = TradingCalendar.tradingDay(after: end)
    return shift?.meant(first) ?? first
  }

  /// The value of all shares of its board, in millions of won.
  var boardValue: Int { market.boardValue(instrument.board, before: moment.date) }

  /// The sum of the closes of a number of days before.
  func closes(_ days: Int) -> Int { market.closes(instrument, days, before: moment.date) }

  /// What an auction that collects orders would trade now.
  private(set) lazy var expected: ExpectedExecution? = market.expected(instrument, at: moment, tape: tape)

  /// What an auction would trade now; outside of auctions what the last one has traded, as captures have it.
  private(set) lazy var auctionVolume: Int =
    expected?.volume ?? market.lastAuctionVolume(instrument, at: moment, tape: tape)

  private(set) lazy var interruptions: [Interruption] = market.interruptions(instrument, at: moment)

  /// What was traded through each member of the exchange.
  private(set) lazy var brokers: [BrokerFlow] =
    instrument.isIndexOfShares ? [] : market.brokers(instrument, on: moment.date, at: moment.time)

  /// What was sold short.
  private(set) lazy var shortSales: ShortSales = market.shortSales(instrument, on: moment.date, at: moment.time)

  /// The shares that were sold short on the day before.
  private(set) lazy var volumeSoldShortBefore: Int = market.ask(instrument) {
    $0.volumeSoldShort(of: instrument.code, on: TradingCalendar.tradingDay(before: moment.date))
  }

  /// Margin loans as of the last trading day that is settled.
  private(set) lazy var credit: CreditBalance = {
    let settled = TradingCalendar.tradingDay(TradingCalendar.ordinal(of: moment.date) - 2)
    return market.ask(instrument) { $0.credit(of: instrument.code, on: settled) }
  }()

  /// What is traded after the regular session (시간외).
  private(set) lazy var evening: Quote = market.quote(instrument, in: moment, tape: .evening)

  /// Shares sold and bought of the day, by who took the initiative.
  private(set) lazy var sides: (sold: Int, bought: Int) = {
    let quote = market.quote(instrument, in: moment, tape: tape)
    return (quote.sellVolume, quote.buyVolume)
  }()

  /// What programs traded.
  private(set) lazy var programs: Flow = market.programs(instrument, on: moment.date, at: moment.time, tape: tape).all

  /// How many shares, known by name, the index has that a fund follows.
  var components: Int {
    instrument.underlying.map { index in
      let definition = IndexDefinition(index.code)
      return market.shares.count(where: definition.contains)
    } ?? 0
  }

  /// What programs traded on the day before.
  private(set) lazy var programsBefore: Flow =
    market.programs(
      instrument, on: TradingCalendar.tradingDay(before: moment.date), at: ClockTime(20, 0), tape: tape
    ).all

  /// On how many of the days before, one after the other, it rose or fell.
  func daysInARow(rising: Bool) -> Int {
    let first = TradingCalendar.tradingDay(TradingCalendar.ordinal(of: moment.date) - 15)
    let closes = market.plainDays(instrument, from: first, through: moment.date.advanced(by: -1)).map(\.close)
    let changes = zip(closes, closes.dropFirst()).map { $1 - $0 }
    return changes.reversed().prefix { rising ? $0 > 0 : $0 < 0 }.count
  }

  /// On how many of the `count` days before it rose.
  func risingDays(of count: Int) -> Int {
    let first = TradingCalendar.tradingDay(TradingCalendar.ordinal(of: moment.date) - count - 1)
    let bars = market.days(instrument, from: first, through: moment.date.advanced(by: -1))
    return zip(bars, bars.dropFirst()).suffix(count).count { $1.close > $0.close }
  }

  /// Who bought and sold.
  private(set) lazy var investors: InvestorFigures = {
    let flows = market.investors(instrument, on: moment.date, at: moment.time)
    return InvestorFigures(instrument.isIndexOfShares ? flows.inThousandsAndMillions : flows)
  }()

  /// When the day's open, high and low were made.
  private(set) lazy var extremes: Quote.Extremes = {
    let bars = market.minutes(instrument, on: moment.date, through: moment.time, tape: tape)
    guard let first = bars.first, let high = bars.map(\.high).max(), let low = bars.map(\.low).min() else {
      return Quote.Extremes()
    }
    return Quote.Extremes(
      open: second(in: first) { _ in true },
      high: bars.first { $0.high == high }.map { bar in second(in: bar) { $0.price == high } } ?? 0,
      low: bars.first { $0.low == low }.map { bar in second(in: bar) { $0.price == low } } ?? 0)
  }()

  /// The second of the first trade of a minute that is wanted; of an index, which has none, the minute's own.
  private func second(in bar: Bar, _ isWanted: (Print) -> Bool) -> Int {
    guard !instrument.isIndexOfShares else { return bar.time.seconds }
    let prints = market.prints(
      instrument, on: moment.date, after: bar.time.later(milliseconds: -1),
      through: bar.time.later(milliseconds: 59_999),
      tape: tape)
    return prints.first(where: isWanted)?.time.seconds ?? bar.time.seconds
  }
}
