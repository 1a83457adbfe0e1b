import KISMarket
import KISWire

/// Everything that is known of an instrument at a moment of its day: the source of every API and every TR.
///
/// Prices are in the smallest units of the instrument's market. Details that are seldom needed are looked up when they
/// are.
struct Quote {
  let instrument: Instrument
  var day: CalendarDate
  /// Seconds since midnight in Korea; the night of an exchange abroad goes on after 24:00.
  var second: Int
  /// The close of the day before (전일 종가), which is also the base price (기준가).
  var previousClose: Int
  let limits: PriceLimits
  /// The last price; the previous close until the first trade.
  var price: Int
  /// 0 until the first trade.
  var open = 0
  var high = 0
  var low = 0
  /// Shares of the whole day.
  var volume = 0
  /// What was paid for them, in the smallest units of its market.
  var exactAmount = 0
  /// Trades and shares by who took the initiative (체결구분).
  var sellCount = 0
  var buyCount = 0
  var sellVolume = 0
  var buyVolume = 0
  /// What a static VI is measured from.
  var interruptionReference = 0
  /// Of an index: how many of its shares rose, stayed, fell, and stand at their limits.
  var breadth: Breadth?
  /// The trade that it is about, where it is one of a list; nil for the last one.
  var trade: Print?
  /// The seconds at which the day's first, highest and lowest price were made, where they are kept up trade by trade.
  var extremes: Extremes?
  let details: QuoteDetails

  /// When a day's open, high and low were made, in seconds since midnight; 0 before.
  struct Extremes: Sendable, Hashable {
    var open = 0
    var high = 0
    var low = 0
  }

  /// How the shares of an index stand.
  struct Breadth: Sendable, Hashable {
    let advancing: Int
    let unchanged: Int
    let declining: Int
    let atUpperLimit: Int
    let atLowerLimit: Int
  }

  /// Who took the initiative in a trade.
  enum Side: String, Sendable {
    case buy = "1"
    case sell = "5"
    /// Nobody: a price made by auction.
    case auction = ""
  }

  /// What was paid for all shares of the day, in won or the currency of its exchange.
  var amount: Int {
    get { exactAmount / unitsOfAmount }
    set { exactAmount = newValue * unitsOfAmount }
  }

  private var unitsOfAmount: Int { instrument.isIndexOfShares ? 1 : instrument.scale }

  /// Volume-weighted average price (가중평균가), in the smallest units of its market.
  var averagePrice: Double { volume == 0 ? 0 : Double(exactAmount) / Double(volume) }

  /// The difference from the previous close (전일 대비).
  var change: Int { price - previousClose }

  /// KIS's sign code (대비부호): 1 upper limit, 2 up, 3 flat, 4 lower limit, 5 down.
  var sign: String {
    // In the evening of a day that closed at its limit the price is there too, and has not moved.
    if price == limits.upper, change > 0 { return "1" }
    return price == limits.lower && change < 0 ? "4" : signCode(Double(change))
  }

  /// How many times over sellers' shares buyers' shares were traded, in percent (체결강도).
  var strength: Double { sellVolume == 0 ? 0 : Double(buyVolume) * 100 / Double(sellVolume) }

  /// The step between prices at the last one.
  var tick: Int { instrument.ticks(on: day).step(at: price) }

  /// Shares of the last trade, and who took them.
  var lastVolume: Int { lastTrade?.size ?? 0 }
  var lastSide: Side { lastTrade?.quotedSide ?? .auction }
  var lastTrade: Print? { trade ?? details.lastPrint }

  /// The order book; of a trade of several venues that of the venue where it met.
  var book: QuotedBook {
    guard details.tape == .unified, let venue = trade?.venue else { return details.book }
    return details.book(at: venue)
  }

  /// What is traded after the regular session.
  var evening: Quote { details.tape == .evening ? self : details.evening }

  /// The volume and the amount of the day before, and what it had traded at this time of day.
  var previousVolume: Int { details.volumeBefore }
  var previousAmount: Int {
    details.dayBefore.amount / (instrument.isIndexOfShares ? 1 : instrument.scale)
  }
  var previousVolumeByNow: Int { details.volumeBeforeByNow }

  /// The highest and the lowest price of the last year (52주, 250일), today included.
  var year: PriceRange { withToday(details.year) }
  /// The same of the year of the calendar (연중).
  var calendarYear: PriceRange { withToday(details.calendarYear) }

  private func withToday(_ range: PriceRange) -> PriceRange {
    var range = range
    range.add(day, high: max(high, price), low: min(low == 0 ? price : low, price))
    return range
  }

  /// Adds the next trade.
  mutating func record(_ print: Print, details: QuoteDetails) {
    self = Quote(self, entering: print, details: details)
  }

  private init(_ before: Quote, entering print: Print, details: QuoteDetails) {
    self.init(
      instrument: before.instrument, day: before.day, second: print.time.seconds, previousClose: before.previousClose,
      limits: before.limits, price: print.price, details: details)
    open = before.open == 0 ? print.price : before.open
    high = max(before.high, print.price)
    low = before.low == 0 ? print.price : min(before.low, print.price)
    volume = before.volume + print.size
    exactAmount = before.exactAmount + print.size * print.price
    (sellCount, sellVolume) = (before.sellCount, before.sellVolume)
    (buyCount, buyVolume) = (before.buyCount, before.buyVolume)
    switch print.side {
    case .buy: (buyCount, buyVolume) = (buyCount + 1, buyVolume + print.size)
    case .sell: (sellCount, sellVolume) = (sellCount + 1, sellVolume + print.size)
    case nil: break
    }
    interruptionReference = print.side == nil ? print.price : before.interruptionReference
    var extremes = before.extremes ?? before.details.extremes
    if extremes.open == 0 { extremes.open = second }
    if before.high < high { extremes.high = second }
    if before.low == 0 || low < before.low { extremes.low = second }
    self.extremes = extremes
    trade = print
  }

