/// The trading days of the Korea Exchange (거래일, 휴장일). Everything is an answer about a date; nothing asks the clock.
///
/// Days of 2015 to 2030 are a table (``TradingCalendar/holidays``); before and after it, weekends and the holidays with
/// a fixed date are closed. Ordinals count trading days, so that a date can be shifted by trading days.
public enum TradingCalendar {
  /// The dates that ordinals are counted in: 1990 to 2099.
  public static var range: ClosedRange<CalendarDate> { CountedDays.range }

  /// Whether the exchange opens.
  public static func isTradingDay(_ date: CalendarDate) -> Bool { days.contains(date) ?? opens(on: date) }

  private static func opens(on date: CalendarDate) -> Bool {
    if date.weekday == .saturday || date.weekday == .sunday { return false }
    let (year, month, day) = date.parts
    if let closed = holidays[year] { return !closed.contains(month * 100 + day) }
    return !fixedHolidays.contains(month * 100 + day)
  }

  /// How many trading days lie before a date, since 1990: the number of a trading day, and of the next one for any
  /// other date.
  public static func ordinal(of date: CalendarDate) -> Int { days.ordinal(of: date) }

  /// The trading day of an ordinal; the first or the last of ``range`` when there is none.
  public static func tradingDay(_ ordinal: Int) -> CalendarDate { days.day(ordinal) }

  /// The trading day before a date.
  public static func tradingDay(before date: CalendarDate) -> CalendarDate { tradingDay(ordinal(of: date) - 1) }

  /// The trading day after a date.
  public static func tradingDay(after date: CalendarDate) -> CalendarDate {
    tradingDay(ordinal(of: date.advanced(by: 1)))
  }

  /// The date itself when the exchange opens on it, else the trading day before it.
  public static func tradingDay(onOrBefore date: CalendarDate) -> CalendarDate {
    isTradingDay(date) ? date : tradingDay(before: date)
  }

  /// The date shifted so that trading days stay trading days: a trading day moves by trading days, any other date keeps
  /// its distance to the trading day before it.
  public static func shifted(_ date: CalendarDate, byTradingDays days: Int) -> CalendarDate {
    let last = tradingDay(onOrBefore: date)
    return tradingDay(ordinal(of: last) + days).advanced(by: date.number - last.number)
  }

  /// When a trade of that day is settled (결제일): two trading days later.
  public static func settlement(of date: CalendarDate) -> CalendarDate {
    tradingDay(ordinal(of: tradingDay(onOrBefore: date)) + 2)
  }

  /// The first trading day of a year opens an hour late (개장일).
  public static func isFirstOfYear(_ date: CalendarDate) -> Bool {
    isTradingDay(date) && tradingDay(before: date).year < date.year
  }

  /// The day of the university entrance exam (수능): everything an hour later.
  public static func isExamDay(_ date: CalendarDate) -> Bool { examDays.contains(date.number) }

  /// Every figure asks for days: those of the range are counted once.
  static let days = CountedDays(opens: opens)
}
