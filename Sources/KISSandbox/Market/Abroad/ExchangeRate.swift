import KISMarket

extension QuotedMarket {
  /// What one unit of a currency is worth in won (최초고시환율) on a day in Korea, of yen and dong a hundred, as the broker quotes
  /// them: where its exchange rate (`FX@KRW` and its like) closed before. 1 for won.
  func won(per currency: String, on date: CalendarDate) -> Double {
    guard let rate = ExchangeRate.codes[currency].map({ instrument($0, .index) }) else { return 1 }
    return Double(closeBefore(rate, date)) / Double(rate.scale)
  }

  /// Won for one whole unit, whatever it is quoted for.
  func wonForOne(_ currency: String, on date: CalendarDate) -> Double {
    won(per: currency, on: date) / (["JPY", "VND"].contains(currency) ? 100 : 1)
  }

  /// An amount of one currency in another, at the rates of a day.
  func converted(_ amount: Double, from currency: String, to other: String, on date: CalendarDate) -> Double {
    currency == other ? amount : amount * wonForOne(currency, on: date) / wonForOne(other, on: date)
  }
}

private enum ExchangeRate {
  /// Exchange rates (환율) by currency.
  static let codes = [
    "USD": "FX@KRW", "EUR": "FX@EUR", "GBP": "FX@GBP", "HKD": "FX@HKD", "CNY": "FX@CNY", "JPY": "FX@JPY",
    "VND": "FX@VND",
  ]
}
