extension Market {
  /// An index at a moment: the sum over its members and one declared residual member. On a holiday it is the state after
  /// the trading day before.
  public mutating func index(_ code: String, on date: CalendarDate, at time: ClockTime) -> IndexSnapshot {
    let isTradingDay = TradingCalendar.isTradingDay(date)
    let day = isTradingDay ? date : TradingCalendar.tradingDay(before: date)
    let moment = isTradingDay ? time : ClockTime(48, 0)
    // Ends of minutes and of the day are asked for again and again.
    let summed = min(moment, Market.endOfDay)
    guard summed == Market.endOfDay || summed.milliseconds % 60_000 == 59_999 else {
      return snapshot(ofIndex: code, on: day, at: moment)
    }
    let key = MarketCache.IndexMomentKey(
      code: code, ordinal: TradingCalendar.ordinal(of: day), time: summed.milliseconds)
    var index = drawing(\.indexMoments, key, isShared: isUntouched) {
      $0.snapshot(ofIndex: code, on: day, at: summed)
    }
    index.time = moment
    return index
  }

  /// The level of an index at a moment, as ``index(_:on:at:)`` has it, where that is known without asking its members:
  /// before the open, at the end of a minute, and when the day is over. Nil elsewhere.
  public mutating func knownLevel(ofIndex code: String, on date: CalendarDate, at time: ClockTime) -> Int? {
    let day = TradingCalendar.tradingDay(onOrBefore: date)
    let members = members(of: code)
    let ordinal = TradingCalendar.ordinal(of: day)
    // After the closing auction's last minute the level is the close.
    let end = TradingHours(of: .krx, on: day).first(.closingAuction)?.end.later(minutes: 1)
    if day != date || end.map({ time >= $0 }) ?? false { return indexDay(members, ordinal).close }
    if let open = TradingHours(of: .krx, on: day).continuous?.start, time < open {
      return indexDay(members, ordinal).previousClose
    }
    if time.milliseconds % 60_000 == 59_999, events.isEmpty {
      let path = indexPath(members, ordinal)
      let minute = (time.milliseconds - path.start) / 60_000
      if time.milliseconds >= path.start, minute < path.levels.count {
        return path.level(between: minute, path.sums[minute])
      }
    }
    return nil
  }

  /// The index on a trading day.
  private mutating func snapshot(ofIndex code: String, on day: CalendarDate, at moment: ClockTime) -> IndexSnapshot {
    let members = members(of: code)
    let ordinal = TradingCalendar.ordinal(of: day)
    let path = indexPath(members, ordinal)
    let sums = sums(members, day, moment)
    let offset = moment.milliseconds - path.start
    if offset < 0 {
      return IndexSnapshot(
        code: code, date: day, time: moment, previousClose: path.day.previousClose, level: path.day.previousClose,
        open: 0, high: 0, low: 0, volume: sums.volume, amount: sums.amount(path), advancing: sums.advancing,
        unchanged: sums.unchanged, declining: sums.declining, atUpperLimit: sums.atUpperLimit,
        atLowerLimit: sums.atLowerLimit)
    }
    let minute = min(offset / 60_000, path.levels.count)
    let before = minute == 0 ? path.day.open : path.levels[minute - 1]
    var current = before
    if minute < path.levels.count, offset > 30_000 {
      current = path.level(between: minute, level(members, capitalization: sums.capitalization))
    }
    let (high, low) = minute == 0 ? (path.day.open, path.day.open) : (path.highs[minute - 1], path.lows[minute - 1])
    return IndexSnapshot(
      code: code, date: day, time: moment, previousClose: path.day.previousClose, level: current, open: path.day.open,
      high: max(high, current), low: min(low, current), volume: sums.volume, amount: sums.amount(path),
      advancing: sums.advancing, unchanged: sums.unchanged, declining: sums.declining,
      atUpperLimit: sums.atUpperLimit, atLowerLimit: sums.atLowerLimit)
  }

