import KISMarket

extension QuoteVocabulary {
  /// Prices, in the instrument's own decimals.
  static let prices: [(names: String, reading: Reading)] = [
    ("prpr last last_price price clpr clos prpr_nmix totl_ernn_nmix", { $0.text($0.price) }),
    (
      "prdy_clpr sdpr base prev_price bfdy_clpr bass_prc recprice nmix_sdpr prdy_nmix psttl_price sttl_price prdy_totl_ernn_nmix",
      { $0.text($0.previousClose) }
    ),
    ("oprc open open_price oprc_nmix popen", { $0.text($0.open) }),
    ("hgpr high high_price nmix_hgpr phigh", { $0.text($0.high) }),
    ("lwpr low low_price lowp_rice nmix_lwpr plow", { $0.text($0.low) }),
    ("prdy_oprc", { $0.text($0.details.dayBefore.open) }),
    ("prdy_hgpr", { $0.text($0.details.dayBefore.high) }),
    ("prdy_lwpr", { $0.text($0.details.dayBefore.low) }),
    ("mxpr uplp uplmtprice dynm_mxpr crbr_aply_mxpr", { $0.text($0.limits.upper) }),
    ("llam dnlp dnlmtprice dynm_llam crbr_aply_llam", { $0.text($0.limits.lower) }),
    ("rstc_wdth_prc", { $0.text($0.limits.upper - $0.previousClose) }),
    ("sspr sbst_pric thco_sbst_pric", { $0.text($0.previousClose * 8 / 10 / 10 * 10) }),
    ("wghn_avrg_stck_prc avrg_prc wghn_avrg_prc", { $0.average(places: 2) }),
    ("vi_stnd_prc", { $0.text($0.interruptionReference) }),
    ("aspr_unit tick_sz tick_size", { $0.text($0.tick) }),
    ("askp askp1 ask_price pask antc_askp", { $0.text($0.book.bestAsk) }),
    ("bidp bidp1 bid_price pbid antc_bidp", { $0.text($0.book.bestBid) }),
    ("kmid_prc nmid_prc", { $0.text(($0.book.bestAsk + $0.book.bestBid) / 2) }),
    ("kmid_total_rsqn nmid_total_rsqn", { "\($0.book.askQuantities[4] / 7)" }),
    ("w52_hgpr d250_hgpr h52p high52 acml_hgpr", { $0.text($0.year.high.price) }),
    ("w52_lwpr d250_lwpr l52p low52 acml_lwpr", { $0.text($0.year.low.price) }),
    ("w52_hgpr_vrss_prpr_ctrt d250_hgpr_vrss_prpr_rate", { $0.rate($0.price, over: $0.year.high.price) }),
    ("w52_lwpr_vrss_prpr_ctrt d250_lwpr_vrss_prpr_rate", { $0.rate($0.price, over: $0.year.low.price) }),
    ("w52_hgpr_date d250_hgpr_date acml_hgpr_date h52d hand", { $0.year.high.date.compact }),
    ("w52_lwpr_date d250_lwpr_date acml_lwpr_date l52d land", { $0.year.low.date.compact }),
    ("dryy_hgpr stck_dryy_hgpr dryy_bstp_nmix_hgpr", { $0.text($0.calendarYear.high.price) }),
    ("dryy_lwpr stck_dryy_lwpr dryy_bstp_nmix_lwpr", { $0.text($0.calendarYear.low.price) }),
    ("dryy_hgpr_vrss_prpr_rate", { $0.rate($0.price, over: $0.calendarYear.high.price) }),
    ("dryy_lwpr_vrss_prpr_rate", { $0.rate($0.price, over: $0.calendarYear.low.price) }),
    ("dryy_hgpr_date dryy_bstp_nmix_hgpr_date", { $0.calendarYear.high.date.compact }),
    ("dryy_lwpr_date dryy_bstp_nmix_lwpr_date", { $0.calendarYear.low.date.compact }),
    ("d5_dsrt", { $0.disparity(days: 5) }),
    ("d10_dsrt", { $0.disparity(days: 10) }),
    ("d20_dsrt", { $0.disparity(days: 20) }),
    ("d60_dsrt", { $0.disparity(days: 60) }),
    ("d120_dsrt", { $0.disparity(days: 120) }),
    ("new_hgpr", { $0.text($0.year.high.price) }),
    ("new_lwpr", { $0.text($0.year.low.price) }),
    ("hprc_near_rate", { percent(Double($0.year.high.price - $0.price), of: Double($0.year.high.price)) }),
    ("lwpr_near_rate", { percent(Double($0.price - $0.year.low.price), of: Double($0.year.low.price)) }),
    ("pvt_pont_val", { $0.pivot(0) }),
    ("pvt_frst_dmrs_prc dmrs_val", { $0.pivot(1) }),
    ("pvt_scnd_dmrs_prc", { $0.pivot(2) }),
    ("pvt_frst_dmsp_prc dmsp_val", { $0.pivot(-1) }),
    ("pvt_scnd_dmsp_prc", { $0.pivot(-2) }),
  ]

