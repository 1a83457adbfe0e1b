import KISMarket
import KISWire

/// What only answers over REST say of a quote, never a stream: whether extremes were reached, what a fund holds, what
/// is owed, and that nothing is wrong. By names in lower case.
enum ReportedVocabulary {
  typealias Reading = QuoteVocabulary.Reading

  fileprivate static let readings = QuoteVocabulary.table(extremes + standing + company + period)

  fileprivate static let fundReadings = QuoteVocabulary.table(fund)

  /// Whether a high or low of the year, or a price limit, was reached today.
  private static let extremes: [(names: String, reading: Reading)] = [
    (
      "new_hgpr_lwpr_cls_code",
      { $0.year.high.date == $0.day ? "1" : $0.year.low.date == $0.day ? "2" : "" }
    ),
    ("mxpr_llam_cls_code", { ["1": "1", "4": "2"][$0.sign] ?? "0" }),
  ]

  /// Names and codes of what is wrong: nothing is.
  private static let standing: [(names: String, reading: Reading)] = [
    (
      "vlnt_deal_cls_name flng_cls_name revl_issu_reas_name new_lstn_cls_name fcam_mod_cls_name mang_issu_cls_name "
        + "mrkt_warn_cls_name mrkt_trtm_cls_name revl_issu_reas divi_app_cls_code vlnt_fin_cls_code apprch_rate",
      { _ in "" }
    ),
    ("short_over_cls_code", { _ in "0" }),
    ("flng_cls_code", { _ in "00" }),
    ("prtt_rate acml_prtt_rate", { _ in "0.00" }),
    ("antc_mkop_cls_code", { $0.details.expected == nil ? "" : "311" }),
  ]

  private static let company: [(names: String, reading: Reading)] = [
    ("bstp_kor_isnm", { CodeTable.industry($0.instrument.industry)?.koreanName ?? "" }),
    ("last_ssts_cntg_qty", { "\($0.details.volumeSoldShortBefore)" }),
    (
      "whol_loan_rmnd_rate",
      { percent(Double($0.details.credit.loanShares), of: Double($0.instrument.listedShares)) }
    ),
    ("crdt_rate", { _ in "45.00" }),
    // The more a share is traded, the more watch it.
    ("inter_issu_reg_csnu", { "\($0.instrument.ordinaryPrints / 4)" }),
  ]

  /// How far the price is from the beginning of a period, which is the day unless an API says otherwise.
  private static let period: [(names: String, reading: Reading)] = [
    ("prd_rsfl", { $0.text($0.change) }),
    ("prd_rsfl_rate dsgt_date_clpr_vrss_prpr_rate", { $0.rate($0.price, over: $0.previousClose) }),
    ("prd_rsfl_sign", { $0.sign }),
    ("stnd_val", { $0.text($0.previousClose) }),
    ("stnd_val_vrss", { $0.text($0.change) }),
    ("stnd_val_ctrt", { $0.rate($0.price, over: $0.previousClose) }),
    ("n_prdy_vol", { $0.volumeText($0.previousVolume) }),
    ("n_prdy_vol_vrss", { $0.volumeText($0.volume - $0.previousVolume) }),
    ("n_prdy_tr_pbmn", { $0.amountText($0.previousAmount) }),
    ("n_prdy_tr_pbmn_vrss", { $0.amountText($0.amount - $0.previousAmount) }),
    ("ntsl_rsqn", { "\($0.book.totalAsks - $0.book.totalBids)" }),
    ("whol_ntby_vol_icdc", { "\($0.programsSinceDayBefore.netVolume)" }),
    ("whol_ntby_tr_pbmn_icdc whol_ntby_tr_pbmn_icdc2", { $0.amountText($0.programsSinceDayBefore.netAmount) }),
    ("cnnt_ascn_dynu", { "\($0.daysInARow(rising: true))" }),
    ("cnnt_down_dynu", { "\($0.daysInARow(rising: false))" }),
    // How many percent of the last ten days, this one included, rose (투자심리도).
    ("invt_new_psdg", { decimal(Double($0.risingDays) * 10) }),
    ("oprc_vrss_hgpr_rate", { $0.rate($0.high, over: $0.open) }),
  ]

  // MARK: Evenings and markets abroad

  /// What is traded after hours, besides what streams say of it.
  fileprivate static let evening: [String: Reading] = [
    "ovtm_untp_last_hour": { $0.clock($0.evening.lastTrade?.time.seconds ?? 0) },
    "ovtm_untp_ntby_bidp_rsqn": { "\($0.evening.book.totalBids - $0.evening.book.totalAsks)" },
    "ovtm_vrss_acml_vol_rlim": { percent(Double($0.evening.volume), of: Double($0.volume)) },
    "mkob_otcp_vol": { _ in "0" }, "mkfa_otcp_vol": { _ in "0" }, "itmt_vol": { "\($0.evening.volume)" },
  ]

  /// When an exchange abroad is open, by its own clock (stim, etim) and Korea's (sktm, ektm), and fields that are empty
  /// abroad.
  fileprivate static let abroad: [String: Reading] = [
    "stim": { $0.sessionAbroad.map { clockDigits($0.start.seconds - $0.behind * 60) } ?? "" },
    "etim": { $0.sessionAbroad.map { clockDigits($0.end.seconds - $0.behind * 60) } ?? "" },
    "sktm": { $0.sessionAbroad.map { clockDigits($0.start.seconds) } ?? "" },
    "ektm": { $0.sessionAbroad.map { clockDigits($0.end.seconds) } ?? "" },
    "next": { _ in "1" }, "more": { _ in "0" }, "ropen": { $0.text($0.open) }, "rhigh": { $0.text($0.high) },
    "rlow": { $0.text($0.low) }, "rclose": { $0.text($0.price) },
    // Abroad there are no interruptions and no auctions here.
    "vstm": { _ in "" }, "vetm": { _ in "" }, "csbp": { _ in "0" }, "cshi": { _ in "0" }, "cslo": { _ in "0" },
    "iep": { _ in "0" }, "iev": { _ in "0" },
    "ask_num": { "\($0.book.askQuantities[0] / 40 + 1)" }, "bid_num": { "\($0.book.bidQuantities[0] / 40 + 1)" },
  ]