  /// The shares and won that were traded of an index's members until a moment, as ``index(_:on:at:)`` has them.
  public mutating func turnover(ofIndex code: String, on date: CalendarDate, at time: ClockTime)
    -> (volume: Int, amount: Int)
  {
    if TradingCalendar.isTradingDay(date), time < Market.endOfDay, time.milliseconds % 60_000 == 59_999 {
      // At a minute's end it is known without asking the members.
      let path = indexPath(members(of: code), TradingCalendar.ordinal(of: date))
      let minute = (time.milliseconds - path.start) / 60_000
      if time.milliseconds >= path.start, path.volumes.indices.contains(minute) {
        return (path.volumes[minute], path.amounts[minute])
      }
    }
    let index = index(code, on: date, at: time)
    return (index.volume, index.amount)
  }

  /// The days of an index, oldest first; levels in hundredths of a point, amounts in won.
  public mutating func indexDays(_ code: String, from first: CalendarDate, through last: CalendarDate) -> [Bar] {
    let members = members(of: code)
    let from = TradingCalendar.ordinal(of: first)
    let to = TradingCalendar.ordinal(of: TradingCalendar.tradingDay(onOrBefore: last))
    guard from <= to else { return [] }
    drawIndexDays(members, from...to)
    return (from...to).map { ordinal in
      let day = indexDay(members, ordinal)
      return Bar(
        date: TradingCalendar.tradingDay(ordinal), time: ClockTime(milliseconds: 0), open: day.open, high: day.high,
        low: day.low, close: day.close, volume: day.volume, amount: day.amount)
    }
  }

  /// The minutes of an index that are over at a moment, oldest first.
  public mutating func indexMinuteBars(_ code: String, on date: CalendarDate, through time: ClockTime) -> [Bar] {
    let day = TradingCalendar.tradingDay(onOrBefore: date)
    let path = indexPath(members(of: code), TradingCalendar.ordinal(of: day))
    let end = day == date ? time.milliseconds : ClockTime(48, 0).milliseconds
    return path.levels.indices.prefix { path.start + ($0 + 1) * 60_000 <= end }.map { minute in
      let before = minute == 0 ? path.day.open : path.levels[minute - 1]
      let level = path.levels[minute]
      return Bar(
        date: day, time: ClockTime(milliseconds: path.start + minute * 60_000), open: before, high: max(before, level),
        low: min(before, level), close: level,
        volume: path.volumes[minute] - (minute == 0 ? 0 : path.volumes[minute - 1]),
        amount: path.amounts[minute] - (minute == 0 ? 0 : path.amounts[minute - 1]))
    }
  }

  /// The shares of an index that are known by name.
  public func indexMembers(_ code: String) -> [Instrument] {
    IndexMembers(IndexDefinition(code), of: instruments).shares
  }

  mutating func members(of code: String) -> IndexMembers {
    drawing(\.members, code, isShared: isUntouched) { IndexMembers(IndexDefinition(code), of: $0.instruments) }
  }

  /// The level that a total value of the members makes: that of the reference date makes the reference level.
  private mutating func level(_ members: IndexMembers, capitalization: Int) -> Int {
    let reference = referenceCapitalization(members)
    return FixedPoint.ratio(members.definition.referenceLevel, capitalization, max(1, reference))
  }

  private mutating func referenceCapitalization(_ members: IndexMembers) -> Int {
    drawing(\.references, members.definition.code, isShared: isUntouched) { market in
      let ordinal = TradingCalendar.ordinal(of: Market.referenceDate)
      return members.all.reduce(0) { sum, member in
        let close =
          market.events.isEmpty
          ? market.anchoredClose(member.instrument, ordinal) : market.closeOfDay(member.instrument, ordinal).close
        return sum + member.instrument.listedShares / 1_000 * close * member.thousandths / 1_000
      }
    }
  }

