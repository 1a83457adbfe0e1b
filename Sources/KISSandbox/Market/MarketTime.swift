import KISMarket
import KISWire

extension TradingMoment {
  /// The day and the time of it that a moment is in Korea, to the millisecond.
  init(_ moment: KoreanTime) {
    self.init(
      CalendarDate(of: moment), ClockTime(milliseconds: Int(moment.nanosecondOfDay / 1_000_000)))
  }

  /// The same moment on a clock.
  var koreanTime: KoreanTime { date.midnight + .milliseconds(time.milliseconds) }
}

extension CalendarDate {
  /// The day in Korea that a moment belongs to.
  init(of moment: KoreanTime) {
    let seconds = moment.startOfDay.epochNanoseconds / 1_000_000_000 + 9 * 3_600
    self.init(number: Int(seconds / 86_400))
  }

  /// Reads `20260921`; nil for anything that is no day of the calendar.
  init?(compact text: some StringProtocol) {
    guard text.utf8.count == 8 else { return nil }
    var number = 0
    for digit in text.utf8 {
      guard (0x30...0x39).contains(digit) else { return nil }
      number = number * 10 + Int(digit - 0x30)
    }
    self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }

  /// The midnight in Korea that the day begins with.
  var midnight: KoreanTime {
    KoreanTime(epochNanoseconds: (Int64(number) * 86_400 - 9 * 3_600) * 1_000_000_000)
  }

  /// `20260921`.
  var compact: String {
    let (year, month, day) = parts
    return padded(year * 10_000 + month * 100 + day, to: 8)
  }
}

extension KoreanTime {
  /// Whole seconds since midnight in Korea.
  var secondOfDay: Int { Int(nanosecondOfDay / 1_000_000_000) }
}

/// Maps time that passes to days of the market: each lasts from half an hour before the opening until the evening;
/// nights, weekends and holidays are left out, unless somebody went into a night.
struct MarketDays {
  /// 08:30: orders are taken for the opening auction.
  static let start = ClockTime(8, 30)
  /// 20:00: the last phase of any venue in Korea is over.
  static let end = ClockTime(20, 0)

  /// The moment that no time has passed at.
  let start: TradingMoment
  /// Whether the morning of the next trading day follows an evening at once.
  let leavesOutNights: Bool
  /// After how many milliseconds it is 20:00 for the first time since somebody began.
  let firstEnd: Int

  /// - Parameters:
  ///   - start: the moment that no time has passed at.
  ///   - entry: after how many milliseconds somebody begins.
  init(from start: TradingMoment, enteredAfter entry: Int) {
    self.start = start
    let end = MarketDays.end.milliseconds - start.time.milliseconds
    leavesOutNights = max(0, entry) < end
    firstEnd = leavesOutNights ? end : end + ((entry - end) / 86_400_000 + 1) * 86_400_000
  }

  /// The moment that the market has reached after some milliseconds.
  func moment(after milliseconds: Int) -> TradingMoment {
    let reached = start.time.milliseconds + milliseconds
    guard reached >= MarketDays.end.milliseconds, leavesOutNights else {
      return TradingMoment(start.date, ClockTime(milliseconds: max(0, reached)))
    }
    let length = MarketDays.end.milliseconds - MarketDays.start.milliseconds
    let (days, rest) = (reached - MarketDays.end.milliseconds).quotientAndRemainder(dividingBy: length)
    var date = start.date
    for _ in 0...min(days, 10_000) { date = TradingCalendar.tradingDay(after: date) }
    return TradingMoment(date, MarketDays.start.later(milliseconds: rest))
  }

  /// How many days after the first a date is: trading days where nights are left out, else days of the calendar.
  func days(until date: CalendarDate) -> Int {
    guard date > start.date, leavesOutNights else { return date.number - start.date.number }
    return TradingCalendar.ordinal(of: date) - TradingCalendar.ordinal(of: start.date.advanced(by: 1)) + 1
  }

  /// The date some days after the first; the inverse of ``days(until:)``.
  func date(after days: Int) -> CalendarDate {
    guard days > 0, leavesOutNights else { return start.date.advanced(by: days) }
    return TradingCalendar.tradingDay(TradingCalendar.ordinal(of: start.date.advanced(by: 1)) + days - 1)
  }

  /// How many milliseconds pass until a moment; the inverse of ``moment(after:)``.
  func milliseconds(until moment: TradingMoment) -> Int {
    guard moment.date > start.date, leavesOutNights else {
      return moment.time.milliseconds - start.time.milliseconds
        + (moment.date.number - start.date.number) * 86_400_000
    }
    let first = TradingCalendar.ordinal(of: start.date.advanced(by: 1))
    let whole = TradingCalendar.ordinal(of: moment.date) - first
    let length = MarketDays.end.milliseconds - MarketDays.start.milliseconds
    return MarketDays.end.milliseconds - start.time.milliseconds + max(0, whole) * length
      + max(0, moment.time.milliseconds - MarketDays.start.milliseconds)
  }
}

/// A second of the day as KIS writes times: `085913`.
func clockDigits(_ second: Int) -> String {
  let second = ((second % 86_400) + 86_400) % 86_400
  return padded(second / 3_600, to: 2) + padded(second / 60 % 60, to: 2) + padded(second % 60, to: 2)
}

/// A number with zeros before it, as KIS pads times and the fixed-width numbers of notices.
func padded(_ number: Int, to width: Int) -> String {
  let digits = String(number.magnitude)
  let zeros = String(repeating: "0", count: max(0, width - digits.count - (number < 0 ? 1 : 0)))
  return (number < 0 ? "-" : "") + zeros + digits
}

extension Comparable {
  /// The value, or the nearer end of the range when it lies outside.
  func clamped(to range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}
