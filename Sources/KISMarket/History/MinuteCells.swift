/// Makes the minutes of a dense name's stretch: open, high, low and close of each along its path, volatility
/// interruptions, and what the price levels of each give: amount, and how much buyers took.
struct MinuteCells {
  let model: InstrumentModel
  let ticks: PriceTicks
  let stretch: Stretch
  private let shape: SessionShape
  private let path: MinutePath
  /// The valid prices within the stretch.
  private let ladder: PriceLadder
  private(set) var cells: [MinuteCell]
  /// The minutes in which the high and the low still have to be printed.
  private var pendingHigh: Int?
  private var pendingLow: Int?
  /// What a static interruption is measured from: the price of the last auction.
  private var reference: Int { didSet { triggers = MinuteCells.triggers(reference, ticks) } }
  /// The prices at which the next one happens, as tick indices.
  private var triggers: (lower: Int, upper: Int)

  init(model: InstrumentModel, shape: SessionShape, ticks: PriceTicks, stretch: Stretch) {
    self.model = model
    self.ticks = ticks
    self.stretch = stretch
    self.shape = shape
    ladder = PriceLadder(ticks, of: stretch)
    var numbers = model.cell(.path, day: stretch.ordinal, stretch.key)
    path = MinutePath(model: model, shape: shape, ticks: ticks, stretch: stretch, numbers: &numbers)
    var volumes = MinuteVolumes(shape: shape, stretch: stretch, numbers: &numbers)
    pendingHigh = path.highMinute.map { volumes.tradedMinute(near: $0) }
    pendingLow = path.lowMinute.map { volumes.tradedMinute(near: $0) }
    for minute in [pendingHigh, pendingLow] { if let minute { volumes.ensure(4, inMinute: minute) } }
    // Without an auction the last print makes the close, the first one the open.
    if stretch.closingVolume == 0 { volumes.ensure(1, inMinute: volumes.cells.count - 1) }
    if stretch.openingVolume == 0, stretch.isWhole { volumes.ensure(1, inMinute: 0) }
    // Taken, not copied: they are filled in now.
    cells = volumes.takeCells()
    reference = stretch.reference
    triggers = MinuteCells.triggers(reference, ticks)
    if stretch.openingVolume > 0, !cells.isEmpty {
      cells[0].auctionVolume = stretch.openingVolume
      cells[0].auctionPrice = stretch.open
    }
    for pause in stretch.pauses { resume(after: pause) }
    walk(&numbers)
    tally()
  }

  /// After a pause trading resumes with an auction, which takes a third of the first minute's spare shares.
  private mutating func resume(after pause: Stretch.Pause) {
    let index = pause.minutes.upperBound - stretch.firstMinute
    guard cells.indices.contains(index), cells[index].volume - cells[index].prints > 2 else { return }
    let moved = (cells[index].volume - cells[index].prints) / 3
    cells[index].volume -= moved
    cells[index].auctionVolume += moved
    cells[index].auctionPrice = onGrid(path.points[index], bounce: 128)
  }

  private mutating func walk(_ numbers: inout CellGenerator) {
    var previousClose = stretch.open
    var previousMinute = stretch.firstMinute - 1
    var index = 0
    while index < cells.count {
      let bits = numbers.next()
      cells[index].previousClose = previousClose
      cells[index].previousMinute = previousMinute
      if cells[index].prints == 0, cells[index].auctionVolume == 0 {
        setPrices(index, open: previousClose, high: previousClose, low: previousClose, close: previousClose)
        index += 1
        continue
      }
      var prices = prices(index, after: previousClose, bits: bits)
      if index == pendingHigh { prices.high = stretch.high }
      if index == pendingLow { prices.low = stretch.low }
      let interruption = stretch.interrupts ? interrupt(index, &prices) : nil
      setPrices(index, open: prices.open, high: prices.high, low: prices.low, close: prices.close)
      previousMinute = cells[index].minute
      previousClose = prices.close
      if let interruption {
        for halted in (index + 1)..<interruption {
          cells[halted].previousClose = prices.close
          cells[halted].previousMinute = previousMinute
        }
        previousClose = cells[interruption].auctionPrice
        index = interruption
      } else {
        index += 1
      }
    }
  }

