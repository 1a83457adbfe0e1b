import KISMarket
import KISWire

/// What a ranking ranks instruments by: the field that its path is named for, and which end comes first.
struct RankingOrder {
  /// The field that decides, as it stands in the rows.
  let key: String
  private let isDescending: Bool

  init(_ request: AnswerRequest) {
    let name = String(request.api.path.split(separator: "/").last ?? "")
    isDescending = !RankingOrder.falls(name, request)
    key = RankingOrder.key(name, request)
  }

  private static func key(_ name: String, _ request: AnswerRequest) -> String {
    switch name {
    case "volume-rank" where request.parameter("FID_BLNG_CLS_CODE") == "3": return "acml_tr_pbmn"
    case "volume-rank" where request.parameter("FID_BLNG_CLS_CODE") == "1": return "vol_inrt"
    case "volume-rank" where request.parameter("FID_BLNG_CLS_CODE") == "2": return "vol_tnrt"
    case "disparity":
      let days = request.parameter("FID_HOUR_CLS_CODE") ?? "20"
      return ["5", "10", "20", "60", "120"].contains(days) ? "d\(days)_dsrt" : "d20_dsrt"
    default: return keys[name] ?? "acml_vol"
    }
  }

  private static let keys = [
    "fluctuation": "prdy_ctrt", "updown-rate": "prdy_ctrt", "price-fluct": "prdy_ctrt",
    "overtime-fluctuation": "prdy_ctrt",
    "exp-trans-updown": "prdy_ctrt", "overtime-exp-trans-fluct": "prdy_ctrt", "market-cap": "stck_avls",
    "market-value": "per", "trade-pbmn": "acml_tr_pbmn", "volume-power": "tday_rltv",
    "quote-balance": "total_ntsl_bidp_rsqn", "near-new-highlow": "hprc_near_rate", "trade-turnover": "vol_tnrt",
    "after-hour-balance": "ovtm_total_askp_rsqn", "bulk-trans-num": "ntby_cnqn", "traded-by-company": "ntby_cnqn",
    "short-sale": "ssts_cntg_qty", "credit-balance": "whol_loan_rmnd_stcn", "dividend-rate": "divi_rate",
    "finance-ratio": "cptl_op_prfi", "profit-asset-index": "sale_totl_prfi", "prefer-disparate-ratio": "dprt",
    "top-interest-stock": "inter_issu_reg_csnu", "trade-growth": "prdy_vrss_vol_rate",
    "volume-surge": "prdy_vrss_vol_rate", "sensitivity": "delta_val", "quick-change": "prdy_ctrt",
  ]

  /// The first so many; of equals the one that traded more comes first.
  ///
  /// - Parameter value: of the field that decides, in the row about an instrument.
  func first(_ count: Int, of quotes: [Quote], value: (Quote) -> String) -> [Quote] {
    let sign = isDescending ? 1.0 : -1.0
    let figures = quotes.map { (Double(value($0)) ?? 0) * sign }
    // Places are sorted, not quotes, which are large.
    let places = quotes.indices.sorted { left, right in
      (figures[left], quotes[left].volume, quotes[right].instrument.code)
        > (figures[right], quotes[right].volume, quotes[left].instrument.code)
    }
    return places.prefix(count).map { quotes[$0] }
  }

  /// Whether the request asks for the other end: those that fell most (하락률순), sellers, the nearest first.
  private static func falls(_ name: String, _ request: AnswerRequest) -> Bool {
    switch name {
    case "fluctuation": ["1", "3"].contains(request.parameter("FID_RANK_SORT_CLS_CODE"))
    case "exp-trans-updown": ["3", "4"].contains(request.parameter("FID_RANK_SORT_CLS_CODE"))
    case "bulk-trans-num": request.parameter("FID_RANK_SORT_CLS_CODE") == "1"
    case "traded-by-company": request.parameter("FID_RANK_SORT_CLS_CODE") == "0"
    case "disparity", "quote-balance": request.parameter("FID_RANK_SORT_CLS_CODE") == "1"
    case "overtime-fluctuation": ["4", "5"].contains(request.parameter("FID_DIV_CLS_CODE"))
    case "overtime-exp-trans-fluct": ["2", "4"].contains(request.parameter("FID_RANK_SORT_CLS_CODE"))
    case "updown-rate" where request.parameter("GUBN") != nil, "price-fluct": request.parameter("GUBN") == "0"
    case "near-new-highlow": request.parameter("FID_PRC_CLS_CODE") != "1"
    default: false
    }
  }
}
