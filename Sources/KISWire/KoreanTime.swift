/// A moment, spelt the ways KIS spells it: always Korean time (KST, UTC+9, no daylight saving), never with a zone.
public struct KoreanTime: Sendable, Hashable, Comparable {
  /// Nanoseconds since 1970-01-01T00:00:00Z.
  public var epochNanoseconds: Int64

  /// A moment, in nanoseconds since 1970-01-01T00:00:00Z.
  public init(epochNanoseconds: Int64) { self.epochNanoseconds = epochNanoseconds }

  /// A calendar date and time of day in Korea. Out-of-range parts carry over, as in `day: 32`.
  public init(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, nanosecond: Int = 0
  ) {
    let days = KoreanTime.days(year: year, month: month, day: day)
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - KoreanTime.zoneSeconds
    epochNanoseconds = Int64(seconds) * 1_000_000_000 + Int64(nanosecond)
  }

  /// Reads ISO 8601: `2026-09-21T08:59:00+09:00`, with `Z` or an offset, an optional fraction, or only a date.
  /// Without a zone it is Korean time. Nil when it is none of these, or outside the years 1700 to 2200, near which
  /// nanoseconds since 1970 end.
  public init?(_ text: String) {
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "T" || $0 == " " }
    let date = parts[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard date.count == 3, let year = date[0], let month = date[1], let day = date[2],
      (1700...2200).contains(year)
    else { return nil }
    guard KoreanTime.hasDay(year: year, month: month, day: day) else { return nil }
    self.init(year: year, month: month, day: day)
    guard parts.count == 2 else { return }
    var clock = parts[1]
    var zone = KoreanTime.zoneSeconds
    if clock.hasSuffix("Z") {
      zone = 0
      clock.removeLast()
    } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
      let offset = clock[clock.index(after: sign)...].filter { $0 != ":" }
      guard offset.count == 4, let value = Int(offset), value % 100 < 60, value / 100 < 24 else { return nil }
      zone = (value / 100 * 3_600 + value % 100 * 60) * (clock[sign] == "-" ? -1 : 1)
      clock = clock[..<sign]
    }
    guard let time = TimeOfDay(String(clock)) else { return nil }
    epochNanoseconds += time.nanoseconds + Int64(KoreanTime.zoneSeconds - zone) * 1_000_000_000
  }

  public static func < (left: KoreanTime, right: KoreanTime) -> Bool {
    left.epochNanoseconds < right.epochNanoseconds
  }

  /// A moment so much later, or earlier for a negative duration; parts of a nanosecond are dropped.
  /// Sums outside the years 1678 to 2261 may wrap around.
  public static func + (time: KoreanTime, duration: Duration) -> KoreanTime {
    KoreanTime(epochNanoseconds: time.epochNanoseconds &+ duration.nanoseconds)
  }

  /// `2026-09-21 08:59:00`, as in `access_token_token_expired` (PROTOCOL section 1.1).
  public var spaced: String { "\(date) \(TimeOfDay(nanoseconds: nanosecondOfDay).colons)" }
  /// `20260921085900`, as in PINGPONG (PROTOCOL section 3.4).
  public var compact: String { compactDate + timeOfDay }
  /// `2026-09-21T08:59:00+09:00`.
  public var iso8601: String { "\(date)T\(TimeOfDay(nanoseconds: nanosecondOfDay).colons)+09:00" }
  /// `2026-09-21`.
  public var date: String {
    let (year, month, day) = civil
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
  /// `20260921`, 영업일자 (business date) in most fields.
  public var compactDate: String { date.filter { $0 != "-" } }
  /// `085900`, as in every `…_HOUR` field.
  public var timeOfDay: String { TimeOfDay(nanoseconds: nanosecondOfDay).digits }

  /// Nanoseconds since midnight in Korea.
  public var nanosecondOfDay: Int64 {
    let shifted = epochNanoseconds &+ Int64(KoreanTime.zoneSeconds) * 1_000_000_000
    let remainder = shifted % KoreanTime.dayNanoseconds
    return remainder < 0 ? remainder + KoreanTime.dayNanoseconds : remainder
  }

  /// The midnight in Korea that this moment's day began with.
  public var startOfDay: KoreanTime { KoreanTime(epochNanoseconds: epochNanoseconds &- nanosecondOfDay) }

  private static let zoneSeconds = 9 * 3_600
  private static let dayNanoseconds: Int64 = 86_400_000_000_000

  /// Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant's algorithm).
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Whether the calendar has this day.
  static func hasDay(year: Int, month: Int, day: Int) -> Bool {
    guard (1...12).contains(month) else { return false }
    let next = month == 12 ? days(year: year + 1, month: 1, day: 1) : days(year: year, month: month + 1, day: 1)
    return (1...(next - days(year: year, month: month, day: 1))).contains(day)
  }

  private var civil: (year: Int, month: Int, day: Int) {
    let shifted = epochNanoseconds &+ Int64(KoreanTime.zoneSeconds) * 1_000_000_000
    let whole = Int((shifted - nanosecondOfDay) / KoreanTime.dayNanoseconds) + 719_468
    let era = (whole >= 0 ? whole : whole - 146_096) / 146_097
    let dayOfEra = whole - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
  }
}

