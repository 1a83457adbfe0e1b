/// Draws the prints of a minute: its levels in an order that leads from the open over the extremes to the close.
enum MinutePrints {
  /// Appends the prints of a minute, in the order of time.
  static func append(
    to prints: inout [DrawnPrint], model: InstrumentModel, stretch: Stretch, cell: MinuteCell
  ) {
    let cells = model.cells(day: stretch.ordinal)
    let start = stretch.sessionStart + cell.minute * 60_000
    var first = cell.minute == stretch.firstMinute ? start + stretch.gone : start
    if cell.auctionVolume > 0 {
      let time: Int
      if cell.minute == stretch.firstMinute, stretch.openingVolume > 0 {
        time = stretch.openingTime
      } else if let pause = stretch.pauses.first(where: { $0.minutes.upperBound == cell.minute }) {
        time = max(first, pause.resume)
      } else {
        var numbers = cells.cell(.auctionEnd, stretch.key &* 1_000 &+ cell.minute)
        time = first + numbers.below(20_000)
      }
      first = time
      prints.append(
        DrawnPrint(
          time: time, price: cell.auctionPrice, size: cell.auctionVolume, side: 0, bid: cell.auctionPrice - 1,
          ask: cell.auctionPrice + 1))
    }
    guard cell.prints > 0 else { return }
    LevelTable.with(model: model, stretch: stretch, cell: cell, cells: cells) { levels in
      var numbers = cells.cell(.prints, stretch.key &* 1_000 &+ cell.minute)
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: cell.prints) { order in
        let count = arrange(order, levels, cell, &numbers)
        var sharing = PrintSharing(model: model, stretch: stretch, cell: cell, cells: cells)
        let span = max(0, start + 59_999 - first)
        for number in 0..<count {
          let key = order[number]
          prints.append(
            sharing.print(
              level: Int(key & 0xFF_FFFF), of: levels, time: first + ((Int(key >> 34) * span) >> 20),
              isLast: number == count - 1, &numbers))
        }
      }
    }
  }

  /// Gives each print a place: 20 bits of time within the minute, 10 of chance, 24 of level.
  private static func arrange(
    _ order: UnsafeMutableBufferPointer<UInt64>, _ levels: UnsafeMutableBufferPointer<Level>, _ cell: MinuteCell,
    _ numbers: inout CellGenerator
  ) -> Int {
    let last = levels.count - 1
    let (open, close) = (cell.open - cell.low, cell.close - cell.low)
    let highFirst = numbers.next() & 1 == 0
    let legs = Legs(open, highFirst ? last : 0, highFirst ? 0 : last, close)
    var count = 0
    func place(_ time: Int, _ chance: UInt64, _ level: Int) {
      order.initializeElement(at: count, to: UInt64(time) << 34 | (chance & 0x3FF) << 24 | UInt64(level))
      count += 1
    }
    for level in 0...last {
      var prints = levels[level].boughtPrints + levels[level].soldPrints
      if cell.auctionVolume == 0, level == open, prints > 0 {
        place(0, 0, level)
        prints -= 1
      }
      if level == close, prints > 0, cell.prints > 1 || cell.auctionVolume > 0 {
        place(Legs.whole, 0, level)
        prints -= 1
      }
      for _ in 0..<max(0, prints) {
        let bits = numbers.next()
        place(max(1, min(Legs.whole - 1, legs.time(of: level, bits))), bits >> 40, level)
      }
    }
    var drawn = order[..<count]
    drawn.sort()
    return count
  }
}

/// The way of a minute's price: from the open to one extreme, to the other, to the close, each leg with time by its length.
private struct Legs {
  static let whole = 1 << 20
  private let points: (Int, Int, Int, Int)
  private let firstEnd: Int
  private let secondEnd: Int

  init(_ open: Int, _ first: Int, _ second: Int, _ close: Int) {
    points = (open, first, second, close)
    let lengths = (abs(first - open) * 2 + 1, abs(second - first) * 2 + 1, abs(close - second) * 2 + 1)
    let sum = lengths.0 + lengths.1 + lengths.2
    firstEnd = Legs.whole * lengths.0 / sum
    secondEnd = Legs.whole * (lengths.0 + lengths.1) / sum
  }

