/// A stretch of a name that trades seldom: its prints are drawn one by one, minutes are their sums.
struct ThinStretch {
  let model: InstrumentModel
  let shape: SessionShape
  let ticks: PriceTicks
  let stretch: Stretch
  /// In the order of time.
  private(set) var prints: [DrawnPrint] = []
  private var count: Int { stretch.prints }

  init(model: InstrumentModel, shape: SessionShape, ticks: PriceTicks, stretch: Stretch) {
    self.model = model
    self.shape = shape
    self.ticks = ticks
    self.stretch = stretch
    guard stretch.volume > 0, stretch.prints > 0 else { return }
    var numbers = model.cell(.thin, day: stretch.ordinal, stretch.key)
    let times = times(&numbers)
    let prices = prices(at: times, &numbers)
    fill(times, prices, &numbers)
    holdAuctions(&numbers)
    if stretch.interrupts { interrupt() }
  }

  /// Moments by the volume's shape, ascending.
  private func times(_ numbers: inout CellGenerator) -> [Int] {
    let before = shape.volumeBefore[stretch.firstMinute]
    let whole = shape.volumeBefore[shape.minutes] - before
    var times: [Int] = []
    times.reserveCapacity(count)
    while times.count < count {
      let weight = before + numbers.below(max(1, whole))
      var low = stretch.firstMinute
      var high = shape.minutes
      while high - low > 1 {
        let middle = (low + high) / 2
        if shape.volumeBefore[middle] <= weight { low = middle } else { high = middle }
      }
      let gone = low == stretch.firstMinute ? min(59_999, stretch.gone) : 0
      times.append(stretch.sessionStart + low * 60_000 + gone + numbers.below(60_000 - gone))
    }
    times.sort()
    guard !stretch.pauses.isEmpty else { return times }
    return times.map(afterPauses).sorted()
  }

  /// What falls into a pause waits for its end.
  private func afterPauses(_ time: Int) -> Int {
    for pause in stretch.pauses {
      let minute = (time - stretch.sessionStart) / 60_000
      if pause.minutes.contains(minute) || (minute == pause.minutes.upperBound && time < pause.resume) {
        return pause.resume
      }
    }
    return time
  }

  private func price(_ index: Int) -> Int { ticks.price(at: index) << 8 }

  /// A bridge from open to close over the prints, led through high and low, folded into their range. Tick indices.
  private func prices(at times: [Int], _ numbers: inout CellGenerator) -> [Int] {
    let step = max(1, stretch.deviation * 64 / max(1, FixedPoint.root(count * 4_096)))
    var points = [Int](repeating: 0, count: count)
    var sum = 0
    for number in stride(from: 1, to: count, by: 1) {
      sum += step * numbers.roughNormal() / 4_096
      points[number] = sum
    }
    let (open, close) = (price(stretch.open), price(stretch.close))
    let bend = count > 1 ? close - open - sum : 0
    for number in points.indices { points[number] += open + (count > 1 ? bend * number / (count - 1) : 0) }
    if stretch.lead.count == shape.minutes + 1 { points = followed(at: times) }
    var (highest, lowest) = (0, 0)
    for number in stride(from: 1, to: count - 1, by: 1) {
      if highest == 0 || points[number] > points[highest] { highest = number }
      if lowest == 0 || points[number] < points[lowest] { lowest = number }
    }
    let needsHigh = stretch.high > max(stretch.open, stretch.close)
    let needsLow = stretch.low < min(stretch.open, stretch.close)
    if count >= 8 {
      ExtremePlacing(stretch: stretch, ticks: ticks, count: count, step: max(8, step)).place(&highest, &lowest)
      highest = max(1, min(count - 2, highest))
      lowest = max(1, min(count - 2, lowest))
    }
    if count >= 4, highest == lowest { if lowest < count - 2 { lowest += 1 } else { highest -= 1 } }
    var knots = [(number: 0, shift: 0)]
    var targets: [(number: Int, shift: Int)] = []
    if needsHigh { targets.append((highest, price(stretch.high) - points[highest])) }
    if needsLow { targets.append((lowest, price(stretch.low) - points[lowest])) }
    // Where the price was asked to be: the first print from then on is there.
    for waypoint in stretch.waypoints {
      let arrival = stretch.sessionStart + (waypoint.minute + 1) * 60_000
      guard let number = times.firstIndex(where: { $0 >= arrival }), number < count - 1 else { continue }
      let shift = price(waypoint.price) - points[number]
      if number == 0 {
        knots[0].shift = shift
        points[0] += shift
      } else {
        targets.removeAll { $0.number == number }
        targets.append((number, shift))
      }
    }
    knots += targets.sorted { $0.number < $1.number }
    knots.append((max(1, count - 1), 0))
    for (from, to) in zip(knots, knots.dropFirst()) where to.number > from.number {
      for number in (from.number + 1)...to.number where number < count {
        let shift = from.shift + (to.shift - from.shift) * (number - from.number) / (to.number - from.number)
        points[number] = folded(points[number] + shift, price(stretch.low) - 127, price(stretch.high) + 127)
      }
    }
    var indices = points.map { point in
      max(stretch.low, min(stretch.high, ticks.index(nearest: max(1, (point + 128) >> 8))))
    }
    if stretch.isWhole { indices[0] = stretch.open }
    if needsHigh { indices[highest] = stretch.high }
    if needsLow { indices[lowest] = stretch.low }
    indices[count - 1] = stretch.close
    return indices
  }

