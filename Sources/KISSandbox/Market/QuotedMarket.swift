import KISMarket
import KISWire

/// The market as a sandbox quotes it: what ``KISMarket/Market`` knows of any instrument at any moment, as ``Quote``s.
///
/// One for a sandbox, used on its executor alone: what was drawn for one answer is there for the next. Everything it
/// answers is a function of the seed, the codes and what was asked to happen; the order of questions does not matter.
final class QuotedMarket {
  private(set) var market: Market
  /// What clients of the sandbox traded and wait for.
  var own = OwnTape()
  private let codes: KnownCodes
  /// The shift from its days to those that are shown: contracts expire on days of the calendar that is shown.
  let shift: DateShift?
  /// What was looked up since the market changed last.
  private var lookedUp: LookedUp {
    // Yielded where it lies: a copy would hold on to every table.
    _read {
      if known.changes != market.changes { known = LookedUp(changes: market.changes) }
      yield known
    }
    _modify {
      if known.changes != market.changes { known = LookedUp(changes: market.changes) }
      yield &known
    }
  }
  private var known = LookedUp(changes: 0)
  /// Instruments that were asked for, whatever becomes of the market.
  private var instruments = LookUps<InstrumentKey, Instrument>(most: 4_096)

  /// The session of each exchange abroad, at the moment that was asked for last.
  private var sessions: [ForeignExchange: (moment: TradingMoment, session: TradingMoment)] = [:]

  private struct InstrumentKey: Hashable {
    let code: String
    let kind: Instrument.Market?
  }

  typealias ProvisionalLine = (instrument: Instrument, figures: InvestorEntries.Figures)

  /// Sums over many days or many instruments, and what is asked for again in every row.
  private struct LookedUp {
    let changes: Int
    /// The highest and lowest prices of the days between two.
    var ranges = LookUps<RangeKey, PriceRange>(most: 8_192)
    /// The sums of the closes of those days.
    var closes = LookUps<RangeKey, Int>(most: 8_192)
    /// What all shares traded in the evening that was asked for last.
    var evening: (moment: TradingMoment, totals: [String: String])?
    /// The day before a day.
    var daysBefore = LookUps<DayKey, Bar>(most: 8_192)
    /// The close before a day, which costs less to know.
    var closesBefore = LookUps<DayKey, Int>(most: 1_024)
    /// The value of a board's shares before a day, in millions of won.
    var values = LookUps<DayKey, Int>(most: 64)
    /// Each index as it was asked for last.
    var indices: [String: (moment: TradingMoment, snapshot: IndexSnapshot)] = [:]
    /// The books of each company for a period, at a price of its share.
    var books = LookUps<BooksKey, [String: String]>(most: 1_024)
    var dividends = LookUps<DividendKey, [CompanyEvents.Event]>(most: 2_048)
    var bonds = LookUps<String, BondTerms>(most: 1_024)
    /// What warrants promise on a day as it is shown.
    var warrants = LookUps<DayKey, WarrantTerms?>(most: 4_096)
    /// What futures and options are about on a day.
    var contracts = LookUps<DayKey, ContractTerms?>(most: 4_096)
    /// The places of the members of indices among the shares.
    var members = LookUps<String, [Int]>(most: 256)
    /// What instruments are derived from.
    var underlyings = LookUps<InstrumentKey, Instrument?>(most: 4_096)
    var provisional: (date: CalendarDate, entered: Int, lines: [ProvisionalLine])?
  }

  /// What was looked up before, by what it was looked up for. A table that is full is emptied.
  private struct LookUps<Key: Hashable, Found> {
    private var known: [Key: Found] = [:]
    private let most: Int

    init(most: Int) { self.most = most }

    subscript(key: Key) -> Found? { known[key] }

    /// Keeps what was found.
    /// - Returns: the same.
    mutating func keep(_ found: Found, for key: Key) -> Found {
      if known.count > most { known = [:] }
      known[key] = found
      return found
    }
  }

  private struct RangeKey: Hashable {
    let code: String
    let first: CalendarDate
    let date: CalendarDate
  }

  private struct BooksKey: Hashable {
    let code: String
    let period: CompanyBooks.Period
    let price: Int
  }

  private struct DividendKey: Hashable {
    let code: String
    let year: Int
  }

  private struct DayKey: Hashable {
    let code: String
    let date: CalendarDate
    var tape = Tape.krx
  }

