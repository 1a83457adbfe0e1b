/// A stock exchange abroad, and when it is open in Korean time. Only weekends are closed days here.
public enum ForeignExchange: String, Sendable, Hashable, CaseIterable {
  case nasdaq = "NASDAQ"
  case nyse = "NYSE"
  case amex = "AMEX"
  case hongKong = "HKEX"
  case shanghai = "SSE"
  case shenzhen = "SZSE"
  case tokyo = "TSE"
  case hanoi = "HNX"
  case hoChiMinh = "HSX"

  /// When a trade of a day is settled (결제일): so many of its trading days later.
  public func settlement(of date: CalendarDate) -> CalendarDate {
    let days =
      switch self {
      case .nasdaq, .nyse, .amex, .shanghai, .shenzhen: 1
      case .hongKong, .tokyo, .hanoi, .hoChiMinh: 2
      }
    var day = date
    for _ in 0..<days {
      repeat { day = day.advanced(by: 1) } while sessions(on: day).isEmpty
    }
    return day
  }

  /// The sessions that begin on a date in Korea, in Korean time; those of New York end on the next day (after 24:00).
  public func sessions(on date: CalendarDate) -> [ForeignSession] {
    guard date.weekday != .saturday, date.weekday != .sunday else { return [] }
    switch self {
    case .nasdaq, .nyse, .amex:
      // New York is 14 hours behind, 13 in summer.
      let shift = ForeignExchange.isSummerInNewYork(date) ? 13 * 60 : 14 * 60
      func part(_ phase: ForeignSession.Phase, _ start: ClockTime, _ end: ClockTime) -> ForeignSession {
        ForeignSession(phase: phase, start: start.later(minutes: shift), end: end.later(minutes: shift))
      }
      return [
        part(.preMarket, ClockTime(4, 0), ClockTime(9, 30)), part(.regular, ClockTime(9, 30), ClockTime(16, 0)),
        part(.afterMarket, ClockTime(16, 0), ClockTime(20, 0)),
      ]
    case .hongKong: return regular((10, 30, 13, 0), (14, 0, 17, 0))
    case .shanghai, .shenzhen: return regular((10, 30, 12, 30), (14, 0, 16, 0))
    case .tokyo:
      // Half an hour longer since 2024-11-05.
      return regular((9, 0, 11, 30), date < "2024-11-05" ? (12, 30, 15, 0) : (12, 30, 15, 30))
    case .hanoi, .hoChiMinh: return regular((11, 0, 13, 30), (15, 0, 17, 0))
    }
  }

  /// The session that runs at a moment; nil when there is none. A night in New York belongs to the day it began on.
  public func session(on date: CalendarDate, at time: ClockTime) -> ForeignSession? {
    let today = sessions(on: date).first { $0.start <= time && time < $0.end }
    let night = time.later(minutes: 24 * 60)
    return today ?? sessions(on: date.advanced(by: -1)).first { $0.start <= night && night < $0.end }
  }

  private func regular(_ parts: (Int, Int, Int, Int)...) -> [ForeignSession] {
    parts.map { ForeignSession(phase: .regular, start: ClockTime($0.0, $0.1), end: ClockTime($0.2, $0.3)) }
  }

  /// From the second Sunday of March to the first Sunday of November; 09:30 there is always after the change.
  static func isSummerInNewYork(_ date: CalendarDate) -> Bool {
    let year = date.year
    guard let march = CalendarDate(year: year, month: 3, day: 8),
      let november = CalendarDate(year: year, month: 11, day: 1)
    else { return false }
    func sundayFrom(_ date: CalendarDate) -> CalendarDate {
      date.advanced(by: (7 - date.weekday.rawValue) % 7)
    }
    return date >= sundayFrom(march) && date < sundayFrom(november)
  }
}

/// A part of a day at an exchange abroad.
public struct ForeignSession: Sendable, Hashable {
  /// What kind of session it is.
  public enum Phase: Sendable, Hashable { case preMarket, regular, afterMarket }

  /// What kind of session it is.
  public let phase: Phase
  /// Its first moment, in Korean time.
  public let start: ClockTime
  /// The first moment after it.
  public let end: ClockTime
}
