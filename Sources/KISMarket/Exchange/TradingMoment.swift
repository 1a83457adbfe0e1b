/// A moment of the market: a day in Korea and a time of it.
public struct TradingMoment: Sendable, Hashable, Comparable {
  /// The day.
  public var date: CalendarDate
  /// The time of that day.
  public var time: ClockTime

  /// A moment by day and time.
  public init(_ date: CalendarDate, _ time: ClockTime) { (self.date, self.time) = (date, time) }

  /// The moment some milliseconds later, across midnight too.
  public func later(milliseconds: Int) -> TradingMoment {
    let day = 86_400_000
    let total = time.milliseconds + milliseconds
    let days = total >= 0 ? total / day : (total - day + 1) / day
    return TradingMoment(date.advanced(by: days), ClockTime(milliseconds: total - days * day))
  }

  public static func < (left: TradingMoment, right: TradingMoment) -> Bool {
    (left.date, left.time) < (right.date, right.time)
  }
}
