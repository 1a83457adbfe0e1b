import KISMarket

/// What foreign money is worth in won (환율), of a day: a slow curve around a level, the same however it is asked for.
enum ExchangeRate {
  /// Won for one unit of a currency (of yen and dong for a hundred, as the broker quotes them); 1 for won.
  static func won(per currency: String, on date: CalendarDate) -> Double {
    guard let level = levels[currency] else { return 1 }
    let curve = SmoothNoise(SeededGenerator(seed: 5).fork("exchange rate").fork(currency))
    let value = level * (1 + 0.03 * curve.value(at: Double(date.number) / 30))
    return (value * 10_000).rounded() / 10_000
  }

  /// Won for one whole unit, whatever it is quoted for.
  static func wonForOne(_ currency: String, on date: CalendarDate) -> Double {
    won(per: currency, on: date) / (["JPY", "VND"].contains(currency) ? 100 : 1)
  }

  private static let levels = ["USD": 1_385.5, "EUR": 1_612.4, "HKD": 178.1, "CNY": 192.7, "JPY": 934.2, "VND": 5.42]
}
