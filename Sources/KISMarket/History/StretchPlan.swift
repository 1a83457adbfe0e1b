/// A stretch with its minutes drawn: what was traded until a moment is one look-up and one partial minute.
///
/// A value that never changes, as a class: it is handed on at every look-up, and is large.
final class StretchPlan: Sendable {
  let stretch: Stretch
  /// The minutes of a dense name, in order and without gaps; of a thin one those in which it trades.
  let cells: [MinuteCell]
  /// The prints of a thin name; nil for a dense one, whose prints are drawn when they are asked for.
  let prints: [DrawnPrint]?
  /// The tape before every `perMark`-th cell, of a thin name before every `perMark`-th print, and after the last one,
  /// without the closing auction. What lies between is added up when it is asked for.
  private let marks: [Running]
  /// Whether trading rests in it, which most books only have to know of.
  let rests: Bool
  private let ticks: PriceTicks
  private let model: InstrumentModel
  private let memo = MinuteMemo()

  /// - Parameter before: what was traded before the stretch.
  init(model: InstrumentModel, shape: SessionShape, ticks: PriceTicks, stretch: Stretch, before: Running) {
    self.model = model
    self.ticks = ticks
    self.stretch = stretch
    if stretch.volume == stretch.closingVolume {
      // Nothing, or the closing auction alone.
      cells = []
      prints = stretch.volume == 0 ? [] : nil
    } else if stretch.prints < Instrument.fewestDensePrints {
      let thin = ThinStretch(model: model, shape: shape, ticks: ticks, stretch: stretch).prints
      prints = thin
      cells = StretchPlan.minutes(of: thin, stretch: stretch, ticks: ticks)
    } else {
      prints = nil
      cells = MinuteCells(model: model, shape: shape, ticks: ticks, stretch: stretch).cells
    }
    marks = StretchPlan.marks(before, cells, prints, stretch: stretch, ticks: ticks)
    rests = StretchPlan.rests(cells, prints, stretch)
  }

  /// A stretch whose minutes are given.
  init(model: InstrumentModel, ticks: PriceTicks, stretch: Stretch, cells: [MinuteCell], before: Running) {
    (self.model, self.ticks, self.stretch, self.cells) = (model, ticks, stretch, cells)
    prints = nil
    marks = StretchPlan.marks(before, cells, nil, stretch: stretch, ticks: ticks)
    rests = StretchPlan.rests(cells, prints, stretch)
  }

  /// A stretch whose prints are given, in the order of time.
  init(model: InstrumentModel, ticks: PriceTicks, stretch: Stretch, prints: [DrawnPrint]) {
    (self.model, self.ticks, self.stretch, self.prints) = (model, ticks, stretch, prints)
    cells = StretchPlan.minutes(of: prints, stretch: stretch, ticks: ticks)
    marks = StretchPlan.marks(Running(), cells, prints, stretch: stretch, ticks: ticks)
    rests = StretchPlan.rests(cells, prints, stretch)
  }

  private static func rests(_ cells: [MinuteCell], _ prints: [DrawnPrint]?, _ stretch: Stretch) -> Bool {
    cells.contains { $0.isHalted } || prints?.contains { resumes($0, stretch) } ?? false
  }

  /// Whether a print is an auction within the session, after which trading goes on.
  static func resumes(_ print: DrawnPrint, _ stretch: Stretch) -> Bool {
    print.side == 0 && print.time != stretch.openingTime && print.time != stretch.closingTime
  }