  /// A day as drawn, or as it became when something happened on it.
  private mutating func closeOfDay(_ instrument: Instrument, _ ordinal: Int) -> DayDraw {
    var draw = draw(instrument, ordinal)
    let date = TradingCalendar.tradingDay(ordinal)
    guard events(of: instrument).contains(where: { $0.date == date }), let plan = plan(instrument, ordinal) else {
      return draw
    }
    let final = plan.final
    guard final.last > 0 else { return draw }
    draw.open = plan.ticks.price(at: final.open)
    draw.high = plan.ticks.price(at: final.high)
    draw.low = plan.ticks.price(at: final.low)
    draw.close = plan.ticks.price(at: final.last)
    draw.volume = final.volume
    return draw
  }

  mutating func indexDay(_ members: IndexMembers, _ ordinal: Int) -> IndexDay {
    let key = MarketCache.IndexKey(code: members.definition.code, ordinal: ordinal)
    return drawing(\.indexDays, key, isShared: isUntouched) { $0.drawIndexDay(members, ordinal) }
  }

  private mutating func drawIndexDay(_ members: IndexMembers, _ ordinal: Int) -> IndexDay {
    var sums = IndexDaySums()
    for (instrument, thousandths) in members.all {
      sums.add(closeOfDay(instrument, ordinal), listed: instrument.listedShares, thousandths: thousandths)
    }
    return indexDay(members, ordinal, sums)
  }

  /// Draws the days of an index that are not known, in one pass over its members: a year of them is asked for at once.
  mutating func drawIndexDays(_ members: IndexMembers, _ ordinals: ClosedRange<Int>) {
    guard events.isEmpty else { return }
    func key(_ ordinal: Int) -> MarketCache.IndexKey {
      MarketCache.IndexKey(code: members.definition.code, ordinal: ordinal)
    }
    var missing: [Int] = []
    for ordinal in ordinals where known(\.indexDays, key(ordinal), isShared: isUntouched) == nil {
      missing.append(ordinal)
    }
    guard let first = missing.first, let last = missing.last else { return }
    var sums = [IndexDaySums](repeating: IndexDaySums(), count: last - first + 1)
    for (instrument, thousandths) in members.all {
      forEachDraw(instrument, first...last, isKept: false) {
        sums[$0.ordinal - first].add($0, listed: instrument.listedShares, thousandths: thousandths)
      }
    }
    for ordinal in missing {
      keep(indexDay(members, ordinal, sums[ordinal - first]), \.indexDays, key(ordinal), isShared: isUntouched)
    }
  }

  private mutating func indexDay(_ members: IndexMembers, _ ordinal: Int, _ sums: IndexDaySums) -> IndexDay {
    var day = IndexDay(ordinal: ordinal, volume: sums.volume, amount: sums.amount)
    day.previousClose = level(members, capitalization: sums.before)
    day.open = level(members, capitalization: sums.open)
    day.close = level(members, capitalization: sums.close)
    let range = commonRange(members, day)
    (day.high, day.low) = (range.high, range.low)
    return day
  }

  /// High and low of a day, from the way that the market as a whole took between open and close. They lie a little beyond
  /// both: an index does not stand where its shares go on.
  private mutating func commonRange(_ members: IndexMembers, _ day: IndexDay) -> (high: Int, low: Int) {
    let least = max(1, day.open * 5 / 10_000)
    var (high, low) = (max(day.open, day.close) + least, min(day.open, day.close) - least)
    guard let sample = members.residuals.first?.instrument else { return (high, low) }
    let model = model(sample)
    let draw = draw(sample, day.ordinal)
    let shape = shape(regular: true, minutes: 380)
    let numbers = model.common.ofMinutes(day.ordinal, count: shape.minutes)
    // Most of an index's deviation is the market's.
    let deviation = Int((Int128(draw.sigma) * Int128(day.open)) >> 30)
    var walk = [0]
    for minute in 0..<shape.minutes {
      walk.append(walk[minute] + deviation * shape.deviation[minute] / 64 * numbers[minute] / 4_096)
    }
    let bend = ((day.close - day.open) << 10) - walk[shape.minutes]
    for minute in 0...shape.minutes {
      let level = day.open + ((walk[minute] + bend * shape.variance[minute] / (1 << 20)) >> 10)
      high = max(high, level)
      low = min(low, level)
    }
    return (high, low)
  }

