import KISMarket
import KISWire

/// What a ranking leaves out: shares of other markets and industries, and those whose price, volume or change lies
/// outside of the range that was asked for. KIS takes nothing, and 0, for no bound.
struct RankingFilter {
  private let prices: ClosedRange<Int>
  private let volumes: ClosedRange<Int>
  private let rates: ClosedRange<Double>
  private let industry: IndexDefinition?
  private let share: ShareClass
  /// How far from the high of the year, or its low, the price may be (신고/신저근접), in percent.
  private let distances: ClosedRange<Double>?
  private let wantsHighs: Bool
  private let warrants: WarrantFilter?
  /// What warrants have to be on (기초자산).
  private let underlying: String?
  /// The one share that is meant.
  private let named: String?
  /// What a field of the evening has to say.
  private let eveningSign: (field: String, sign: String)?

  /// Ordinary shares (보통주), preferred ones (우선주), or both.
  private enum ShareClass { case any, ordinary, preferred, none }

  init(_ request: AnswerRequest) {
    func bound(_ names: String...) -> Int? {
      names.lazy.compactMap { request.parameter($0).flatMap { Int($0) } }.first { $0 != 0 }
    }
    // Where both are asked for, the other one is about single trades.
    // A search of warrants calls days so.
    let isSearch = request.api.path.hasSuffix("/cond-search")
    let price = request.has("FID_APLY_RANG_PRC_1") && !isSearch ? "FID_APLY_RANG_PRC_" : "FID_INPUT_PRICE_"
    prices = RankingFilter.range(bound(price + "1"), bound(price + "2"))
    volumes = RankingFilter.range(
      bound("FID_VOL_CNT", "FID_INPUT_VOL_1", "FID_APLY_RANG_VOL"), bound("FID_INPUT_VOL_2"))
    let rate = [request.parameter("FID_RSFL_RATE1"), request.parameter("FID_RSFL_RATE2")].map {
      $0.flatMap { Double($0) } ?? 0
    }
    rates = rate == [0, 0] ? -1_000...1_000 : min(rate[0], rate[1])...max(rate[0], rate[1])
    let code = request.industryAsked ?? "0000"
    let isOfShares = request.api.path.holds("/domestic-stock/") && code.count == 4 && code != "0000"
    industry = isOfShares ? IndexDefinition(code) : nil
    share = RankingFilter.shareClass(request)
    underlying = request.parameter("FID_UNAS_INPUT_ISCD").flatMap { Int($0) == 0 ? nil : $0 }
    distances = RankingFilter.distances(request)
    wantsHighs = request.parameter("FID_PRC_CLS_CODE") != "1"
    warrants = WarrantFilter(request)
    named =
      request.api.path.hasSuffix("/bulk-trans-num")
      ? request.parameter("FID_INPUT_ISCD_2").flatMap { Int($0) == 0 ? nil : $0 } : nil
    eveningSign = RankingFilter.eveningSign(request)
  }

  /// Lists of the evening that ask for those at a limit (1 upper, 4 lower), or for those that stand where they closed (3).
  private static func eveningSign(_ request: AnswerRequest) -> (field: String, sign: String)? {
    switch request.api.path.split(separator: "/").last ?? "" {
    case "overtime-fluctuation":
      let sign = request.parameter("FID_DIV_CLS_CODE") ?? ""
      return ["1", "3", "4"].contains(sign) ? ("ovtm_untp_prdy_vrss_sign", sign) : nil
    case "overtime-exp-trans-fluct" where request.parameter("FID_RANK_SORT_CLS_CODE") == "2":
      return ("ovtm_untp_antc_cntg_vrsssign", "3")
    default: return nil
    }
  }

  private static func range(_ low: Int?, _ high: Int?) -> ClosedRange<Int> {
    let low = low ?? 0
    return low...max(low, high ?? .max)
  }

  /// FID_DIV_CLS_CODE 1 or 2, where it names classes of shares, and the fifth of the flags of what is left out.
  private static func shareClass(_ request: AnswerRequest) -> ShareClass {
    let tells = ["volume-rank", "market-cap", "volume-power", "exp-trans-updown"].contains {
      request.api.path.hasSuffix("/" + $0)
    }
    if tells, request.parameter("FID_DIV_CLS_CODE") == "1" { return .ordinary }
    if tells, request.parameter("FID_DIV_CLS_CODE") == "2" { return .preferred }
    if isOfWarnings(request), let asked = request.parameter("FID_DIV_CLS_CODE").flatMap({ Int($0) }), asked > 0 {
      return asked == 6 ? .ordinary : asked == 7 ? .preferred : .none
    }
    let left = request.parameter("FID_TRGT_EXLS_CLS_CODE") ?? ""
    return left.count >= 6 && left.dropFirst(4).first == "1" ? .ordinary : .any
  }

  /// Whether FID_DIV_CLS_CODE asks for those under supervision or with a warning (1 to 5), which none is here, or for
  /// ordinary (6) or preferred shares (7).
  private static func isOfWarnings(_ request: AnswerRequest) -> Bool {
    [
      "market-value", "disparity", "near-new-highlow", "top-interest-stock", "traded-by-company",
      "overtime-exp-trans-fluct",
    ].contains { request.api.path.hasSuffix("/" + $0) }
  }

  /// Whether it is one of those that were asked for.
  func admits(_ quote: Quote) -> Bool {
    let rate = quote.previousClose == 0 ? 0 : Double(quote.change) * 100 / Double(quote.previousClose)
    return prices.contains(quote.price) && volumes.contains(quote.volume) && rates.contains(rate)
      && (industry?.contains(quote.instrument) ?? true) && isOfClass(quote.instrument)
      && underlying.map { quote.details.underlyingInstrument?.code == $0 } != false && isNear(quote)
      && warrants?.admits(quote) != false && (named == nil || named == quote.instrument.code)
      && eveningSign.map { quote.value(of: $0.field) == $0.sign } != false
  }

  private static func distances(_ request: AnswerRequest) -> ClosedRange<Double>? {
    guard request.api.path.hasSuffix("/near-new-highlow") else { return nil }
    let bounds = ["FID_INPUT_CNT_1", "FID_INPUT_CNT_2"].map { request.parameter($0).flatMap { Double($0) } ?? 0 }
    return bounds == [0, 0] ? nil : bounds[0]...max(bounds[0], bounds[1] == 0 ? .infinity : bounds[1])
  }

  private func isNear(_ quote: Quote) -> Bool {
    guard let distances else { return true }
    let extreme = wantsHighs ? quote.year.high.price : quote.year.low.price
    return distances.contains(abs(Double(extreme - quote.price)) * 100 / Double(max(1, extreme)))
  }

  /// Whether a share is of the class that is asked for.
  func isOfClass(_ instrument: Instrument) -> Bool {
    // The last place of a code decides: 0 is ordinary.
    switch share {
    case .any: true
    case .none: false
    case .ordinary: instrument.ordinaryCode == nil
    case .preferred: instrument.ordinaryCode != nil
    }
  }
}
