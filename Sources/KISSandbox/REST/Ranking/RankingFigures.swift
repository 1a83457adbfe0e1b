import KISMarket
import KISWire

/// What single rankings count that the quotes in their rows do not have: trades of a size (대량체결), what the broker's own
/// customers traded in a period (당사매매), what foreign members traded (외국계), and how far prices are from an earlier one.
///
/// A class, since each is looked up once for a row and for its place.
final class RankingFigures {
  private enum Kind {
    /// Trades of at least a number of won.
    case bulk(won: Int)
    /// On these trading days.
    case ownCustomers([CalendarDate])
    case foreignHouses(byAmount: Bool)
    /// How far it is from where it was at a moment.
    case sinceThen((Instrument) -> TradingMoment)
    /// How far the day's high is above its low.
    case range
  }

  private let kind: Kind
  private let request: AnswerRequest
  private var known: [String: [String: String]] = [:]

  /// The member through which customers of this broker trade: 한국투자증권.
  private static let ownMember = Broker.all.firstIndex { $0.code == "00003" } ?? 0
  /// How many of the last trades are looked at for their size, and how many days are summed at most.
  private static let trades = 200
  private static let longest = 5

  /// Nil for rankings that count nothing of the kind.
  init?(_ request: AnswerRequest) {
    self.request = request
    switch request.api.path.split(separator: "/").last ?? "" {
    case "bulk-trans-num":
      guard let won = request.parameter("FID_INPUT_PRICE_1").flatMap({ Int($0) }), won > 0 else { return nil }
      kind = .bulk(won: won)
    case "traded-by-company": kind = .ownCustomers(RankingFigures.days(request))
    case "frgnmem-trade-estimate":
      kind = .foreignHouses(byAmount: request.parameter("FID_RANK_SORT_CLS_CODE") == "0")
    case "fluctuation" where request.parameter("FID_RANK_SORT_CLS_CODE").flatMap { Int($0) } == 4: kind = .range
    case "quick-change" where request.market == .elw: kind = .sinceThen(RankingFigures.moment(of: request))
    case "updown-rate" where request.market == .elw:
      guard let day = request.date("FID_INPUT_DATE_1"), day < request.tradingDay else { return nil }
      kind = .sinceThen { _ in TradingMoment(day, ClockTime(20, 0)) }
    default: return nil
    }
  }

  /// The days on which a ranking sums what the broker's own customers traded; nil for anything else.
  static func daysOfOwnCustomers(_ request: AnswerRequest) -> [CalendarDate]? {
    AnswerRequest.sumsOwnCustomers(request.api.path) ? days(request) : nil
  }

  /// The trading days from FID_INPUT_DATE_1 to _2, the latest ones when they are many; today without them.
  private static func days(_ request: AnswerRequest) -> [CalendarDate] {
    let today = request.tradingDay
    let last = TradingCalendar.ordinal(of: min(request.date("FID_INPUT_DATE_2") ?? today, today))
    let first = TradingCalendar.ordinal(
      of: TradingCalendar.tradingDay(onOrBefore: request.date("FID_INPUT_DATE_1") ?? today))
    let days = (max(min(first, last), last - longest + 1)...last).map { TradingCalendar.tradingDay($0) }
    return days.filter { $0 >= request.date("FID_INPUT_DATE_1") ?? today }
  }

  /// The moment FID_INPUT_HOUR_1 minutes (FID_HOUR_CLS_CODE 1) before FID_INPUT_HOUR_2 or now, or as many trading days
  /// before today (2).
  private static func moment(of request: AnswerRequest) -> (Instrument) -> TradingMoment {
    let count = request.parameter("FID_INPUT_HOUR_1").flatMap { Int($0) }.map { max(1, min(250, $0)) } ?? 1
    let from = request.parameter("FID_INPUT_HOUR_2").flatMap { TimeOfDay($0) }
    let now = request.marketTime
    guard request.parameter("FID_HOUR_CLS_CODE") == "1" else {
      let day = TradingCalendar.tradingDay(TradingCalendar.ordinal(of: request.tradingDay) - count)
      return { _ in TradingMoment(day, ClockTime(20, 0)) }
    }
    let time = from.map { ClockTime(milliseconds: Int($0.nanoseconds / 1_000_000)) } ?? now.time
    let start = ClockTime(milliseconds: max(0, min(time.milliseconds, now.time.milliseconds) - count * 60_000))
    return { _ in TradingMoment(request.tradingDay, start) }
  }

