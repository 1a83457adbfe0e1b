import KISMarket
import KISWire

extension BondTerms {
  /// The value of a field about the terms as of a day; nil for any other field. All dates are of the calendar that is
  /// shown.
  func value(of field: String, on day: CalendarDate, meant: (CalendarDate) -> CalendarDate) -> String? {
    func text(_ date: CalendarDate?) -> String { date.map { meant($0).compact } ?? "" }
    func weekday(_ date: CalendarDate?) -> String { date.map { padded($0.weekday.rawValue + 1, to: 2) } ?? "" }
    return switch field {
    case "issu_dt", "lstg_dt", "rvnu_dt", "dpsi_strt_dt", "frst_erlm_dt": text(issued)
    case "expd_dt", "rdpt_dt", "exdt": text(matures)
    case "lstg_abol_dt", "dpsi_end_dt": text(TradingCalendar.tradingDay(after: matures))
    case "rgbf_int_dfrm_dt": text(coupons(around: day).before)
    case "nxtm_int_dfrm_dt": text(coupons(around: day).next)
    case "rgbf_int_dfrm_wday": weekday(coupons(around: day).before)
    case "nxtm_int_dfrm_wday": weekday(coupons(around: day).next)
    case "frst_int_dfrm_dt": text(coupons(around: issued).next)
    case "srfc_inrt": decimal(coupon, places: 6)
    case "ksd_rcvg_bond_srfc_inrt": decimal(coupon, places: 12)
    case "issu_amt", "lstg_rmnd": "\(amount)"
    case "ksd_tot_issu_amt": "\(amount).00"
    case "tlg_rcvg_dtl_dtime": day.compact + "060514023"
    default: BondTerms.fixed[field]
    }
  }

  /// What is the same for every Treasury bond, in the words and decimals of the documents' examples.
  private static let fixed = [
    "papr": "10000", "prdt_type_cd": "302", "bond_clsf_cd": "111110", "bond_clsf_kor_name": "국고채권",
    "int_mned_dvsn_cd": "1", "rvnu_shap_cd": "2", "int_dfrm_mcnt": "6", "int_caltm_mcnt": "6",
    "bond_int_dfrm_mthd_cd": "03", "splt_rdpt_rcnt": "0", "prca_dfmt_term_mcnt": "0", "int_anap_dvsn_cd": "2",
    "bond_rght_dvsn_cd": "", "prdt_pclc_text": "", "prdt_eng_name": "KOREA TREASURY BOND",
    "prdt_eng_abrv_name": "KTB", "ksd_bond_item_eng_name": "KOREA TREASURY BOND", "pbff_pplc_ofrg_mthd_cd": "01",
    "cmco_cd": "", "issu_istt_cd": "10350", "krx_issu_istt_cd": "10350", "issu_istt_name": "대한민국정부",
    "pnia_dfrm_agcy_istt_cd": "", "dsct_ec_rt": "0.000000", "expd_rdpt_rt": "100.00000000",
    "bond_expd_rdpt_rt": "100.000000000000", "expd_asrc_erng_rt": "0.00000000",
    "bond_expd_asrc_erng_rt": "0.000000000000", "bond_grte_istt_name": "", "int_dfrm_day_type_cd": "01",
    "ksd_int_calc_unit_cd": "1", "int_wunt_uder_prcs_dvsn_cd": "1", "ecis_pric": "0", "rght_stck_std_pdno": "",
    "ecis_opng_dt": "", "ecis_end_dt": "", "bond_rvnu_mthd_cd": "", "oprt_stfno": "BATCH", "oprt_stff_name": "",
    "kis_crdt_grad_text": "", "kbp_crdt_grad_text": "", "nice_crdt_grad_text": "", "fnp_crdt_grad_text": "",
    "pnia_int_calc_unpr": "0.0000", "expd_exts_srdp_rcnt": "0", "expd_exts_srdp_rt": "0.000000000000",
    "grte_dvsn_cd": "", "fnrr_rank_dvsn_cd": "1", "krx_lstg_abol_dvsn_cd": "N", "asst_rqdi_dvsn_cd": "",
    "opcb_dvsn_cd": "", "crfd_item_rstc_cclc_dt": "", "bond_nmpr_unit_pric": "0.500000",
    "ivst_heed_bond_dvsn_name": "", "add_erng_rt": "0.000000", "add_erng_rt_aply_dt": "", "bond_tr_stop_dvsn_cd": "N",
    "ivst_heed_bond_dvsn_cd": "0", "pclr_cndt_text": "", "pclr_ptcr_text": "", "cdtl_cptl_scty_type_cd": "",
    "sq1_clop_ecis_opng_dt": "", "frst_erlm_stfno": "", "frst_erlm_tmd": "", "ksd_bond_lstg_type_cd": "11",
    "ksd_ofrg_dvsn_cd": "11", "ksd_bond_int_dfrm_dvsn_cd": "3", "iso_crcy_cd": "KRW", "mdwy_rdpt_dt": "00000000",
    "ksd_rcvg_bond_dsct_rt": "0.000000000000", "ksd_prca_rdpt_mthd_cd": "11", "uval_cut_dvsn_cd": "2",
    "uval_cut_dcpt_dgit": "0", "ksd_dydv_caltm_aply_dvsn_cd": "1", "dydv_calc_dcnt": "0",
    "padf_plac_hdof_name": "한국은행", "ksd_bond_issu_mthd_cd": "2", "ksd_lhdy_pnia_dfrm_mthd_cd": "2",
    "dpsi_psbl_excp_stat_cd": "", "ictx_rt_dvsn_cd": "", "frn_intr": "0.000000000000",
    "aply_day_prcm_idx_lnkg_cefc": "0.0000000000", "ksd_expd_dydv_calc_bass_cd": "", "expd_dydv_calc_dcnt": "0",
    "ksd_cbbw_dvsn_cd": "9", "pnia_bank_ofdy_dfrm_mthd_cd": "1", "qib_cclc_dt": "00000000", "csbd_cclc_dt": "00000000",
    "rght_ecis_mbdy_dvsn_cd": "1", "int_rkng_mthd_dvsn_cd": "1", "ofrg_dvsn_cd": "", "ksd_bond_intr_dvsn_cd": "1",
    "ksd_inrt_aply_dvsn_cd": "1", "ksd_indf_frqc_uder_calc_cd": "1", "ksd_indf_frqc_uder_calc_dcnt": "0",
    "dpsi_psbl_yn": "Y", "elec_scty_yn": "Y", "krx_crcy_cd": "KRW", "kis_crcy_cd": "KRW", "kbp_crcy_cd": "KRW",
    "nice_crcy_cd": "KRW", "fnp_crcy_cd": "KRW", "buy_sqno": "1",
  ]
}

