/// The state of an instrument at a moment of a day. Prices are in the smallest units of its market.
public struct Snapshot: Sendable, Hashable {
  /// The instrument.
  public let instrument: Instrument
  /// The trading day; of a moment on a holiday the one before it.
  public let date: CalendarDate
  /// Until when prints count.
  public internal(set) var time: ClockTime
  /// 기준가, ordinarily the close of the day before.
  public let basePrice: Int
  /// 상한가, 하한가
  public let limits: PriceLimits
  /// The last price (현재가); the base price before the first print.
  public let price: Int
  /// 시가; 0 before the first print.
  public let open: Int
  /// 고가; 0 before the first print.
  public let high: Int
  /// 저가; 0 before the first print.
  public let low: Int
  /// 누적 거래량
  public let volume: Int
  /// 누적 거래대금, in the smallest units of its market times shares.
  public let amount: Int
  /// Shares that buyers took (매수 체결량); auctions do not count.
  public let boughtVolume: Int
  /// Shares that sellers took (매도 체결량); auctions do not count.
  public let soldVolume: Int
  /// Prints that buyers took (매수 체결 건수); auctions do not count.
  public let boughtPrints: Int
  /// Prints that sellers took (매도 체결 건수); auctions do not count.
  public let soldPrints: Int
  /// What a static volatility interruption is measured from (정적 VI 기준가): the price of the last auction.
  public let interruptionReference: Int

  /// Whether anything was traded.
  public var hasTraded: Bool { volume > 0 }
  /// 전일 대비
  public var change: Int { price - basePrice }
  /// 전일 대비율 in hundredths of a percent.
  public var changeRate: Int { basePrice == 0 ? 0 : change * 10_000 / basePrice }
  /// The volume-weighted average price, rounded down; the price before the first print.
  public var averagePrice: Int { volume == 0 ? price : amount / volume }
  /// 시가총액: price times listed shares, in the smallest units of its market.
  public var capitalization: Int { price.multipliedReportingOverflow(by: instrument.listedShares).partialValue }
}

/// One bar of a chart. Prices are in the smallest units of the instrument's market.
public struct Bar: Sendable, Hashable {
  /// The trading day; of a longer bar its last one.
  public let date: CalendarDate
  /// When a minute's bar begins; midnight of others.
  public let time: ClockTime
  /// 시가
  public let open: Int
  /// 고가
  public let high: Int
  /// 저가
  public let low: Int
  /// 종가
  public let close: Int
  /// Shares.
  public let volume: Int
  /// In the smallest units of its market times shares.
  public let amount: Int

  /// A bar.
  public init(
    date: CalendarDate, time: ClockTime, open: Int, high: Int, low: Int, close: Int, volume: Int, amount: Int
  ) {
    (self.date, self.time, self.open, self.high, self.low, self.close) = (date, time, open, high, low, close)
    (self.volume, self.amount) = (volume, amount)
  }

  /// Consecutive bars merged into one; nil when there are none.
  public static func folded(_ bars: some Sequence<Bar>) -> Bar? {
    var result: Bar?
    for bar in bars {
      guard let sum = result else {
        result = bar
        continue
      }
      result = Bar(
        date: bar.date, time: sum.time, open: sum.volume == 0 ? bar.open : sum.open,
        high: bar.volume == 0 ? sum.high : sum.volume == 0 ? bar.high : max(sum.high, bar.high),
        low: bar.volume == 0 ? sum.low : sum.volume == 0 ? bar.low : min(sum.low, bar.low), close: bar.close,
        volume: sum.volume + bar.volume, amount: sum.amount + bar.amount)
    }
    return result
  }
}

/// A day of an instrument's regular session. Prices are in the smallest units of its market.
public struct DayBar: Sendable, Hashable {
  /// The trading day.
  public let date: CalendarDate
  /// 기준가
  public let basePrice: Int
  /// 상한가, 하한가
  public let limits: PriceLimits
  /// 시가; the base price on a day without a trade, as are the next three.
  public let open: Int
  /// 고가
  public let high: Int
  /// 저가
  public let low: Int
  /// 종가
  public let close: Int
  /// 거래량
  public let volume: Int
}