  /// The way of what it follows, bent to end at the close, in 256ths of the price's unit.
  private func followed(at times: [Int]) -> [Int] {
    func lead(_ time: Int) -> Int {
      let offset = max(0, time - stretch.sessionStart)
      let minute = min(shape.minutes - 1, offset / 60_000)
      let (from, to) = (stretch.lead[minute], stretch.lead[minute + 1])
      return from + (to - from) * min(60_000, offset - minute * 60_000) / 60_000
    }
    let open = FixedPoint.ln(ticks.price(at: stretch.open))
    // The opening price is that of the session's start, or of where the stretch begins.
    let first = stretch.isWhole ? stretch.lead[0] : lead(times[0])
    let bend = FixedPoint.ln(ticks.price(at: stretch.close)) - open - (lead(times[count - 1]) - first)
    let parts = FixedPoint.ln(256)
    return times.enumerated().map { number, time in
      FixedPoint.integer(ofLn: open + parts + lead(time) - first + bend * number / max(1, count - 1))
    }
  }

  /// Sizes by chance that sum to the volume, sides and quotes by the prices.
  private mutating func fill(_ times: [Int], _ prices: [Int], _ numbers: inout CellGenerator) {
    let weights = (0..<count).map { _ in 64 + Quantiles.exponential(numbers.next()) }
    let whole = weights.reduce(0, +)
    var (sum, before) = (0, 0)
    var ask = stretch.open
    var bid = ask - model.spreads.draw(numbers.next())
    prints.reserveCapacity(count)
    for number in 0..<count {
      let price = prices[number]
      sum += weights[number]
      let until = FixedPoint.ratio(stretch.volume - count, sum, whole)
      let size = 1 + until - before
      before = until
      let bits = numbers.next()
      let isBought = price >= ask || (price > bid && bits & 1 == 0)
      let spread = model.spreads.draw(bits >> 8)
      if isBought, price != ask {
        ask = price
        if bid >= ask || ask - bid > spread { bid = ask - spread }
      } else if !isBought, price != bid {
        bid = price
        if ask <= bid || ask - bid > spread { ask = bid + spread }
      }
      prints.append(
        DrawnPrint(time: times[number], price: price, size: size, side: isBought ? 1 : -1, bid: bid, ask: ask))
    }
  }

  /// Often the first print is the opening auction's, the last one the closing auction's.
  private mutating func holdAuctions(_ numbers: inout CellGenerator) {
    let (opens, closes) = (numbers.below(100) < 55, numbers.below(100) < 65)
    guard prints.count >= 2 else { return }
    if opens, stretch.openingTime > 0, stretch.isWhole {
      prints[0].time = stretch.openingTime
      prints[0].side = 0
      for number in 1..<prints.count { prints[number].time = max(prints[number].time, stretch.openingTime) }
    }
    if closes, stretch.closingTime > 0 {
      prints[prints.count - 1].time = stretch.closingTime
      prints[prints.count - 1].side = 0
    }
  }

  /// Volatility interruptions, static (10 % off the last auction) and dynamic (off the last print): what would trade in
  /// the two minutes after the print that triggers it trades in one auction at their end.
  private mutating func interrupt() {
    var reference = stretch.reference
    var number = 0
    let percent = model.instrument.dynamicInterruptionPercent(inClosingAuction: false)
    let lastStart = stretch.sessionStart + (shape.minutes - 3) * 60_000
    while number < prints.count {
      let print = prints[number]
      let price = ticks.price(at: print.price)
      if print.side == 0 { reference = price }
      let last = number > 0 ? ticks.price(at: prints[number - 1].price) : price
      let isStatic = reference > 0 && abs(price - reference) * 10 >= reference
      let isDynamic = abs(price - last) * 100 >= last * percent
      guard print.side != 0, isStatic || isDynamic, print.time < lastStart else {
        number += 1
        continue
      }
      let end = print.time + 120_000 + (print.time * 7_919) % 20_000
      reference = mergeIntoAuction(from: number, until: end)
      number += 1
    }
  }

  /// Merges the prints from one on until a moment into one auction, at the extreme price when one of them has it.
  ///
  /// - Returns: its price.
  private mutating func mergeIntoAuction(from first: Int, until end: Int) -> Int {
    var last = first
    while last + 1 < prints.count, prints[last + 1].time <= end, prints[last + 1].side != 0 { last += 1 }
    // The close is made by the last print, high and low are printed once at least: such prints stay apart.
    let merged = prints[first...last]
    let extremes = Set(merged.map(\.price).filter { $0 == stretch.high || $0 == stretch.low })
    let keepsClose = last == prints.count - 1 && last > first
    if extremes.count > 1 || keepsClose { last = first }
    var auction = prints[first]
    auction.price = extremes.count == 1 && last > first ? extremes.first ?? auction.price : auction.price
    auction.size = prints[first...last].reduce(0) { $0 + $1.size }
    auction.time = end
    auction.side = 0
    auction.bid = auction.price - 1
    auction.ask = auction.price + 1
    prints.replaceSubrange(first...last, with: [auction])
    for number in (first + 1)..<max(first + 1, prints.count) where prints[number].time < end {
      prints[number].time = end
    }
    return ticks.price(at: auction.price)
  }
}