  private static func marks(
    _ before: Running, _ cells: [MinuteCell], _ prints: [DrawnPrint]?, stretch: Stretch, ticks: PriceTicks
  ) -> [Running] {
    var marks: [Running] = []
    var sum = before
    guard let prints else {
      marks.reserveCapacity(cells.count / perMark + 2)
      for index in cells.indices {
        if index % perMark == 0 { marks.append(sum) }
        sum.add(cells[index])
      }
      marks.append(sum)
      return marks
    }
    // An auction may come anywhere within a minute of a thin name, whose cell does not tell in which order was traded.
    marks.reserveCapacity(prints.count / perMark + 2)
    for index in prints.indices {
      if index % perMark == 0 { marks.append(sum) }
      sum.add(prints[index], ticks: ticks)
    }
    marks.append(sum)
    return marks
  }

  private static let perMark = 16

  /// The tape before a cell or, for an index equal to their number, after the last one; without the closing auction.
  func running(before index: Int) -> Running {
    if index == cells.count { return marks[marks.count - 1] }
    if let prints {
      let count = prints[...].count(through: stretch.sessionStart + cells[index].minute * 60_000 - 1)
      let mark = count / StretchPlan.perMark
      var sum = marks[mark]
      for print in prints[(mark * StretchPlan.perMark)..<count] { sum.add(print, ticks: ticks) }
      return sum
    }
    let mark = index / StretchPlan.perMark
    var sum = marks[mark]
    for between in (mark * StretchPlan.perMark)..<index { sum.add(cells[between]) }
    return sum
  }

  /// The price of a tick index.
  func price(_ index: Int) -> Int { ticks.price(at: index) }

  /// The tape at a moment (milliseconds since midnight), prints of that millisecond included.
  func running(at time: Int) -> Running {
    if stretch.closingVolume > 0, prints == nil, time >= stretch.closingTime { return final }
    let (index, isInside) = position(of: time)
    guard isInside else { return running(before: index) }
    // At a minute's end nothing has to be drawn.
    if (time - stretch.sessionStart) % 60_000 == 59_999 { return running(before: index + 1) }
    let printed = prints(ofCell: index)
    let count = printed.count(through: time)
    let known = prints == nil ? memo.reached(inCell: index, atMost: count) : nil
    var sum = known?.sum ?? running(before: index)
    for print in printed[(known?.count ?? printed.startIndex)..<count] { sum.add(print, ticks: ticks) }
    if prints == nil { memo.note(sum, behind: count, ofCell: index) }
    return sum
  }

  /// The tape after the whole stretch.
  var final: Running {
    var sum = marks[marks.count - 1]
    if let closing { sum.add(closing, ticks: ticks) }
    return sum
  }

  /// The tape at the ends of minutes, one after the other.
  ///
  /// - Parameter end: the last millisecond of the first of them.
  func forEachMinute(endingAt end: Int, count: Int, _ body: (Int, Running) -> Void) {
    var next = 0
    var sum = marks[0]
    let (final, close) = (final, closing?.time ?? .max)
    for number in 0..<count {
      let end = end + number * 60_000
      if let prints {
        while next < prints.count, prints[next].time <= end {
          sum.add(prints[next], ticks: ticks)
          next += 1
        }
      } else {
        while next < cells.count, stretch.sessionStart + cells[next].minute * 60_000 + 59_999 <= end {
          sum.add(cells[next])
          next += 1
        }
      }
      body(number, end >= close ? final : sum)
    }
  }

  /// The closing auction's print of a dense name.
  var closing: DrawnPrint? {
    guard stretch.closingVolume > 0, prints == nil else { return nil }
    return DrawnPrint(
      time: stretch.closingTime, price: stretch.close, size: stretch.closingVolume, side: 0, bid: stretch.close - 1,
      ask: stretch.close + 1)
  }

  /// The prints after one moment up to another, in order.
  func prints(after: Int, through: Int) -> [DrawnPrint] {
    var found: [DrawnPrint] = []
    if let prints {
      found = prints.filter { $0.time > after && $0.time <= through }
    } else {
      let first = position(of: after).index
      let last = position(of: through)
      let end = min(last.isInside ? last.index : last.index - 1, cells.count - 1)
      if first <= end {
        for index in first...end {
          forEachPrint(ofCell: index) { print in
            if print.time > after, print.time <= through { found.append(print) }
          }
        }
      }
      if let closing, closing.time > after, closing.time <= through { found.append(closing) }
    }
    return found
  }

