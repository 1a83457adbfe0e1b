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
  /// What makes the returns of days that are no ordinary ones, by their ordinals.
  private let outbursts: [Int: Outburst]
  /// The days that are kept, in pieces of which most are never asked for; the others have no base price.
  private var days: [[DayDraw]] = []

  /// From one close to the next. A market keeps some hundred thousand of them.
  private struct Step: Sendable {
    /// The logarithm of close over base, and the deviation that it was drawn with, Q30.
    @Compact var change: Int
    @Compact var sigma: Int
    @CompactPrice var base: Int
    @CompactPrice var close: Int
    /// Whether nothing is traded.
    let isIdle: Bool
  }

  /// The days after one close up to another.
  ///
  /// - Parameters:
  ///   - common: the numbers of its market as a whole on these days; empty where it follows something.
  ///   - leading: the closes of what it follows on the same days, and on the one before them; empty when it follows
  ///     nothing.
  init(
    model: InstrumentModel, calendar: TradingDays, after: PriceAnchor, through: PriceAnchor, common: [Int],
    leading: [Int] = []
  ) {
    (self.model, self.calendar) = (model, calendar)
    first = after.ordinal + 1
    let count = max(0, through.ordinal - after.ordinal)
    var returns: [Int] = []
    var sigmas: [Int] = []
    returns.reserveCapacity(count)
    sigmas.reserveCapacity(count)
    var (restOfReturns, restOfVariance) = (0, 0)
    var (weeks, days) = (model.noise(.volatilityOfWeeks, period: 20), model.noise(.volatilityOfDays, period: 4))
    var outbursts = model.turns?.outbursts(first..<(first + count)) ?? [:]
    // The last close is known: to end at a limit, the day before has to end at what that limit is measured from.
    let lastBase = count < 2 ? nil : DayBlock.base(of: outbursts[through.ordinal], model, calendar, through)
    if lastBase != nil {
      outbursts[through.ordinal - 1] = nil
    } else if case .limit = outbursts[through.ordinal] {
      outbursts[through.ordinal] = nil
    }
    for ordinal in first..<(first + count) {
      let sigma = DayBlock.sigma(model, ofWeeks: weeks.value(at: ordinal), ofDays: days.value(at: ordinal))
      let outburst = outbursts[ordinal]
      let change =
        outburst?.change
        ?? DayBlock.followed(
          model, ordinal, sigma, leading.isEmpty ? [] : leading[(ordinal - first)...(ordinal - first + 1)])
        ?? DayBlock.freeReturn(
          model, ordinal, sigma, common: common.isEmpty ? model.common.ofDay(ordinal) : common[ordinal - first])
      sigmas.append(sigma)
      returns.append(change)
      restOfReturns += change
      if outburst == nil { restOfVariance += DayBlock.weight(sigma) }
    }
    let dates = calendar.days(first..<(first + count))
    let ticks = DayBlock.ticks(model.instrument, on: dates)
    var x = FixedPoint.ln(after.price)
    let end = FixedPoint.ln(through.price)
    var base = after.price
    steps.reserveCapacity(count)
    for index in 0..<count {
      let missing = end - x - restOfReturns
      let outburst = outbursts[first + index]
      let weight = outburst == nil ? DayBlock.weight(sigmas[index]) : 0
      let isLast = index == count - 1
      let bend = isLast ? missing : FixedPoint.ratio(missing, weight, max(1, restOfVariance))
      var change = returns[index] + bend
      if index == count - 2, let lastBase { change = FixedPoint.ln(lastBase) - x }
      if isLast, let lastBase, base != lastBase { outbursts[first + index] = nil }
      restOfReturns -= returns[index]
      restOfVariance -= weight
      x += change
      let target = isLast ? through.price : index == count - 2 ? lastBase ?? model.price(ofLn: x) : model.price(ofLn: x)
      let isIdle =
        count - index > DayBlock.neverIdle && outburst == nil && DayDrawing.isIdle(model, ordinal: first + index)
      let ticks = ticks ?? model.instrument.ticks(on: dates[index])
      let wanted = ticks.price(at: max(1, ticks.index(nearest: target)))
      let close: (price: Int, isClamped: Bool)
      if isIdle {
        close = (base, false)
      } else if outburst == nil, abs(wanted - base) < base / 20 {
        // No limit is nearer than a twentieth.
        close = (wanted, false)
      } else {
        let drawing = DayBlock.drawing(model, first + index, dates[index], base: base)
        close = drawing.close(target: target, outbursts[first + index])
      }
      // The close was moved by a limit: the path goes on from where it really is.
      if close.isClamped { x = FixedPoint.ln(close.price) }
      steps.append(Step(change: change, sigma: sigmas[index], base: base, close: close.price, isIdle: isIdle))
      base = close.price
    }
    self.outbursts = outbursts
  }

  /// The base price of a day that ends at a limit which is its known close; nil when there is none, or it ends elsewhere.
  private static func base(
    of outburst: Outburst?, _ model: InstrumentModel, _ calendar: TradingDays, _ close: PriceAnchor
  ) -> Int? {
    guard case .limit(let side) = outburst else { return nil }
    let date = calendar.day(close.ordinal)
    let ticks = model.instrument.ticks(on: date)
    let near = ticks.index(nearest: side == .buy ? close.price * 10 / 13 : close.price * 10 / 7)
    return (max(1, near - 4)...(near + 4)).map { ticks.price(at: $0) }.first { base in
      let limits = model.instrument.limits(around: base, on: date)
      return close.price == (side == .buy ? limits.upper : limits.lower)
    }
  }

  /// On how many last days something is always traded, so that the last close can be reached.
  private static let neverIdle = 6

  /// The ticks of an instrument on all of some days in a row; nil where they change between them.
  private static func ticks(_ instrument: Instrument, on dates: [CalendarDate]) -> PriceTicks? {
    guard let first = dates.first, let last = dates.last else { return nil }
    let ticks = instrument.ticks(on: first)
    return ticks == instrument.ticks(on: last) ? ticks : nil
  }

  private static func drawing(_ model: InstrumentModel, _ ordinal: Int, _ date: CalendarDate, base: Int)
    -> DayDrawing
  {
    let ticks = model.instrument.ticks(on: date)
    let limits = model.instrument.limits(around: base, on: date)
    return DayDrawing(model: model, ordinal: ordinal, base: base, limits: limits, ticks: ticks)
  }

  /// A day, if it is drawn.
  func existing(_ ordinal: Int) -> DayDraw? {
    let (piece, place) = (ordinal - first).quotientAndRemainder(dividingBy: DayBlock.daysPerPiece)
    guard !days.isEmpty, !days[piece].isEmpty, days[piece][place].base > 0 else { return nil }
    return days[piece][place]
  }

  /// Draws a day.
  ///
  /// - Parameter leading: the same day of what it follows; nil when it follows nothing.
  func drawing(_ ordinal: Int, leading: DayDraw?) -> DayDraw {
    let step = steps[ordinal - first]
    let drawing = DayBlock.drawing(model, ordinal, calendar.day(ordinal), base: step.base)
    if step.isIdle { return .idle(ordinal: ordinal, base: step.base, limits: drawing.limits) }
    return drawing.day(
      close: step.close, change: step.change, sigma: step.sigma,
      mayIdle: first + steps.count - ordinal > DayBlock.neverIdle, outburst: outbursts[ordinal], leading: leading)
  }

  /// Keeps a day that was drawn.
  mutating func keep(_ day: DayDraw) {
    if days.isEmpty {
      days = Array(repeating: [], count: (steps.count + DayBlock.daysPerPiece - 1) / DayBlock.daysPerPiece)
    }
    let (piece, place) = (day.ordinal - first).quotientAndRemainder(dividingBy: DayBlock.daysPerPiece)
    if days[piece].isEmpty { days[piece] = Array(repeating: DayDraw(), count: DayBlock.daysPerPiece) }
    days[piece][place] = day
  }

  /// Takes over the days that a copy has drawn.
  mutating func add(_ copy: DayBlock) {
    guard !days.isEmpty else {
      days = copy.days
      return
    }
    for (piece, others) in copy.days.enumerated() where !others.isEmpty {
      if days[piece].isEmpty { days[piece] = others }
      for (place, day) in others.enumerated() where day.base > 0 && days[piece][place].base == 0 {
        days[piece][place] = day
      }
    }
  }

  private static let daysPerPiece = 16

  /// The close of a day, for which nothing more of it has to be drawn.
  func close(_ ordinal: Int) -> Int { steps[ordinal - first].close }

  @inline(__always)
  private static func weight(_ sigma: Int) -> Int { (sigma >> 10) * (sigma >> 10) }

  /// The deviation of a day: its class's, with clusters of weeks and of days.
  private static func sigma(_ model: InstrumentModel, ofWeeks weeks: Int, ofDays days: Int) -> Int {
    let clusters = weeks * 4 / 10 + days * 3 / 10
    return max(1 << 12, FixedPoint.product(model.sigma, FixedPoint.exp(clusters << 18)) * 88 / 100)
  }

  /// The return of an instrument that follows another one; nil when it follows nothing.
  private static func followed(
    _ model: InstrumentModel, _ ordinal: Int, _ sigma: Int, _ leading: ArraySlice<Int>
  ) -> Int? {
    guard let leader = model.leader, let before = leading.first, let close = leading.last else { return nil }
    var numbers = model.cell(.dailyReturn, day: ordinal)
    let own = ((sigma * numbers.normal()) >> 12) * leader.freedom / 1_024
    return (FixedPoint.ln(close) - FixedPoint.ln(before)) * leader.elasticity / 1_024 + own
  }

  private static func freeReturn(_ model: InstrumentModel, _ ordinal: Int, _ sigma: Int, common: Int) -> Int {
    var numbers = model.cell(.dailyReturn, day: ordinal)
    var own = numbers.normal()
    if numbers.below(64) == 0 { own = own * 5 / 2 }
    return (sigma * model.tied(common, own)) >> 12
  }
}