/// A time of day as people write it, `09:30:00`, and as KIS writes it, `093000`.
public struct TimeOfDay: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Nanoseconds since midnight; 24 hours and more belong to the next day.
  public var nanoseconds: Int64

  /// A time of day, in nanoseconds since midnight.
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
  /// A time of day, as what has passed since midnight.
  public init(sinceMidnight: Duration) { nanoseconds = sinceMidnight.nanoseconds }

  /// What has passed since midnight.
  public var sinceMidnight: Duration { .nanoseconds(nanoseconds) }

  package static let nanosecondsPerDay: Int64 = 86_400_000_000_000
  /// The same time on a clock: 25:30 is 01:30.
  package var withinDay: TimeOfDay { TimeOfDay(nanoseconds: nanoseconds % TimeOfDay.nanosecondsPerDay) }

  /// Reads `HH:MM`, `HH:MM:SS`, `HH:MM:SS.fff` or `HHMMSS`; nil for anything else.
  public init?(_ text: String) {
    var whole = Substring(text)
    var fraction: Int64 = 0
    if let dot = whole.firstIndex(of: ".") {
      let digits = whole[whole.index(after: dot)...]
      guard (1...9).contains(digits.count), digits.allSatisfy(\.isASCIIDigit),
        let value = Int64(digits + String(repeating: "0", count: 9 - digits.count))
      else { return nil }
      fraction = value
      whole = whole[..<dot]
    }
    var parts = whole.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 1, whole.count == 6 {
      let all = whole
      parts = [all.prefix(2), all.dropFirst(2).prefix(2), all.suffix(2)]
    }
    guard (2...3).contains(parts.count), parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isASCIIDigit) }) else {
      return nil
    }
    let numbers = parts.compactMap { Int64($0) }
    guard numbers.count == parts.count, numbers[0] < 24, numbers[1] < 60, numbers.last ?? 0 < 60 else { return nil }
    let seconds = numbers[0] * 3_600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
    nanoseconds = seconds * 1_000_000_000 + fraction
  }

  public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.nanoseconds < right.nanoseconds }

  /// `HHMMSS`.
  public var digits: String { colons.filter { $0 != ":" } }
  /// `09:30:00`, with a fraction only when there is one.
  public var description: String {
    let fraction = nanoseconds % 1_000_000_000
    guard fraction > 0 else { return colons }
    let digits = String(String(1_000_000_000 + fraction).dropFirst().reversed().drop { $0 == "0" }.reversed())
    return "\(colons).\(digits)"
  }

  /// `HH:MM:SS`.
  public var colons: String {
    let seconds = Int(nanoseconds / 1_000_000_000)
    return "\(padded(seconds / 3_600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
  }
}

extension Duration {
  /// Whole nanoseconds; a duration beyond ±292 years is cut to that.
  public var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return seconds < 0 ? .min : .max }
    let (sum, carried) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
    return carried ? (seconds < 0 ? .min : .max) : sum
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return digits.count < width ? String(repeating: "0", count: width - digits.count) + digits : digits
}
