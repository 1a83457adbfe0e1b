import KISWire

/// What a ranking ranks instruments by: its path says so, and its parameters which end comes first.
struct RankingOrder {
  private let worth: @Sendable (Quote) -> Double
  private let isDescending: Bool

  init(_ request: AnswerRequest) {
    let name = String(request.api.path.split(separator: "/").last ?? "")
    isDescending = !RankingOrder.falls(name, request)
    worth =
      switch name {
      case "fluctuation", "updown-rate", "price-fluct", "overtime-fluctuation", "exp-trans-updown",
        "overtime-exp-trans-fluct":
        RankingOrder.changeRate
      case "market-cap", "market-value": { Double($0.price) * Double($0.instrument.listedShares) }
      case "trade-pbmn": { Double($0.amount) }
      case "volume-rank" where request.parameter("FID_BLNG_CLS_CODE") == "3": { Double($0.amount) }
      default: { Double($0.volume) }
      }
  }

  /// First what ranks first; of equals the one that traded more.
  func ranked(_ quotes: [Quote]) -> [Quote] {
    let sign = isDescending ? 1.0 : -1.0
    return quotes.map { (worth($0) * sign, $0) }.sorted {
      ($0.0, $0.1.volume, $1.1.instrument.code) > ($1.0, $1.1.volume, $0.1.instrument.code)
    }.map(\.1)
  }

  /// Whether the request asks for those that fell most (하락률순).
  private static func falls(_ name: String, _ request: AnswerRequest) -> Bool {
    switch name {
    case "fluctuation": ["1", "3"].contains(request.parameter("FID_RANK_SORT_CLS_CODE"))
    case "exp-trans-updown": ["3", "4"].contains(request.parameter("FID_RANK_SORT_CLS_CODE"))
    case "overtime-fluctuation": ["4", "5"].contains(request.parameter("FID_DIV_CLS_CODE"))
    case "overtime-exp-trans-fluct": ["2", "4"].contains(request.parameter("FID_RANK_SORT_CLS_CODE"))
    case "updown-rate" where request.parameter("GUBN") != nil, "price-fluct": request.parameter("GUBN") == "0"
    default: false
    }
  }

  private static func changeRate(_ quote: Quote) -> Double {
    quote.previousClose > 0 ? Double(quote.price - quote.previousClose) / Double(quote.previousClose) : 0
  }
}
