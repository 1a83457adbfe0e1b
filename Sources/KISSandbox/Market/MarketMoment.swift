import KISWire

/// A moment of the simulated market: which second of which day's session it stands for.
///
/// Within the hours of an open day it is what it looks like. At night, on weekends and abroad the market is open here
/// all the same: the day's session runs again and again, so that whoever writes a client at night has something to read.
struct MarketMoment: Sendable, Hashable {
  let day: TradingDay
  /// The second of the session, as if it were within the exchange's hours.
  let second: Int
  /// What to add to a second of the session to get the time of day that is printed.
  let shift: Int
  let hours: OpeningHours

  init(day: TradingDay, second: Int, shift: Int) {
    (self.day, self.second, self.shift, hours) = (day, second, shift, .exchange)
  }

  /// - Parameter market: where; abroad the hours are other ones.
  init(_ moment: KoreanTime, on market: Instrument.Market = .kospi, hours: OpeningHours) {
    day = TradingDay(of: moment)
    self.hours = hours
    let clock = moment.secondOfDay
    let asItLooks =
      switch hours {
      case .exchange: MarketHours.firstTotals - 1_800...MarketHours.afterHoursEnd
      case .always: MarketHours.firstTotals...MarketHours.close
      }
    if !market.isAbroad, day.isOpen, asItLooks.contains(clock) {
      second = clock
    } else {
      let session = MarketHours.closingAuction - MarketHours.open - 60
      // Abroad a session begins at 06:00 in Korea: none ends while the market here is about to open.
      let beginning = MarketHours.open - (market.isAbroad ? 10_800 : 0)
      let into = ((clock - beginning) % session + session) % session
      // The opening auction ends within the first half minute: begin after it.
      second = MarketHours.open + 30 + into
    }
    shift = clock - second
  }
}

extension Quote {
  /// What is known of an instrument at a moment.
  init(_ instrument: Instrument, at moment: KoreanTime, hours: OpeningHours, seed: UInt64) {
    let moment = MarketMoment(moment, on: instrument.market, hours: hours)
    var recording = SimulatedTrading(instrument, on: moment.day, seed: seed)
    self = recording.quote(at: moment)
  }

  /// How an instrument stood when a past day closed; cheap, for long lists of days.
  init(_ instrument: Instrument, closing day: TradingDay, seed: UInt64) {
    let history = PriceHistory(of: instrument, seed: seed)
    let step = instrument.priceStep
    var generator = SeededGenerator(seed: seed).fork("summary").fork(instrument.code).fork(day.number)
    let previousClose = history.close(on: day.previous)
    let limits = step.limits(around: previousClose)
    let close = history.close(on: day).clamped(to: limits)
    func near(_ price: Int, _ share: Double) -> Int {
      step.nearest(to: Double(price) * (1 + share)).clamped(to: limits)
    }
    let opening = near(previousClose, 0.004 * generator.normal())
    let book = OrderBook(
      bestBid: close, step: step, limits: limits, levelSize: Double(instrument.dailyVolume) / 400,
      generator: &generator)
    self.init(
      instrument: instrument, day: day, second: MarketHours.close, previousClose: previousClose,
      previousVolume: history.volume(on: day.previous), price: close, book: book)
    open = opening
    high = near(max(opening, close), 0.01 * generator.unit())
    low = near(min(opening, close), -0.01 * generator.unit())
    (openSecond, highSecond, lowSecond) = (MarketHours.open + 11, 38_000, 46_000)
    volume = history.volume(on: day)
    amount = volume * ((high + low + close) / 3)
    buyVolume = volume * 48 / 100
    sellVolume = volume * 49 / 100
    (buyCount, sellCount) = (buyVolume / 700 + 1, sellVolume / 700 + 1)
    lastVolume = max(1, volume / 20)
  }

  /// The quotes of an instrument at some seconds of its day, in the order of time.
  static func series(_ instrument: Instrument, at moment: MarketMoment, seconds: [Int], seed: UInt64) -> [Quote] {
    var recording = SimulatedTrading(instrument, on: moment.day, seed: seed)
    return seconds.sorted().map { second in
      var quote = recording.advance(toSecond: second)
      quote.second = second
      quote.clockShift = moment.shift
      return quote
    }
  }

  /// The stretch since an earlier quote: its opening, highest and lowest price and what was traded in it.
  func since(_ before: Quote) -> Quote {
    var stretch = self
    stretch.open = before.price
    stretch.high = max(before.price, price)
    stretch.low = min(before.price, price)
    stretch.lastVolume = max(0, volume - before.volume)
    return stretch
  }

  /// The same with every price moved, and another close the day before.
  func moved(by distance: Int, above previousClose: Int) -> Quote {
    guard distance != 0 else { return self }
    var quote = self
    quote.previousClose = previousClose
    quote.price += distance
    if open != 0 { (quote.open, quote.high, quote.low) = (open + distance, high + distance, low + distance) }
    return quote
  }

  /// Takes over what a trade record (H0STCNT0 and its like) of a recording says, so that answers agree with it.
  mutating func adopt(_ record: Record) {
    func number(_ name: String) -> Int? { record[name].flatMap { Int($0) } }
    guard let price = number("STCK_PRPR"), price > 0 else { return }
    self.price = price
    open = number("STCK_OPRC") ?? open
    high = max(price, number("STCK_HGPR") ?? price)
    low = min(price, number("STCK_LWPR") ?? price)
    if let change = number("PRDY_VRSS") { previousClose = price - change }
    volume = number("ACML_VOL") ?? volume
    amount = number("ACML_TR_PBMN") ?? amount
    (volumeBeforeOpen, amountBeforeOpen) = (0, 0)
    lastVolume = number("CNTG_VOL") ?? lastVolume
    sellCount = number("SELN_CNTG_CSNU") ?? sellCount
    buyCount = number("SHNU_CNTG_CSNU") ?? buyCount
    sellVolume = number("SELN_CNTG_SMTN") ?? sellVolume
    buyVolume = number("SHNU_CNTG_SMTN") ?? buyVolume
    if let bid = number("BIDP1"), bid > 0 {
      var generator = SeededGenerator(seed: UInt64(volume.magnitude))
      book.place(bestBid: bid, generator: &generator)
    }
  }
}

extension SimulatedTrading {
  /// Plays up to a moment of this recording's day and tells the quote then.
  mutating func quote(at moment: MarketMoment) -> Quote {
    var quote = advance(toSecond: moment.second)
    quote.second = max(quote.second, moment.second)
    quote.clockShift = moment.shift
    return quote
  }
}
