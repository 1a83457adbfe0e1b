import Synchronization

/// The trading days of the stock exchanges abroad (해외 휴장일), by place: the exchanges of one place keep the same holidays.
///
/// Days of 2015 to 2027 are a table; before and after it only weekends and New Year's Day are closed.
public enum ForeignCalendar: Sendable, Hashable, CaseIterable {
  /// NYSE, NASDAQ, AMEX
  case newYork
  /// The exchanges of the CME group.
  case chicago
  /// HKEX
  case hongKong
  /// Shanghai and Shenzhen
  case china
  /// Tokyo
  case tokyo
  /// Hanoi and Ho Chi Minh City
  case vietnam

  /// Whether the exchanges open.
  public func isTradingDay(_ date: CalendarDate) -> Bool { days.contains(date) ?? !closings.contains(date) }

  /// The trading day before a date.
  public func tradingDay(before date: CalendarDate) -> CalendarDate { days.day(days.ordinal(of: date) - 1) }

  /// The trading day after a date.
  public func tradingDay(after date: CalendarDate) -> CalendarDate { days.day(days.ordinal(of: date.advanced(by: 1))) }

  /// The date itself when the exchanges open on it, else the trading day before it.
  public func tradingDay(onOrBefore date: CalendarDate) -> CalendarDate {
    isTradingDay(date) ? date : tradingDay(before: date)
  }

  /// Whether they close at noon (조기폐장): at one in New York, before the afternoon in Hong Kong; in Chicago when New York rests
  /// or closes early, as on Thanksgiving and the day after it, on Christmas Eve and before Independence Day.
  public func closesEarly(on date: CalendarDate) -> Bool {
    if self == .chicago {
      return isTradingDay(date)
        && (!ForeignCalendar.newYork.isTradingDay(date) || ForeignCalendar.newYork.closesEarly(on: date))
    }
    let (year, month, day) = date.parts
    return earlyCloses[year]?.contains(month * 100 + day) ?? false
  }

  /// Its trading days, counted.
  private var days: CountedDays { days(shownLater: 0).days }

  /// The days of a market that are shown as its trading days, where the market's days are shown so many of Korea's trading
  /// days later.
  func days(shownLater shift: Int) -> CountedWhenAsked {
    ForeignCalendar.counted.withLock { counted in
      let key = Shifted(calendar: self, days: shift)
      if let known = counted[key] { return known }
      let closings = closings
      let days = CountedWhenAsked { date in
        guard shift != 0 else { return !closings.contains(date) }
        let shown = TradingCalendar.shifted(date, byTradingDays: shift)
        // Of days that are shown as the same one, the one that it is meant by.
        return !closings.contains(shown) && TradingCalendar.shifted(shown, byTradingDays: -shift) == date
      }
      // A process shows few days as others.
      if counted.count >= 40 { counted = [:] }
      counted[key] = days
      return days
    }
  }

  private struct Shifted: Hashable {
    let calendar: ForeignCalendar
    let days: Int
  }

  private static let counted = Mutex<[Shifted: CountedWhenAsked]>([:])

  /// The days on which exchanges are closed, as numbers of days: forty thousand are counted when one is asked for first.
  private struct Closings: Sendable {
    private let holidays: Set<Int>

    static let known = Dictionary(uniqueKeysWithValues: ForeignCalendar.allCases.map { ($0, Closings($0.holidays)) })

    /// - Parameter holidays: `month * 100 + day`, by year.
    init(_ holidays: [Int: Set<Int>]) {
      let known = holidays.flatMap { year, days in days.map { (year, $0) } }
      let years = (CountedDays.range.lowerBound.year...CountedDays.range.upperBound.year)
      let others = years.filter { holidays[$0] == nil }.map { ($0, 101) }
      self.holidays = Set(
        (known + others).compactMap { CalendarDate(year: $0, month: $1 / 100, day: $1 % 100)?.number })
    }

    func contains(_ date: CalendarDate) -> Bool {
      let weekday = date.weekday
      if weekday == .saturday || weekday == .sunday || holidays.contains(date.number) { return true }
      // Beyond the years that are counted, too, New Year's Day is closed.
      return !CountedDays.range.contains(date) && date.parts.month == 1 && date.parts.day == 1
    }
  }

  private var closings: Closings { Closings.known[self] ?? Closings(holidays) }

  private var holidays: [Int: Set<Int>] {
    switch self {
    case .newYork: ForeignCalendar.newYorkHolidays
    case .chicago: ForeignCalendar.chicagoHolidays
    case .hongKong: ForeignCalendar.hongKongHolidays
    case .china: ForeignCalendar.chinaHolidays
    case .tokyo: ForeignCalendar.tokyoHolidays
    case .vietnam: ForeignCalendar.vietnamHolidays
    }
  }

  private var earlyCloses: [Int: Set<Int>] {
    switch self {
    case .newYork: ForeignCalendar.newYorkEarly
    case .hongKong: ForeignCalendar.hongKongEarly
    case .chicago, .china, .tokyo, .vietnam: [:]
    }
  }
}