  // MARK: Funds

  /// What an exchange-traded fund (ETF) is worth, is made of, and follows.
  private static let fund: [(names: String, reading: Reading)] = [
    ("nav_prdy_vrss_sign", { signCode(Double($0.change)) }),
    ("etf_crcl_stcn", { "\($0.instrument.listedShares)" }),
    ("etf_ntas_ttam etf_crcl_ntas_ttam", { decimal($0.fundWorth / 100_000_000, places: 0) }),
    ("etf_frcr_ntas_ttam etf_frcr_crcl_ntas_ttam etf_frcr_last_ntas_wrth_val", { _ in "0" }),
    ("frgn_limt_rate", { _ in "0.00" }),
    ("frgn_oder_able_qty", { "\($0.instrument.listedShares - $0.instrument.foreignShares)" }),
    (
      "frgn_hldn_qty_rate",
      { percent(Double($0.instrument.foreignShares), of: Double($0.instrument.listedShares)) }
    ),
    ("etf_cu_unit_scrt_cnt", { _ in "50000" }),
    ("etf_cnfg_issu_avls", { decimal($0.worth * 50_000 / 100_000_000) }),
    ("etf_dvdn_cycl", { _ in "3" }),
    ("crcd", { _ in "KRW" }),
    ("lp_oder_able_cls_code", { _ in "Y" }),
    ("etf_trc_ert_mltp", { decimal(Double($0.instrument.leverage)) }),
    ("mbcr_name", { $0.fundManager }),
    ("stck_lstn_date", { $0.instrument.listedSince.compact }),
    ("mtrt_date shrg_type_code", { _ in "" }),
    ("etf_div_name", { _ in "ETF" }),
    ("etf_trgt_nmix_bstp_code", { $0.instrument.underlying?.code ?? "" }),
    (
      "etf_rprs_bstp_kor_isnm bstp_kor_isnm",
      { $0.instrument.underlying.flatMap { CodeTable.industry($0.code) }?.koreanName ?? "" }
    ),
    ("etf_cnfg_issu_cnt", { "\($0.details.components)" }),
    ("nmix_ctrt", { quote in quote.details.underlying.map { $0.rate($0.price, over: $0.previousClose) } ?? "0.00" }),
    ("lp_hldn_vol", { "\($0.instrument.listedShares / 50)" }),
    ("lp_hldn_rate", { _ in "2.00" }),
  ]
}

extension Quote {
  /// What only answers over REST say of a quote; nil for any other name, in lower case.
  func reportedValue(of name: String) -> String? {
    if instrument.market == .etf, let reading = ReportedVocabulary.fundReadings[name] { return reading(self) }
    if let reading = ReportedVocabulary.readings[name] ?? ReportedVocabulary.evening[name] { return reading(self) }
    if name.hasPrefix("intr_antc_") { return value(of: String(name.dropFirst(5))) }
    // Ten levels of what changed since the book before, which a single answer does not know.
    if name.hasPrefix("ovtm_untp_"), name.holds("_icdc") { return "0" }
    if name.hasPrefix("itewhol_") { return ReportedVocabulary.readings["whol_loan_rmnd_rate"]?(self) }
    return instrument.market.isAbroad ? ReportedVocabulary.abroad[name]?(self) : nil
  }

  /// The regular session of the day, in Korean time, and how many minutes the clocks there are behind.
  fileprivate var sessionAbroad: (start: ClockTime, end: ClockTime, behind: Int)? {
    guard let exchange = instrument.exchange else { return nil }
    let sessions = exchange.sessions(on: day).filter { $0.phase == .regular }
    guard let first = sessions.first, let last = sessions.last else { return nil }
    return (first.start, last.end, exchange.minutesBehindKorea(on: day))
  }

  /// The net value of all of a fund's shares, in won.
  fileprivate var fundWorth: Double { Double(price) * 1.0004 * Double(instrument.listedShares) }

  /// Who runs a fund (운용사), by its brand.
  fileprivate var fundManager: String {
    let brands = [
      "KODEX": "삼성자산운용", "TIGER": "미래에셋자산운용", "KoAct": "삼성액티브자산운용", "ACE": "한국투자신탁운용", "RISE": "KB자산운용",
      "SOL": "신한자산운용", "PLUS": "한화자산운용",
    ]
    return brands[String(instrument.name.prefix { $0 != " " })] ?? ""
  }

  /// What programs traded beyond the day before.
  fileprivate var programsSinceDayBefore: Flow { details.programs - details.programsBefore }

  /// On how many of the last ten days it rose.
  fileprivate var risingDays: Int { details.risingDays(of: 9) + (change > 0 ? 1 : 0) }

  /// On how many days in a row it has risen, or fallen, with this one.
  fileprivate func daysInARow(rising: Bool) -> Int {
    guard rising ? change > 0 : change < 0 else { return 0 }
    return 1 + details.daysInARow(rising: rising)
  }
}
