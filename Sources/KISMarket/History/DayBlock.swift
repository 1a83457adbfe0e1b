/// The days of an instrument between two known closes, at most a year of them, each with open, high, low, close and
/// volume. Returns are drawn day by day and bent so that the last close is the known one.
struct DayBlock: Sendable {
  /// The ordinal of the first day.
  let first: Int
  let days: [DayDraw]

  /// The day of an ordinal, which the block has to contain.
  subscript(ordinal: Int) -> DayDraw { days[ordinal - first] }

  /// Draws the days after one close up to another.
  init(model: InstrumentModel, calendar: TradingDays, after: PriceAnchor, through: PriceAnchor) {
    first = after.ordinal + 1
    let count = max(0, through.ordinal - after.ordinal)
    var returns: [Int] = []
    var sigmas: [Int] = []
    for ordinal in first..<(first + count) {
      let sigma = DayBlock.sigma(model, ordinal)
      sigmas.append(sigma)
      returns.append(DayBlock.freeReturn(model, ordinal, sigma))
    }
    var restOfReturns = returns.reduce(0, +)
    var restOfVariance = sigmas.reduce(0) { $0 + DayBlock.weight($1) }
    var x = FixedPoint.ln(after.price)
    let end = FixedPoint.ln(through.price)
    var base = after.price
    var days: [DayDraw] = []
    days.reserveCapacity(count)
    for index in 0..<count {
      let missing = end - x - restOfReturns
      let weight = DayBlock.weight(sigmas[index])
      let isLast = index == count - 1
      let bend = isLast ? missing : FixedPoint.ratio(missing, weight, max(1, restOfVariance))
      let change = returns[index] + bend
      restOfReturns -= returns[index]
      restOfVariance -= weight
      let ordinal = first + index
      let date = calendar.day(ordinal)
      let ticks = model.instrument.ticks(on: date)
      let limits = model.instrument.limits(around: base, on: date)
      x += change
      let target = isLast ? through.price : model.price(ofLn: x)
      let drawing = DayDrawing(model: model, ordinal: ordinal, base: base, limits: limits, ticks: ticks)
      let day = drawing.day(change: change, target: target, sigma: sigmas[index], mayIdle: count - index > 6)
      if let day {
        // The close was moved by a limit: the path goes on from where it really is.
        if day.isClamped { x = FixedPoint.ln(day.draw.close) }
        days.append(day.draw)
        base = day.draw.close
      } else {
        days.append(.idle(ordinal: ordinal, base: base, limits: limits))
      }
    }
    self.days = days
  }

  @inline(__always)
  private static func weight(_ sigma: Int) -> Int { (sigma >> 10) * (sigma >> 10) }

  /// The deviation of a day: its class's, with clusters of weeks and of days.
  private static func sigma(_ model: InstrumentModel, _ ordinal: Int) -> Int {
    let clusters =
      model.noise(.volatilityOfWeeks, day: ordinal, period: 20) * 4 / 10
      + model.noise(.volatilityOfDays, day: ordinal, period: 4) * 3 / 10
    return max(1 << 12, FixedPoint.product(model.sigma, FixedPoint.exp(clusters << 18)) * 88 / 100)
  }

  private static func freeReturn(_ model: InstrumentModel, _ ordinal: Int, _ sigma: Int) -> Int {
    var numbers = model.cell(.dailyReturn, day: ordinal)
    var own = numbers.normal()
    if numbers.below(64) == 0 { own = own * 5 / 2 }
    return (sigma * model.tied(model.common.ofDay(ordinal), own)) >> 12
  }
}
