import KISWire

extension RESTAPI {
  /// Whether a parameter says nothing about what is asked for, by what the documents say it is: KIS takes whatever it holds,
  /// and what is answered does not depend on it.
  ///
  /// - Parameter name: in the spelling of the document.
  func isDecoration(_ name: String) -> Bool {
    let name = name.uppercased()
    if RESTAPI.decorationByPath.contains(where: { path.hasSuffix($0.path) && $0.names.contains(name) }) { return true }
    // Lists of shares abroad stand on one page.
    if name == "KEYB", !path.hasSuffix("chartprice") { return true }
    return RESTAPI.decoration.contains(name) || name.hasPrefix("CTX_AREA_FK")
      || (isOrder && RESTAPI.unused.contains(name))
  }

  private var isOrder: Bool { method == "POST" }

  /// What single APIs want with one value (0, blank), by the end of their paths; and what makes no difference because prices
  /// here know no splits (수정주가), and everything stands on one venue.
  private static let decorationByPath: [(path: String, names: Set<String>)] = [
    ("/inquire-investor-daily-by-market", ["FID_INPUT_DATE_2"]), ("/capture-uplowprice", ["FID_TRGT_EXLS_CLS_CODE"]),
    ("/exp-closing-price", ["FID_BLNG_CLS_CODE"]),
    ("/comp-interest", ["FID_COND_MRKT_DIV_CODE", "FID_DIV_CLS_CODE", "FID_DIV_CLS_CODE1"]),
    ("/display-board-option-list", ["FID_COND_MRKT_DIV_CODE"]), ("/exp-price-trend", ["FID_COND_MRKT_DIV_CODE"]),
    ("/comp-program-trade-daily", ["FID_COND_MRKT_DIV_CODE"]),
    ("/comp-program-trade-today", ["FID_SCTN_CLS_CODE", "FID_COND_MRKT_DIV_CODE1", "FID_INPUT_HOUR_1"]),
    ("/inquire-member-daily", ["FID_SCTN_CLS_CODE"]), ("/inquire-daily-itemchartprice", ["FID_ORG_ADJ_PRC"]),
    ("/inquire-daily-price", ["FID_ORG_ADJ_PRC"]), ("/dailyprice", ["MODP"]),
    ("/investor-trade-by-stock-daily", ["FID_ORG_ADJ_PRC", "FID_ETC_CLS_CODE"]),
    ("/inquire-time-indexchartprice", ["FID_ETC_CLS_CODE", "FID_HOUR_CLS_CODE"]),
    ("/inquire-time-itemchartprice", ["FID_ETC_CLS_CODE", "NEXT", "FILL"]),
    ("/inquire-time-overtimeconclusion", ["FID_HOUR_CLS_CODE"]), ("/intstock-grouplist", ["FID_ETC_CLS_CODE"]),
    ("/intstock-stocklist-by-group", ["FID_ETC_CLS_CODE", "INTER_GRP_NAME", "HTS_KOR_ISNM"]),
    ("/investor-program-trade-today", ["EXCH_DIV_CLS_CODE"]),
    ("/news-title", ["FID_COND_MRKT_CLS_CODE", "FID_RANK_SORT_CLS_CODE", "INFO_GB", "CLASS_CD"]),
    (
      "/brknews-title",
      ["FID_COND_MRKT_CLS_CODE", "FID_RANK_SORT_CLS_CODE", "FID_NEWS_OFER_ENTP_CODE", "FID_INPUT_SRNO"]
    ),
    ("/volume-rank", ["FID_INPUT_DATE_1", "FID_INPUT_DATE_2", "FID_BLNG_CLS_CODE", "FID_DIV_CLS_CODE"]),
    // Documents want these blank, or with the one value that they name.
    ("/inquire-vi-status", ["FID_TRGT_EXLS_CLS_CODE"]), ("/exp-trans-updown", ["FID_BLNG_CLS_CODE"]),
    ("/overtime-fluctuation", ["FID_MRKT_CLS_CODE"]), ("/elw/v1/ranking/updown-rate", ["FID_INPUT_DATE_2"]),
    ("/elw/v1/ranking/quick-change", ["FID_MRKT_CLS_CODE"]),
    ("/udrl-asset-price", ["FID_INPUT_OPTION_1", "FID_INPUT_OPTION_2"]), ("/inquire-account-balance", ["INQR_DVSN_1"]),
    ("/inquire-balance-rlz-pl", ["INQR_DVSN"]), ("/pension/inquire-balance", ["INQR_DVSN"]),
    ("/domestic-stock/v1/trading/inquire-period-profit", ["INQR_DVSN", "CBLC_DVSN"]),
    ("/inquire-period-trade-profit", ["CBLC_DVSN"]), ("/inquire-ccnl", ["MKET_ID_CD", "ORD_DT", "ORD_GNO_BRNO"]),
    ("/inquire-ngt-ccnl", ["MKET_ID_CD"]), ("/inquire-psbl-ngt-order", ["PRDT_TYPE_CD"]),
    ("/domestic-stock/v1/trading/period-rights", ["INQR_DVSN", "CUST_RNCNO25", "HMID"]),
    ("/overseas-futureoption/v1/trading/inquire-daily-ccld", ["FM_ITEM_FTNG_YN"]),
    ("/overseas-futureoption/v1/trading/inquire-psamount", ["ECIS_RSVN_ORD_YN"]),
    // The branch that took an order or a reservation: there is one, and clients send its number or nothing.
    ("/order-rvsecncl", ["KRX_FWDG_ORD_ORGNO"]), ("/order-resv-rvsecncl", ["RSVN_ORD_ORGNO"]),
    // What is held is kept by security, and not by the day on which it was bought.
    ("/domestic-bond/v1/trading/sell", ["BUY_DT"]),
    // Nobody has forward exchange contracts (선도환), loans of shares abroad, or other money than dollars for contracts
    // abroad.
    ("/intgr-margin", ["FWEX_CTRT_FRCR_DVSN_CD"]),
    ("/overseas-stock/v1/trading/inquire-period-trans", ["LOAN_DVSN_CD"]),
    ("/overseas-futureoption/v1/trading/inquire-period-ccld", ["WHOL_TRSL_YN"]),
    ("/finance-ratio", ["FID_DIV_CLS_CODE", "FID_BLNG_CLS_CODE"]), ("/market-value", ["FID_BLNG_CLS_CODE"]),
    ("/fluctuation", ["FID_DIV_CLS_CODE"]), ("/prefer-disparate-ratio", ["FID_DIV_CLS_CODE"]),
    ("/profit-asset-index", ["FID_DIV_CLS_CODE", "FID_BLNG_CLS_CODE"]), ("/quote-balance", ["FID_DIV_CLS_CODE"]),
    ("/after-hour-balance", ["FID_DIV_CLS_CODE"]), ("/bulk-trans-num", ["FID_DIV_CLS_CODE", "FID_TRGT_EXLS_CLS_CODE"]),
    ("/top-interest-stock", ["FID_INPUT_ISCD_2", "FID_TRGT_EXLS_CLS_CODE"]), ("/avg-unit", ["VRFC_KIND_CD"]),
    ("/display-board-top", ["FID_COND_MRKT_DIV_CODE1", "FID_MTRT_CNT", "FID_COND_MRKT_CLS_CODE"]),
    ("/colable-by-company", ["INQR_STRT_DT", "INQR_END_DT", "INQR_DVSN", "INQR_SQN_DVSN", "RT_DVSN_CD", "RT"]),
    ("/investor-unpd-trend", ["CTS_KEY"]), ("/inquire-index-category-price", ["FID_BLNG_CLS_CODE"]),
    ("/sensitivity", ["FID_INPUT_DATE_1", "FID_BLNG_CLS_CODE"]), ("/indicator", ["FID_BLNG_CLS_CODE"]),
    ("/quick-change", ["FID_BLNG_CLS_CODE"]), ("/updown-rate", ["FID_BLNG_CLS_CODE"]),
    ("/expiration-stocks", ["FID_ETC_CLS_CODE", "FID_BLNG_CLS_CODE", "FID_INPUT_OPTION_1"]),
    ("/newly-listed", ["FID_BLNC_CLS_CODE", "FID_BLNG_CLS_CODE"]),
  ]

