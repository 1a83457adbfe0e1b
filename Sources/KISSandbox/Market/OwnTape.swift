import KISMarket
import KISWire

/// What clients of a sandbox traded and wait for, as its own tape and books show it beside the market's.
///
/// Trades count in the volume, the bars and the prices of their day, and do not move the market. While there are none,
/// nothing here costs anything.
struct OwnTape: Sendable {
  /// All that was traded of one code on one tape, in the order of time; each with the totals of its day after it.
  struct Entry: Sendable {
    let date: CalendarDate
    let print: Print
    var totals = OwnTotals()
  }

  private struct Key: Hashable {
    let code: String
    let tape: Tape
  }

  private var entries: [Key: [Entry]] = [:]
  /// How often something was added or taken away.
  private(set) var changes = 0
  private var codes: Set<String> = []
  /// Resting orders by code, and since when they are shown.
  private var levels: [String: (since: TradingMoment, levels: [OwnLevel])] = [:]
  /// The recorded volume of a code when its last own trade was made.
  private var recordedVolumes: [String: Int] = [:]

  /// Whether there is nothing to show.
  var isEmpty: Bool { entries.isEmpty && levels.isEmpty }

  /// Whether anything is to show of a code, or ever was.
  func concerns(_ code: String) -> Bool { codes.contains(code) }

  // MARK: Trades

  /// Adds a trade.
  /// - Parameter session: its moment, by the session that it belongs to.
  mutating func add(_ print: Print, of code: String, on tape: Tape, session: TradingMoment) {
    changes += 1
    codes.insert(code)
    var list = entries[Key(code: code, tape: tape)] ?? []
    var place = list.count
    // Most are the latest; after a seek backwards they are not.
    while place > 0, (list[place - 1].date, list[place - 1].print.time) > (session.date, print.time) { place -= 1 }
    list.insert(Entry(date: session.date, print: print), at: place)
    for index in place..<list.count {
      let before = index > 0 && list[index - 1].date == list[index].date ? list[index - 1].totals : OwnTotals()
      list[index].totals = before.adding(list[index].print)
    }
    entries[Key(code: code, tape: tape)] = list
  }

  /// What was traded on a day until a time of it; nil when nothing was.
  func totals(_ code: String, _ tape: Tape, on date: CalendarDate, through time: ClockTime) -> OwnTotals? {
    guard !entries.isEmpty, let list = entries[Key(code: code, tape: tape)] else { return nil }
    // Binary search for the first entry after it.
    var (low, high) = (0, list.count)
    while low < high {
      let middle = (low + high) / 2
      if (list[middle].date, list[middle].print.time) <= (date, time) { low = middle + 1 } else { high = middle }
    }
    return low > 0 && list[low - 1].date == date ? list[low - 1].totals : nil
  }

  /// The days on which a code was traded on a tape, oldest first, each with all that was.
  func days(_ code: String, _ tape: Tape) -> [(date: CalendarDate, totals: OwnTotals)] {
    guard !entries.isEmpty, let list = entries[Key(code: code, tape: tape)] else { return [] }
    return list.indices.compactMap { index in
      let isLast = index + 1 == list.count || list[index + 1].date != list[index].date
      return isLast ? (list[index].date, list[index].totals) : nil
    }
  }

  /// The trades after one moment of a day up to another.
  func prints(_ code: String, _ tape: Tape, on date: CalendarDate, after: ClockTime, through: ClockTime) -> [Print] {
    guard !entries.isEmpty, let list = entries[Key(code: code, tape: tape)] else { return [] }
    return list.lazy.filter { $0.date == date && $0.print.time > after && $0.print.time <= through }.map(\.print)
  }

  mutating func note(recordedVolume volume: Int?, of code: String) {
    changes += 1
    recordedVolumes[code] = volume
  }

  /// Whether a recorded trade was made after all own ones.
  func isBehind(_ record: Record, of code: String) -> Bool {
    guard let volume = record.whole("ACML_VOL"), let before = recordedVolumes[code] else { return true }
    return volume > before
  }

  // MARK: Levels

  /// Replaces the resting orders of a code.
  /// - Parameter moment: the moment, by the session of the code.
  /// - Returns: whether it is something else.
  mutating func show(_ next: [OwnLevel], of code: String, since moment: TradingMoment) -> Bool {
    guard levels[code]?.levels ?? [] != next else { return false }
    changes += 1
    levels[code] = next.isEmpty ? nil : (moment, next)
    codes.insert(code)
    return true
  }

  /// The resting orders of a code in the books of a tape, from the moment on since which they are shown.
  func levels(_ code: String, _ tape: Tape, at moment: TradingMoment) -> [OwnLevel] {
    guard !levels.isEmpty, let known = levels[code], moment >= known.since else { return [] }
    return known.levels.filter { level in
      switch (level.venue, tape) {
      case (_, .unified), (.nxt, .nxt), (.krx, .krx), (.krx, .evening), (nil, _): true
      default: false
      }
    }
  }
}

