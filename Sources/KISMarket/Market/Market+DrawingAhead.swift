extension Market {
  /// Draws the minutes of a day of an instrument.
  public mutating func drawDay(of code: String, on date: CalendarDate) {
    let instrument = instrument(code)
    _ = plan(instrument, tradingDay(instrument, date))
  }

  /// Every share that is traded in Korea. What follows an index is drawn by itself: it needs the days of all its members.
  public var sharesAtHome: [Instrument] { instruments.filter { $0.exchange == nil && $0.kind == .share } }

  /// The codes of everything that an index is the sum of, the residual members' included.
  public mutating func codesOfMembers(ofIndex code: String) -> [String] { members(of: code).all.map(\.instrument.code) }

  /// The codes of the residual members, which stand for all shares of the boards that are not known by name.
  public mutating func codesOfResiduals() -> [String] {
    ["0001", "1001"].flatMap { members(of: $0).residuals.map(\.instrument.code) }
  }

  /// Sums up an index until a moment of a day.
  public mutating func drawIndex(_ code: String, on date: CalendarDate, through time: ClockTime) {
    _ = index(code, on: date, at: time)
  }

  /// Sums up what investors and programs traded of both boards until a moment of a day.
  public mutating func drawFlows(_ date: CalendarDate, through time: ClockTime) {
    for code in ["0001", "1001"] {
      _ = investors(ofIndex: code, on: date, at: time)
      _ = programs(ofIndex: code, on: date, at: time)
    }
  }

  /// Draws the days of the index that an instrument follows, which it needs from the beginning of a year to the end of
  /// another one: a few of them at a time, where all would take a tenth of a second.
  public mutating func drawIndex(followedBy code: String, from first: CalendarDate, through last: CalendarDate) {
    guard let leader = leader(of: instrument(code)), leader.isIndex else { return }
    let ordinals = TradingCalendar.ordinal(of: first)...TradingCalendar.ordinal(of: last)
    _ = indexDays(of: leader, ordinals)
  }

  /// Sums up what investors and programs traded of an index's members on a day that is over, and its levels.
  public mutating func drawFlows(ofIndex code: String, on day: CalendarDate) {
    _ = indexDays(code, from: TradingCalendar.tradingDay(before: day), through: day)
    _ = index(code, on: day, at: Market.endOfDay)
    _ = investors(ofIndex: code, on: day, at: Market.endOfDay)
    _ = programs(ofIndex: code, on: day, at: Market.endOfDay)
  }

  /// Takes over what a copy of this market has drawn, unless something was made known or asked to happen since.
  ///
  /// - Parameter minutes: whether the minutes of its days too, not their sums alone.
  public mutating func adoptDrawings(of copy: Market, minutes: Bool) {
    guard copy.seed == seed, copy.changes == changes, copy.events == events else { return }
    cache.add(copy.cache, plans: minutes)
  }

  /// When all trading of a day in Korea is over.
  public static let endOfDay = ClockTime(20, 0)
}