  private mutating func setPrices(_ index: Int, open: Int, high: Int, low: Int, close: Int) {
    cells[index].open = open
    cells[index].high = high
    cells[index].low = low
    cells[index].close = close
  }

  typealias Prices = (open: Int, high: Int, low: Int, close: Int)

  /// The valid price of a point of the path, within the stretch's range; `bounce` is the half spread by which the print
  /// is off it, in 256ths of a tick.
  private func onGrid(_ point: Int, bounce: Int) -> Int {
    let step = ladder.step(at: max(1, point >> 8))
    return max(stretch.low, min(stretch.high, ladder.index(atOrBelow: max(1, (point + bounce * step) >> 8))))
  }

  private func prices(_ index: Int, after previousClose: Int, bits: UInt64) -> Prices {
    let cell = cells[index]
    let isLocked = stretch.locked.map { cell.minute >= $0 } ?? false
    var close = isLocked ? stretch.close : onGrid(path.points[index + 1], bounce: Int(bits & 127) + 64)
    var open = previousClose
    if !isLocked, (bits >> 8) & 3 == 0 { open = onGrid(path.points[index], bounce: Int((bits >> 10) & 127) + 64) }
    if cell.auctionVolume > 0 { open = cell.auctionPrice }
    if cell.prints == 0 { close = open }
    if cell.prints == 1, cell.auctionVolume == 0 { open = close }
    var high = max(open, close)
    var low = min(open, close)
    if isLocked { return (open, high, low, close) }
    let closingPrice = ladder.price(at: close)
    let step = ladder.step(at: closingPrice)
    let move = min(1 << 28, abs(closingPrice - ladder.price(at: open)) << 8)
    let deviation = min(1 << 24, max(4, (stretch.deviation * shape.deviation[cell.minute]) >> 16))
    if cell.prints >= 4 || (cell.prints == 3 && (bits >> 62) & 1 == 0) {
      let bridge = Bridge(deviation: deviation, move: move, step: step)
      high = min(stretch.high, high + bridge.excess(bits >> 24, rounding: bits))
    }
    if cell.prints >= 4 || (cell.prints == 3 && (bits >> 62) & 1 == 1) {
      let bridge = Bridge(deviation: deviation, move: move, step: step)
      low = max(stretch.low, low - bridge.excess(bits >> 34, rounding: bits))
    }
    let isAtLimit = high == stretch.upper || low == stretch.lower
    if high == low, cell.prints >= 8, !isAtLimit, (bits >> 44) & 15 != 0 {
      // A minute of many prints sees both sides of the spread.
      if (bits >> 48) & 1 == 0, high < stretch.high {
        high += 1
      } else if low > stretch.low {
        low -= 1
      } else if high < stretch.high {
        high += 1
      }
    }
    return (open, high, low, close)
  }

  /// The way from the open of a minute to its close, in 256ths of the price's unit.
  private struct Bridge {
    let deviation: Int
    let move: Int
    let step: Int

    /// By how many ticks the path exceeds the range between open and close.
    @inline(__always)
    func excess(_ exponential: UInt64, rounding bits: UInt64) -> Int {
      let spread = 2 * deviation * deviation * Quantiles.exponential(exponential) / 1_024
      return ((FixedPoint.root(move * move + spread) - move) / 2 / step + Int((bits >> 17) & 127)) >> 8
    }
  }

  private static func triggers(_ reference: Int, _ ticks: PriceTicks) -> (lower: Int, upper: Int) {
    (ticks.index(atOrBelow: reference - reference / 10), ticks.index(atOrAbove: reference + reference / 10))
  }

