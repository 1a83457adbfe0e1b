/// What a venue does at a time of its day.
public enum TradingPhase: String, Sendable, Hashable, CaseIterable {
  /// Nothing is traded and no order is taken.
  case closed
  /// 장전 시간외종가: trades at the previous close. It runs beside the first minutes of the opening auction.
  case preOpenClosingPrice
  /// 시가 동시호가: orders are collected for the opening price.
  case openingAuction
  /// 접속매매: continuous trading, on NXT its main market.
  case continuous
  /// 종가 동시호가: orders are collected for the closing price.
  case closingAuction
  /// 장후 시간외종가, entry of orders only.
  case closingPriceEntry
  /// 장후 시간외종가 (on NXT 종가매매시장): trades at the close.
  case closingPrice
  /// 시간외단일가: an auction every ten minutes, until 2026-09-13.
  case afterHoursAuctions
  /// NXT's pre-market (프리마켓), continuous.
  case preMarket
  /// After-market (애프터마켓), continuous: NXT's, and since 2026-09-14 KRX's.
  case afterMarket

  /// Whether orders meet as they arrive.
  public var isContinuous: Bool { self == .continuous || self == .preMarket || self == .afterMarket }

  /// Whether orders are collected for one price.
  public var isAuction: Bool { self == .openingAuction || self == .closingAuction || self == .afterHoursAuctions }
}

/// One phase of one day, by its nominal hours.
public struct ScheduledPhase: Sendable, Hashable {
  /// What the venue does.
  public let phase: TradingPhase
  /// Its first moment.
  public let start: ClockTime
  /// The first moment after it. An auction ends up to 30 seconds later, see ``AuctionEnd``.
  public let end: ClockTime

  package init(_ phase: TradingPhase, _ start: ClockTime, _ end: ClockTime) {
    self.phase = phase
    self.start = start
    self.end = end
  }

  /// Whether a moment lies in its nominal hours.
  public func contains(_ time: ClockTime) -> Bool { start <= time && time < end }

  func later(minutes: Int) -> ScheduledPhase {
    ScheduledPhase(phase, start.later(minutes: minutes), end.later(minutes: minutes))
  }
}