  init(seed: UInt64, codes: KnownCodes = .standard, shift: DateShift? = nil) {
    (self.codes, self.shift) = (codes, shift)
    market = Market(seed: seed, instruments: codes.added.map { Instrument($0) })
  }

  var seed: UInt64 { market.seed }

  /// The market's reference date as it is shown.
  private var referenceDate: CalendarDate { shift?.shown(Market.referenceDate) ?? Market.referenceDate }

  /// The instrument of a code, made up around it when nobody knows it.
  func instrument(_ code: String, _ kind: Instrument.Market? = nil) -> Instrument {
    let key = InstrumentKey(code: code, kind: kind)
    if let known = instruments[key] { return known }
    let made = Instrument(code: code, market: kind, codes: codes, seed: seed, referenceDate: referenceDate)
    return instruments.keep(made.shown(daysLater: shift?.tradingDays ?? 0), for: key)
  }

  /// What is known of an instrument at a moment.
  func quote(_ instrument: Instrument, at moment: TradingMoment, tape: Tape = .krx) -> Quote {
    let quote = quote(instrument, in: session(of: instrument, at: moment), tape: tape)
    if instrument.exchange != nil { quote.details.asked = moment.date }
    return quote
  }

  /// The session whose figures an instrument has at a moment, looked up once for all of its exchange.
  private func session(of instrument: Instrument, at moment: TradingMoment) -> TradingMoment {
    guard let exchange = instrument.exchange else { return instrument.session(at: moment) }
    if let known = sessions[exchange], known.moment == moment { return known.session }
    let session = instrument.session(at: moment)
    sessions[exchange] = (moment, session)
    return session
  }

  /// What is known of an instrument at a moment of one of its sessions; of its evening, until the day has closed, how the
  /// last one ended.
  func quote(_ instrument: Instrument, in session: TradingMoment, tape: Tape = .krx) -> Quote {
    if tape == .evening, let last = lastEvening(before: session) { return quote(instrument, in: last, tape: tape) }
    if instrument.isIndexOfShares {
      return Quote(index(instrument.code, at: session), of: instrument, in: self)
    }
    var quote = quoteAround(instrument, in: session, tape: tape)
    addOwn(to: &quote, in: session, tape: tape)
    return quote
  }

  /// The end of the evening before a moment until whose day's close its figures stand; nil from then on.
  private func lastEvening(before session: TradingMoment) -> TradingMoment? {
    guard let close = TradingHours(of: .krx, on: session.date).first(.closingAuction)?.end, session.time < close else {
      return nil
    }
    return TradingMoment(TradingCalendar.tradingDay(before: session.date), ClockTime(24, 0))
  }

  /// Totals of what all shares traded in the evening that a moment belongs to; of one that is over they are added up once.
  func eveningTotals(at moment: TradingMoment, _ totals: ([Quote]) -> [String: String]) -> [String: String] {
    let evening = lastEvening(before: moment) ?? moment
    if own.isEmpty, let known = lookedUp.evening, known.moment == evening { return known.totals }
    let totals = totals(shares.map { quote($0, in: evening, tape: .evening) })
    if own.isEmpty { lookedUp.evening = (evening, totals) }
    return totals
  }

  /// A quote of the market around, without what clients of the sandbox traded.
  func quoteAround(_ instrument: Instrument, in session: TradingMoment, tape: Tape = .krx) -> Quote {
    know(instrument)
    let snapshot = market.snapshot(of: instrument.code, on: session.date, at: session.time, tape: tape)
    return Quote(snapshot, second: session.time.seconds, tape: tape, in: self)
  }

  /// Adds what clients traded until a moment of a session to a quote of the market or of a recording.
  func addOwn(to quote: inout Quote, in session: TradingMoment, tape: Tape) {
    guard !own.isEmpty,
      let totals = own.totals(quote.instrument.code, tape, on: session.date, through: session.time)
    else { return }
    let last = market.lastPrint(of: quote.instrument.code, on: session.date, at: session.time, tape: tape)
    quote.add(totals, isLast: last.map { $0.time <= totals.last?.time ?? $0.time } ?? true)
  }

  /// Adds what clients traded to a quote that was read off a recorded trade.
  func addOwn(to quote: inout Quote, toldBy record: Record, at moment: TradingMoment, tape: Tape = .krx) {
    let code = quote.instrument.code
    guard !own.isEmpty, let totals = own.totals(code, tape, on: moment.date, through: moment.time) else { return }
    let isLast = !own.isBehind(record, of: code)
    quote.add(totals, isLast: isLast)
    if isLast { quote.trade = totals.last }
  }