  /// The prints of one of its minutes.
  func forEachPrint(ofCell index: Int, _ body: (DrawnPrint) -> Void) {
    for print in prints(ofCell: index) { body(print) }
  }

  /// The prints of one of its minutes, in the order of time.
  func prints(ofCell index: Int) -> ArraySlice<DrawnPrint> {
    let cell = cells[index]
    if let prints {
      let minute = stretch.sessionStart + cell.minute * 60_000
      let before = prints[...].count(through: minute - 1)
      return prints[before..<prints[...].count(through: minute + 59_999)]
    }
    return memo.prints(ofCell: index) {
      var drawn: [DrawnPrint] = []
      drawn.reserveCapacity(cell.prints + 1)
      MinutePrints.append(to: &drawn, model: model, stretch: stretch, cell: cell)
      return drawn
    }[...]
  }

  /// The cell of a moment, or the number of cells before it.
  func position(of time: Int) -> (index: Int, isInside: Bool) {
    let offset = min(max(time, -1 << 40), 1 << 40) - stretch.sessionStart
    if offset < 0 { return (0, false) }
    let minute = offset / 60_000
    if prints == nil {
      let index = minute - stretch.firstMinute
      if index < 0 { return (0, false) }
      return index < cells.count ? (index, true) : (cells.count, false)
    }
    var low = 0
    var high = cells.count
    while low < high {
      let middle = (low + high) / 2
      if cells[middle].minute < minute { low = middle + 1 } else { high = middle }
    }
    return (low, low < cells.count && cells[low].minute == minute)
  }

  /// The minutes of a list of prints.
  private static func minutes(of prints: [DrawnPrint], stretch: Stretch, ticks: PriceTicks) -> [MinuteCell] {
    func minute(_ print: DrawnPrint) -> Int { (print.time - stretch.sessionStart) / 60_000 }
    var cells: [MinuteCell] = []
    cells.reserveCapacity(prints.indices.count { $0 == 0 || minute(prints[$0]) != minute(prints[$0 - 1]) })
    for print in prints {
      let minute = minute(print)
      if cells.last?.minute != minute { cells.append(MinuteCell(minute: minute)) }
      let last = cells.count - 1
      cells[last].amount += print.size * ticks.price(at: print.price)
      if print.side == 0, cells[last].prints == 0, cells[last].auctionVolume == 0 {
        cells[last].auctionVolume = print.size
        cells[last].auctionPrice = print.price
        continue
      }
      if cells[last].prints == 0 {
        cells[last].open = print.price
        cells[last].high = print.price
        cells[last].low = print.price
      }
      cells[last].high = max(cells[last].high, print.price)
      cells[last].low = min(cells[last].low, print.price)
      cells[last].close = print.price
      cells[last].volume += print.size
      cells[last].prints += 1
      if print.side > 0 {
        cells[last].boughtVolume += print.size
        cells[last].boughtPrints += 1
      }
    }
    return cells
  }
}

extension StretchPlan {
  /// The last of its prints after one moment and not after another.
  func lastPrint(after: Int, through: Int) -> DrawnPrint? {
    if let closing, closing.time <= through, closing.time > after { return closing }
    let (index, isInside) = position(of: through)
    var cell = isInside ? index : tradedCell(before: index)
    while let number = cell {
      var last: DrawnPrint?
      forEachPrint(ofCell: number) { if $0.time > after, $0.time <= through { last = $0 } }
      if let last { return last }
      cell = tradedCell(before: number)
    }
    return nil
  }
}

extension ArraySlice<DrawnPrint> {
  /// The index after the last print of this slice that is not later than a moment; prints are in the order of time.
  func count(through time: Int) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].time <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
