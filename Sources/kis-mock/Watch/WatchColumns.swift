import KISWire

/// The values of a TR that one line has room for: what is traded, when, at which price, how much it changed, how much of it.
///
/// KIS names one thing differently by market, so each column has the names that it may have.
struct WatchColumns {
  let names: [String]

  init(of layout: Layout) {
    let fields = layout.fields
    if let chosen = WatchColumns.chosen[layout.transactionID] {
      names = chosen.filter(fields.contains)
      return
    }
    let columns =
      fields.contains(where: WatchColumns.orderNumbers.contains)
      ? WatchColumns.notice
      : fields.contains(where: WatchColumns.secondLevels.contains) ? WatchColumns.book : WatchColumns.trade
    let found = columns.compactMap { column in column.first(where: fields.contains) }
    names = found.count < WatchColumns.fewest ? Array(fields.prefix(WatchColumns.most)) : found
  }

  private static let most = 8
  /// With less than these a record is of another kind, and its first values say more.
  private static let fewest = 5

  private static let code = [
    "MKSC_SHRN_ISCD", "STCK_SHRN_ISCD", "FUTS_SHRN_ISCD", "OPTN_SHRN_ISCD", "SYMB", "SERIES_CD", "SERIES",
    "STND_ISCD", "BSTP_CLS_CODE", "NMIX_ID",
  ]
  private static let time = ["STCK_CNTG_HOUR", "BSOP_HOUR", "KHMS", "RECV_TIME", "TRNM_HOUR", "ORD_DTL_DTIME"]

  private static let trade = [
    code, time,
    [
      "STCK_PRPR", "PRPR_NMIX", "FUTS_PRPR", "OPTN_PRPR", "LAST", "LAST_PRICE", "ANTC_CNPR", "NAV", "TOTL_ERNN_NMIX",
    ],
    [
      "PRDY_VRSS", "BSTP_NMIX_PRDY_VRSS", "FUTS_PRDY_VRSS", "OPTN_PRDY_VRSS", "DIFF", "PREV_DIFF_PRICE",
      "ANTC_CNTG_VRSS", "NAV_PRDY_VRSS", "TOTL_ERNN_NMIX_PRDY_VRSS",
    ],
    [
      "PRDY_CTRT", "FUTS_PRDY_CTRT", "RATE", "PREV_DIFF_RATE", "ANTC_CNTG_PRDY_CTRT", "NAV_PRDY_CTRT",
      "TOTL_ERNN_NMIX_PRDY_CTRT",
    ],
    ["CNTG_VOL", "LAST_CNQN", "EVOL", "LAST_QNTT", "ANTC_CNQN", "PCAS_VOL", "OPRC_NAV"],
    ["ACML_VOL", "TVOL", "VOL"], ["ACML_TR_PBMN", "TAMT"],
  ]

  /// Fields that only order books have.
  private static let secondLevels: Set<String> = ["ASKP2", "FUTS_ASKP2", "OPTN_ASKP2", "PASK1", "ASK_PRICE_1"]
  private static let book = [
    code, time, ["ASKP_RSQN1", "VASK1", "ASK_QNTT_1"], ["ASKP1", "FUTS_ASKP1", "OPTN_ASKP1", "PASK1", "ASK_PRICE_1"],
    ["BIDP1", "FUTS_BIDP1", "OPTN_BIDP1", "PBID1", "BID_PRICE_1"], ["BIDP_RSQN1", "VBID1", "BID_QNTT_1"],
    ["TOTAL_ASKP_RSQN", "AVOL"], ["TOTAL_BIDP_RSQN", "BVOL"],
  ]

  /// Fields that only order notices have.
  private static let orderNumbers: Set<String> = ["ODER_NO", "ODNO"]
  private static let notice = [
    ["ODER_NO", "ODNO"], code, ["SELN_BYOV_CLS", "SLL_BUY_DVSN_CD"], ["CNTG_YN", "RVSE_CNCL_DVSN_CD"],
    ["CNTG_QTY", "TOT_CCLD_QTY"], ["CNTG_UNPR", "TOT_CCLD_UV"], ["ODER_QTY", "ORD_QTY"], time,
  ]

  private static let chosen: [TransactionID: [String]] = [
    .indexProgramTrading: [
      "BSTP_CLS_CODE", "BSOP_HOUR", "ARBT_SMTN_NTBY_QTY", "ARBT_SMTN_NTBY_TR_PBMN", "NABT_SMTN_NTBY_QTY",
      "NABT_SMTN_NTBY_TR_PBMN", "WHOL_NTBY_QTY", "WHOL_NTBY_TR_PBMN",
    ]
  ]
}