  /// An index at a moment. Kept, since a board of options needs one in every row, and it is a sum over all its shares.
  private func index(_ code: String, at moment: TradingMoment) -> IndexSnapshot {
    if let known = lookedUp.indices[code], known.moment == moment { return known.snapshot }
    let snapshot = market.index(code, on: moment.date, at: moment.time)
    lookedUp.indices[code] = (moment, snapshot)
    return snapshot
  }

  /// The level of an index at a moment, which costs less to know than all of it.
  func level(ofIndex index: Instrument, at moment: TradingMoment) -> Int {
    let moment = index.session(at: moment)
    return market.knownLevel(ofIndex: index.code, on: moment.date, at: moment.time)
      ?? self.index(index.code, at: moment).level
  }

  /// The shares traded on a day until a time of it.
  func volume(_ instrument: Instrument, on date: CalendarDate, at time: ClockTime, tape: Tape) -> Int {
    know(instrument)
    let own = own.totals(instrument.code, tape, on: date, through: time)?.volume ?? 0
    return market.snapshot(of: instrument.code, on: date, at: time, tape: tape).volume + own
  }

  /// The prints of an instrument after one moment of a day up to another, those of clients among them.
  func prints(
    _ instrument: Instrument, on date: CalendarDate, after: ClockTime, through: ClockTime, tape: Tape = .krx
  ) -> [Print] {
    let prints = printsAround(instrument, on: date, after: after, through: through, tape: tape)
    let own = own.prints(instrument.code, tape, on: date, after: after, through: through)
    guard !own.isEmpty else { return prints }
    return (prints + own).enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(
      \.element)
  }

  /// The prints of the market around, without those of clients.
  func printsAround(
    _ instrument: Instrument, on date: CalendarDate, after: ClockTime, through: ClockTime, tape: Tape
  ) -> [Print] {
    know(instrument)
    return market.prints(of: instrument.code, on: date, after: after, through: through, tape: tape)
  }

  /// The last `count` prints until a moment of a day, newest first.
  func lastPrints(_ count: Int, _ instrument: Instrument, at moment: TradingMoment, tape: Tape = .krx) -> [Print] {
    var window = 60_000
    while true {
      let from = max(-1, moment.time.milliseconds - window)
      let prints = prints(
        instrument, on: moment.date, after: ClockTime(milliseconds: from), through: moment.time, tape: tape)
      if prints.count >= count || from < 0 { return prints.suffix(count).reversed() }
      window *= 8
    }
  }

  func lastPrint(_ instrument: Instrument, at moment: TradingMoment, tape: Tape = .krx) -> Print? {
    know(instrument)
    let last = market.lastPrint(of: instrument.code, on: moment.date, at: moment.time, tape: tape)
    guard let own = own.totals(instrument.code, tape, on: moment.date, through: moment.time)?.last else { return last }
    return last.map { $0.time <= own.time ? own : $0 } ?? own
  }

  /// The book, with what clients wait for.
  func book(_ instrument: Instrument, at moment: TradingMoment, tape: Tape = .krx) -> QuotedBook {
    var book = bookAround(instrument, at: moment, tape: tape)
    if !own.isEmpty {
      book.add(own.levels(instrument.code, tape, at: moment), isCollecting: book.expected != nil)
    }
    return book
  }

  /// What an auction that collects orders would trade at a moment; nil outside of auctions.
  func expected(_ instrument: Instrument, at moment: TradingMoment, tape: Tape) -> ExpectedExecution? {
    know(instrument)
    return market.expectedExecution(of: instrument.code, on: moment.date, at: moment.time, tape: tape)
  }

  /// Shares of the last auction until a moment, outside of auctions.
  func lastAuctionVolume(_ instrument: Instrument, at moment: TradingMoment, tape: Tape) -> Int {
    guard !instrument.isIndexOfShares else { return 0 }
    know(instrument)
    return market.lastAuctionVolume(of: instrument.code, on: moment.date, at: moment.time, tape: tape)
  }

  /// The book of the market around, without what clients wait for.
  func bookAround(_ instrument: Instrument, at moment: TradingMoment, tape: Tape = .krx) -> QuotedBook {
    know(instrument)
    return QuotedBook(market.book(of: instrument.code, on: moment.date, at: moment.time, tape: tape))
  }