  /// When a print at a level happens: on one of the legs that pass it, around the time at which it is passed.
  @inline(__always)
  func time(of level: Int, _ bits: UInt64) -> Int {
    var leg = (Int(bits & 0xFFFF) * 3) >> 16
    let isOnFirst = (level - points.0) * (level - points.1) <= 0
    let isOnThird = (level - points.2) * (level - points.3) <= 0
    if (leg == 0 && !isOnFirst) || (leg == 2 && !isOnThird) { leg = 1 }
    let (from, to, begin, end) =
      leg == 0
      ? (points.0, points.1, 0, firstEnd)
      : leg == 1 ? (points.1, points.2, firstEnd, secondEnd) : (points.2, points.3, secondEnd, Legs.whole)
    let length = max(1, abs(to - from))
    let width = end - begin
    let middle = from == to ? begin + width / 2 : begin + width * abs(level - from) / length
    // Wide enough to overlap the neighbouring levels: prints bounce between bid and ask.
    let spread = from == to ? width : width * 3 / length
    // What reaches beyond the leg is folded back into it: cut off, it would pile up where the price turns.
    guard width > 0 else { return begin }
    let ahead = middle - begin + (((Int((bits >> 16) & 0xFFFF) - 32_768) * spread) >> 16)
    let folded = (ahead % (2 * width) + 2 * width) % (2 * width)
    return begin + (folded > width ? 2 * width - folded : folded)
  }
}

/// Shares a minute's levels out to prints one after another, and keeps the quote that they meet.
private struct PrintSharing {
  private let model: InstrumentModel
  private let cell: MinuteCell
  private let end: MinuteBorder
  private var bid: Int
  private var ask: Int

  init(model: InstrumentModel, stretch: Stretch, cell: MinuteCell, cells: CellDay) {
    self.model = model
    self.cell = cell
    end = MinuteBorder(model: model, stretch: stretch, minute: cell.minute, close: cell.close, cells: cells)
    // After an auction the quote is a new one; else that which the traded minute before left.
    let price = cell.auctionVolume > 0 ? cell.auctionPrice : cell.previousClose
    let start = MinuteBorder(
      model: model, stretch: stretch, minute: cell.auctionVolume > 0 ? -1 - cell.minute : cell.previousMinute,
      close: price, cells: cells)
    bid = start.isBought ? price - start.spread : price
    ask = start.isBought ? price : price + start.spread
  }

  mutating func print(
    level: Int, of levels: UnsafeMutableBufferPointer<Level>, time: Int, isLast: Bool, _ numbers: inout CellGenerator
  ) -> DrawnPrint {
    let bits = numbers.next()
    let price = cell.low + level
    let isBought = isBought(level, levels[level], price, isLast, bits)
    let spread = isLast ? end.spread : model.spreads.draw(bits >> 8)
    quote(price, isBought, spread, isLast)
    let exponential = Quantiles.exponential(bits >> 20)
    let size: Int
    if isBought {
      size = PrintSharing.size(prints: levels[level].boughtPrints, shares: levels[level].boughtVolume, exponential)
      levels[level].boughtPrints -= 1
      levels[level].boughtVolume -= size
    } else {
      size = PrintSharing.size(prints: levels[level].soldPrints, shares: levels[level].soldVolume, exponential)
      levels[level].soldPrints -= 1
      levels[level].soldVolume -= size
    }
    return DrawnPrint(time: time, price: price, size: size, side: isBought ? 1 : -1, bid: bid, ask: ask)
  }

  /// The side follows from the quote, as long as the level has prints of that side left.
  private func isBought(_ level: Int, _ left: Level, _ price: Int, _ isLast: Bool, _ bits: UInt64) -> Bool {
    if isLast { return end.isBought }
    var isBought = price >= ask || (price > bid && bits & 1 == 0)
    if isBought ? left.boughtPrints == 0 : left.soldPrints == 0 { isBought.toggle() }
    if level == cell.close - cell.low, isBought == end.isBought {
      // One print of that side is kept for the minute's last.
      if isBought ? left.boughtPrints == 1 : left.soldPrints == 1 { isBought.toggle() }
    }
    return isBought
  }

  private mutating func quote(_ price: Int, _ isBought: Bool, _ spread: Int, _ isLast: Bool) {
    if isBought {
      if isLast || price != ask {
        ask = price
        if isLast || bid >= ask || ask - bid > spread { bid = ask - spread }
      }
    } else if isLast || price != bid {
      bid = price
      if isLast || ask <= bid || ask - bid > spread { ask = bid + spread }
    }
  }

  /// A part of what is left, exponentially distributed; the last print takes the rest, and each other one leaves a
  /// share for every print to come.
  @inline(__always)
  private static func size(prints: Int, shares: Int, _ exponential: Int) -> Int {
    prints == 1 ? shares : 1 + min(shares - prints, (shares - prints) / prints * exponential / 1_024)
  }
}
