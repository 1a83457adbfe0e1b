import KISMarket

/// Whose turn it is: of the companies known by name, one is due each month for each kind of event.
///
/// Among the 2,700 that are listed something of every kind happens in every month. Few of them are known by name, so
/// beside what happens by chance the smaller ones take turns.
struct EventTurns {
  let seed: UInt64

  /// The month of a year in which a company is due; nil in most years, and of large companies always.
  func month(of share: Instrument, for what: String, in year: Int) -> Int? {
    let count = EventTurns.places.count
    guard let place = EventTurns.places[share.code] else { return nil }
    var draws = SeededGenerator(seed: seed).fork("turns").fork(what)
    let offset = Int(draws.next() % UInt64(count))
    return (1...12).first { ((year * 12 + $0) * EventTurns.step + offset) % count == place }
  }

  /// From one month's company to the next one's.
  private static let step = 37

  private static let places = Dictionary(
    uniqueKeysWithValues: Instrument.builtIn.filter {
      $0.kind == .share && $0.size != .large && !$0.memberships.contains(.outside)
    }.enumerated().map { ($1.code, $0) })
}

extension CompanyEvents {
  /// The trading day of a year on which a company does something: early in the month in which it has its turn, else any
  /// day by chance; nil when it does not.
  func day(of what: String, _ share: Instrument, in year: Int, chance: Double, _ draws: inout SeededGenerator)
    -> CalendarDate?
  {
    let happens = draws.chance(chance)
    guard let month = EventTurns(seed: quotes.seed).month(of: share, for: what, in: year) else {
      return happens ? day(of: year, &draws) : nil
    }
    // So early that what follows six weeks later, as a listing, falls into a month of its own too.
    let first = CalendarDate(year: year, month: month, day: 6) ?? Market.referenceDate
    return TradingCalendar.tradingDay(after: first.advanced(by: Int(draws.next() % 5) - 1))
  }
}
