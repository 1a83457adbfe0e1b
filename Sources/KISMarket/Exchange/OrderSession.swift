/// The stretch of time that orders of a security live in, where it trades by sessions and not by the phases of KRX's and
/// NXT's share markets.
public struct OrderSession: Sendable, Hashable {
  /// From when orders are taken.
  public let entry: TradingMoment
  /// From when they trade.
  public let start: TradingMoment
  /// When what is left of them ends.
  public let end: TradingMoment

  /// Whether orders are taken at a moment.
  func takesOrders(at moment: TradingMoment) -> Bool { entry <= moment && moment < end }
}

/// Where futures and options trade.
public enum ContractMarket: Sendable, Hashable {
  /// KRX by day, ``TradingHours/init(ofContractsOn:isLastDay:)``.
  case krx
  /// KRX by night, 18:00–06:00, since 2025-06-09.
  case krxNight
  /// Chicago and its like: 23 hours from 07:00 in summer, 08:00 in winter on the days on which it opens; until noon there when
  /// it closes early.
  case abroad(ForeignExchange)
}

extension Security {
  /// The session whose orders are taken at a moment, or the next one that begins on that day or the day after; nil where
  /// there is none, and for shares in Korea, which have phases.
  public func session(at now: TradingMoment) -> OrderSession? {
    for days in -1...1 {
      let date = now.date.advanced(by: days)
      if let session = session(on: date), now < session.end, days < 1 || !listing.isHome { return session }
    }
    return nil
  }

  /// The session that begins on a date.
  private func session(on date: CalendarDate) -> OrderSession? {
    func session(_ entry: ClockTime, _ start: ClockTime, _ end: ClockTime) -> OrderSession {
      func moment(_ time: ClockTime) -> TradingMoment {
        TradingMoment(date, ClockTime(milliseconds: 0)).later(milliseconds: time.milliseconds)
      }
      return OrderSession(entry: moment(entry), start: moment(start), end: moment(end))
    }
    let delay = TradingCalendar.isExamDay(date) ? 60 : 0
    switch listing {
    case .korea: return nil
    case .abroad(let exchange):
      let now = TradingMoment(date, ClockTime(milliseconds: 0))
      let next = exchange.nextSession(from: now)
      return OrderSession(entry: next.start, start: next.start, end: next.end)
    case .bond:
      guard TradingCalendar.isTradingDay(date) else { return nil }
      return session(ClockTime(8, 30), ClockTime(9, 0), ClockTime(15, 30).later(minutes: delay))
    case .contract(_, .krx):
      let hours = TradingHours(ofContractsOn: date, isLastDay: date == lastTradingDay)
      guard let entry = hours.first(.openingAuction), let close = hours.close else { return nil }
      return session(entry.start, entry.end, close)
    case .contract(_, .krxNight):
      guard TradingCalendar.isTradingDay(date), date >= "2025-06-09" else { return nil }
      return session(ClockTime(17, 50), ClockTime(18, 0), ClockTime(30, 0))
    case .contract(_, .abroad(let exchange)):
      guard exchange.isOpen(on: date) else { return nil }
      let shift = exchange.minutesBehindKorea(on: date) - 13 * 60
      let start = ClockTime(7, 0).later(minutes: shift)
      let end = exchange.closesEarly(on: date) ? ClockTime(26, 0) : ClockTime(30, 0)
      return session(start, start, end.later(minutes: shift))
    }
  }
}
