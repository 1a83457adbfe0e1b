/// Draws the sessions before and after the regular one: less volume, smaller moves, no auctions.
struct ExtendedSession {
  let model: InstrumentModel
  let draw: DayDraw
  let ticks: PriceTicks
  let name: SessionName
  /// Milliseconds since midnight.
  let start: Int

  /// The session's stretch.
  ///
  /// - Parameters:
  ///   - from: the price that it goes on from, as a tick index.
  ///   - share: how many of 100,000 of the day's shares it has.
  func stretch(from: Int, share: Int) -> Stretch {
    let key = 8_000_000 + (SessionName.allCases.firstIndex(of: name) ?? 0) * 100_000
    var numbers = model.cell(.extendedSession, day: draw.ordinal, key)
    let noisy = share * Quantiles.lognormal(numbers.next()) / 1_024
    var stretch = Stretch()
    stretch.ordinal = draw.ordinal
    stretch.key = key
    stretch.sessionStart = start
    stretch.lower = ticks.index(atOrAbove: draw.lower)
    stretch.upper = ticks.index(atOrBelow: draw.upper)
    stretch.volume = FixedPoint.ratio(draw.volume, noisy, 100_000)
    stretch.prints = min(stretch.volume, max(min(1, stretch.volume), FixedPoint.ratio(draw.prints, noisy, 100_000)))
    if stretch.prints >= Instrument.fewestDensePrints {
      stretch.prints = max(1, min(stretch.prints, stretch.volume - 64))
    }
    // A quarter of the day's deviation.
    let price = ticks.price(at: from)
    let deviation = Int((Int128(draw.sigma) * Int128(price) * 64) >> 30)
    stretch.deviation = deviation
    stretch.tilt = numbers.normal() / 4
    func moved(_ number: Int) -> Int {
      let move = (deviation * number / 4_096 + 128) >> 8
      return max(stretch.lower, min(stretch.upper, ticks.index(nearest: max(1, price + move))))
    }
    stretch.open = moved(numbers.roughNormal() / 4)
    stretch.close = stretch.prints == 1 ? stretch.open : moved(numbers.roughNormal())
    let up = moved(Quantiles.exponential(numbers.next()) * 2)
    let down = moved(-Quantiles.exponential(numbers.next()) * 2)
    stretch.high = max(stretch.open, stretch.close, stretch.prints < 5 ? 0 : up)
    stretch.low = stretch.prints < 5 ? min(stretch.open, stretch.close) : min(stretch.open, stretch.close, down)
    stretch.reference = price
    return stretch
  }
}

/// 시간외단일가, until 2026-09-13: an auction every ten minutes from 16:10 to 18:00, within 10 % of the close.
struct AfterHoursAuctions {
  let model: InstrumentModel
  let draw: DayDraw
  let ticks: PriceTicks

  /// The auctions' prints, and the stretch that they make.
  func stretch(start: Int, end: Int) -> (stretch: Stretch, prints: [DrawnPrint]) {
    var stretch = Stretch()
    stretch.ordinal = draw.ordinal
    stretch.key = 8_900_000
    stretch.sessionStart = start
    stretch.lower = max(ticks.index(atOrAbove: draw.lower), ticks.index(atOrAbove: draw.close - draw.close / 10))
    stretch.upper = min(ticks.index(atOrBelow: draw.upper), ticks.index(atOrBelow: draw.close + draw.close / 10))
    var numbers = model.cell(.extendedSession, day: draw.ordinal, stretch.key)
    let close = ticks.index(atOrBelow: draw.close)
    var prints: [DrawnPrint] = []
    for nominal in stride(from: start + 600_000, through: end, by: 600_000) {
      let share = FixedPoint.ratio(draw.volume, Quantiles.exponential(numbers.next()), 1_024 * 4_000)
      let step = numbers.roughNormal() / 3_000
      guard draw.volume > 0, share > 0 else { continue }
      let price = max(stretch.lower, min(stretch.upper, (prints.last?.price ?? close) + step))
      // Trades follow the nominal end at once or up to half a minute later.
      let time = nominal + numbers.below(AuctionEnd.longestDelay)
      prints.append(DrawnPrint(time: time, price: price, size: share, side: 0, bid: price - 1, ask: price + 1))
    }
    stretch.volume = prints.reduce(0) { $0 + $1.size }
    stretch.prints = prints.count
    return (stretch, prints)
  }
}
