import KISMarket
import KISWire

/// A list of shares abroad by what is asked for: an exchange, a volume, a range of prices, a look back, an order.
///
/// Rankings (순위), the search by conditions (조건검색) and the shares of an industry (업종별시세) are such lists. What the
/// digits of their parameters stand for is in KIS's document; where that is silent, the note beside it says what is
/// meant here.
struct AbroadScreening {
  private let path: String
  private let look: LookBack
  /// Whether highs are asked for, not lows (신고, 신저).
  private let wantsHighs: Bool
  /// The rows, in order.
  let quotes: [Quote]
  /// What all of them are worth, for fields that are a share of it.
  private let totalValue: Double

  /// Nil for all other APIs.
  init?(_ request: AnswerRequest) {
    // The beginning first: this is asked of every answer.
    guard request.api.path.hasPrefix("/uapi/overseas-") else { return nil }
    let parts = request.api.path.split(separator: "/").suffix(2).map(String.init)
    let name = parts[1]
    guard parts[0] == "ranking" || ["inquire-search", "industry-theme"].contains(name) else { return nil }
    path = name
    look = LookBack(request)
    wantsHighs = request.parameter("GUBN") != "0"
    let screened = request.instruments.map { request.quotes.quote($0, at: request.marketTime) }
      .filter { AbroadScreening.holds($0, request) }
    let keyed = screened.compactMap { [look] quote in
      AbroadScreening.key(of: quote, name, look, request).map { (key: $0, quote: quote) }
    }
    let sign = AbroadScreening.isAscending(name, request) ? 1.0 : -1.0
    quotes = keyed.sorted {
      ($0.key * sign, $1.quote.volume, $0.quote.instrument.code)
        < ($1.key * sign, $0.quote.volume, $1.quote.instrument.code)
    }.map(\.quote)
    totalValue = quotes.reduce(0) { $0 + AbroadScreening.value($1) }
  }

  /// The value of a field of a row that depends on what was asked for; nil for any other field.
  func value(of field: String, about quote: Quote) -> String? {
    switch field.lowercased() {
    case "n_base": return quote.text(base(of: quote))
    case "n_diff" where path == "volume-surge": return "\(quote.volume - look.volumeBefore(quote))"
    case "n_diff": return quote.text(abs(quote.price - base(of: quote)))
    case "n_rate":
      switch path {
      case "volume-surge":
        return percent(Double(quote.volume - look.volumeBefore(quote)), of: Double(look.volumeBefore(quote)))
      case "trade-growth": return percent(Double(quote.volume), of: Double(look.volumeOfDaysBefore(quote)))
      default: return quote.rate(quote.price, over: base(of: quote))
      }
    case "n_tvol" where path == "volume-surge": return "\(look.volumeBefore(quote))"
    case "n_tvol" where path == "trade-growth": return "\(look.volumeOfDaysBefore(quote))"
    case "n_tvol": return "\(look.averageVolume(quote))"
    case "a_tvol": return "\(look.averageVolume(quote))"
    case "a_tamt": return "\(look.averageAmount(quote))"
    case "tover": return decimal(AbroadScreening.turnover(quote, look))
    case "grav": return percent(AbroadScreening.value(quote), of: totalValue)
    case "valx": return decimal(AbroadScreening.value(quote) / 1_000, places: 0)
    case "avol" where path == "inquire-search": return "\(quote.amount)"
    case "seqn": return quotes.firstIndex { $0.instrument == quote.instrument }.map { "\($0 + 1)" }
    case "nrec", "crec", "trec": return "\(quotes.count)"
    default: return nil
    }
  }

  private func base(of quote: Quote) -> Int {
    path == "new-highlow" ? look.extreme(quote, isHigh: wantsHighs) : look.price(quote)
  }

  // MARK: What is listed

  private static func holds(_ quote: Quote, _ request: AnswerRequest) -> Bool {
    // 거래량조건: 0 all, then at least a hundred, a thousand and so on to ten million shares.
    if let range = request.parameter("VOL_RANG").flatMap({ Int($0) }), (1...6).contains(range) {
      var least = 10
      for _ in 0..<range { least *= 10 }
      guard quote.volume >= least else { return false }
    }
    if let lowest = request.number("PRC1"), quote.worth < lowest { return false }
    if let highest = request.number("PRC2"), highest > 0, quote.worth > highest { return false }
    if let industry = request.parameter("ICOD"), !["000", "0"].contains(industry),
      industry != CompanyAbroad(quote.instrument).industry
    {
      return false
    }
    return conditions.allSatisfy { name, value in
      guard request.parameter("CO_YN_" + name) == "1" else { return true }
      let figure = value(quote)
      let (from, to) = (request.number("CO_ST_" + name), request.number("CO_EN_" + name))
      return (from.map { figure >= $0 } ?? true) && (to.map { figure <= $0 } ?? true)
    }
  }

  /// The conditions of the search; market value, shares issued and turnover are in thousands there.
  private static let conditions: [(name: String, value: @Sendable (Quote) -> Double)] = [
    ("PRICECUR", { $0.worth }),
    ("RATE", { Double($0.change) * 100 / Double(max(1, $0.previousClose)) }),
    ("VALX", { AbroadScreening.value($0) / 1_000 }),
    ("SHAR", { Double($0.instrument.listedShares) / 1_000 }),
    ("VOLUME", { Double($0.volume) }),
    ("AMT", { Double($0.amount) / 1_000 }),
    ("EPS", { $0.instrument.earningsPerShare }),
    ("PER", { $0.worth / $0.instrument.earningsPerShare }),
  ]