  mutating func indexPath(_ members: IndexMembers, _ ordinal: Int) -> IndexPath {
    let key = MarketCache.IndexKey(code: members.definition.code, ordinal: ordinal)
    return drawing(\.indexPaths, key, isShared: isUntouched) { $0.drawIndexPath(members, ordinal) }
  }

  private mutating func drawIndexPath(_ members: IndexMembers, _ ordinal: Int) -> IndexPath {
    let day = indexDay(members, ordinal)
    let hours = TradingHours(of: .krx, on: TradingCalendar.tradingDay(ordinal))
    let start = hours.continuous?.start.milliseconds ?? 0
    let minutes = ((hours.continuous?.end.milliseconds ?? start) - start) / 60_000
    // The last entry is the closing auction's, at the end of its last minute.
    let auctionMinutes = (hours.first(.closingAuction).map { $0.end.minutes - $0.start.minutes } ?? 0) + 1
    let count = minutes + auctionMinutes
    var capitalization = [Int](repeating: 0, count: count)
    var volumes = capitalization
    var named = capitalization
    var residual = capitalization
    for (instrument, thousandths) in members.all {
      guard let plan = plan(instrument, ordinal) else { continue }
      let listed = instrument.listedShares / 1_000
      plan.forEachMinute(endingAt: start + 59_999, count: count) { index, tape in
        let price = tape.last == 0 ? plan.draw.base : plan.ticks.price(at: tape.last)
        capitalization[index] += listed * price * thousandths / 1_000
        volumes[index] += tape.volume * thousandths / 1_000
        if instrument.isResidual {
          residual[index] += tape.amount / 1_000 * thousandths
        } else {
          named[index] += tape.amount
        }
      }
    }
    let raw = capitalization.map { level(members, capitalization: $0) }
    let stretching = IndexPath.Stretching(day: day, rawHigh: raw.max() ?? 0, rawLow: raw.min() ?? 0)
    var levels = raw.map(stretching.level)
    touch(&levels, raw, day)
    let rest = (max(0, day.amount - (named.last ?? 0)), max(1, residual.last ?? 1))
    let amounts = named.indices.map { named[$0] + FixedPoint.ratio(residual[$0], rest.0, rest.1) }
    var highs: [Int] = []
    var lows: [Int] = []
    for level in levels {
      highs.append(max(highs.last ?? day.open, level))
      lows.append(min(lows.last ?? day.open, level))
    }
    return IndexPath(
      day: day, start: start, sums: raw, levels: levels, highs: highs, lows: lows, volumes: volumes, amounts: amounts,
      residualAmount: rest, stretching: stretching)
  }

  /// Where the members' sum never reaches the day's high or low, the minute of its own extreme does.
  private func touch(_ levels: inout [Int], _ raw: [Int], _ day: IndexDay) {
    let inner = levels.indices.dropLast()
    if (levels.max() ?? 0) < day.high, day.high > day.open, let minute = inner.max(by: { raw[$0] < raw[$1] }) {
      levels[minute] = day.high
    }
    if (levels.min() ?? 0) > day.low, day.low < day.open, let minute = inner.min(by: { raw[$0] < raw[$1] }) {
      levels[minute] = day.low
    }
    if let last = levels.indices.last { levels[last] = day.close }
  }

  /// What the members add up to at a moment.
  private mutating func sums(_ members: IndexMembers, _ date: CalendarDate, _ time: ClockTime) -> IndexSums {
    var sums = IndexSums()
    for instrument in members.shares { sums.add(snapshotOfMember(instrument, date, time)) }
    var changeRates = 0
    for (instrument, thousandths) in members.residuals {
      let snapshot = snapshotOfMember(instrument, date, time)
      sums.add(snapshot, thousandths: thousandths)
      changeRates += snapshot.changeRate
    }
    sums.spread(members.residualIssues, changeRate: changeRates / max(1, members.residuals.count))
    return sums
  }
}

/// How members of indices stand at the moment that was asked for last: each belongs to several.
struct MembersAtMoment: Sendable {
  private var date: CalendarDate?
  private var time = ClockTime(0, 0)
  private var snapshots: [String: Snapshot] = [:]