  /// The minutes of a day from one until a moment of it, oldest first.
  func minutes(
    _ instrument: Instrument, on date: CalendarDate, from first: ClockTime = ClockTime(0, 0), through time: ClockTime,
    tape: Tape = .krx
  ) -> [Bar] {
    if instrument.isIndexOfShares {
      return market.indexMinuteBars(instrument.code, on: date, through: time).filter { $0.time >= first }
    }
    know(instrument)
    let bars = market.minuteBars(of: instrument.code, on: date, from: first, through: time, tape: tape)
    let own = own.prints(
      instrument.code, tape, on: date, after: first.later(milliseconds: -1), through: time)
    guard !own.isEmpty else { return bars }
    var minutes = Dictionary(bars.map { ($0.time.minutes, $0) }) { first, _ in first }
    for minute in Set(own.map(\.time.minutes)) {
      let start = ClockTime(milliseconds: minute * 60_000)
      let prints = prints(
        instrument, on: date, after: start.later(milliseconds: -1),
        through: min(time, start.later(milliseconds: 59_999)), tape: tape)
      minutes[minute] = Bar(prints, on: date, time: minutes[minute]?.time ?? start)
    }
    return minutes.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Whole days, oldest first, with their amounts.
  func days(
    _ instrument: Instrument, from first: CalendarDate, through last: CalendarDate, tape: Tape = .krx
  ) -> [Bar] {
    let bars = daysAround(instrument, from: first, through: last, tape: tape)
    return own.isEmpty ? bars : bars.map { withOwn($0, of: instrument, tape: tape) }
  }

  /// The days of the market around, without what clients traded.
  private func daysAround(
    _ instrument: Instrument, from first: CalendarDate, through last: CalendarDate, tape: Tape
  ) -> [Bar] {
    if instrument.isIndexOfShares { return market.indexDays(instrument.code, from: first, through: last) }
    know(instrument)
    return market.dayBars(of: instrument.code, from: first, through: last, tape: tape)
  }

  /// A day with what clients traded on it.
  private func withOwn(_ bar: Bar, of instrument: Instrument, tape: Tape) -> Bar {
    own.totals(instrument.code, tape, on: bar.date, through: ClockTime(48, 0)).map { bar.adding($0) } ?? bar
  }

  /// What a day of an instrument is measured from, on any tape: the close of KRX's, or of its exchange's, day before.
  func basePrice(_ instrument: Instrument, on date: CalendarDate) -> Int {
    know(instrument)
    return market.day(of: instrument.code, on: date).basePrice
  }

  /// The day before a date.
  func dayBefore(_ instrument: Instrument, _ date: CalendarDate, tape: Tape) -> Bar {
    let key = DayKey(code: instrument.code, date: date, tape: tape)
    if let known = lookedUp.daysBefore[key] { return withOwn(known, of: instrument, tape: tape) }
    let day = instrument.tradingDay(before: date)
    let bar = daysAround(instrument, from: day, through: day, tape: tape)[0]
    return withOwn(lookedUp.daysBefore.keep(bar, for: key), of: instrument, tape: tape)
  }

  /// The close before a date.
  func closeBefore(_ instrument: Instrument, _ date: CalendarDate) -> Int {
    let key = DayKey(code: instrument.code, date: date)
    if let known = lookedUp.closesBefore[key] { return known }
    let close = plainDays(instrument, from: instrument.tradingDay(before: date), through: date.advanced(by: -1)).last
    return lookedUp.closesBefore.keep(close?.close ?? instrument.referencePrice, for: key)
  }

  /// The shares traded on the day before a date. Its minutes, which an amount needs, are not drawn for that.
  func volumeBefore(_ instrument: Instrument, _ date: CalendarDate, tape: Tape) -> Int {
    guard tape == .krx, own.isEmpty, !instrument.isIndexOfShares else {
      return dayBefore(instrument, date, tape: tape).volume
    }
    know(instrument)
    return market.day(of: instrument.code, on: instrument.tradingDay(before: date)).volume
  }

  /// Asks the market itself about an instrument, for views that few need.
  func ask<Figure>(_ instrument: Instrument, _ question: (inout Market) -> Figure) -> Figure {
    know(instrument)
    return question(&market)
  }

  /// The close of a day, or of the trading day before it.
  func close(_ instrument: Instrument, on date: CalendarDate) -> Int {
    ask(instrument) { $0.day(of: instrument.code, on: date).close }
  }

  /// The highest and the lowest price of the days from one to the one before another.
  func range(_ instrument: Instrument, from first: CalendarDate, before date: CalendarDate) -> PriceRange {
    var range = rangeAround(instrument, from: first, before: date)
    for (day, totals) in own.days(instrument.code, .krx) where day >= first && day < date {
      range.add(day, high: totals.high, low: totals.low)
    }
    return range
  }

  /// The range of the market around, without what clients traded.
  private func rangeAround(_ instrument: Instrument, from first: CalendarDate, before date: CalendarDate) -> PriceRange
  {
    let first = max(first, instrument.term?.lowerBound ?? first)
    let key = RangeKey(code: instrument.code, first: first, date: date)
    if let known = lookedUp.ranges[key] { return known }
    let last = date.advanced(by: -1)
    var range = PriceRange(before: date)
    if instrument.isIndexOfShares {
      for day in market.indexDays(instrument.code, from: first, through: last) {
        range.add(day.date, high: day.high, low: day.low)
      }
    } else if instrument.exchange == nil {
      know(instrument)
      range = market.range(of: instrument.code, from: first, before: date)
    } else {
      for day in plainDays(instrument, from: first, through: last) {
        range.add(day.date, high: day.high, low: day.low)
      }
    }
    return lookedUp.ranges.keep(range, for: key)
  }

  /// Whole days without their amounts, which cost the most to know, oldest first.
  func plainDays(_ instrument: Instrument, from first: CalendarDate, through last: CalendarDate) -> [DayBar] {
    guard !instrument.isIndexOfShares else { return [] }
    know(instrument)
    return market.days(of: instrument.code, from: first, through: last).filter { instrument.isTraded(on: $0.date) }
  }

  /// The sum of the closes of the `days` trading days before a date.
  func closes(_ instrument: Instrument, _ days: Int, before date: CalendarDate) -> Int {
    let first = TradingCalendar.tradingDay(TradingCalendar.ordinal(of: date) - days)
    let last = date.advanced(by: -1)
    if instrument.isIndexOfShares {
      return market.indexDays(instrument.code, from: first, through: last).reduce(0) { $0 + $1.close }
    }
    know(instrument)
    let key = RangeKey(code: instrument.code, first: first, date: date)
    if let known = lookedUp.closes[key] { return known }
    let sum = market.days(of: instrument.code, from: first, through: last).reduce(0) { $0 + $1.close }
    return lookedUp.closes.keep(sum, for: key)
  }

  /// The value of all shares of a board at the closes before a date, in millions of won.
  func boardValue(_ board: Board, before date: CalendarDate) -> Int {
    let key = DayKey(code: board.rawValue, date: date)
    if let known = lookedUp.values[key] { return known }
    let codes =
      shares.filter { $0.board == board }.map(\.code)
      + IndexDefinition.industries(of: board).map { Instrument.residualPrefix + $0 }
    let value = codes.reduce(0) { sum, code in
      let day = market.day(of: code, on: date.advanced(by: -1))
      return sum + market.instrument(code).listedShares / 1_000 * day.close / 1_000
    }
    return lookedUp.values.keep(value, for: key)
  }

  /// The figures of a company's books, made once for a period and a price.
  func books(
    of share: Instrument, _ period: CompanyBooks.Period, price: Int, make: () -> [String: String]
  ) -> [String: String] {
    let key = BooksKey(code: share.code, period: period, price: price)
    if let known = lookedUp.books[key] { return known }
    let made = make()
    return lookedUp.books.keep(made, for: key)
  }

  /// What a company pays for a year, made once.
  func dividends(of share: Instrument, in year: Int, make: () -> [CompanyEvents.Event]) -> [CompanyEvents.Event] {
    let key = DividendKey(code: share.code, year: year)
    if let known = lookedUp.dividends[key] { return known }
    let made = make()
    return lookedUp.dividends.keep(made, for: key)
  }

  /// What a bond promises, read off its name once.
  func bondTerms(of bond: Instrument) -> BondTerms {
    lookedUp.bonds[bond.code] ?? lookedUp.bonds.keep(BondTerms(bond), for: bond.code)
  }

  /// What a warrant promises on a day as it is shown, read off its name once; nil of anything else.
  func warrantTerms(of warrant: Instrument, on day: CalendarDate) -> WarrantTerms? {
    guard warrant.market == .elw else { return nil }
    let key = DayKey(code: warrant.code, date: day)
    if let known = lookedUp.warrants[key] { return known }
    var strike: Double? { ask(warrant) { $0.strike(ofMonthlyWarrant: warrant) } }
    return lookedUp.warrants.keep(WarrantTerms(warrant, on: day, seed: seed, strike: strike), for: key)
  }

  /// The warrants of months that are listed on a day as it is shown; none where every one of the day is known by name.
  func monthlyWarrants(on day: CalendarDate) -> [Instrument] {
    if let known = lastWarrants, known.day == day { return known.warrants }
    let warrants = monthlyWarrants(endingFrom: day, through: day.advanced(by: 31 * MonthlyWarrant.longestLife)) {
      $0.isTraded(on: day)
    }
    lastWarrants = (day, warrants)
    return warrants
  }
  private var lastWarrants: (day: CalendarDate, warrants: [Instrument])?

  /// The warrants that end in the months from one day as it is shown to another, as far as they are meant, the first to end
  /// first.
  func monthlyWarrants(
    endingFrom first: CalendarDate, through last: CalendarDate, most: Int = .max,
    where isMeant: (MonthlyWarrant) -> Bool
  ) -> [Instrument] {
    guard !codes.completeKinds.contains(.elw), first <= last else { return [] }
    func month(_ day: CalendarDate) -> Int { day.year * 12 + day.parts.month - 1 }
    var warrants: [Instrument] = []
    for month in month(first)...month(last) where warrants.count < most {
      let ending = MonthlyWarrant.ending(year: month / 12, month: month % 12 + 1, seed: seed)
      warrants += ending.filter(isMeant).map { instrument($0.code, .elw) }
    }
    return Array(warrants.prefix(most))
  }

  /// What a future or option is about on a day on which it trades, read off its code once; nil of anything else.
  func contractTerms(of contract: Instrument, on date: CalendarDate) -> ContractTerms? {
    guard contract.market.isDerivative else { return nil }
    let key = DayKey(code: contract.code, date: date)
    if let known = lookedUp.contracts[key] { return known }
    return lookedUp.contracts.keep(ContractTerms(contract, on: date, shift: shift), for: key)
  }

  /// Which of ``shares`` belong to an index, by their places.
  func places(ofIndex code: String) -> [Int] {
    if let known = lookedUp.members[code] { return known }
    let definition = IndexDefinition(code)
    let places = shares.indices.filter { definition.contains(shares[$0]) }
    return lookedUp.members.keep(places, for: code)
  }

  /// What an instrument is derived from, read off its code once.
  func underlying(of instrument: Instrument) -> Instrument? {
    let key = InstrumentKey(code: instrument.code, kind: instrument.market)
    if let known = lookedUp.underlyings[key] { return known }
    return lookedUp.underlyings.keep(instrument.underlying, for: key)
  }

  // MARK: Who traded

  /// What kinds of investors bought and sold of an instrument, or of all shares of an index, until a moment of a day.
  func investors(_ instrument: Instrument, on date: CalendarDate, at time: ClockTime) -> InvestorFlows {
    if instrument.isIndexOfShares { return market.investors(ofIndex: instrument.code, on: date, at: time) }
    know(instrument)
    return market.investors(of: instrument.code, on: date, at: time)
  }

  func programs(
    _ instrument: Instrument, on date: CalendarDate, at time: ClockTime, tape: Tape = .krx
  ) -> ProgramFlows {
    if instrument.isIndexOfShares { return market.programs(ofIndex: instrument.code, on: date, at: time) }
    know(instrument)
    return market.programs(of: instrument.code, on: date, at: time, tape: tape)
  }

  func programs(ofIndex code: String, at moment: TradingMoment) -> ProgramFlows {
    market.programs(ofIndex: code, on: moment.date, at: moment.time)
  }

  /// The shares and won that were traded of an index's members until a moment.
  func turnover(ofIndex code: String, at moment: TradingMoment) -> (volume: Int, amount: Int) {
    market.turnover(ofIndex: code, on: moment.date, at: moment.time)
  }

  /// Whose orders the programs of a market carried out.
  func programsByInvestor(ofIndex code: String, at moment: TradingMoment) -> [Investor: ProgramFlows] {
    market.programsByInvestor(ofIndex: code, on: moment.date, at: moment.time)
  }

  /// What was traded through each member of the exchange.
  func brokers(_ instrument: Instrument, on date: CalendarDate, at time: ClockTime) -> [BrokerFlow] {
    know(instrument)
    return market.brokers(of: instrument.code, on: date, at: time)
  }

  func shortSales(_ instrument: Instrument, on date: CalendarDate, at time: ClockTime) -> ShortSales {
    know(instrument)
    return market.shortSales(of: instrument.code, on: date, at: time)
  }

  /// The shares with what was keyed in of them after a number of entries of a day, looked up once.
  func provisionalFigures(
    on date: CalendarDate, entered: Int, figures: (Instrument) -> InvestorEntries.Figures
  ) -> [ProvisionalLine] {
    if let known = lookedUp.provisional, known.date == date, known.entered == entered { return known.lines }
    let lines = shares.map { (instrument: $0, figures: figures($0)) }
    lookedUp.provisional = (date, entered, lines)
    return lines
  }

  /// What is listed, each with the market that the list has it on.
  private(set) lazy var listed: [(market: Instrument.Market, instrument: Instrument)] = codes.instruments.map {
    (Instrument.Market($0), instrument($0.code))
  }

  /// Every share that is known.
  private(set) lazy var shares: [Instrument] = market.instruments.filter { $0.kind == .share }

  func interruptions(_ instrument: Instrument, at moment: TradingMoment) -> [Interruption] {
    know(instrument)
    return market.interruptions(of: instrument.code, on: moment.date, through: moment.time)
  }

  // MARK: What happens

  /// Applies an event.
  func add(_ event: MarketEvent) { market.add(event) }

  /// Makes a close known on the trading day before a date, unless it is the market's own.
  func pin(close price: Int, of code: String, before date: CalendarDate) {
    guard market.day(of: code, on: date).basePrice != price else { return }
    market.pin(close: price, of: code, on: TradingCalendar.tradingDay(before: date))
  }

  /// Makes a recorded state known, in place of what was known of that instrument before.
  func know(_ event: MarketEvent) {
    forgetRecorded { $0 == event.scope }
    add(event)
  }

  /// A copy that changes independently of this one.
  func copy() -> QuotedMarket {
    let copy = QuotedMarket(seed: seed, codes: codes, shift: shift)
    copy.go(on: market)
    copy.own = own
    return copy
  }

  /// Takes over the state of another market; what was looked up here before is forgotten.
  func go(on market: Market) {
    self.market = market
    known = LookedUp(changes: market.changes)
  }

  /// Takes over what a copy of the market has drawn, with the minutes of its days or their sums alone.
  func adoptDrawings(of copy: Market, minutes: Bool) { market.adoptDrawings(of: copy, minutes: minutes) }

  /// Forgets what recordings made known: they are played from another position now.
  func forgetRecorded() { forgetRecorded { _ in true } }

  private func forgetRecorded(where isMeant: (MarketEvent.Scope) -> Bool) {
    let others = market.events.filter { event in
      if case .known = event.kind { !isMeant(event.scope) } else { true }
    }
    guard others.count != market.events.count else { return }
    market.removeEvents()
    for event in others { market.add(event) }
  }

  /// Makes an instrument known that its code alone does not determine, so that the market draws the same one.
  private func know(_ instrument: Instrument) { if instrument.kind != .share { market.know(instrument) } }
}

extension Instrument {
  /// The session whose figures an instrument has at a moment: until an exchange abroad opens, the one that began the
  /// day before, with times after 24:00; of what trades no more, its last one, and of what is not listed yet the morning of
  /// its first.
  func session(at moment: TradingMoment) -> TradingMoment {
    if let term, !term.contains(moment.date) {
      return moment.date < term.lowerBound
        ? TradingMoment(term.lowerBound, ClockTime(0, 0)) : TradingMoment(term.upperBound, ClockTime(20, 0))
    }
    guard let exchange else { return moment }
    var date = moment.date
    var time = moment.time
    // No exchange is closed for longer: New Year in China was eleven days in 2020.
    for _ in 0..<16 {
      if let first = exchange.sessions(on: date).first(where: { $0.phase == .regular }), first.start <= time { break }
      date = date.advanced(by: -1)
      time = time.later(minutes: 24 * 60)
    }
    // After the close it stays the moment of the close, however long ago that was.
    if let end = exchange.sessions(on: date).last(where: { $0.phase == .regular })?.end { time = min(time, end) }
    return TradingMoment(date, time)
  }
}
