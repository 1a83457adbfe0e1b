/// A day of an index, from the days of its members: no minute has to be drawn for it. High, low and amount are declared
/// for the day; its residual member makes up the difference to what its shares really did.
struct IndexDay: Sendable, Hashable {
  var ordinal = 0
  /// Levels in hundredths of a point.
  var previousClose = 0
  var open = 0
  var high = 0
  var low = 0
  var close = 0
  var volume = 0
  var amount = 0
}

/// The minutes of an index day: levels and sums at each minute's end.
struct IndexPath: Sendable {
  let day: IndexDay
  /// Milliseconds since midnight at which the first minute begins.
  let start: Int
  /// The level that its members' sum comes to at the end of each minute, and after the close.
  let sums: [Int]
  /// The level, and the highest and lowest one until then, at the end of each minute, and after the close.
  let levels: [Int]
  let highs: [Int]
  let lows: [Int]
  /// Shares and won until the end of each minute, and after the close.
  let volumes: [Int]
  let amounts: [Int]
  /// The residual member's declared won over those that it was drawn with, as a ratio.
  let residualAmount: (numerator: Int, denominator: Int)

  /// Maps a level of the members' sum into the day's range: what lies beyond open and close is stretched so that the
  /// extremes are the day's.
  struct Stretching: Sendable {
    let day: IndexDay
    let rawHigh: Int
    let rawLow: Int

    func level(_ raw: Int) -> Int {
      let top = max(day.open, day.close)
      let bottom = min(day.open, day.close)
      if raw > top { return top + fitted(raw - top, of: rawHigh - top, within: day.high - top) }
      if raw < bottom { return bottom - fitted(bottom - raw, of: bottom - rawLow, within: bottom - day.low) }
      return raw
    }

    /// Brings a distance, of which the largest is known, into a range. Where the range is much narrower it goes to and fro
    /// in it at half its pace: scaled down, an index would stand still while its shares move.
    private func fitted(_ distance: Int, of largest: Int, within range: Int) -> Int {
      largest <= 2 * range ? FixedPoint.ratio(distance, range, max(1, largest)) : folded(distance / 2, 0, range)
    }
  }

  let stretching: Stretching

  /// The level within a minute: between two minutes' ends it stays between theirs.
  /// - Parameter sum: what the members' sum comes to.
  func level(between minute: Int, _ sum: Int) -> Int {
    let (before, next) = (minute == 0 ? day.open : levels[minute - 1], levels[minute])
    return min(max(stretching.level(sum), min(before, next)), max(before, next))
  }
}
