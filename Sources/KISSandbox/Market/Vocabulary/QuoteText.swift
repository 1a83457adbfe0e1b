import KISMarket
import KISWire

extension Quote {
  /// The value of a field by KIS's name; nil when the name is not about quotes.
  func value(of field: String) -> String? {
    derivedValue(of: field.lowercased()) ?? QuoteVocabulary.value(of: field, in: self)
  }

  /// A price in the instrument's decimals: `278000`, `1080.30`, `182.8500`.
  func text(_ price: Int) -> String { instrument.text(price) }

  /// The difference of one price from another in percent; `0.00` when there is no other.
  func rate(_ price: Int, over base: Int) -> String {
    price == 0 || base == 0 ? "0.00" : percent(Double(price - base), of: Double(base))
  }

  /// The average price, with at least `places` decimals.
  func average(places: Int) -> String {
    decimal(averagePrice / Double(instrument.scale), places: max(places, instrument.decimals))
  }

  /// A second of the session as the time of day that is printed; `000000` for what has not happened yet.
  func clock(_ second: Int) -> String {
    second == 0 ? "000000" : clockDigits(second)
  }

  /// The moment on the clock of the instrument's own exchange.
  var localTime: KoreanTime {
    day.midnight + .seconds(second - 60 * (instrument.exchange?.minutesBehindKorea(on: day) ?? 0))
  }

  /// Shares; thousand shares of an index.
  func volumeText(_ shares: Int) -> String { "\(shares / (instrument.market == .index ? 1_000 : 1))" }

  /// Won (abroad its currency); million won of an index.
  func amountText(_ amount: Int) -> String {
    "\(amount / (instrument.market == .index ? 1_000_000 : 1))"
  }

  /// Market value (시가총액) in 100 million won, as HTS prints it; of an index that of its board's shares.
  var marketValueText: String {
    if instrument.isIndexOfShares {
      return decimal(Double(details.boardValue) / 100 * Double(price) / Double(max(1, previousClose)), places: 0)
    }
    return marketValueOfShares
  }

  private var marketValueOfShares: String {
    decimal(Double(price) / Double(instrument.scale) * Double(instrument.listedShares) / 100_000_000, places: 0)
  }

  /// How much of its board's value it is, in percent.
  var shareOfBoard: String {
    let board = details.boardValue
    return percent(Double(price) * Double(instrument.listedShares) / 1_000_000, of: Double(board))
  }

  /// The price over the average close of `days` days, today's included (이격도), in percent.
  func disparity(days: Int) -> String {
    percent(Double(price * days), of: Double(details.closes(days - 1) + price))
  }

  /// A pivot line (피봇): 0 the point itself, 1 and 2 resistance, -1 and -2 support.
  func pivot(_ line: Int) -> String { text(previousClose + previousClose * line * 12 / 1_000) }
}

extension Instrument {
  /// Earnings per share (EPS) and book value per share (BPS), in won or the currency of its exchange: fixed for a code.
  var earningsPerShare: Double {
    var generator = SeededGenerator(seed: 1).fork(code)
    return perShare(8 + 20 * generator.unit())
  }

  var bookValuePerShare: Double {
    var generator = SeededGenerator(seed: 2).fork(code)
    return perShare(0.6 + 2 * generator.unit())
  }

  /// The figure that the price is a multiple of: in whole won, abroad in hundredths of the currency.
  private func perShare(_ multiple: Double) -> Double {
    let value = Double(referencePrice) / Double(scale) / multiple
    return market == .overseas ? (value * 100).rounded() / 100 + 0.01 : value.rounded() + 1
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
    if let product { return product.currency }
    return switch overseasExchange {
    case "SEHK": "HKD"
    case "TKSE": "JPY"
    case "SHAA", "SZAA": "CNY"
    case "HASE", "VNSE": "VND"
    default: "USD"
    }
  }
}
