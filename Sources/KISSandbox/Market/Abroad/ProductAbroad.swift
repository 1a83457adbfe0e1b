import KISMarket
import KISWire

extension AnswerRequest {
  /// What is registered of a share abroad (해외주식 상품기본정보).
  var productAbroad: JSONObject? {
    guard let share = instrument ?? (asksForNothing ? nil : defaultInstrument) else { return nil }
    let quote = quotes.quote(share, at: marketTime)
    let (market, company) = (MarketAbroad.of(share), CompanyAbroad(share))
    // What also trades by day (주간거래) is listed under that session too.
    let isByDay = market.nation.letters == "US"
    let multiple = company.englishName.contains("3X") || company.englishName.contains("ULTRAPRO") ? 3 : 1
    var values = [
      "std_pdno": share.standardCode, "prdt_eng_name": company.englishName, "natn_cd": market.nation.code,
      "natn_name": market.nation.name, "tr_mket_cd": market.code, "tr_mket_name": market.name,
      "ovrs_excg_cd": share.overseasExchange, "ovrs_excg_name": market.name, "tr_crcy_cd": market.nation.currency,
      "crcy_name": market.nation.currencyName, "ovrs_papr": "0.00000",
      "ovrs_stck_dvsn_cd": company.isFund ? "03" : "01", "prdt_clsf_cd": "101210", "prdt_clsf_name": "해외주식",
      "sll_unit_qty": "\(share.lot(side: .sell, codes: knownCodes))",
      "buy_unit_qty": "\(share.lot(side: .buy, codes: knownCodes))", "tr_unit_amt": "0",
      "lstg_stck_num": "\(share.listedShares)", "ovrs_stck_tr_stop_dvsn_cd": "01", "lstg_abol_item_yn": "N",
      "lstg_yn": "Y", "tax_levy_yn": "Y", "ovrs_stck_erlm_rosn_cd": "01", "ovrs_item_name": share.name,
      "blbg_tckr_text": "\(share.symbol) \(market.nation.letters) Equity",
      "ovrs_stck_etf_risk_drtp_cd": company.isFund ? (multiple > 1 ? "003" : "001") : "",
      "etp_chas_erng_rt_dbnb": decimal(company.isFund ? Double(multiple) : 0, places: 6),
      "istt_usge_isin_cd": share.standardCode, "mint_svc_yn": isByDay ? "Y" : "N",
      "prdt_name": share.name, "mini_stk_tr_stat_dvsn_cd": "01", "mint_dcpt_trad_psbl_yn": isByDay ? "Y" : "N",
      "mint_fnum_trad_psbl_yn": isByDay ? "Y" : "N", "mint_cblc_cvsn_ipsb_yn": "N", "ptp_item_yn": "N",
      "ptp_item_trfx_exmt_yn": "N", "dtm_tr_psbl_yn": isByDay ? "Y" : "N", "sdrf_stop_ecls_yn": "N",
      "ovrs_now_pric1": quote.text(quote.price),
      "last_rcvg_dtime": quote.localTime.compactDate + quote.localTime.timeOfDay,
    ]
    // What is not known of it is blank, as the broker leaves it.
    for name in [
      "lstg_dt", "ovrs_stck_prdt_grp_no", "ovrs_stck_hist_rght_dvsn_cd", "chng_bf_pdno", "prdt_type_cd_2", "sedol_no",
      "mint_svc_yn_chng_dt", "lei_cd", "ovrs_stck_stop_rson_cd", "lstg_abol_dt", "mint_frst_svc_erlm_dt",
      "ptp_item_trfx_exmt_strt_dt", "ptp_item_trfx_exmt_end_dt", "sdrf_stop_ecls_erlm_dt", "memo_text1",
    ] { values[name] = "" }
    return list([(values, quote)])
  }
}

extension MarketAbroad.Nation {
  /// 통화명
  var currencyName: String {
    switch currency {
    case "HKD": "홍콩 달러"
    case "CNY": "중국 위안"
    case "JPY": "일본 엔"
    case "VND": "베트남 동"
    default: "미국 달러"
    }
  }
}
