/// The rest of a day after a moment, when its past differs from the drawn one: it was recorded, or bent by what was
/// asked of the market. The rest starts at the last price and has the variance that is left; its volume follows from
/// what was traded until then, so totals never fall.
struct RestOfDay {
  let model: InstrumentModel
  let shape: SessionShape
  let ticks: PriceTicks
  /// The stretch that the day had.
  let day: Stretch
  /// The day as it was drawn.
  let draw: DayDraw
  /// What was traded until then.
  let state: Running
  /// Milliseconds since midnight.
  let time: Int

  /// How the rest is bent.
  struct Bend: Sendable, Hashable {
    /// The price to reach, as a tick index (nil for none), and when to reach it, in milliseconds since midnight.
    var target: Int?
    var arrival = 0
    /// Until when trading rests, milliseconds since midnight; nil when it goes on.
    var resume: Int?
    /// When trading begins to rest, milliseconds since midnight.
    var restFrom = 0
    /// Whether the price stays where it arrives, as at a limit.
    var stays = false
  }

  /// The stretch from that moment to the end of the session; nil when the session is over.
  func stretch(_ bend: Bend, number: Int) -> Stretch? {
    let offset = max(0, time + 1 - day.sessionStart)
    let minute = offset / 60_000
    guard minute < shape.minutes else { return time < day.closingTime ? closingAuction(bend, number: number) : nil }
    var rest = day
    rest.key = number &* 100_000 &+ 1 + offset / 1_000
    rest.firstMinute = minute
    rest.gone = offset % 60_000
    rest.openingVolume = 0
    rest.locked = nil
    rest.open = state.last > 0 ? state.last : ticks.index(nearest: draw.base)
    rest.pauses = pauses(bend)
    // Another past draws other random numbers.
    var numbers = model.cell(
      .rest, day: draw.ordinal, rest.key &* 7_919 &+ state.volume &* 31 &+ state.last &+ (bend.target ?? 0) &* 13)
    volume(&rest, &numbers)
    prices(&rest, bend, &numbers)
    rest.reference = ticks.price(at: state.reference > 0 ? state.reference : state.open > 0 ? state.open : rest.open)
    // When the price is (nearly) beyond the trigger already, that interruption has happened before.
    let last = ticks.price(at: rest.open)
    if abs(last - rest.reference) * 10 >= rest.reference * 9 / 10 { rest.reference = last }
    if bend.target != nil { rest.interrupts = rest.interrupts && !bend.stays }
    return rest
  }

  /// The rest of a day whose closing auction already collects orders: its one print.
  private func closingAuction(_ bend: Bend, number: Int) -> Stretch {
    var rest = over
    rest.key = number &* 100_000 &+ shape.minutes * 60
    var numbers = model.cell(.rest, day: draw.ordinal, rest.key &* 7_919 &+ state.volume &* 31 &+ state.last)
    rest.closingVolume = FixedPoint.ratio(state.volume, numbers.within(40...100), 1_000)
    rest.volume = rest.closingVolume
    let close = bend.target ?? max(rest.lower, min(rest.upper, rest.open + numbers.roughNormal() / 4_096))
    (rest.close, rest.high, rest.low) = (close, max(rest.open, close), min(rest.open, close))
    return rest
  }

  /// Nothing more, at the last price.
  var over: Stretch {
    var rest = day
    (rest.firstMinute, rest.gone) = (shape.minutes, 0)
    (rest.openingVolume, rest.closingVolume, rest.volume, rest.prints) = (0, 0, 0, 0)
    rest.open = state.last > 0 ? state.last : ticks.index(nearest: draw.base)
    (rest.close, rest.high, rest.low) = (rest.open, rest.open, rest.open)
    (rest.pauses, rest.waypoints) = ([], [])
    rest.reference = ticks.price(at: state.reference > 0 ? state.reference : rest.open)
    return rest
  }

  /// The variance that is left, Q20 of the session.
  private func variance(at offset: Int) -> Int {
    let minute = min(offset / 60_000, shape.minutes - 1)
    let (before, after) = (shape.variance[minute], shape.variance[minute + 1])
    return (1 << 20) - before - (after - before) * (offset % 60_000) / 60_000
  }

