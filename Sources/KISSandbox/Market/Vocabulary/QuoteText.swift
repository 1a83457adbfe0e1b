import KISWire

extension Quote {
  /// The value of a field by KIS's name; nil when the name is not about quotes.
  func value(of field: String) -> String? { derivedValue(of: field) ?? QuoteVocabulary.value(of: field, in: self) }

  /// A price in the instrument's decimals: `278000`, `1080.30`, `182.8500`.
  func text(_ price: Int) -> String { instrument.market.text(price) }

  /// The difference of one price from another in percent; `0.00` when there is no other.
  func rate(_ price: Int, over base: Int) -> String {
    price == 0 || base == 0 ? "0.00" : percent(Double(price - base), of: Double(base))
  }

  /// The average price, in at least so many decimals.
  func average(places: Int) -> String {
    decimal(averagePrice / Double(instrument.market.scale), places: max(places, instrument.market.decimals))
  }

  /// A second of the session as the time of day that is printed; `000000` for what has not happened yet.
  func clock(_ second: Int) -> String {
    second == 0 ? "000000" : clockDigits(((second + clockShift) % 86_400 + 86_400) % 86_400)
  }

  /// The moment on the clock of the instrument's own exchange: New York for what trades abroad.
  var localTime: KoreanTime {
    day.midnight + .seconds(second + clockShift - (instrument.market.decimals == 4 ? 13 * 3_600 : 0))
  }

  /// Shares; thousand shares of an index.
  func volumeText(_ shares: Int) -> String { "\(shares / (instrument.market == .index ? 1_000 : 1))" }

  /// Won; million won of an index.
  func amountText(_ amount: Int) -> String {
    "\(amount / instrument.market.scale / (instrument.market == .index ? 1_000_000 : 1))"
  }

  /// Market value (시가총액) in 100 million won, as HTS prints it.
  var marketValueText: String {
    decimal(Double(price) / Double(instrument.market.scale) * Double(instrument.listedShares) / 100_000_000, places: 0)
  }

  var isInClosingAuction: Bool { (MarketHours.closingAuction..<MarketHours.close).contains(second) }

  /// The highest price of the last year, today included.
  var yearHigh: Int { max(high, price, instrument.priceStep.nearest(to: Double(instrument.referencePrice) * 1.28)) }

  /// The lowest price of the last year, today included.
  var yearLow: Int {
    min(low == 0 ? price : low, price, instrument.priceStep.nearest(to: Double(instrument.referencePrice) * 0.74))
  }

  /// A pivot line (피봇): 0 the point itself, 1 and 2 resistance, -1 and -2 support.
  func pivot(_ line: Int) -> String { text(previousClose + previousClose * line * 12 / 1_000) }
}

extension Instrument {
  /// Earnings per share (EPS) and book value per share (BPS), in won: fixed for a code.
  var earningsPerShare: Double {
    var generator = SeededGenerator(seed: 1).fork(code)
    return (Double(referencePrice) / (8 + 20 * generator.unit())).rounded() + 1
  }

  var bookValuePerShare: Double {
    var generator = SeededGenerator(seed: 2).fork(code)
    return (Double(referencePrice) / (0.6 + 2 * generator.unit())).rounded() + 1
  }

  /// The symbol without the delay and exchange letters that overseas realtime keys begin with.
  var symbol: String {
    market == .overseas && code.count > 4 && "DR".contains(code.prefix(1)) ? String(code.dropFirst(4)) : code
  }

  /// Where a share abroad is listed, as orders and balances name it: `NASD` for the `NAS` of a realtime key.
  var overseasExchange: String {
    switch code.dropFirst().prefix(3) {
    case "NYS": "NYSE"
    case "AMS": "AMEX"
    case "HKS": "SEHK"
    case "TSE": "TKSE"
    case "SHS": "SHAA"
    case "SZS": "SZAA"
    case "HNX": "HASE"
    case "HSX": "VNSE"
    default: "NASD"
    }
  }

  /// What it is paid with (거래통화).
  var currency: String {
    guard market.isAbroad else { return "KRW" }
    return switch overseasExchange {
    case "SEHK": "HKD"
    case "TKSE": "JPY"
    case "SHAA", "SZAA": "CNY"
    case "HASE", "VNSE": "VND"
    default: "USD"
    }
  }
}
