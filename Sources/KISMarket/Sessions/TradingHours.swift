import Synchronization

/// The phases of a venue's day, by date: of its market of shares, or of KRX's market of futures and options (파생상품시장).
/// Holidays have none.
public struct TradingHours: Sendable, Hashable {
  /// The venue.
  public let venue: TradingVenue
  /// The day.
  public let date: CalendarDate
  /// In the order in which they begin; the two markets at a closing price run beside others.
  public let phases: [ScheduledPhase]

  /// The hours of a venue on a date.
  public init(of venue: TradingVenue, on date: CalendarDate) {
    self.venue = venue
    self.date = date
    phases = TradingHours.phases(of: venue == .krx ? .shares : .nextrade, on: date)
  }

  /// The hours of KRX's futures and options on a date, a quarter of an hour longer than those of shares at both ends.
  ///
  /// - Parameter isLastDay: whether it is the last trading day (최종거래일) of what is meant, which ends at 15:20 without a
  ///   closing auction.
  public init(ofContractsOn date: CalendarDate, isLastDay: Bool = false) {
    (venue, self.date) = (.krx, date)
    phases = TradingHours.phases(of: isLastDay ? .expiringContracts : .contracts, on: date)
  }

  /// Whether the venue opens on that day.
  public var isOpen: Bool { !phases.isEmpty }

  /// The phase at a moment, of two at once the one that makes prices; ``TradingPhase/closed`` outside of all.
  public func phase(at time: ClockTime) -> TradingPhase {
    let running = phases.filter { $0.contains(time) }
    return (running.first { $0.phase.isContinuous || $0.phase.isAuction } ?? running.first)?.phase ?? .closed
  }

  /// Whether a phase runs at a moment, beside others or not.
  public func runs(_ phase: TradingPhase, at time: ClockTime) -> Bool {
    phases.contains { $0.phase == phase && $0.contains(time) }
  }

  /// The first part of the day with that phase; nil when the day has none.
  public func first(_ phase: TradingPhase) -> ScheduledPhase? { phases.first { $0.phase == phase } }

  /// From the first moment of the first phase to the end of the last; nil on a day without trading.
  public var span: (start: ClockTime, end: ClockTime)? {
    guard let start = phases.map(\.start).min(), let end = phases.map(\.end).max() else { return nil }
    return (start, end)
  }

  /// The regular session (정규장) of KRX or main market of NXT: its continuous trading.
  public var continuous: ScheduledPhase? { first(.continuous) }

  /// When the regular session is over, with its closing auction where it has one; nil on a day without trading.
  public var close: ClockTime? { (first(.closingAuction) ?? continuous)?.end }
}

extension TradingHours {
  /// KRX closes at 15:30 instead of 15:00 since this day.
  static let lateCloseFrom: CalendarDate = "2016-08-01"
  /// The opening auction collects from 08:30 instead of 08:00 since this day.
  static let lateEntryFrom: CalendarDate = "2019-04-29"
  /// KRX's continuous after-market, instead of auctions every ten minutes, since this day.
  public static let afterMarketFrom: CalendarDate = "2026-09-14"
  /// Futures and options trade from 08:45 instead of 09:00 since this day.
  static let earlyContractsFrom: CalendarDate = "2023-07-31"
  /// NXT trades since this day.
  public static let nextradeFrom: CalendarDate = "2025-03-04"

  /// All that the hours of a trading day depend on.
  private struct KindOfDay: Hashable {
    let market: TradedMarket
    let opensLate: Bool
    let isExamDay: Bool
    /// How many of the changes of the rules have come by then.
    let changes: Int
  }

  /// What has hours of its own.
  private enum TradedMarket {
    case shares, contracts, expiringContracts, nextrade
  }

  private static let changes = [lateCloseFrom, lateEntryFrom, earlyContractsFrom, nextradeFrom, afterMarketFrom]

  /// Every figure asks for hours, and few days differ.
  private static let known = Mutex<[KindOfDay: [ScheduledPhase]]>([:])

  private static func phases(of market: TradedMarket, on date: CalendarDate) -> [ScheduledPhase] {
    guard TradingCalendar.isTradingDay(date) else { return [] }
    let day = KindOfDay(
      market: market, opensLate: TradingCalendar.isFirstOfYear(date), isExamDay: TradingCalendar.isExamDay(date),
      changes: changes.count { $0 <= date })
    return known.withLock { known in
      if let phases = known[day] { return phases }
      let phases =
        switch market {
        case .shares: koreaExchange(date)
        case .contracts: contracts(date, isLastDay: false)
        case .expiringContracts: contracts(date, isLastDay: true)
        case .nextrade: nextrade(date)
        }
      known[day] = phases
      return phases
    }
  }

