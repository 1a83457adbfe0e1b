/// Splits the shares and prints of a stretch over its minutes: the session's shape times noise, rounded so that the sums
/// are exact.
struct MinuteVolumes {
  let shape: SessionShape
  let stretch: Stretch
  /// Empty minutes with shares and prints, in the order of the session.
  private(set) var cells: [MinuteCell]

  init(shape: SessionShape, stretch: Stretch, numbers: inout CellGenerator) {
    self.shape = shape
    self.stretch = stretch
    let count = shape.minutes - stretch.firstMinute
    cells = [MinuteCell](repeating: MinuteCell(), count: count)
    var weights = [Int](repeating: 0, count: count)
    for index in 0..<count {
      let minute = stretch.firstMinute + index
      cells[index].minute = minute
      var weight = (shape.volume[minute] * Quantiles.lognormal(numbers.next())) >> 4
      if index == 0, stretch.gone > 0 { weight = weight * max(0, 60_000 - stretch.gone) / 60_000 }
      if !stretch.pauses.isEmpty, stretch.pauses.contains(where: { $0.minutes.contains(minute) }) {
        weight = 0
        cells[index].isHalted = true
      }
      weights[index] = weight
    }
    split(weights)
  }

  /// Hands over the minutes, and is left without any.
  mutating func takeCells() -> [MinuteCell] {
    let taken = cells
    cells = []
    return taken
  }

  private mutating func split(_ weights: [Int]) {
    let whole = max(1, weights.reduce(0, +))
    let volume = stretch.volume - stretch.openingVolume - stretch.closingVolume
    var sum = 0
    var (volumeBefore, printsBefore) = (0, 0)
    for index in cells.indices {
      sum += weights[index]
      let volumeUntil = FixedPoint.ratio(volume, sum, whole)
      let printsUntil = FixedPoint.ratio(stretch.prints, sum, whole)
      let shares = volumeUntil - volumeBefore
      cells[index].volume = shares
      cells[index].prints = shares == 0 ? 0 : max(1, min(printsUntil - printsBefore, shares))
      volumeBefore = volumeUntil
      printsBefore = printsUntil
    }
  }

  /// The minute itself, or the nearest one in which trading does not rest.
  func tradedMinute(near index: Int) -> Int {
    // Of two that are equally near, the earlier one.
    for distance in cells.indices {
      if index >= distance, !cells[index - distance].isHalted { return index - distance }
      if index + distance < cells.count, !cells[index + distance].isHalted { return index + distance }
    }
    return index
  }

  /// Makes sure that a minute has a number of prints of at least one share each; missing shares come from the minute
  /// that can best spare them.
  mutating func ensure(_ prints: Int, inMinute index: Int) {
    guard cells.indices.contains(index), cells[index].prints < prints else { return }
    let missing = prints - cells[index].volume
    if missing > 0 {
      guard let donor = richest(except: index), spare(donor) >= missing else { return }
      cells[donor].volume -= missing
      cells[index].volume += missing
    }
    cells[index].prints = prints
  }

  private func richest(except index: Int) -> Int? {
    cells.indices.filter { $0 != index }.max { spare($0) < spare($1) }
  }

  private func spare(_ index: Int) -> Int { cells[index].volume - cells[index].prints }
}
