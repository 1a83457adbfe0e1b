/// Prints and shares at one price of a minute, by the side that took.
struct Level {
  var boughtPrints = 0
  var soldPrints = 0
  var boughtVolume = 0
  var soldVolume = 0
}

/// What the prints of a minute are made of: how many, and how many shares, at each price from its low to its high. Amount
/// and side sums follow from it without drawing prints, and the prints share it out.
enum LevelTable {
  /// Won, shares and prints that follow from the levels of a minute's continuous trading.
  ///
  /// - Parameters:
  ///   - ladder: the prices of the stretch.
  ///   - cells: those of the day.
  static func tally(
    model: InstrumentModel, ladder: PriceLadder, stretch: Stretch, cell: MinuteCell, cells: CellDay
  ) -> (amount: Int, boughtVolume: Int, boughtPrints: Int) {
    with(model: model, stretch: stretch, cell: cell, cells: cells) { levels in
      var amount = 0
      var boughtVolume = 0
      var boughtPrints = 0
      for index in levels.indices {
        let shares = levels[index].boughtVolume + levels[index].soldVolume
        amount += ladder.price(at: cell.low + index) * shares
        boughtVolume += levels[index].boughtVolume
        boughtPrints += levels[index].boughtPrints
      }
      return (amount, boughtVolume, boughtPrints)
    }
  }

  /// Draws the levels of a minute, lowest price first, and lends them to a closure.
  @inline(__always)
  static func with<Result>(
    model: InstrumentModel, stretch: Stretch, cell: MinuteCell, cells: CellDay,
    _ body: (UnsafeMutableBufferPointer<Level>) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(of: Level.self, capacity: cell.high - cell.low + 1) { levels in
      levels.initialize(repeating: Level())
      var numbers = cells.cell(.levels, stretch.key &* 1_000 &+ cell.minute)
      placePrints(levels, cell, &numbers)
      let border = MinuteBorder(model: model, stretch: stretch, minute: cell.minute, close: cell.close, cells: cells)
      placeVolume(levels, stretch, cell, endsBought: border.isBought, &numbers)
      return body(levels)
    }
  }

  /// First print at the open, last one at the close, one at each extreme; the others become fewer outside the range
  /// between open and close. Until sides are drawn, all prints count as sold.
  private static func placePrints(
    _ levels: UnsafeMutableBufferPointer<Level>, _ cell: MinuteCell, _ numbers: inout CellGenerator
  ) {
    let last = levels.count - 1
    let (open, close) = (cell.open - cell.low, cell.close - cell.low)
    var left = cell.prints
    place(in: levels, at: open, &left, if: cell.auctionVolume == 0)
    place(in: levels, at: close, &left, if: cell.prints > 1 || cell.auctionVolume > 0)
    place(in: levels, at: last, &left, if: cell.high != cell.open && cell.high != cell.close)
    place(in: levels, at: 0, &left, if: cell.low != cell.open && cell.low != cell.close)
    guard left > 0 else { return }
    let (low, high) = (min(open, close), max(open, close))
    var whole = 0
    for index in 0...last {
      let outside = index < low ? low - index : index > high ? index - high : 0
      let weight = (2_048 >> min(8, outside)) * (64 + Int(numbers.next() & 255))
      levels[index].boughtVolume = weight
      whole += weight
    }
    var sum = 0
    var before = 0
    for index in 0...last {
      sum += levels[index].boughtVolume
      let until = left * sum / whole
      levels[index].soldPrints += until - before
      before = until
    }
  }

  @inline(__always)
  private static func place(
    in levels: UnsafeMutableBufferPointer<Level>, at index: Int, _ left: inout Int, if isPrinted: Bool
  ) {
    guard isPrinted, left > 0 else { return }
    levels[index].soldPrints += 1
    left -= 1
  }

  /// A share for each print, the others by noise; then who took: the top of a minute is bought, its bottom sold.
  private static func placeVolume(
    _ levels: UnsafeMutableBufferPointer<Level>, _ stretch: Stretch, _ cell: MinuteCell, endsBought: Bool,
    _ numbers: inout CellGenerator
  ) {
    let last = levels.count - 1
    let close = cell.close - cell.low
    let spare = cell.volume - cell.prints
    var whole = 0
    for index in 0...last {
      let weight = levels[index].soldPrints * Quantiles.lognormal(numbers.next())
      levels[index].boughtVolume = weight
      whole += weight
    }
    let drift = (close - (cell.open - cell.low)) * 40 / levels.count
    // How many of 256 prints in the middle of the range are bought. The day's tilt shifts both ends as well.
    let bought = max(20, min(236, 122 + drift + stretch.tilt / 24 + ((numbers.roughNormal() * 30) >> 12)))
    var sum = 0
    var before = 0
    for index in 0...last {
      let prints = levels[index].soldPrints
      guard prints > 0 else {
        levels[index].boughtVolume = 0
        continue
      }
      sum += levels[index].boughtVolume
      let until = FixedPoint.ratio(spare, sum, max(1, whole))
      let shares = until - before
      before = until
      let bits = numbers.next()
      let chance = buyChance(price: cell.low + index, bought: bought, cell, stretch, bits >> 40)
      var buys = (prints * chance + Int(bits & 255)) >> 8
      if index == close { buys = endsBought ? max(1, buys) : min(prints - 1, buys) }
      let sells = prints - buys
      let boughtShares =
        sells == 0
        ? shares
        : buys == 0 ? 0 : FixedPoint.ratio(shares, buys * 256 + Int((bits >> 8) & 127), prints * 256 + 128)
      levels[index].boughtPrints = buys
      levels[index].soldPrints = sells
      levels[index].boughtVolume = buys + boughtShares
      levels[index].soldVolume = sells + shares - boughtShares
    }
  }

  /// How many of 256 prints at a price are bought: at a limit only one side rests, so the other one takes; the top of a
  /// minute is bought and its bottom sold, a little less on days that lean the other way.
  @inline(__always)
  private static func buyChance(
    price: Int, bought: Int, _ cell: MinuteCell, _ stretch: Stretch, _ bits: UInt64
  ) -> Int {
    if price == stretch.upper { return 0 }
    if price == stretch.lower { return 256 }
    if cell.high == cell.low { return Int(bits & 255) < bought ? 252 : 4 }
    if price == cell.low { return 8 + max(0, stretch.tilt) / 20 }
    if price == cell.high { return 248 + min(0, stretch.tilt) / 20 }
    return bought
  }
}

/// The quote after the last print of a minute; the next traded minute derives the same one.
struct MinuteBorder {
  /// Whether the last print was bought.
  let isBought: Bool
  private let spreads: SpreadClass
  private let bits: UInt64

  /// - Parameters:
  ///   - close: the price of the print; at a limit only one side rests.
  ///   - cells: those of the day.
  @inline(__always)
  init(model: InstrumentModel, stretch: Stretch, minute: Int, close: Int, cells: CellDay) {
    var numbers = cells.cell(.border, stretch.key &* 1_000 &+ minute)
    bits = numbers.next()
    spreads = model.spreads
    isBought = close == stretch.upper ? false : close == stretch.lower ? true : bits >> 63 == 0
  }

  /// The spread in ticks.
  var spread: Int { spreads.draw(bits) }
}
