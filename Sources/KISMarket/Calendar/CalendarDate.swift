/// A date of the (proleptic) Gregorian calendar, without time and zone. All dates of the market are Korean.
public struct CalendarDate: Sendable, Hashable, Comparable {
  /// Days since 1970-01-01.
  public let number: Int

  /// The date that lies some days after 1970-01-01.
  public init(number: Int) { self.number = number }

  /// A date of the calendar; nil when there is none such, as 2026-02-29.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9_999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
    let date = CalendarDate(number: CalendarDate.number(year: year, month: month, day: day))
    guard date.parts == (year, month, day) else { return nil }
    self = date
  }

  /// Reads `2026-09-14`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Year, month (1–12) and day of the month (1–31).
  public var parts: (year: Int, month: Int, day: Int) {
    // Years begin in March here, so that the leap day is the last of its year (Hinnant, "chrono-compatible low-level
    // date algorithms").
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  /// The year.
  public var year: Int { parts.year }

  /// The day of the week.
  public var weekday: Weekday {
    Weekday(rawValue: ((number + 4) % 7 + 7) % 7) ?? .sunday
  }

  /// The date some days later, or earlier.
  public func advanced(by days: Int) -> CalendarDate { CalendarDate(number: number + days) }

  public static func < (left: CalendarDate, right: CalendarDate) -> Bool { left.number < right.number }

  private static func number(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

extension CalendarDate: CustomStringConvertible, ExpressibleByStringLiteral {
  /// `2026-09-14`.
  public var description: String {
    let (year, month, day) = parts
    func digits(_ number: Int, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
    return "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))"
  }

  /// A date written in code: `"2026-09-14"`. Traps when it is none; read what somebody else wrote with `init?(_:)`.
  public init(stringLiteral text: String) {
    guard let date = CalendarDate(text) else { preconditionFailure("\(text) is no date of the calendar") }
    self = date
  }
}

/// A day of the week.
public enum Weekday: Int, Sendable, Hashable {
  case sunday, monday, tuesday, wednesday, thursday, friday, saturday
}
