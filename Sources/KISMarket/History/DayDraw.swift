/// One drawn day of an instrument's regular session. Prices in the smallest units of its market.
struct DayDraw: Sendable, Hashable {
  /// The trading day.
  @Compact var ordinal = 0
  /// 기준가
  @CompactPrice var base = 0
  /// 하한가, 상한가
  @CompactPrice var lower = 0
  @CompactPrice var upper = 0
  /// 시가, 고가, 저가, 종가; on a day without a trade all are the base price.
  @CompactPrice var open = 0
  @CompactPrice var high = 0
  @CompactPrice var low = 0
  @CompactPrice var close = 0
  /// 거래량
  var volume = 0
  /// Prints of continuous trading.
  @Compact var prints = 0
  /// Deviation of the return between open and close, Q30.
  @Compact var sigma = 0

  /// A day on which nothing was traded.
  static func idle(ordinal: Int, base: Int, limits: PriceLimits) -> DayDraw {
    DayDraw(
      ordinal: ordinal, base: base, lower: limits.lower, upper: limits.upper, open: base, high: base, low: base,
      close: base)
  }
}
