/// One day of one instrument, event by event: trades and changes of its book, in time order.
///
/// The same seed, instrument and day give the same tape, so a quote taken at any moment agrees with every other view of
/// it. The day runs from the previous close to the day's close of ``PriceHistory``.
struct SimulatedTrading: IteratorProtocol, Sendable {
  /// What happened, and the quote after it.
  struct Event: Sendable {
    /// Milliseconds since midnight.
    var millisecond: Int
    var isTrade: Bool
    var quote: Quote
  }

  /// The state after the last event.
  private(set) var quote: Quote

  private let close: Int
  private let dayVolume: Int
  private let tradesPerDay: Double
  private let openingPrice: Int
  private let drift: SmoothNoise
  private var generator: SeededGenerator
  /// The second whose events come next, and those of it that are still to come, last first.
  private var second: Int
  private var pending: [(millisecond: Int, isTrade: Bool)] = []

  init(_ instrument: Instrument, on day: TradingDay, seed: UInt64) {
    let history = PriceHistory(of: instrument, seed: seed)
    let previousClose = history.close(on: day.previous)
    let step = instrument.priceStep
    let limits = step.limits(around: previousClose)
    var generator = SeededGenerator(seed: seed).fork("tape").fork(instrument.code).fork(day.number)
    close = history.close(on: day).clamped(to: limits)
    dayVolume = history.volume(on: day)
    tradesPerDay = (Double(instrument.dailyVolume) / 500).clamped(to: 1_200...24_000)
    let gap = 0.4 * Double(close - previousClose) + 0.004 * generator.normal() * Double(previousClose)
    openingPrice = step.nearest(to: Double(previousClose) + gap).clamped(to: limits)
    drift = SmoothNoise(generator.fork("drift"))
    let book = OrderBook(
      bestBid: openingPrice, step: step, limits: limits, levelSize: Double(instrument.dailyVolume) / 400,
      generator: &generator)
    quote = Quote(
      instrument: instrument, day: day, second: MarketHours.firstTotals, previousClose: previousClose,
      previousVolume: history.volume(on: day.previous), price: previousClose, book: book)
    // A few shares change hands at the previous close before the open: they count in the sums, not in the average.
    quote.volumeBeforeOpen = Int(generator.next() % UInt64(max(1, dayVolume / 20_000)))
    quote.amountBeforeOpen = quote.volumeBeforeOpen * previousClose
    quote.volume = quote.volumeBeforeOpen
    quote.amount = quote.amountBeforeOpen
    // The opening auction ends at a random moment within half a minute.
    second = MarketHours.open + Int(generator.next() % 28)
    pending = [(second * 1_000 + Int(generator.next() % 1_000), true)]
    self.generator = generator
  }

  mutating func next() -> Event? {
    while pending.isEmpty {
      second += 1
      guard second <= MarketHours.close else { return nil }
      fillSecond()
    }
    let (millisecond, isTrade) = pending.removeLast()
    if isTrade { trade() } else { changeBook() }
    return Event(millisecond: millisecond, isTrade: isTrade, quote: quote)
  }

  /// Plays everything that happens before a second of the day and tells the quote then.
  mutating func advance(toSecond limit: Int) -> Quote {
    while true {
      if pending.isEmpty {
        guard second + 1 < limit, second < MarketHours.close else { return quote }
        second += 1
        fillSecond()
      } else {
        guard second < limit, next() != nil else { return quote }
      }
    }
  }

  /// Draws when things happen in the next second.
  private mutating func fillSecond() {
    if second == MarketHours.close {
      pending = [(second * 1_000 + Int(generator.next() % 1_000), true)]
      return
    }
    guard second < MarketHours.closingAuction else { return }
    let share = IntradayProfile.share(at: Double(second)) - IntradayProfile.share(at: Double(second - 1))
    let draw = generator.unit()
    let trades = Int(tradesPerDay * share * draw * draw * 3 + generator.unit())
    let changes = Int(tradesPerDay * share * 0.5 + generator.unit())
    for index in 0..<min(trades + changes, 40) {
      pending.append((second * 1_000 + Int(generator.next() % 1_000), index < trades))
    }
    pending.sort { $0.millisecond > $1.millisecond }
  }

  private mutating func trade() {
    if quote.open == 0 { return auction(at: openingPrice, shares: shares(IntradayProfile.openingShare)) }
    if second >= MarketHours.close { return auction(at: close, shares: max(1, dayVolume - quote.volume)) }
    let draw = generator.unit()
    let mean = Double(dayVolume) * (1 - IntradayProfile.openingShare - IntradayProfile.closingShare) / tradesPerDay
    let left = dayVolume * 97 / 100 - quote.volume
    let wanted = max(1, min(left / 4, Int(4 * mean * draw * draw * draw)))
    let lean = 0.5 + 0.25 * (pull / Double(quote.instrument.priceStep.size(at: quote.price))).clamped(to: -1.2...1.2)
    if generator.chance(lean) {
      let price = quote.book.bestAsk
      quote.record(quote.book.buy(wanted, generator: &generator), at: price, by: .buy, second: second)
    } else {
      let price = quote.book.bestBid
      quote.record(quote.book.sell(wanted, generator: &generator), at: price, by: .sell, second: second)
    }
  }

  private mutating func auction(at price: Int, shares: Int) {
    quote.record(shares, at: price, by: .auction, second: second)
    let limits = quote.limits
    let isFalling = generator.chance(0.5) || price == limits.upperBound
    let bid = isFalling && price > limits.lowerBound ? quote.instrument.priceStep.below(price) : price
    quote.book.place(bestBid: bid, generator: &generator)
  }

  private mutating func changeBook() {
    quote.second = second
    let step = Double(quote.instrument.priceStep.size(at: quote.price))
    if pull > 1.5 * step, generator.chance(0.3) {
      quote.book.rise(generator: &generator)
    } else if pull < -1.5 * step, generator.chance(0.3) {
      quote.book.fall(generator: &generator)
    } else {
      quote.book.stir(generator: &generator)
    }
  }

  /// How far the price that the day is heading for lies above the book's middle, in won.
  private var pull: Double {
    let elapsed = Double(second - MarketHours.open)
    let x = (elapsed / Double(MarketHours.closingAuction - MarketHours.open)).clamped(to: 0...1)
    let line = Double(openingPrice) * (1 - x) + Double(close) * x
    let swing = drift.value(at: elapsed / 4_000) + 0.4 * drift.value(at: 1_000 + elapsed / 700)
    let target = line + 0.008 * swing * min(1, 8 * x * (1 - x)) * Double(quote.previousClose)
    return target - Double(quote.book.bestBid + quote.book.bestAsk) / 2
  }

  private mutating func shares(_ share: Double) -> Int {
    max(1, Int(Double(dayVolume) * share * (0.6 + 0.8 * generator.unit())))
  }
}