  init(
    instrument: Instrument, day: CalendarDate, second: Int, previousClose: Int, limits: PriceLimits, price: Int,
    details: QuoteDetails
  ) {
    (self.instrument, self.day, self.second, self.previousClose) = (instrument, day, second, previousClose)
    (self.limits, self.price, self.details) = (limits, price, details)
  }
}

extension Quote {
  init(_ snapshot: Snapshot, second: Int, tape: Tape, in market: QuotedMarket) {
    let details = QuoteDetails(
      snapshot.instrument, at: TradingMoment(snapshot.date, snapshot.time), tape: tape, in: market)
    self.init(
      instrument: snapshot.instrument, day: snapshot.date, second: second, previousClose: snapshot.basePrice,
      limits: snapshot.limits, price: snapshot.price, details: details)
    (open, high, low, volume, exactAmount) =
      (snapshot.open, snapshot.high, snapshot.low, snapshot.volume, snapshot.amount)
    (sellCount, buyCount) = (snapshot.soldPrints, snapshot.boughtPrints)
    (sellVolume, buyVolume) = (snapshot.soldVolume, snapshot.boughtVolume)
    interruptionReference = snapshot.interruptionReference
  }

  init(_ index: IndexSnapshot, of instrument: Instrument, in market: QuotedMarket) {
    let details = QuoteDetails(instrument, at: TradingMoment(index.date, index.time), tape: .krx, in: market)
    self.init(
      instrument: instrument, day: index.date, second: min(index.time.seconds, 64_800),
      previousClose: index.previousClose, limits: PriceLimits(lower: 0, upper: Int.max), price: index.level,
      details: details)
    (open, high, low, volume, amount) = (index.open, index.high, index.low, index.volume, index.amount)
    (buyVolume, sellVolume) = (index.volume / 2, index.volume - index.volume / 2)
    breadth = Breadth(
      advancing: index.advancing, unchanged: index.unchanged, declining: index.declining,
      atUpperLimit: index.atUpperLimit, atLowerLimit: index.atLowerLimit)
  }

  /// A day, week, minute … of an instrument: its prices and what was traded in it.
  ///
  /// - Parameters:
  ///   - before: the close of the bar before.
  ///   - second: the time that it is called by.
  ///   - end: until when it counts who traded.
  init(
    _ bar: Bar, of instrument: Instrument, before: Int, second: Int, until end: ClockTime, tape: Tape,
    in market: QuotedMarket
  ) {
    let moment = TradingMoment(bar.date, end)
    self.init(
      instrument: instrument, day: bar.date, second: second, previousClose: before,
      limits: instrument.isIndexOfShares
        ? PriceLimits(lower: 0, upper: .max) : instrument.limits(around: before, on: bar.date), price: bar.close,
      details: QuoteDetails(instrument, at: moment, tape: tape, in: market))
    (open, high, low, volume) = (bar.open, bar.high, bar.low, bar.volume)
    exactAmount = bar.amount
  }
}

extension Print {
  var quotedSide: Quote.Side { side == .buy ? .buy : side == .sell ? .sell : .auction }
}

extension Quote {
  /// Adds what another venue traded.
  mutating func add(_ other: Quote) {
    guard other.volume > 0 else { return }
    high = max(high, other.high)
    low = low == 0 ? other.low : min(low, other.low)
    volume += other.volume
    exactAmount += other.exactAmount
    sellCount += other.sellCount
    buyCount += other.buyCount
    sellVolume += other.sellVolume
    buyVolume += other.buyVolume
  }

  /// Takes over what a trade record (H0STCNT0 and its like) of a recording says, so that answers agree with it.
  mutating func adopt(_ record: Record) {
    guard let price = record.whole("STCK_PRPR"), price > 0 else { return }
    self.price = price
    open = record.whole("STCK_OPRC") ?? open
    high = max(price, record.whole("STCK_HGPR") ?? price)
    low = min(price, record.whole("STCK_LWPR") ?? price)
    if let change = record.whole("PRDY_VRSS") { previousClose = price - change }
    volume = record.whole("ACML_VOL") ?? volume
    amount = record.whole("ACML_TR_PBMN") ?? amount
    sellCount = record.whole("SELN_CNTG_CSNU") ?? sellCount
    buyCount = record.whole("SHNU_CNTG_CSNU") ?? buyCount
    sellVolume = record.whole("SELN_CNTG_SMTN") ?? sellVolume
    buyVolume = record.whole("SHNU_CNTG_SMTN") ?? buyVolume
    if let size = record.whole("CNTG_VOL") {
      let side: KISMarket.Side? = record["CCLD_DVSN"].flatMap { $0 == "1" ? .buy : $0 == "5" ? .sell : nil }
      trade = Print(
        time: ClockTime(milliseconds: second * 1_000), price: price, size: size, side: side,
        bid: record.whole("BIDP1") ?? 0, ask: record.whole("ASKP1") ?? 0)
    }
  }
}
