import KISMarket
import KISWire

/// What a ranking ranks instruments by: the field that its path is named for, and which end comes first.
struct RankingOrder {
  /// The field that decides, as it stands in the rows.
  let key: String
  private let isDescending: Bool

  init(_ request: AnswerRequest) {
    let name = String(request.api.path.split(separator: "/").last ?? "")
    if request.market == .elw {
      (key, isDescending) = RankingOrder.ofWarrants(name, request.parameter("FID_RANK_SORT_CLS_CODE") ?? "")
    } else {
      isDescending = !RankingOrder.falls(name, request)
      key = RankingOrder.key(name, request)
    }
  }

  /// What lists of warrants (ELW) are ordered by: each has words of its own.
  private static func ofWarrants(_ name: String, _ code: String) -> (key: String, isDescending: Bool) {
    switch name {
    case "indicator":
      let keys = ["stck_cnvr_rate", "lvrg_val", "acpr", "invl_val", "tmvl_val"]
      return (keys[clamped: code], true)
    case "sensitivity":
      let keys = ["hts_thpr", "delta_val", "gama", "theta", "vega", "rho", "hts_ints_vltl", "d90_hist_vltl"]
      return (keys[clamped: code], true)
    case "updown-rate":
      let keys = ["prdy_ctrt", "prdy_ctrt", "oprc_vrss_prpr_rate", "oprc_vrss_prpr_rate", "prd_rsfl_rate"]
      return (keys[clamped: code], !["1", "3"].contains(code))
    case "volume-rank":
      let keys = ["acml_vol", "vol_inrt", "vol_tnrt", "acml_tr_pbmn", "ntby_rsqn", "ntsl_rsqn"]
      return (keys[clamped: code], true)
    case "quick-change":
      // 1 and 2 prices that rose and fell, 3 volume, 4 and 5 what is bid and offered.
      let keys = ["stnd_val_ctrt", "stnd_val_ctrt", "stnd_val_ctrt", "acml_vol", "total_bidp_rsqn", "total_askp_rsqn"]
      return (keys[clamped: code], code != "2")
    case "newly-listed": return ("stck_lstn_date", true)
    default: return ("acml_vol", true)
    }
  }

  private static func key(_ name: String, _ request: AnswerRequest) -> String {
    let code = request.parameter("FID_RANK_SORT_CLS_CODE") ?? ""
    switch name {
    case "after-hour-balance":
      return ["1": "mkob_otcp_vol", "2": "mkfa_otcp_vol", "4": "ovtm_total_bidp_rsqn"][code] ?? "ovtm_total_askp_rsqn"
    case "overtime-volume":
      return ["0": "ovtm_untp_shnu_rsqn", "1": "ovtm_untp_seln_rsqn"][code] ?? "ovtm_untp_vol"
    case "quote-balance": return ["2": "shnu_rsqn_rate", "3": "seln_rsqn_rate"][code] ?? "total_ntsl_bidp_rsqn"
    case "overtime-exp-trans-fluct":
      return ["1", "4"].contains(code) ? "ovtm_untp_antc_cntg_vrss" : "ovtm_untp_antc_cntg_ctrt"
    case "frgnmem-trade-estimate": return "glob_ntsl_qty"
    case "volume-rank" where request.parameter("FID_BLNG_CLS_CODE") == "3": return "acml_tr_pbmn"
    case "volume-rank" where request.parameter("FID_BLNG_CLS_CODE") == "1": return "vol_inrt"
    case "volume-rank" where request.parameter("FID_BLNG_CLS_CODE") == "2": return "vol_tnrt"
    case "volume-rank" where request.parameter("FID_BLNG_CLS_CODE") == "4": return "tr_pbmn_tnrt"
    case "fluctuation": return fluctuation(code, request)
    case "near-new-highlow" where request.parameter("FID_PRC_CLS_CODE") == "1": return "lwpr_near_rate"
    case "disparity":
      let days = request.parameter("FID_HOUR_CLS_CODE") ?? "20"
      return ["5", "10", "20", "60", "120"].contains(days) ? "d\(days)_dsrt" : "d20_dsrt"
    default: return keys[name] ?? "acml_vol"
    }
  }

  /// What 등락률 순위 compares the price with: 0 and 1 the close before (FID_PRC_CLS_CODE 1), or the day's low and high (0), 2 and
  /// 3 its open. 4 is how far it moved (변동율), which no field tells.
  private static func fluctuation(_ code: String, _ request: AnswerRequest) -> String {
    let isFromExtreme = request.parameter("FID_PRC_CLS_CODE") == "0"
    switch Int(code) ?? 0 {
    case 1: return isFromExtreme ? "hgpr_vrss_prpr_rate" : "prdy_ctrt"
    case 2, 3: return "oprc_vrss_prpr_rate"
    default: return isFromExtreme ? "lwpr_vrss_prpr_rate" : "prdy_ctrt"
    }
  }

  private static let keys = [
    "updown-rate": "prdy_ctrt", "price-fluct": "prdy_ctrt",
    "overtime-fluctuation": "ovtm_untp_prdy_ctrt", "market-cap": "stck_avls",
    "market-value": "per", "trade-pbmn": "acml_tr_pbmn", "volume-power": "tday_rltv",
    "near-new-highlow": "hprc_near_rate", "trade-turnover": "vol_tnrt", "bulk-trans-num": "ntby_cnqn",
    "traded-by-company": "ntby_cnqn",
    "short-sale": "ssts_cntg_qty", "credit-balance": "whol_loan_rmnd_stcn", "dividend-rate": "divi_rate",
    "finance-ratio": "cptl_op_prfi", "profit-asset-index": "sale_totl_prfi", "prefer-disparate-ratio": "dprt",
    "top-interest-stock": "inter_issu_reg_csnu", "trade-growth": "prdy_vrss_vol_rate",
    "volume-surge": "prdy_vrss_vol_rate",
  ]

  /// The first `count` quotes; of equals the one that traded more comes first.
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
    case "bulk-trans-num": request.parameter("FID_RANK_SORT_CLS_CODE") == "1"
    case "traded-by-company": request.parameter("FID_RANK_SORT_CLS_CODE") == "0"
    case "disparity", "quote-balance": request.parameter("FID_RANK_SORT_CLS_CODE") == "1"
    case "overtime-fluctuation": ["4", "5"].contains(request.parameter("FID_DIV_CLS_CODE"))
    case "overtime-exp-trans-fluct": ["3", "4"].contains(request.parameter("FID_RANK_SORT_CLS_CODE"))
    case "frgnmem-trade-estimate": request.parameter("FID_RANK_SORT_CLS_CODE_2") == "1"
    case "updown-rate" where request.parameter("GUBN") != nil, "price-fluct": request.parameter("GUBN") == "0"
    case "near-new-highlow": true
    default: false
    }
  }
}

extension [String] {
  /// The one at the place that a code names; the first for any other text.
  fileprivate subscript(clamped code: String) -> String {
    let place = Int(code) ?? 0
    return indices.contains(place) ? self[place] : self[0]
  }
}
