public import KISWire

/// A day in Korea on which the simulated market may open.
public struct TradingDay: Sendable, Hashable, Comparable {
  /// The midnight that the day begins with.
  public let midnight: KoreanTime

  /// The day that a moment belongs to, open or not.
  public init(of moment: KoreanTime) { midnight = moment.startOfDay }

  /// Reads `2026-09-21`; nil for anything that is no day of the calendar.
  public init?(_ text: String) {
    guard let midnight = KoreanTime(text), midnight.date == text else { return nil }
    self.midnight = midnight
  }

  /// Days since 1970-01-01, to name random streams by.
  var number: Int { Int((midnight.epochNanoseconds / 1_000_000_000 + 32_400) / 86_400) }

  /// `20260921`.
  var compact: String { midnight.compactDate }

  /// 0 is Sunday.
  var weekday: Int { ((number + 4) % 7 + 7) % 7 }

  /// Whether the exchange opens: no weekend, no holiday with a fixed date (the lunar ones are not known here).
  public var isOpen: Bool {
    (1...5).contains(weekday) && !TradingDay.fixedHolidays.contains(midnight.date.suffix(5))
  }

  /// The nearest open day before this one.
  public var previous: TradingDay {
    var day = advanced(by: -1)
    while !day.isOpen { day = day.advanced(by: -1) }
    return day
  }

  /// The day some calendar days later (or earlier).
  func advanced(by days: Int) -> TradingDay { TradingDay(of: midnight + .seconds(86_400 * days)) }

  public static func < (left: TradingDay, right: TradingDay) -> Bool { left.midnight < right.midnight }

  private static let fixedHolidays: Set<Substring> = [
    "01-01", "03-01", "05-01", "05-05", "06-06", "08-15", "10-03", "10-09", "12-25", "12-31",
  ]
}
