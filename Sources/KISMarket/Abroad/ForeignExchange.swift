/// A stock exchange abroad: when it is open in Korean time, when trades are settled, and which prices orders may have.
///
/// Days and times are those of the market. Where the market's days are shown as others, an exchange opens on the days that it
/// is open on as they are shown: no holiday is traded through, and summer time is that of the day that is shown.
public struct ForeignExchange: Sendable, Hashable {
  /// Which exchange it is.
  public enum Place: String, Sendable, Hashable, CaseIterable {
    case nasdaq = "NASDAQ"
    case nyse = "NYSE"
    case amex = "AMEX"
    /// Where futures and options abroad trade: what trades elsewhere keeps its days and hours too.
    case chicago = "CME"
    case hongKong = "HKEX"
    case shanghai = "SSE"
    case shenzhen = "SZSE"
    case tokyo = "TSE"
    case hanoi = "HNX"
    case hoChiMinh = "HSX"
  }

  /// Which exchange it is.
  public let place: Place
  /// How many of Korea's trading days later its days are shown.
  public let daysLater: Int
  private let counted: CountedWhenAsked

  /// NASDAQ
  public static let nasdaq = ForeignExchange(.nasdaq)
  /// The New York Stock Exchange.
  public static let nyse = ForeignExchange(.nyse)
  /// NYSE American, as the broker still calls it AMEX.
  public static let amex = ForeignExchange(.amex)
  /// The exchanges of the CME group.
  public static let chicago = ForeignExchange(.chicago)
  /// HKEX
  public static let hongKong = ForeignExchange(.hongKong)
  /// SSE
  public static let shanghai = ForeignExchange(.shanghai)
  /// SZSE
  public static let shenzhen = ForeignExchange(.shenzhen)
  /// TSE
  public static let tokyo = ForeignExchange(.tokyo)
  /// HNX
  public static let hanoi = ForeignExchange(.hanoi)
  /// HOSE
  public static let hoChiMinh = ForeignExchange(.hoChiMinh)

  private init(_ place: Place, daysLater: Int = 0) {
    (self.place, self.daysLater) = (place, daysLater)
    counted = ForeignExchange.calendar(of: place).days(shownLater: daysLater)
  }

  /// The days of the market on which it opens, counted.
  var days: CountedDays { counted.days }

  /// The exchange of a name, as instruments are listed with it: `NASDAQ`; nil for any other.
  public init?(named name: String) {
    guard let place = Place(rawValue: name) else { return nil }
    self.init(place)
  }

  /// The same where the market's days are shown as others, so many of Korea's trading days later.
  public func shown(daysLater: Int) -> ForeignExchange { ForeignExchange(place, daysLater: daysLater) }

  public static func == (left: ForeignExchange, right: ForeignExchange) -> Bool {
    left.place == right.place && left.daysLater == right.daysLater
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(place)
    hasher.combine(daysLater)
  }

  /// The calendar that it keeps.
  public var calendar: ForeignCalendar { ForeignExchange.calendar(of: place) }

  private static func calendar(of place: Place) -> ForeignCalendar {
    switch place {
    case .nasdaq, .nyse, .amex: .newYork
    case .chicago: .chicago
    case .hongKong: .hongKong
    case .shanghai, .shenzhen: .china
    case .tokyo: .tokyo
    case .hanoi, .hoChiMinh: .vietnam
    }
  }

  /// Whether it opens on a day.
  public func isOpen(on date: CalendarDate) -> Bool { days.contains(date) ?? calendar.isTradingDay(date) }

  /// The day before a date on which it opens.
  public func tradingDay(before date: CalendarDate) -> CalendarDate { days.day(days.ordinal(of: date) - 1) }

  /// How a day of the market is shown.
  private func shown(_ date: CalendarDate) -> CalendarDate {
    daysLater == 0 ? date : TradingCalendar.shifted(date, byTradingDays: daysLater)
  }