  /// Minutes by which a day opens and closes later than others.
  private static func delay(_ date: CalendarDate) -> (opening: Int, closing: Int) {
    if TradingCalendar.isExamDay(date) { return (60, 60) }
    return (TradingCalendar.isFirstOfYear(date) ? 60 : 0, 0)
  }

  private static func koreaExchange(_ date: CalendarDate) -> [ScheduledPhase] {
    let delay = delay(date)
    let opening = ClockTime(9, 0).later(minutes: delay.opening)
    let entry = date < lateEntryFrom ? opening.later(minutes: -60) : opening.later(minutes: -30)
    let close = (date < lateCloseFrom ? ClockTime(15, 0) : ClockTime(15, 30)).later(minutes: delay.closing)
    // The market at the closing price keeps half an hour, however late the close was; the evening never moves.
    let evening = ClockTime(16, 0).later(minutes: delay.closing)
    var phases = [
      ScheduledPhase(.preOpenClosingPrice, opening.later(minutes: -30), opening.later(minutes: -20)),
      ScheduledPhase(.openingAuction, entry, opening),
      ScheduledPhase(.continuous, opening, close.later(minutes: -10)),
      ScheduledPhase(.closingAuction, close.later(minutes: -10), close),
      ScheduledPhase(.closingPriceEntry, close, close.later(minutes: 10)),
      ScheduledPhase(.closingPrice, close.later(minutes: 10), evening),
    ]
    phases.append(
      date < afterMarketFrom
        ? ScheduledPhase(.afterHoursAuctions, evening, ClockTime(18, 0))
        : ScheduledPhase(.afterMarket, evening, ClockTime(20, 0)))
    return phases.sorted { $0.start < $1.start }
  }

  /// Whatever a future or option is on: KRX has one table for all of them here, as its orders have.
  private static func contracts(_ date: CalendarDate, isLastDay: Bool) -> [ScheduledPhase] {
    let delay = delay(date)
    let opening = (date < earlyContractsFrom ? ClockTime(9, 0) : ClockTime(8, 45)).later(minutes: delay.opening)
    let entry = ScheduledPhase(.openingAuction, ClockTime(8, 30).later(minutes: delay.opening), opening)
    let close = (date < lateCloseFrom ? ClockTime(15, 15) : ClockTime(15, 45)).later(minutes: delay.closing)
    if isLastDay { return [entry, ScheduledPhase(.continuous, opening, close.later(minutes: -25))] }
    let collected = close.later(minutes: -10)
    return [
      entry, ScheduledPhase(.continuous, opening, collected), ScheduledPhase(.closingAuction, collected, close),
    ]
  }

  private static func nextrade(_ date: CalendarDate) -> [ScheduledPhase] {
    guard date >= nextradeFrom else { return [] }
    let delay = delay(date)
    let main = ScheduledPhase(
      .continuous, ClockTime(9, 0, 30).later(minutes: delay.opening), ClockTime(15, 20).later(minutes: delay.closing))
    let close = ClockTime(15, 30).later(minutes: delay.closing)
    var phases = [
      main,
      ScheduledPhase(.closingPriceEntry, close, close.later(minutes: 10)),
      ScheduledPhase(.closingPrice, close.later(minutes: 10), close.later(minutes: 30)),
      ScheduledPhase(
        .afterMarket, delay.closing == 0 ? ClockTime(15, 40) : ClockTime(16, 30), ClockTime(20, 0)),
    ]
    // Without its pre-market when the day opens late.
    if delay.opening == 0 { phases.insert(ScheduledPhase(.preMarket, ClockTime(8, 0), ClockTime(8, 50)), at: 0) }
    return phases.sorted { $0.start < $1.start }
  }
}

extension Instrument {
  /// The phases of KRX's day in which it trades: those of shares, or those of futures and options.
  public func hours(on date: CalendarDate) -> TradingHours {
    isContractAtHome
      ? TradingHours(ofContractsOn: date, isLastDay: date == lastTradingDay) : TradingHours(of: .krx, on: date)
  }

  /// Whether it is a future or option of KRX.
  var isContractAtHome: Bool { exchange == nil && kind.isContract }
}
