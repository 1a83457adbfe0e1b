/// The path of a dense name through the minutes of a stretch: a free walk, bent to end at the close, led through the
/// minutes that hold the high and the low, and folded into the range between them.
struct MinutePath {
  let model: InstrumentModel
  let shape: SessionShape
  let ticks: PriceTicks
  let stretch: Stretch
  /// Where the price is at the start of each minute and at the end of the last one, in 256ths of its unit.
  private(set) var points: [Int]
  /// The minutes (counted in the stretch) that hold the high and the low; nil when the open or the close of the stretch
  /// is that price.
  private(set) var highMinute: Int?
  private(set) var lowMinute: Int?

  private var count: Int { shape.minutes - stretch.firstMinute }

  /// How many minutes there are until the price stays at its limit; all when it does not.
  private var free: Int { min(count, max(0, (stretch.locked ?? shape.minutes) - stretch.firstMinute)) }

  init(model: InstrumentModel, shape: SessionShape, ticks: PriceTicks, stretch: Stretch, numbers: inout CellGenerator) {
    self.model = model
    self.shape = shape
    self.ticks = ticks
    self.stretch = stretch
    points = []
    if stretch.lead.count == shape.minutes + 1 { follow() } else { walk(&numbers) }
    lead(&numbers)
    for minute in stride(from: free + 1, through: count, by: 1) { points[minute] = price(stretch.close) }
    if stretch.locked == stretch.firstMinute { points[0] = price(stretch.close) }
  }

  private func price(_ index: Int) -> Int { ticks.price(at: index) << 8 }

  /// The variance that has passed when a minute of the stretch begins, Q20 of the session.
  @inline(__always)
  private func variance(before minute: Int) -> Int { shape.variance[stretch.firstMinute + minute] - start }

  private var start: Int { shape.variance[stretch.firstMinute] }

  /// The free walk in the market's and its own steps, bridged from open to close. Its sums are in 2¹⁸ths.
  private mutating func walk(_ numbers: inout CellGenerator) {
    let common = model.common.ofMinutes(stretch.ordinal, count: shape.minutes)
    let whole = max(1, (1 << 20) - start)
    // Deviations are shares of the session's; the stretch's own is that of its rest.
    let scale = FixedPoint.root((1 << 40) / whole)
    var walk = [Int](repeating: 0, count: count + 1)
    var sum = 0
    var burst = 1_024
    for minute in 0..<count {
      if minute % 20 == 0 { burst = Quantiles.lognormal(numbers.next()) }
      let number = model.tied(common[stretch.firstMinute + minute], numbers.roughNormal())
      let deviation = (stretch.deviation * shape.deviation[stretch.firstMinute + minute]) >> 6
      sum += deviation * scale / 1_024 * number / 4_096 * burst / 1_128
      walk[minute + 1] = sum
    }
    // With a closing auction the continuous session ends near the close, not on it.
    let last = shape.deviation[shape.minutes - 1]
    let apart =
      stretch.closingVolume > 0 && stretch.locked == nil
      ? ((stretch.deviation * last) >> 6) * numbers.roughNormal() / 4_096 : 0
    let open = price(stretch.open)
    let bend = ((price(stretch.close) - open) << 10) + apart - walk[free]
    let passed = max(1, variance(before: free))
    points = walk
    points[0] = open
    for minute in stride(from: 1, through: free, by: 1) {
      points[minute] = open + ((walk[minute] + FixedPoint.ratio(bend, variance(before: minute), passed)) >> 10)
    }
  }

  /// The way of what it follows, bent to end at the close.
  private mutating func follow() {
    let lead = stretch.lead[stretch.firstMinute...]
    let first = lead[stretch.firstMinute]
    let open = FixedPoint.ln(ticks.price(at: stretch.open))
    let bend = FixedPoint.ln(ticks.price(at: stretch.close)) - open - (lead[shape.minutes] - first)
    let whole = max(1, (1 << 20) - start)
    let parts = FixedPoint.ln(256)
    points = lead.enumerated().map { minute, value in
      FixedPoint.integer(ofLn: open + parts + value - first + FixedPoint.ratio(bend, variance(before: minute), whole))
    }
  }