  private static let decoration: Set<String> = [
    // Screens of the HTS, rights of users, and whoever asks.
    "FID_COND_SCR_DIV_CODE", "AUTH", "USER_ID", "TYPE", "CTAC_TLNO", "CTAL_TLNO", "TMNL_MDIA_KIND_CD", "IDCR_STFNO",
    "USER_DVSN_CD", "ACNT_PWD", "SCRN_DVSN", "PWD_CHK_YN",
    // Documents want these with one value, or blank.
    "FID_TRGT_CLS_CODE", "MGCO_APTM_ODNO", "ORD_SVR_DVSN_CD", "EXCC_STAT_CD", "ACCA_DVSN_CD",
    "AFHR_FLPR_YN", "OFL_YN", "UNPR_DVSN", "FUND_STTL_ICLD_YN", "FNCG_AMT_AUTO_RDPT_YN", "PRCS_DVSN", "PRCS_DVSN_CD",
    "OVRS_ICLD_YN", "CMA_EVLU_AMT_ICLD_YN", "COST_ICLD_YN", "MGNA_DVSN", "MGNA_DVSN_CD", "BSPR_BF_DT_APLY_YN",
    "DATA_RANK", "CNTG_CLS_CODE", "CTS", "CTS_AREA", "SAMT_MKET_PTCI_YN", "BOND_RTL_MKET_YN",
  ]

  /// What only an order of some other kind says.
  private static let unused: Set<String> = [
    "SLL_TYPE", "ALGO_ORD_TMD_DVSN_CD", "KRX_NMPR_CNDT_CD", "NMPR_TYPE_CD", "ORD_PRCS_DVSN_CD", "FUOP_ITEM_DVSN_CD",
    "FM_LQD_LMT_ORD_PRIC", "FM_LQD_STOP_ORD_PRIC", "FM_HDGE_ORD_SCRN_YN", "RSVN_ORD_YN", "EMGC_ORD_YN", "PGTR_DVSN",
    "LQTY_TR_NGTN_DTL_NO", "LQTY_TR_AGMT_NO", "LQTY_TR_NGTN_ID", "LP_ORD_YN", "MDIA_ODNO", "PGM_NMPR_STMT_DVSN_CD",
    "FM_LQD_USTL_CCLD_DT", "FM_LQD_USTL_CCNO", "CPLX_ORD_DVSN_CD", "ECIS_RSVN_ORD_YN", "START_TIME", "END_TIME",
    "CVRG_SLCT_RSON_CD", "CVRG_SEQ", "SPRX_YN", "BUY_SEQ", "SLL_AGCO_OPPS_SLL_YN", "ORD_GNO_BRNO", "LDNG_DT",
  ]
}
