/// The days of an instrument between two known closes, at most a year of them. Returns are drawn day by day and bent so that
/// the last close is the known one.
///
/// Closes follow from each other and are drawn at once; the rest of a day (open, high, low and volume) takes most of
/// the time, and is drawn when it is asked for.
struct DayBlock: Sendable {
  /// The ordinal of the first day.
  let first: Int
  private let model: InstrumentModel
  private let calendar: TradingDays
  private var steps: [Step] = []
  /// The days that were asked for; the others are empty.
  private var days: [DayDraw] = []

  /// From one close to the next.
  private struct Step: Sendable {
    /// The logarithm of close over base, and the deviation that it was drawn with, Q30.
    let change: Int
    let sigma: Int
    @Compact var base: Int
    @Compact var close: Int
    /// Whether nothing is traded.
    let isIdle: Bool
  }

  /// The days after one close up to another.
  init(model: InstrumentModel, calendar: TradingDays, after: PriceAnchor, through: PriceAnchor) {
    (self.model, self.calendar) = (model, calendar)
    first = after.ordinal + 1
    let count = max(0, through.ordinal - after.ordinal)
    var returns: [Int] = []
    var sigmas: [Int] = []
    returns.reserveCapacity(count)
    sigmas.reserveCapacity(count)
    var (restOfReturns, restOfVariance) = (0, 0)
    var (weeks, days) = (model.noise(.volatilityOfWeeks, period: 20), model.noise(.volatilityOfDays, period: 4))
    for ordinal in first..<(first + count) {
      let sigma = DayBlock.sigma(model, ofWeeks: weeks.value(at: ordinal), ofDays: days.value(at: ordinal))
      let change = DayBlock.freeReturn(model, ordinal, sigma)
      sigmas.append(sigma)
      returns.append(change)
      restOfReturns += change
      restOfVariance += DayBlock.weight(sigma)
    }
    var x = FixedPoint.ln(after.price)
    let end = FixedPoint.ln(through.price)
    var base = after.price
    steps.reserveCapacity(count)
    for index in 0..<count {
      let missing = end - x - restOfReturns
      let weight = DayBlock.weight(sigmas[index])
      let isLast = index == count - 1
      let bend = isLast ? missing : FixedPoint.ratio(missing, weight, max(1, restOfVariance))
      let change = returns[index] + bend
      restOfReturns -= returns[index]
      restOfVariance -= weight
      x += change
      let target = isLast ? through.price : model.price(ofLn: x)
      let drawing = DayBlock.drawing(model, calendar, first + index, base: base)
      let isIdle = count - index > DayBlock.neverIdle && drawing.isIdle
      let close = isIdle ? (price: base, isClamped: false) : drawing.close(target: target)
      // The close was moved by a limit: the path goes on from where it really is.
      if close.isClamped { x = FixedPoint.ln(close.price) }
      steps.append(Step(change: change, sigma: sigmas[index], base: base, close: close.price, isIdle: isIdle))
      base = close.price
    }
  }

  /// On how many last days something is always traded, so that the last close can be reached.
  private static let neverIdle = 6

  private static func drawing(_ model: InstrumentModel, _ calendar: TradingDays, _ ordinal: Int, base: Int)
    -> DayDrawing
  {
    let date = calendar.day(ordinal)
    let ticks = model.instrument.ticks(on: date)
    let limits = model.instrument.limits(around: base, on: date)
    return DayDrawing(model: model, ordinal: ordinal, base: base, limits: limits, ticks: ticks)
  }

  /// Whether some days are drawn, all of which the block has to contain.
  func isDrawn(_ ordinals: ClosedRange<Int>) -> Bool {
    !days.isEmpty && ordinals.allSatisfy { days[$0 - first].base > 0 }
  }

  /// Draws some days, all of which the block has to contain.
  mutating func draw(_ ordinals: ClosedRange<Int>) {
    if days.isEmpty { days = [DayDraw](repeating: DayDraw(), count: steps.count) }
    for ordinal in ordinals where days[ordinal - first].base == 0 {
      let step = steps[ordinal - first]
      let drawing = DayBlock.drawing(model, calendar, ordinal, base: step.base)
      days[ordinal - first] =
        step.isIdle
        ? .idle(ordinal: ordinal, base: step.base, limits: drawing.limits)
        : drawing.day(
          close: step.close, change: step.change, sigma: step.sigma,
          mayIdle: first + steps.count - ordinal > DayBlock.neverIdle)
    }
  }

  /// A day that is drawn.
  subscript(ordinal: Int) -> DayDraw { days[ordinal - first] }

  /// Days that are drawn.
  subscript(ordinals: ClosedRange<Int>) -> ArraySlice<DayDraw> {
    days[(ordinals.lowerBound - first)...(ordinals.upperBound - first)]
  }

  /// The close of a day, for which nothing more of it has to be drawn.
  func close(_ ordinal: Int) -> Int { steps[ordinal - first].close }

  @inline(__always)
  private static func weight(_ sigma: Int) -> Int { (sigma >> 10) * (sigma >> 10) }

  /// The deviation of a day: its class's, with clusters of weeks and of days.
  private static func sigma(_ model: InstrumentModel, ofWeeks weeks: Int, ofDays days: Int) -> Int {
    let clusters = weeks * 4 / 10 + days * 3 / 10
    return max(1 << 12, FixedPoint.product(model.sigma, FixedPoint.exp(clusters << 18)) * 88 / 100)
  }

  private static func freeReturn(_ model: InstrumentModel, _ ordinal: Int, _ sigma: Int) -> Int {
    var numbers = model.cell(.dailyReturn, day: ordinal)
    var own = numbers.normal()
    if numbers.below(64) == 0 { own = own * 5 / 2 }
    return (sigma * model.tied(model.common.ofDay(ordinal), own)) >> 12
  }
}