  /// Ramps lead the path to where it has to be; what leaves the range is mirrored into it.
  private mutating func lead(_ numbers: inout CellGenerator) {
    let (top, bottom) = (price(stretch.high), price(stretch.low))
    guard free > 0 else { return }
    let count = free
    let step = max(8, stretch.deviation * 51 / 1_000)
    let (highest, lowest) = extremes(step: step)
    // The extreme print lies inside its minute, the minute's end a little off.
    let offHigh = min((top - bottom) >> 1, (step * Quantiles.exponential(numbers.next())) >> 11)
    let offLow = min((top - bottom) >> 1, (step * Quantiles.exponential(numbers.next())) >> 11)
    var knots: [(minute: Int, shift: Int)] = [(0, 0)]
    func add(_ minute: Int, _ target: Int) {
      if minute > knots[knots.count - 1].minute, minute < count { knots.append((minute, target - points[minute])) }
    }
    var targets: [(minute: Int, price: Int)] = stretch.waypoints.map {
      ($0.minute + 1 - stretch.firstMinute, price($0.price))
    }
    if let highest {
      highMinute = highest
      targets.append((highest + 1, top - offHigh))
    }
    if let lowest {
      lowMinute = lowest
      targets.append((lowest + 1, bottom + offLow))
    }
    for target in targets.sorted(by: { $0.minute < $1.minute }) { add(target.minute, target.price) }
    knots.append((count, 0))
    let floor = bottom - 127 * ticks.step(at: bottom >> 8)
    let ceiling = top + 127 * ticks.step(at: top >> 8)
    for (from, to) in zip(knots, knots.dropFirst()) where to.minute > from.minute {
      let passed = variance(before: from.minute)
      let length = max(1, variance(before: to.minute) - passed)
      for minute in (from.minute + 1)...to.minute {
        let shift = from.shift + FixedPoint.ratio(to.shift - from.shift, variance(before: minute) - passed, length)
        points[minute] = folded(points[minute] + shift, floor, ceiling)
      }
    }
  }

  /// The minutes of high and low: where the bridged walk has its own, kept so far from the ends and from each other that
  /// the path can get there at its pace.
  private func extremes(step: Int) -> (high: Int?, low: Int?) {
    let opensInAuction = stretch.openingVolume > 0
    let (top, bottom) = (max(stretch.open, stretch.close), min(stretch.open, stretch.close))
    // An open or close that is not printed in the stretch cannot be the print of its extreme.
    let needsHigh =
      stretch.high > top || (stretch.high == stretch.open && !opensInAuction && stretch.isWhole)
      || (stretch.high == stretch.close && stretch.closingVolume == 0)
    let needsLow =
      stretch.low < bottom || (stretch.low == stretch.open && !opensInAuction && stretch.isWhole)
      || (stretch.low == stretch.close && stretch.closingVolume == 0)
    let count = free
    var highest = 0
    var lowest = 0
    for minute in stride(from: 1, through: count, by: 1) {
      if points[minute] > points[highest + 1] { highest = minute - 1 }
      if points[minute] < points[lowest + 1] { lowest = minute - 1 }
    }
    ExtremePlacing(stretch: stretch, ticks: ticks, count: count, step: step).place(&highest, &lowest)
    return (needsHigh ? highest : nil, needsLow ? lowest : nil)
  }
}

extension Stretch {
  /// Whether it is a session from its first moment.
  var isWhole: Bool { firstMinute == 0 && gone == 0 }
}

/// Keeps the steps at which high and low are reached so far apart from each other and from the ends that a walk of the
/// given step can cover the distance, which takes it (distance / step)² / 12 steps.
struct ExtremePlacing {
  let stretch: Stretch
  let ticks: PriceTicks
  /// How many steps there are.
  let count: Int
  /// The deviation of a step, in 256ths.
  let step: Int

  private func steps(_ one: Int, _ other: Int) -> Int {
    let distance = abs(ticks.price(at: one) - ticks.price(at: other)) * 256_000 / max(1, step)
    let thousandths = min(distance, 1 << 24)
    return min(count / 3, thousandths / 1_000 * thousandths / 12_000)
  }

  func place(_ highest: inout Int, _ lowest: inout Int) {
    let last = count - 1
    let highFromOpen = steps(stretch.high, stretch.open)
    let highToClose = steps(stretch.high, stretch.close)
    let lowFromOpen = steps(stretch.open, stretch.low)
    let lowToClose = steps(stretch.close, stretch.low)
    highest = max(highFromOpen, min(last - highToClose, highest))
    lowest = max(lowFromOpen, min(last - lowToClose, lowest))
    let apart = steps(stretch.high, stretch.low)
    guard abs(highest - lowest) < apart else { return }
    // The one that can be moved is moved.
    if highest <= lowest {
      let later = min(last - lowToClose, highest + apart)
      if later > lowest { lowest = later }
      if lowest - highest < apart { highest = max(highFromOpen, lowest - apart) }
    } else {
      let later = min(last - highToClose, lowest + apart)
      if later > highest { highest = later }
      if highest - lowest < apart { lowest = max(lowFromOpen, highest - apart) }
    }
  }
}