  /// What a list is sorted by; nil for what does not belong there.
  private static func key(
    of quote: Quote, _ path: String, _ look: LookBack, _ request: AnswerRequest
  ) -> Double? {
    func growth(_ base: Int) -> Double { Double(quote.price - base) / Double(max(1, base)) }
    switch path {
    case "updown-rate", "price-fluct": return growth(look.price(quote))
    case "trade-pbmn": return Double(look.averageAmount(quote))
    case "trade-growth": return Double(quote.volume) / Double(max(1, look.volumeOfDaysBefore(quote)))
    case "volume-surge":
      return Double(quote.volume - look.volumeBefore(quote)) / Double(max(1, look.volumeBefore(quote)))
    case "trade-turnover": return turnover(quote, look)
    case "market-cap": return value(quote)
    case "volume-power": return quote.strength
    case "trade-vol": return Double(look.averageVolume(quote))
    case "new-highlow":
      // 신고(1)/신저(0): the day's extreme was passed since then; 돌파유지 (GUBN2 1): and the price is still beyond.
      let (isHigh, mustStay) = (request.parameter("GUBN") != "0", request.parameter("GUBN2") == "1")
      let base = look.extreme(quote, isHigh: isHigh)
      let reached = isHigh ? quote.high > base : quote.low < base && quote.low > 0
      let stays = isHigh ? quote.price > base : quote.price < base
      guard base > 0, reached, !mustStay || stays else { return nil }
      return isHigh ? growth(base) : -growth(base)
    default: return Double(quote.volume)
    }
  }

  /// Whether what fell comes first (GUBN 0: 하락, 급락).
  private static func isAscending(_ path: String, _ request: AnswerRequest) -> Bool {
    ["updown-rate", "price-fluct"].contains(path) && request.parameter("GUBN") == "0"
  }

  private static func value(_ quote: Quote) -> Double { quote.worth * Double(quote.instrument.listedShares) }

  private static func turnover(_ quote: Quote, _ look: LookBack) -> Double {
    Double(look.averageVolume(quote)) * 100 / Double(max(1, quote.instrument.listedShares))
  }
}

/// What a share abroad did some days (NDAY) or minutes (MINX) ago. A class, since it keeps what it has found of each.
private final class LookBack {
  private let market: QuotedMarket
  private let days: Int
  private let minutes: Int?

  /// NDAY: 0 the day itself, then 2, 3, 5, 10, 20, 30, 60, 120 days and a year; MINX: 1, 2, 3, 5, 10, 15, 20, 30, 60 and
  /// 120 minutes.
  init(_ request: AnswerRequest) {
    market = request.quotes
    func choice(_ name: String, _ values: [Int]) -> Int? {
      request.parameter(name).flatMap { Int($0) }.flatMap { values.indices.contains($0) ? values[$0] : nil }
    }
    days = choice("NDAY", [1, 2, 3, 5, 10, 20, 30, 60, 120, 250]) ?? 1
    minutes =
      request.has("MINX") ? choice("MINX", [1, 2, 3, 5, 10, 15, 20, 30, 60, 120]) ?? 1 : nil
  }

  private func moment(_ quote: Quote, _ minutes: Int) -> TradingMoment {
    TradingMoment(quote.day, ClockTime(milliseconds: max(0, (quote.second - minutes * 60) * 1_000)))
  }

  private var found: [String: Quote] = [:]

  private func before(_ quote: Quote) -> Quote? {
    guard let minutes else { return nil }
    if let known = found[quote.instrument.code] { return known }
    let before = market.quote(quote.instrument, at: moment(quote, minutes))
    found[quote.instrument.code] = before
    return before
  }

  /// The price so many minutes ago, or the close so many days ago.
  func price(_ quote: Quote) -> Int {
    if let before = before(quote) { return before.day == quote.day ? before.price : quote.previousClose }
    return days == 1 ? quote.previousClose : plainDays(quote, before: days).first?.close ?? quote.previousClose
  }

  /// The volume of the day so many minutes ago.
  func volumeBefore(_ quote: Quote) -> Int {
    guard let before = before(quote), before.day == quote.day else { return 0 }
    return before.volume
  }

  /// The day's high or low until so many minutes ago.
  func extreme(_ quote: Quote, isHigh: Bool) -> Int {
    guard let before = before(quote), before.day == quote.day else { return quote.previousClose }
    return isHigh ? before.high : before.low
  }

  /// Shares a day, of so many days with this one.
  func averageVolume(_ quote: Quote) -> Int {
    (quote.volume + plainDays(quote, before: days - 1).reduce(0) { $0 + $1.volume }) / days
  }

  /// Shares a day, of so many days before this one.
  func volumeOfDaysBefore(_ quote: Quote) -> Int {
    plainDays(quote, before: days).reduce(0) { $0 + $1.volume } / days
  }

  func averageAmount(_ quote: Quote) -> Int {
    guard days > 1 else { return quote.amount }
    let (first, last) = (firstDay(quote, before: days - 1), quote.day.advanced(by: -1))
    let bars = market.days(quote.instrument, from: first, through: last)
    return (quote.amount + bars.reduce(0) { $0 + $1.amount / quote.instrument.scale }) / days
  }

  /// So many days before the quote's, oldest first.
  private func plainDays(_ quote: Quote, before count: Int) -> [DayBar] {
    guard count > 0 else { return [] }
    return market.plainDays(
      quote.instrument, from: firstDay(quote, before: count), through: quote.day.advanced(by: -1))
  }

  private func firstDay(_ quote: Quote, before count: Int) -> CalendarDate {
    var day = quote.day
    for _ in 0..<count { day = quote.instrument.tradingDay(before: day) }
    return day
  }
}

extension AnswerRequest {
  /// A parameter's value as a number; nil when it is none.
  fileprivate func number(_ name: String) -> Double? {
    parameter(name).flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
  }
}
