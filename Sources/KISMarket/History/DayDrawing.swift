/// Draws open, high, low and activity of a day whose return is known.
struct DayDrawing {
  let model: InstrumentModel
  let ordinal: Int
  let base: Int
  let limits: PriceLimits
  let ticks: PriceTicks

  /// Whether nothing is traded on the day, by the chance that instruments of its kind have.
  static func isIdle(_ model: InstrumentModel, ordinal: Int) -> Bool {
    guard model.idleChance > 0 else { return false }
    var numbers = model.cell(.day, day: ordinal)
    return numbers.below(4_096) < model.idleChance
  }

  /// The valid price nearest to where the close should be, and whether a limit moved it.
  func close(target: Int, _ outburst: Outburst? = nil) -> (price: Int, isClamped: Bool) {
    if case .limit(let side) = outburst { return (side == .buy ? limits.upper : limits.lower, true) }
    let wanted = ticks.price(at: max(1, ticks.index(nearest: target)))
    let close = bounded(wanted)
    return (close, close != wanted)
  }

  /// A day on which something is traded.
  ///
  /// - Parameters:
  ///   - change: the logarithm of close over base, Q30.
  ///   - sigma: deviation of the day's return, Q30.
  ///   - mayIdle: whether the day might have been idle: then its first random number decided that.
  ///   - outburst: what makes its return, when it is no ordinary day.
  ///   - leading: the same day of what it follows, if anything.
  func day(close: Int, change: Int, sigma: Int, mayIdle: Bool, outburst: Outburst? = nil, leading: DayDraw? = nil)
    -> DayDraw
  {
    var numbers = model.cell(.day, day: ordinal)
    if model.idleChance > 0, mayIdle { _ = numbers.next() }
    var day = DayDraw(ordinal: ordinal, base: base, lower: limits.lower, upper: limits.upper)
    day.close = close
    // The gap takes a quarter of the variance, the session the rest.
    day.sigma = FixedPoint.root((sigma >> 2) * (sigma >> 2) / 4 * 3) << 2
    activity(&day, change: change, sigma: sigma, &numbers)
    let gap = change / 4 + ((sigma * 433 / 1_000 * numbers.normal()) >> 12)
    day.open = bounded(nearest(FixedPoint.ln(base) + gap))
    extremes(&day, &numbers)
    if let leading { follow(leading, &day) }
    if let outburst { burst(&day, outburst, &numbers) }
    return day
  }

  /// Opens, rises and falls as what it follows does.
  private func follow(_ leading: DayDraw, _ day: inout DayDraw) {
    guard let leader = model.leader, day.prints > 3, leading.volume > 0 else { return }
    func follower(_ price: Int) -> Int {
      let change = (FixedPoint.ln(price) - FixedPoint.ln(leading.base)) * leader.elasticity / 1_024
      return bounded(nearest(FixedPoint.ln(base) + change))
    }
    let ends = [follower(leading.high), follower(leading.low)]
    day.open = follower(leading.open)
    day.high = max(day.open, day.close, ends[0], ends[1])
    day.low = min(day.open, day.close, ends[0], ends[1])
  }

  /// Twice and more the shares; at the limit from the first price on, or soon after.
  private func burst(_ day: inout DayDraw, _ outburst: Outburst, _ numbers: inout CellGenerator) {
    day.volume *= 2
    day.prints = max(Instrument.fewestDensePrints, day.prints * 3 / 2)
    day.volume = max(day.volume, day.prints * 2)
    guard case .limit(let side) = outburst else { return }
    if numbers.below(2) == 0 {
      (day.open, day.high, day.low) = (day.close, day.close, day.close)
      return
    }
    let part = numbers.within(150...700)
    day.open = bounded(ticks.price(at: max(1, ticks.index(nearest: base + (day.close - base) * part / 1_000))))
    let back = (day.close - base) / 20
    let turned = bounded(ticks.price(at: max(1, ticks.index(nearest: day.open - back))))
    (day.high, day.low) = side == .buy ? (day.close, min(day.open, turned)) : (max(day.open, turned), day.close)
  }

  /// Volume and prints: slow activity, noise, and more when the price moves.
  private func activity(_ day: inout DayDraw, change: Int, sigma: Int, _ numbers: inout CellGenerator) {
    let move = min(3 * 4_096, (abs(change) >> 10) * 4_096 / max(1, sigma >> 10))
    let level =
      model.noise(.activity, day: ordinal, period: 15) * 45 / 100 + numbers.normal() * 35 / 100 + move * 35 / 100
      - 1_400
    day.volume = max(1, FixedPoint.ratio(model.instrument.ordinaryVolume, FixedPoint.exp(level << 18), FixedPoint.one))
    let prints = FixedPoint.exp((level << 18) * 7 / 10 + (numbers.roughNormal() << 18) / 6)
    day.prints = max(1, FixedPoint.ratio(model.instrument.ordinaryPrints, prints, FixedPoint.one))
    // The minutes of a dense day need spare shares that can be moved from one to another.
    let least = day.prints < Instrument.fewestDensePrints ? day.prints : day.prints + 64
    day.volume = max(day.volume, least)
  }

  /// High and low as the extremes of a Brownian bridge from open to close, shrunk a little, since the price is seen at
  /// prints only.
  private func extremes(_ day: inout DayDraw, _ numbers: inout CellGenerator) {
    if day.prints == 1 { day.open = day.close }
    let start = FixedPoint.ln(day.open)
    let drift = FixedPoint.ln(day.close) - start
    let shrink = day.sigma * 583 / 1_000 / max(1, FixedPoint.root(day.prints))
    func reach(_ drift: Int) -> Int {
      let exponential = 63 * FixedPoint.ln2 - FixedPoint.ln((numbers.next() >> 1) | 1)
      let (drift, sigma) = (drift >> 8, day.sigma >> 8)
      let spread = Int(2 * Int128(sigma) * Int128(sigma) * Int128(exponential) >> 30)
      return max(0, (((drift + FixedPoint.root(drift * drift + spread)) / 2) << 8) - shrink)
    }
    let (up, down) = (reach(drift), reach(-drift))
    let top = max(day.open, day.close)
    let bottom = min(day.open, day.close)
    day.high = max(top, bounded(nearest(start + up)))
    day.low = min(bottom, bounded(nearest(start - down)))
    // Few prints cannot be at open, close and both extremes.
    if day.prints <= 2 { (day.high, day.low) = (top, bottom) }
    if day.prints == 3, day.high > top, day.low < bottom {
      if numbers.below(2) == 0 { day.high = top } else { day.low = bottom }
    }
  }

  private func nearest(_ x: Int) -> Int { ticks.price(at: max(1, ticks.index(nearest: model.price(ofLn: x)))) }

  private func bounded(_ price: Int) -> Int { min(max(price, limits.lower), limits.upper) }
}
