/// A second venue's part of a session: in each minute a share of what the first one trades, at prices of the same range,
/// drawn as prints of its own.
struct OtherVenue {
  let model: InstrumentModel
  /// How many of 1,024 shares the second venue trades for those of the first.
  let share: Int
  /// The first minute of the first venue's session in which the second one is open, and how many milliseconds of it
  /// have passed when it opens.
  let firstMinute: Int
  let gone: Int
  /// Tells its random cells from the first venue's.
  let key: Int

  /// The second venue's stretch beside one of the first.
  func plan(of first: StretchPlan, ticks: PriceTicks, before: Running) -> StretchPlan {
    var stretch = first.stretch
    stretch.key = key &+ first.stretch.key
    if stretch.firstMinute < firstMinute {
      stretch.firstMinute = firstMinute
      stretch.gone = gone
    } else if stretch.firstMinute == firstMinute {
      stretch.gone = max(stretch.gone, gone)
    }
    stretch.openingVolume = 0
    stretch.closingVolume = 0
    stretch.openingTime = 0
    stretch.closingTime = 0
    let cells = cells(of: first, stretch: stretch, ticks: ticks)
    stretch.volume = cells.reduce(0) { $0 + $1.volume }
    stretch.prints = cells.reduce(0) { $0 + $1.prints }
    return StretchPlan(model: model, ticks: ticks, stretch: stretch, cells: cells, before: before)
  }

  private func cells(of first: StretchPlan, stretch: Stretch, ticks: PriceTicks) -> [MinuteCell] {
    let days = model.cells(day: stretch.ordinal)
    var numbers = days.cell(.otherVenue, stretch.key)
    let ladder = PriceLadder(ticks, of: stretch)
    var previous: MinuteCell?
    return first.cells.drop { $0.minute < stretch.firstMinute }.map { source in
      let noisy = share * Quantiles.lognormal(numbers.next()) / 1_024
      var cell = MinuteCell(minute: source.minute)
      cell.isHalted = source.isHalted
      cell.volume = FixedPoint.ratio(source.volume, noisy, 1_024)
      cell.prints = min(cell.volume, FixedPoint.ratio(source.prints, noisy, 1_024))
      if cell.volume > 0, cell.prints == 0 { cell.prints = 1 }
      if cell.prints == 0 { cell.volume = 0 }
      cell.previousClose = previous?.close ?? source.previousClose
      cell.previousMinute = previous?.minute ?? source.minute - 1
      prices(&cell, source)
      if cell.volume > 0 {
        let tally = LevelTable.tally(model: model, ladder: ladder, stretch: stretch, cell: cell, cells: days)
        (cell.amount, cell.boughtVolume, cell.boughtPrints) = (tally.amount, tally.boughtVolume, tally.boughtPrints)
        previous = cell
      }
      return cell
    }
  }

  /// The first venue's prices, as far as there are prints for them.
  private func prices(_ cell: inout MinuteCell, _ source: MinuteCell) {
    guard cell.prints > 0 else {
      (cell.open, cell.high, cell.low, cell.close) =
        (cell.previousClose, cell.previousClose, cell.previousClose, cell.previousClose)
      return
    }
    (cell.open, cell.close) = (cell.prints == 1 ? source.close : source.open, source.close)
    (cell.high, cell.low) = (max(cell.open, cell.close), min(cell.open, cell.close))
    if cell.prints >= 4 { (cell.high, cell.low) = (max(cell.high, source.high), min(cell.low, source.low)) }
  }
}
