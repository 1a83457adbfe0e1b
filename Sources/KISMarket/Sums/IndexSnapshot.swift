/// An index (업종지수) at a moment. Levels are in hundredths of a point.
public struct IndexSnapshot: Sendable, Hashable {
  /// Its code (업종코드).
  public let code: String
  /// The trading day; of a moment on a holiday the one before it.
  public let date: CalendarDate
  /// Until when trades count.
  public internal(set) var time: ClockTime
  /// The close of the day before.
  public let previousClose: Int
  /// 현재 지수; the close before until the open.
  public let level: Int
  /// 시가 지수; 0 before the open.
  public let open: Int
  /// 고가 지수; 0 before the open.
  public let high: Int
  /// 저가 지수; 0 before the open.
  public let low: Int
  /// Shares of its members and of the residual one (거래량).
  public let volume: Int
  /// Won that were paid for them (거래대금).
  public let amount: Int
  /// How many of its shares stand above their base price (상승), those at the limit included.
  public let advancing: Int
  /// How many stand at their base price (보합).
  public let unchanged: Int
  /// How many stand below it (하락), those at the limit included.
  public let declining: Int
  /// How many stand at their upper limit (상한).
  public let atUpperLimit: Int
  /// How many stand at their lower limit (하한).
  public let atLowerLimit: Int

  /// 전일 대비
  public var change: Int { level - previousClose }
  /// 전일 대비율 in hundredths of a percent.
  public var changeRate: Int { previousClose == 0 ? 0 : change * 10_000 / previousClose }
}