  /// Differences, their sign codes and rates.
  static let changes: [(names: String, reading: Reading)] = [
    ("prdy_vrss nmix_prdy_vrss prev_diff_price psttl_diff_price change t_xdif", { $0.text($0.change) }),
    // Abroad the sign stands beside a difference without one.
    ("diff", { $0.text($0.instrument.market == .overseas ? abs($0.change) : $0.change) }),
    ("prdy_vrss_sign sign prev_sign prev_diff_flag psttl_sign daebi expdaebi t_xsgn", { $0.sign }),
    (
      "prdy_ctrt nmix_prdy_ctrt rate prev_diff_rate psttl_diff_rate chgrate expchggrate t_xrat",
      { $0.rate($0.price, over: $0.previousClose) }
    ),
    ("oprc_vrss_prpr oprc_vrss_nmix_prpr", { $0.text($0.open == 0 ? 0 : $0.price - $0.open) }),
    ("oprc_vrss_prpr_sign oprc_vrss_nmix_sign", { signCode(Double($0.open == 0 ? 0 : $0.price - $0.open)) }),
    ("oprc_vrss_prpr_rate", { $0.rate($0.price, over: $0.open) }),
    ("hgpr_vrss_prpr hgpr_vrss_nmix_prpr", { $0.text($0.price - ($0.high == 0 ? $0.price : $0.high)) }),
    ("hgpr_vrss_prpr_sign hgpr_vrss_nmix_sign", { signCode(Double($0.price - ($0.high == 0 ? $0.price : $0.high))) }),
    ("hgpr_vrss_prpr_rate", { $0.rate($0.price, over: $0.high) }),
    ("lwpr_vrss_prpr lwpr_vrss_nmix_prpr", { $0.text($0.price - ($0.low == 0 ? $0.price : $0.low)) }),
    ("lwpr_vrss_prpr_sign lwpr_vrss_nmix_sign", { signCode(Double($0.price - ($0.low == 0 ? $0.price : $0.low))) }),
    ("lwpr_vrss_prpr_rate", { $0.rate($0.price, over: $0.low) }),
    ("prdy_clpr_vrss_oprc_rate oprc_prdy_ctrt", { $0.rate($0.open, over: $0.previousClose) }),
    ("prdy_clpr_vrss_hgpr_rate hgpr_prdy_ctrt", { $0.rate($0.high, over: $0.previousClose) }),
    ("prdy_clpr_vrss_lwpr_rate lwpr_prdy_ctrt", { $0.rate($0.low, over: $0.previousClose) }),
    ("prdy_nmix_vrss_nmix_oprc", { $0.text($0.open - $0.previousClose) }),
    ("prdy_nmix_vrss_nmix_hgpr", { $0.text($0.high - $0.previousClose) }),
    ("prdy_clpr_vrss_lwpr", { $0.text($0.low - $0.previousClose) }),
    ("sdpr_vrss_prpr", { $0.text($0.change) }),
    ("sdpr_vrss_prpr_sign", { $0.sign }),
    ("sdpr_vrss_prpr_rate", { $0.rate($0.price, over: $0.previousClose) }),
    // Outside auctions nothing is expected: KIS then prints the distance of zero from the base price.
    ("antc_cnpr", { $0.text($0.details.expected?.price ?? 0) }),
    ("antc_cnqn", { "\($0.details.expected?.volume ?? 0)" }),
    ("antc_vol", { "\($0.details.auctionVolume)" }),
    ("antc_tr_pbmn", { $0.amountText(($0.details.expected.map { $0.price * $0.volume } ?? 0)) }),
    ("antc_cntg_vrss", { $0.text(($0.details.expected?.price ?? 0) - $0.previousClose) }),
    ("antc_cntg_vrss_sign", { signCode(Double(($0.details.expected?.price ?? 0) - $0.previousClose)) }),
    (
      "antc_cntg_prdy_ctrt",
      { percent(Double(($0.details.expected?.price ?? 0) - $0.previousClose), of: Double($0.previousClose)) }
    ),
  ]
}