  /// The value of a field in the row about a quote; nil for any other field.
  func value(of field: String, about quote: Quote) -> String? { values(about: quote)[field] }

  /// What decides the place of a quote; nil where the field of the ranking does.
  func figure(about quote: Quote) -> String? {
    switch kind {
    case .foreignHouses(let byAmount):
      let flow = MemberTrading(quote).foreign
      // The rows' figures of the busiest members are shares.
      return "\(byAmount ? flow.netVolume * quote.price : flow.netVolume)"
    case .range: return quote.rate(quote.high, over: quote.low)
    case .bulk, .ownCustomers, .sinceThen: return nil
    }
  }

  private func values(about quote: Quote) -> [String: String] {
    let code = quote.instrument.code
    if let values = known[code] { return values }
    let values =
      switch kind {
      case .bulk(let won): bulk(of: won, quote)
      case .ownCustomers(let days): ownCustomers(quote, on: days)
      case .foreignHouses, .range: [String: String]()
      case .sinceThen(let moment): since(moment(quote.instrument), quote)
      }
    known[code] = values
    return values
  }

  /// As many of the day's trades as there are among the last ones, by side.
  private func bulk(of won: Int, _ quote: Quote) -> [String: String] {
    let prints = request.quotes.lastPrints(
      RankingFigures.trades, quote.instrument, at: request.marketTime, tape: request.tape)
    func part(_ side: KISMarket.Side, _ whole: Int, _ count: (Print) -> Int) -> Int {
      let all = prints.filter { $0.side == side }
      let sum = all.reduce(0) { $0 + count($1) }
      let large = all.filter { $0.size * $0.price >= won }.reduce(0) { $0 + count($1) }
      return sum == 0 ? 0 : Int(Double(whole) * Double(large) / Double(sum))
    }
    let net = part(.buy, quote.buyVolume, \.size) - part(.sell, quote.sellVolume, \.size)
    return [
      "shnu_cntg_csnu": "\(part(.buy, quote.buyCount) { _ in 1 })",
      "seln_cntg_csnu": "\(part(.sell, quote.sellCount) { _ in 1 })", "ntby_cnqn": "\(net)",
    ]
  }

  private func ownCustomers(_ quote: Quote, on days: [CalendarDate]) -> [String: String] {
    let flow = days.reduce(Flow()) { sum, day in
      let time = day == quote.day ? quote.details.time : ClockTime(20, 0)
      return sum
        + request.quotes.ask(quote.instrument) {
          $0.flow(ofBroker: RankingFigures.ownMember, of: quote.instrument.code, on: day, at: time)
        }
    }
    return [
      "seln_cnqn_smtn": "\(flow.soldVolume)", "shnu_cnqn_smtn": "\(flow.boughtVolume)",
      "ntby_cnqn": "\(flow.netVolume)",
    ]
  }

  private func since(_ moment: TradingMoment, _ quote: Quote) -> [String: String] {
    let then = request.quotes.quote(quote.instrument, at: moment).price
    let (change, rate) = (quote.text(quote.price - then), quote.rate(quote.price, over: then))
    return [
      "stnd_val": quote.text(then), "stnd_val_vrss": change, "stnd_val_ctrt": rate, "prd_rsfl": change,
      "prd_rsfl_rate": rate, "prd_rsfl_sign": signCode(Double(quote.price - then)),
    ]
  }
}
