import KISMarket
import KISWire

extension QuoteVocabulary {
  /// What the instrument is, and when the quote was.
  static let identity: [(names: String, reading: Reading)] = [
    ("shrn_iscd iscd symb code sht_cd pdno shtn_pdno ovrs_pdno series_cd series", { $0.instrument.symbol }),
    ("stnd_iscd", { $0.instrument.standardCode }),
    ("rsym bstp_cls_code nmix_id", { $0.instrument.code }),
    (
      "hts_kor_isnm kor_isnm isnm isin_name bond_isnm prdt_name prdt_name120 prdt_abrv_name item_name "
        + "ovrs_item_name knam name",
      { $0.instrument.name }
    ),
    (
      "bsop_date cntg_date data_date kymd bsns_date stnd_date1 mrkt_open_date mrkt_close_date recv_date quot_date",
      { $0.day.compact }
    ),
    (
      "cntg_hour bsop_hour aspr_acpt_hour trnm_hour khms recv_time quot_time data_time aspr_hour",
      { $0.clock($0.second) }
    ),
    ("xymd tymd", { $0.localTime.compactDate }),
    ("xhms", { $0.localTime.timeOfDay }),
    ("oprc_hour", { $0.clock($0.times.open) }),
    ("hgpr_hour", { $0.clock($0.times.high) }),
    ("lwpr_hour", { $0.clock($0.times.low) }),
    ("rprs_mrkt_kor_name", { $0.instrument.market == .kosdaq ? "KSQ150" : "KOSPI200" }),
    ("ovrs_excg_cd", { $0.instrument.overseasExchange }),
    ("tr_crcy_cd buy_crcy_cd", { $0.instrument.currency }),
    ("mrkt_div_cls_code", { $0.instrument.market == .kosdaq ? "Q" : "J" }),
    ("mrkt_div_cls_name", { $0.instrument.market.rawValue }),
  ]

  /// Figures of the company.
  static let listing: [(names: String, reading: Reading)] = [
    ("eps", { decimal($0.instrument.earningsPerShare) }),
    ("bps", { decimal($0.instrument.bookValuePerShare) }),
    ("per", { decimal($0.worth / $0.instrument.earningsPerShare) }),
    ("pbr", { decimal($0.worth / $0.instrument.bookValuePerShare) }),
    ("fcam papr", { "\($0.instrument.parValue)" }),
    ("fcam_cnnm", { grouped($0.instrument.parValue) }),
    ("stac_month", { _ in "12" }),
    ("marg_rate", { _ in "20.00" }),
    ("hts_deal_qty_unit_val vnit", { _ in "1" }),
    ("cpfn", { "\($0.instrument.capital / 100_000_000)" }),
    ("cpfn_cnnm", { "\(grouped($0.instrument.capital / 100_000_000)) 억" }),
  ]

  /// Codes that say what the market does and that nothing is wrong.
  static let sessionState: [(names: String, reading: Reading)] = [
    ("new_mkop_cls_code", { $0.operationCode }),
    ("hour_cls_code", { $0.phase.isAuction ? "A" : "0" }),
    ("market_cls_code", { $0.marketClassCode }),
    ("iscd_stat_cls_code", { _ in "55" }),
    ("grmn_rate_cls_code", { _ in "40" }),
    ("mrkt_warn_cls_code", { _ in "00" }),
    ("mang_issu_cls_code mrkt_trtm_cls_code", { _ in "" }),
    ("vi_cls_code ovtm_vi_cls_code", { $0.isInterrupted ? "Y" : "N" }),
    ("trht_yn temp_stop_yn", { $0.isInterrupted ? "Y" : "N" }),
    ("stck_deal_cls_code kmid_cls_code nmid_cls_code", { _ in "0" }),
    ("crdt_able_yn elw_pblc_yn", { _ in "Y" }),
    ("zdiv disp_digit", { "\($0.instrument.decimals)" }),
  ]
}

extension Quote {
  /// When its open, high and low were made.
  var times: Extremes { extremes ?? details.extremes }

  /// What KRX does with it at its moment.
  var phase: TradingPhase {
    instrument.hours(on: day).phase(at: ClockTime(milliseconds: second * 1_000))
  }

  /// Whether trading rests for a volatility interruption or a halt.
  var isInterrupted: Bool {
    guard !instrument.isIndexOfShares, instrument.exchange == nil else { return false }
    let time = ClockTime(milliseconds: second * 1_000)
    return details.interruptions.contains { $0.start <= time && time < $0.end }
  }

  /// 신 장운영 구분 코드: 20 in continuous trading, 21 in the closing auction and after it, 10 before the open.
  fileprivate var operationCode: String {
    switch phase {
    case .openingAuction, .preOpenClosingPrice: "10"
    case .continuous: "20"
    case .afterMarket, .afterHoursAuctions: "40"
    default: "21"
    }
  }

  /// 시장 구분 코드 since 2026-09-14: 1 before the open, 2 regular session, 3 after-market, 5 close.
  fileprivate var marketClassCode: String {
    switch phase {
    case .openingAuction, .preOpenClosingPrice, .preMarket: "1"
    case .continuous, .closingAuction: "2"
    case .afterMarket, .afterHoursAuctions: "3"
    case .closed where second < 43_200: "1"
    default: "5"
    }
  }
}

/// A number with commas between its thousands: `7,780`.
func grouped(_ number: Int) -> String {
  var digits = String(number.magnitude)
  var groups: [String] = []
  while digits.count > 3 {
    groups.insert(String(digits.suffix(3)), at: 0)
    digits.removeLast(3)
  }
  return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
}