extension Quote {
  /// What a bond yields (수익률) at a price for ten thousand won, in percent a year.
  func bondYield(at price: Double) -> Double { details.bond.yield(at: price, on: details.shift?.shown(day) ?? day) }

  /// The value of a field about a bond's terms or about the raters' prices for it; nil for any other field.
  func bondValue(of name: String) -> String? {
    let today = details.shift?.shown(day) ?? day
    if let value = details.bond.value(of: name, on: today, meant: { details.shift?.meant($0) ?? $0 }) { return value }
    switch name {
    case "ksd_bond_item_name", "prdt_abrv_name": return instrument.name
    case "evlu_dt": return day.compact
    default: return ratedValue(of: name)
    }
  }

  /// Prices that bonds are valued at (평가단가), by each rater a little different, and by all on average.
  private func ratedValue(of name: String) -> String? {
    guard let rater = Quote.raters.first(where: { name.hasPrefix($0.name + "_") }) else { return nil }
    let worth = Double(price) / Double(instrument.scale) + rater.distance
    switch name.dropFirst(rater.name.utf8.count + 1) {
    case "unpr", "evlu_unpr", "evlu_unit_pric", "evlu_pric", "evlu_amt": return decimal(worth, places: 2)
    case "erng_rt", "evlu_erng_rt": return decimal(bondYield(at: worth), places: 5)
    case "rf_unpr", "evlu_rf_unpr": return "0.00"
    default: return nil
    }
  }

  private static let raters = [
    (name: "kis", distance: -2.5), (name: "kbp", distance: 1.25), (name: "nice", distance: 3.0),
    (name: "fnp", distance: -1.75), (name: "avg", distance: 0.0),
  ]
}

extension AnswerRequest {
  /// The valuations that are asked for (평균단가조회): of each bond, or of one (PDNO), on each trading day of the period until
  /// now, the latest first. Nil for all other inquiries.
  var ratedBonds: [(bond: Instrument, day: CalendarDate)]? {
    guard id == "CTPF2005R" else { return nil }
    let bonds = instrument.map { [$0] } ?? instruments
    var day = TradingCalendar.tradingDay(onOrBefore: min(date("INQR_END_DT") ?? marketTime.date, marketTime.date))
    let first = max(DailyChartWindow.dawn, date("INQR_STRT_DT") ?? day.advanced(by: -30))
    var rated: [(Instrument, CalendarDate)] = []
    while day >= first {
      rated += bonds.map { ($0, day) }
      day = TradingCalendar.tradingDay(before: day)
    }
    return rated
  }
}
