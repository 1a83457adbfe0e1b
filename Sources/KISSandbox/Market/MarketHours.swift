import KISWire

/// The hours of the Korea Exchange, in seconds since midnight.
enum MarketHours {
  /// Program trading totals are published from here on (`08:59:13` in KIS's example).
  static let firstTotals = 32_340
  /// The opening auction ends.
  static let open = 32_400
  /// Continuous trading ends, the closing auction (종가 동시호가) starts.
  static let closingAuction = 55_200
  /// The closing price is made.
  static let close = 55_800
  /// The last after-hours auction (시간외 단일가).
  static let afterHoursEnd = 64_800

  /// Whether the servers are in business: half an hour before the open to half an hour after the close of an open day.
  static func isRegular(_ time: KoreanTime) -> Bool {
    TradingDay(of: time).isOpen && (open - 1_800...close + 1_800).contains(time.secondOfDay)
  }
}

/// When the simulated market is open.
public enum OpeningHours: Sendable, Hashable {
  /// From 08:30 to 18:00 of an open day things are as at the exchange: nothing is traded early and late.
  case exchange
  /// Whenever the exchange trades nothing, the day's session is repeated: for clocks that tell the host's time, so that
  /// whoever writes a client has something to read whatever time it is.
  case always
}

/// A second of the day as KIS writes times: `085913`.
func clockDigits(_ second: Int) -> String {
  padded(second / 3_600, to: 2) + padded(second / 60 % 60, to: 2) + padded(second % 60, to: 2)
}

/// A number with zeros before it, as KIS pads times and the fixed-width numbers of notices.
func padded(_ number: Int, to width: Int) -> String {
  let digits = String(number.magnitude)
  let zeros = String(repeating: "0", count: max(0, width - digits.count - (number < 0 ? 1 : 0)))
  return (number < 0 ? "-" : "") + zeros + digits
}

extension KoreanTime {
  /// Whole seconds since midnight in Korea.
  var secondOfDay: Int { Int(nanosecondOfDay / 1_000_000_000) }
}