  private func volume(_ rest: inout Stretch, _ numbers: inout CellGenerator) {
    let whole = shape.volumeBefore[shape.minutes]
    let done =
      shape.volumeBefore[rest.firstMinute] + shape.volume[rest.firstMinute] * rest.gone / 60_000
    // In the first minutes too little was traded to extrapolate from: the drawn day's volume counts as well.
    let early = max(0, whole / 8 - done)
    let seen = FixedPoint.ratio(state.volume, done, done + early) + FixedPoint.ratio(draw.volume, early, whole)
    let expected = FixedPoint.ratio(seen, whole - done, max(whole / 40, done))
    let continuous = FixedPoint.ratio(expected, Quantiles.lognormal(numbers.next()) + 3 * 1_024, 4 * 1_024)
    rest.closingVolume = continuous * numbers.within(40...100) / 1_000
    rest.volume = continuous + rest.closingVolume
    rest.prints = FixedPoint.ratio(draw.prints, continuous, max(1, draw.volume))
    rest.prints = min(max(min(1, continuous), rest.prints), max(0, continuous - 64))
    if rest.prints < Instrument.fewestDensePrints {
      rest.closingVolume = 0
      rest.prints = max(min(1, rest.volume), min(rest.prints, rest.volume))
    }
    if day.closingTime == 0 {
      rest.volume -= rest.closingVolume
      rest.closingVolume = 0
    }
  }

  private func prices(_ rest: inout Stretch, _ bend: Bend, _ numbers: inout CellGenerator) {
    let start = bend.target ?? rest.open
    let price = ticks.price(at: start)
    let whole = Int((Int128(draw.sigma) * Int128(price) * 256) >> 30)
    let left = variance(at: max(0, time + 1 - day.sessionStart))
    let deviation = whole * FixedPoint.root(left) / 1_024
    rest.deviation = bend.stays ? 64 : deviation
    if rest.volume == 0 {
      (rest.close, rest.high, rest.low) = (rest.open, rest.open, rest.open)
      return
    }
    let drift = bend.stays ? 0 : (deviation * numbers.normal() / 4_096 + 128) >> 8
    rest.close = max(rest.lower, min(rest.upper, ticks.index(nearest: max(1, price + drift))))
    func reach(_ drift: Int) -> Int {
      let drift = min(1 << 28, abs(drift)) * drift.signum() << 4
      let sigma = min(1 << 24, deviation) >> 4
      let exponential = Quantiles.exponential(numbers.next())
      return max(0, ((drift + FixedPoint.root(drift * drift + 2 * sigma * sigma * exponential / 1_024)) / 2) >> 4)
    }
    let change = ticks.price(at: rest.close) - price
    let (up, down) = bend.stays ? (0, 0) : (reach(change), reach(-change))
    let top = max(rest.open, rest.close, start)
    let bottom = min(rest.open, rest.close, start)
    rest.high = min(rest.upper, max(top, ticks.index(nearest: price + up)))
    rest.low = max(rest.lower, min(bottom, ticks.index(nearest: max(1, price - down))))
    if rest.prints < 4 { (rest.high, rest.low) = (max(rest.open, rest.close), min(rest.open, rest.close)) }
    rest.waypoints = bend.target.map { waypoints(rest, target: $0, bend) } ?? []
  }

  /// The price arrives at the end of the last minute that ends in time.
  private func waypoints(_ rest: Stretch, target: Int, _ bend: Bend) -> [Stretch.Waypoint] {
    let arrival = max(rest.firstMinute, (bend.arrival - day.sessionStart) / 60_000 - 1)
    guard arrival < shape.minutes else { return [] }
    return [Stretch.Waypoint(minute: arrival, price: target)]
  }

  private func pauses(_ bend: Bend) -> [Stretch.Pause] {
    guard let resume = bend.resume else { return [] }
    let from = (max(bend.restFrom, time + 1) - day.sessionStart) / 60_000
    let until = min(shape.minutes, (resume - day.sessionStart) / 60_000)
    return until > from
      ? [Stretch.Pause(minutes: from..<until, resume: resume, isCircuitBreaker: bend.restFrom > 0)] : []
  }
}
