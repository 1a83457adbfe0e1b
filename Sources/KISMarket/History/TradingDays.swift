/// The days on which an instrument trades, counted.
enum TradingDays: Sendable, Hashable {
  /// The Korea Exchange's.
  case korea
  /// Every weekday, for what trades abroad.
  case weekdays

  init(of instrument: Instrument) { self = instrument.exchange == nil ? .korea : .weekdays }

  /// The number of a trading day; of any other date, the number of the next one.
  func ordinal(of date: CalendarDate) -> Int {
    switch self {
    case .korea: return TradingCalendar.ordinal(of: date)
    case .weekdays:
      // 1970-01-05 was a Monday.
      let days = date.number - 4
      let week = days >= 0 ? days / 7 : (days - 6) / 7
      return week * 5 + min(5, days - week * 7)
    }
  }

  /// The date of a trading day.
  func day(_ ordinal: Int) -> CalendarDate {
    switch self {
    case .korea: return TradingCalendar.tradingDay(ordinal)
    case .weekdays:
      let week = ordinal >= 0 ? ordinal / 5 : (ordinal - 4) / 5
      return CalendarDate(number: week * 7 + ordinal - week * 5 + 4)
    }
  }

  /// Whether the instrument trades on a date.
  func contains(_ date: CalendarDate) -> Bool {
    switch self {
    case .korea: TradingCalendar.isTradingDay(date)
    case .weekdays: date.weekday != .saturday && date.weekday != .sunday
    }
  }

  /// The last trading day of a year.
  func lastOrdinal(ofYear year: Int) -> Int {
    ordinal(of: CalendarDate(year: year + 1, month: 1, day: 1) ?? CalendarDate(number: 2_932_897)) - 1
  }
}