/// Sums over trades of clients of one day.
struct OwnTotals: Sendable, Hashable {
  var volume = 0
  /// In the smallest units of the market times shares.
  var amount = 0
  var soldVolume = 0
  var boughtVolume = 0
  var soldPrints = 0
  var boughtPrints = 0
  /// 0 before the first.
  var high = 0
  var low = 0
  /// The first and the last of them.
  var first: Print?
  var last: Print?

  fileprivate func adding(_ print: Print) -> OwnTotals {
    var sum = self
    sum.volume += print.size
    sum.amount += print.size * print.price
    switch print.side {
    case .buy: (sum.boughtVolume, sum.boughtPrints) = (boughtVolume + print.size, boughtPrints + 1)
    case .sell: (sum.soldVolume, sum.soldPrints) = (soldVolume + print.size, soldPrints + 1)
    case nil: break
    }
    sum.high = max(high, print.price)
    sum.low = low == 0 ? print.price : min(low, print.price)
    sum.first = first ?? print
    sum.last = print
    return sum
  }
}

extension Quote {
  /// Adds what clients traded.
  /// - Parameter isLast: whether their last trade is the last of all.
  mutating func add(_ own: OwnTotals, isLast: Bool) {
    if isLast, let last = own.last { price = last.price }
    if open == 0 { open = own.first?.price ?? 0 }
    high = max(high, own.high)
    low = low == 0 ? own.low : min(low, own.low)
    volume += own.volume
    exactAmount += own.amount
    (sellVolume, buyVolume) = (sellVolume + own.soldVolume, buyVolume + own.boughtVolume)
    (sellCount, buyCount) = (sellCount + own.soldPrints, buyCount + own.boughtPrints)
  }
}

extension QuotedBook {
  /// Adds what clients wait for. Where an order waits at a price that the other side shows, that side has been taken: a
  /// book is never crossed. What an auction would trade does not include them.
  ///
  /// - Parameter isCollecting: whether an auction collects orders: then orders at or beyond the other side's best price
  ///   count in the totals alone.
  mutating func add(_ own: [OwnLevel], isCollecting: Bool) {
    guard !own.isEmpty else { return }
    var asks = zip(askPrices, askQuantities).filter { $0.0 > 0 }
    var bids = zip(bidPrices, bidQuantities).filter { $0.0 > 0 }
    if !isCollecting {
      let (buys, sells) = (own.filter { $0.side == .buy }, own.filter { $0.side == .sell })
      if let best = buys.map(\.price).max() { totalAsks -= QuotedBook.take(&asks) { $0 <= best } }
      if let best = sells.map(\.price).min() { totalBids -= QuotedBook.take(&bids) { $0 >= best } }
    }
    for level in own {
      switch level.side {
      case .buy:
        totalBids += level.quantity
        guard !isCollecting || level.price < asks.first?.0 ?? .max else { continue }
        QuotedBook.add(level, to: &bids) { $0 <= level.price }
      case .sell:
        totalAsks += level.quantity
        guard !isCollecting || level.price > bids.first?.0 ?? 0 else { continue }
        QuotedBook.add(level, to: &asks) { $0 >= level.price }
      }
    }
    (askPrices, askQuantities) = (QuotedBook.padded(asks.map(\.0)), QuotedBook.padded(asks.map(\.1)))
    (bidPrices, bidQuantities) = (QuotedBook.padded(bids.map(\.0)), QuotedBook.padded(bids.map(\.1)))
  }

  /// - Returns: what waited at the levels that were taken out.
  private static func take(_ levels: inout [(Int, Int)], where isTaken: (Int) -> Bool) -> Int {
    let taken = levels.filter { isTaken($0.0) }.reduce(0) { $0 + $1.1 }
    levels.removeAll { isTaken($0.0) }
    return taken
  }

  private static func add(_ level: OwnLevel, to levels: inout [(Int, Int)], isAtOrBehind: (Int) -> Bool) {
    let place = levels.firstIndex { isAtOrBehind($0.0) } ?? levels.count
    if place < levels.count, levels[place].0 == level.price {
      levels[place].1 += level.quantity
    } else {
      levels.insert((level.price, level.quantity), at: place)
    }
  }
}

extension Bar {
  /// A bar of the prints of a stretch; nil when there are none.
  init?(_ prints: [Print], on date: CalendarDate, time: ClockTime) {
    guard let first = prints.first, let last = prints.last else { return nil }
    self.init(
      date: date, time: time, open: first.price, high: prints.map(\.price).max() ?? first.price,
      low: prints.map(\.price).min() ?? first.price, close: last.price, volume: prints.reduce(0) { $0 + $1.size },
      amount: prints.reduce(0) { $0 + $1.size * $1.price })
  }

  /// The same day with what clients traded on it. Its close is the market's own, unless nobody else traded.
  func adding(_ own: OwnTotals) -> Bar {
    guard volume > 0 else {
      return Bar(
        date: date, time: time, open: own.first?.price ?? open, high: own.high, low: own.low,
        close: own.last?.price ?? close, volume: own.volume, amount: own.amount)
    }
    return Bar(
      date: date, time: time, open: open, high: max(high, own.high), low: min(low, own.low), close: close,
      volume: volume + own.volume, amount: amount + own.amount)
  }
}