  /// A static volatility interruption (정적 VI): the price may not get 10 % away from the last auction. Trading ends one
  /// tick before it, rests for two minutes, and goes on with an auction that has what would have been traded meanwhile.
  ///
  /// - Returns: the minute that begins with the auction; nil when nothing happens.
  private mutating func interrupt(_ index: Int, _ prices: inout Prices) -> Int? {
    let resume = index + 3
    let (lower, upper) = triggers
    guard prices.high >= upper || prices.low <= lower, resume < cells.count, cells[index].prints > 0,
      !cells[index...resume].contains(where: \.isHalted)
    else { return nil }
    let isUp = prices.high >= upper
    prices.high = min(prices.high, upper - 1)
    prices.low = max(prices.low, lower + 1)
    prices.open = max(prices.low, min(prices.high, prices.open))
    prices.close = isUp ? upper - 1 : lower + 1
    if cells[index].prints == 1, cells[index].auctionVolume == 0 { prices.open = prices.close }
    prices.high = max(prices.high, prices.open, prices.close)
    prices.low = min(prices.low, prices.open, prices.close)
    if cells[index].prints <= 3 {
      prices.high = max(prices.open, prices.close)
      prices.low = min(prices.open, prices.close)
    }
    var auction = onGrid(path.points[resume], bounce: 128)
    auction = isUp ? max(auction, upper - 1) : min(auction, lower + 1)
    auction = max(stretch.low, min(stretch.high, auction))
    // What should have been printed meanwhile is printed by the auction, or after it.
    if let high = pendingHigh, (index..<resume).contains(high), prices.high < stretch.high {
      if isUp { auction = stretch.high }
      pendingHigh = isUp ? nil : resume
    }
    if let low = pendingLow, (index..<resume).contains(low), prices.low > stretch.low {
      if !isUp { auction = stretch.low }
      pendingLow = isUp ? resume : nil
    }
    rest(from: index, until: resume, close: prices.close)
    cells[resume].auctionPrice = auction
    if pendingHigh == resume || pendingLow == resume { ensurePrints(4, in: resume) }
    reference = ticks.price(at: auction)
    return resume
  }

  /// Two minutes rest; their shares are traded by the auction after them.
  private mutating func rest(from index: Int, until resume: Int, close: Int) {
    var moved = 0
    for halted in (index + 1)..<resume {
      moved += cells[halted].volume
      cells[halted].volume = 0
      cells[halted].prints = 0
      cells[halted].isHalted = true
      setPrices(halted, open: close, high: close, low: close, close: close)
    }
    if moved == 0 {
      let donor = (resume..<cells.count).max {
        cells[$0].volume - cells[$0].prints < cells[$1].volume - cells[$1].prints
      }
      if let donor, cells[donor].volume > cells[donor].prints {
        cells[donor].volume -= 1
        moved = 1
      }
    }
    cells[resume].auctionVolume = moved
  }

  private mutating func ensurePrints(_ prints: Int, in index: Int) {
    guard cells[index].prints < prints else { return }
    let missing = max(0, prints - cells[index].volume)
    if missing > 0 {
      let donor = (index..<cells.count).filter { $0 != index }.max {
        cells[$0].volume - cells[$0].prints < cells[$1].volume - cells[$1].prints
      }
      guard let donor, cells[donor].volume - cells[donor].prints >= missing else { return }
      cells[donor].volume -= missing
      cells[index].volume += missing
    }
    cells[index].prints = prints
  }

  /// Amount and buyers' part of each minute, from its price levels.
  private mutating func tally() {
    let (model, ladder, stretch) = (model, ladder, stretch)
    let day = model.cells(day: stretch.ordinal)
    cells.withUnsafeMutableBufferPointer { cells in
      for index in cells.indices {
        if cells[index].volume > 0 {
          let tally = LevelTable.tally(model: model, ladder: ladder, stretch: stretch, cell: cells[index], cells: day)
          cells[index].amount = tally.amount
          cells[index].boughtVolume = tally.boughtVolume
          cells[index].boughtPrints = tally.boughtPrints
        }
        if cells[index].auctionVolume > 0 {
          cells[index].amount += cells[index].auctionVolume * ladder.price(at: cells[index].auctionPrice)
        }
      }
    }
  }
}
