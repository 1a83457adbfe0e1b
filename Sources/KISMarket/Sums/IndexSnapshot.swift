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
  /// 시가, 고가, 저가 지수; 0 before the open.
  public let open: Int
  public let high: Int
  public let low: Int
  /// Shares and won, of its members and of the residual one.
  public let volume: Int
  public let amount: Int
  /// How many of its shares stand above, at and below their base price (상승, 보합, 하락), limits included.
  public let advancing: Int
  public let unchanged: Int
  public let declining: Int
  /// How many stand at their limits (상한, 하한).
  public let atUpperLimit: Int
  public let atLowerLimit: Int

  /// 전일 대비
  public var change: Int { level - previousClose }
  /// 전일 대비율 in hundredths of a percent.
  public var changeRate: Int { previousClose == 0 ? 0 : change * 10_000 / previousClose }
}
