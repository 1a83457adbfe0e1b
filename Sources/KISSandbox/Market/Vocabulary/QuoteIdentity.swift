import KISWire

extension QuoteVocabulary {
  /// What the instrument is, and when the quote was.
  static let identity: [(names: String, reading: Reading)] = [
    ("shrn_iscd iscd symb code sht_cd pdno shtn_pdno ovrs_pdno series_cd series stnd_iscd", { $0.instrument.symbol }),
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
    ("oprc_hour", { $0.clock($0.openSecond) }),
    ("hgpr_hour", { $0.clock($0.highSecond) }),
    ("lwpr_hour", { $0.clock($0.lowSecond) }),
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
    ("per", { decimal(Double($0.price) / $0.instrument.earningsPerShare) }),
    ("pbr", { decimal(Double($0.price) / $0.instrument.bookValuePerShare) }),
    ("fcam papr", { _ in "100" }),
    ("fcam_cnnm", { _ in "100" }),
    ("stac_month", { _ in "12" }),
    ("marg_rate", { _ in "20.00" }),
    ("hts_deal_qty_unit_val vnit", { _ in "1" }),
    ("cpfn", { "\($0.instrument.listedShares / 1_000_000 + 1)" }),
    ("cpfn_cnnm", { "\($0.instrument.listedShares / 1_000_000 + 1) 억" }),
  ]

  /// Codes that say the market is open and nothing is wrong.
  static let sessionState: [(names: String, reading: Reading)] = [
    ("new_mkop_cls_code", { $0.second < MarketHours.closingAuction ? "20" : "21" }),
    ("hour_cls_code", { $0.open == 0 || $0.isInClosingAuction ? "A" : "0" }),
    ("market_cls_code", { $0.open == 0 ? "1" : $0.second >= MarketHours.close ? "5" : "2" }),
    ("iscd_stat_cls_code", { _ in "55" }),
    ("grmn_rate_cls_code", { _ in "40" }),
    ("mrkt_warn_cls_code", { _ in "00" }),
    ("mang_issu_cls_code mrkt_trtm_cls_code", { _ in "" }),
    ("vi_cls_code ovtm_vi_cls_code", { _ in "N" }),
    ("stck_deal_cls_code kmid_cls_code nmid_cls_code", { _ in "0" }),
    ("crdt_able_yn elw_pblc_yn", { _ in "Y" }),
    ("zdiv disp_digit", { "\($0.instrument.market.decimals)" }),
  ]
}