  /// How many minutes its clocks are behind those in Korea.
  public func minutesBehindKorea(on date: CalendarDate) -> Int {
    switch place {
    case .nasdaq, .nyse, .amex, .chicago: ForeignExchange.isSummerInNewYork(shown(date)) ? 13 * 60 : 14 * 60
    case .hongKong, .shanghai, .shenzhen: 60
    case .tokyo: 0
    case .hanoi, .hoChiMinh: 120
    }
  }

  /// When a trade of a day is settled (결제일): so many of its trading days later.
  public func settlement(of date: CalendarDate) -> CalendarDate {
    let days =
      switch place {
      case .nasdaq, .nyse, .amex, .chicago, .shanghai, .shenzhen: 1
      case .hongKong, .tokyo, .hanoi, .hoChiMinh: 2
      }
    return self.days.day(self.days.ordinal(of: date.advanced(by: 1)) + days - 1)
  }

  /// Whether it closes early on a day.
  public func closesEarly(on date: CalendarDate) -> Bool { calendar.closesEarly(on: shown(date)) }

  /// The sessions that begin on a date in Korea, in Korean time; those of New York end on the next day (after 24:00).
  public func sessions(on date: CalendarDate) -> [ForeignSession] {
    guard isOpen(on: date) else { return [] }
    let isShort = closesEarly(on: date)
    switch place {
    case .nasdaq, .nyse, .amex:
      let shift = minutesBehindKorea(on: date)
      func part(_ phase: ForeignSession.Phase, _ start: ClockTime, _ end: ClockTime) -> ForeignSession {
        ForeignSession(phase: phase, start: start.later(minutes: shift), end: end.later(minutes: shift))
      }
      let (close, end) = isShort ? (ClockTime(13, 0), ClockTime(17, 0)) : (ClockTime(16, 0), ClockTime(20, 0))
      return [
        part(.preMarket, ClockTime(4, 0), ClockTime(9, 30)), part(.regular, ClockTime(9, 30), close),
        part(.afterMarket, close, end),
      ]
    // While the pits were open, which is when most is traded.
    case .chicago:
      let shift = minutesBehindKorea(on: date)
      let close = isShort ? ClockTime(13, 0) : ClockTime(16, 0)
      return [
        ForeignSession(
          phase: .regular, start: ClockTime(9, 30).later(minutes: shift), end: close.later(minutes: shift))
      ]
    case .hongKong: return isShort ? regular((10, 30, 13, 0)) : regular((10, 30, 13, 0), (14, 0, 17, 0))
    case .shanghai, .shenzhen: return regular((10, 30, 12, 30), (14, 0, 16, 0))
    case .tokyo:
      // Half an hour longer since 2024-11-05.
      return regular((9, 0, 11, 30), shown(date) < "2024-11-05" ? (12, 30, 15, 0) : (12, 30, 15, 30))
    case .hanoi, .hoChiMinh: return regular((11, 0, 13, 30), (15, 0, 17, 0))
    }
  }

  /// The prices that orders of its shares may have on a date, in ten-thousandths of its currency.
  ///
  /// Cents in New York from a dollar on and in China; Hong Kong's spread table, finer since 2025-08-04; Tokyo's, which is finer
  /// for the shares of the TOPIX 500; Ho Chi Minh City's three steps and Hanoi's one.
  /// - Parameter isLarge: whether a share is one of the large ones of its exchange.
  public func ticks(ofLarge isLarge: Bool, on date: CalendarDate) -> PriceTicks {
    switch place {
    case .nasdaq, .nyse, .amex: .newYork
    case .hongKong: date < "2025-08-04" ? .hongKongBefore2025 : .hongKong
    case .chicago, .shanghai, .shenzhen: .cents
    case .tokyo: isLarge ? .tokyoLarge : .tokyo
    case .hoChiMinh: .hoChiMinh
    case .hanoi: .hanoi
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
