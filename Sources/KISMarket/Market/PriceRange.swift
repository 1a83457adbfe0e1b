/// The highest and the lowest price of some days, and the days on which they were made.
public struct PriceRange: Sendable, Hashable {
  /// A price and its day.
  public struct Extreme: Sendable, Hashable {
    /// In the smallest units of the instrument's market.
    public let price: Int
    /// The trading day on which it was reached.
    public let date: CalendarDate
  }

  /// 0 of no days.
  public private(set) var high: Extreme
  /// `Int.max` of no days.
  public private(set) var low: Extreme

  /// The range of no days.
  ///
  /// - Parameter date: the day that would follow them.
  public init(before date: CalendarDate) {
    (high, low) = (Extreme(price: 0, date: date), Extreme(price: .max, date: date))
  }

  /// Adds a day; of equal prices the first one counts.
  public mutating func add(_ date: CalendarDate, high top: Int, low bottom: Int) {
    if top > high.price { high = Extreme(price: top, date: date) }
    if bottom < low.price { low = Extreme(price: bottom, date: date) }
  }
}

extension Market {
  /// The prices of the days of the regular session from one date to the one before another.
  public mutating func range(of code: String, from first: CalendarDate, before date: CalendarDate) -> PriceRange {
    var range = PriceRange(before: date)
    let instrument = instrument(code)
    guard events(of: instrument).isEmpty else {
      for day in days(of: code, from: first, through: date.advanced(by: -1)) {
        range.add(day.date, high: day.high, low: day.low)
      }
      return range
    }
    let days = TradingDays(of: instrument)
    let last = tradingDay(instrument, date.advanced(by: -1))
    let ordinal = days.ordinal(of: first)
    guard ordinal <= last else { return range }
    // A year of every share is asked for at once: days are visited where they are kept, without copies, and others are
    // not kept for that.
    forEachDraw(instrument, ordinal...last, isKept: false) { draw in
      guard draw.high > range.high.price || draw.low < range.low.price else { return }
      range.add(days.day(draw.ordinal), high: draw.high, low: draw.low)
    }
    return range
  }
}