  func snapshot(of code: String, _ date: CalendarDate, _ time: ClockTime) -> Snapshot? {
    date == self.date && time == self.time ? snapshots[code] : nil
  }

  mutating func keep(_ snapshot: Snapshot, _ date: CalendarDate, _ time: ClockTime) {
    if date != self.date || time != self.time {
      (self.date, self.time) = (date, time)
      snapshots.removeAll(keepingCapacity: true)
    }
    snapshots[snapshot.instrument.code] = snapshot
  }
}

extension Market {
  private mutating func snapshotOfMember(_ instrument: Instrument, _ date: CalendarDate, _ time: ClockTime) -> Snapshot
  {
    if let known = cache.membersNow.snapshot(of: instrument.code, date, time) { return known }
    let snapshot = regularSnapshot(instrument, date, time)
    cache.membersNow.keep(snapshot, date, time)
    return snapshot
  }
}

/// What the members of an index add up to.
struct IndexSums {
  var capitalization = 0
  var volume = 0
  var namedAmount = 0
  var residualAmount = 0
  var advancing = 0
  var unchanged = 0
  var declining = 0
  var atUpperLimit = 0
  var atLowerLimit = 0

  /// Won, the residual's brought to what it was declared with.
  func amount(_ path: IndexPath) -> Int {
    namedAmount + FixedPoint.ratio(residualAmount, path.residualAmount.numerator, path.residualAmount.denominator)
  }

  mutating func add(_ share: Snapshot) {
    capitalization += share.instrument.listedShares / 1_000 * share.price
    volume += share.volume
    namedAmount += share.amount
    if share.change > 0 { advancing += 1 } else if share.change < 0 { declining += 1 } else { unchanged += 1 }
    if share.price == share.limits.upper { atUpperLimit += 1 }
    if share.price == share.limits.lower { atLowerLimit += 1 }
  }

  mutating func add(_ residual: Snapshot, thousandths: Int) {
    capitalization += residual.instrument.listedShares / 1_000 * residual.price * thousandths / 1_000
    volume += residual.volume * thousandths / 1_000
    residualAmount += residual.amount / 1_000 * thousandths
  }

  /// Counts the shares that the residual stands for: 8 % of them stand still; of the others half rise when it does not
  /// move, and a fifth of them more for every percent that it rises.
  mutating func spread(_ issues: Int, changeRate: Int) {
    let flat = issues * 8 / 100
    let share = max(40, min(960, 500 + changeRate * 2))
    let up = (issues - flat) * share / 1_000
    advancing += up
    unchanged += flat
    declining += issues - flat - up
  }
}

/// What the days of the members of an index add up to: values in thousands of won, shares and won.
private struct IndexDaySums {
  var before = 0
  var open = 0
  var close = 0
  var volume = 0
  var amount = 0

  mutating func add(_ day: DayDraw, listed: Int, thousandths: Int) {
    let listed = listed / 1_000
    before += listed * day.base * thousandths / 1_000
    open += listed * day.open * thousandths / 1_000
    close += listed * day.close * thousandths / 1_000
    volume += day.volume * thousandths / 1_000
    let typical = (day.open + day.high + day.low + day.close) / 4
    amount += day.volume * typical / 1_000 * thousandths
  }
}

extension IndexMembers {
  /// Every member, and how many thousandths of it belong to the index: shares whole, residuals in part.
  var all: [(instrument: Instrument, thousandths: Int)] { shares.map { ($0, 1_000) } + residuals }
}

extension DayPlan {
  /// The tape at the ends of minutes, one after the other.
  ///
  /// - Parameter end: the last millisecond of the first of them.
  fileprivate func forEachMinute(endingAt end: Int, count: Int, _ body: (Int, Running) -> Void) {
    if parts.count == 1 { return parts[0].plan.forEachMinute(endingAt: end, count: count, body) }
    for number in 0..<count { body(number, running(at: end + number * 60_000)) }
  }
}
