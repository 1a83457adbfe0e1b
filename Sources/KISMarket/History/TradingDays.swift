/// The days on which an instrument trades, counted.
enum TradingDays: Sendable, Hashable {
  /// The Korea Exchange's.
  case korea
  /// Those of the exchange abroad on which it trades.
  case abroad(ForeignExchange)

  init(of instrument: Instrument) { self = instrument.exchange.map { .abroad($0) } ?? .korea }

  private var days: CountedDays {
    switch self {
    case .korea: TradingCalendar.days
    case .abroad(let exchange): exchange.days
    }
  }

  /// The number of a trading day; of any other date, the number of the next one.
  func ordinal(of date: CalendarDate) -> Int { days.ordinal(of: date) }

  /// The date of a trading day.
  func day(_ ordinal: Int) -> CalendarDate { days.day(ordinal) }

  /// The dates of some trading days, one after the other.
  func days(_ ordinals: Range<Int>) -> [CalendarDate] { days.days(ordinals) }

  /// Whether the instrument trades on a date.
  func contains(_ date: CalendarDate) -> Bool {
    switch self {
    case .korea: TradingCalendar.isTradingDay(date)
    case .abroad(let exchange): exchange.isOpen(on: date)
    }
  }

  /// The last trading day of a year.
  func lastOrdinal(ofYear year: Int) -> Int {
    ordinal(of: CalendarDate(year: year + 1, month: 1, day: 1) ?? CalendarDate(number: 2_932_897)) - 1
  }
}
