import KISMarket

extension QuoteVocabulary {
  /// Shares, amounts and counts of trades.
  static let volumes: [(names: String, reading: Reading)] = [
    ("acml_vol vol tvol volume acml_qty", { $0.volumeText($0.volume) }),
    ("acml_tr_pbmn tamt trade_amt", { $0.amountText($0.amount) }),
    ("prdy_vol pvol", { $0.volumeText($0.previousVolume) }),
    ("prdy_tr_pbmn pamt", { $0.amountText($0.previousAmount) }),
    ("prdy_vrss_vol", { $0.volumeText($0.volume - $0.previousVolume) }),
    ("prdy_vrss_vol_rate prdy_vol_vrss_acml_vol_rate", { percent(Double($0.volume), of: Double($0.previousVolume)) }),
    ("prdy_smns_hour_acml_vol", { $0.volumeText($0.previousVolumeByNow) }),
    ("prdy_smns_hour_acml_vol_rate", { percent(Double($0.volume), of: Double($0.previousVolumeByNow)) }),
    ("cntg_vol cnqn last_cnqn last_qntt evol pcas_vol", { $0.volumeText($0.lastVolume) }),
    ("pcas_tr_pbmn", { $0.amountText($0.lastVolume * $0.price) }),
    ("seln_cntg_csnu", { "\($0.sellCount)" }),
    ("shnu_cntg_csnu", { "\($0.buyCount)" }),
    ("ntby_cntg_csnu", { "\($0.buyCount - $0.sellCount)" }),
    ("seln_cntg_smtn seln_cnqn_smtn seln_cnqn total_seln_cntg_qty bivl", { $0.volumeText($0.sellVolume) }),
    ("shnu_cntg_smtn shnu_cnqn_smtn shnu_cnqn total_shnu_cntg_qty asvl", { $0.volumeText($0.buyVolume) }),
    ("ntby_cnqn", { $0.volumeText($0.buyVolume - $0.sellVolume) }),
    ("cttr tday_rltv strn tpow powx", { decimal($0.strength) }),
    ("shnu_rate", { decimal($0.volume == 0 ? 0 : Double($0.buyVolume) / Double($0.volume)) }),
    ("ccld_dvsn cntg_cls_code", { $0.lastSide.rawValue }),
    // Short sales (공매도).
    ("ssts_cntg_qty acml_ssts_cntg_qty", { "\($0.details.shortSales.volume)" }),
    ("ssts_tr_pbmn acml_ssts_tr_pbmn", { "\($0.details.shortSales.amount)" }),
    (
      "ssts_vol_rlim acml_ssts_cntg_qty_rlim",
      { percent(Double($0.details.shortSales.volume), of: Double($0.volume)) }
    ),
    (
      "ssts_tr_pbmn_rlim acml_ssts_tr_pbmn_rlim",
      { percent(Double($0.details.shortSales.amount), of: Double($0.amount)) }
    ),
    ("stnd_vol_smtn", { $0.volumeText($0.volume) }),
    ("stnd_tr_pbmn_smtn", { $0.amountText($0.amount) }),
    // Program trading of a share (종목별 프로그램매매).
    ("whol_smtn_seln_vol", { "\($0.details.programs.soldVolume)" }),
    ("whol_smtn_shnu_vol", { "\($0.details.programs.boughtVolume)" }),
    ("whol_smtn_ntby_qty", { "\($0.details.programs.netVolume)" }),
    ("whol_smtn_seln_tr_pbmn", { $0.amountText($0.details.programs.soldAmount) }),
    ("whol_smtn_shnu_tr_pbmn", { $0.amountText($0.details.programs.boughtAmount) }),
    ("whol_smtn_ntby_tr_pbmn", { $0.amountText($0.details.programs.netAmount) }),
    ("vol_tnrt", { percent(Double($0.volume), of: Double($0.instrument.listedShares)) }),
    ("askp_rsqn seln_rsqn ask_qntt vask", { "\($0.book.askQuantities[0])" }),
    ("bidp_rsqn shnu_rsqn bid_qntt vbid", { "\($0.book.bidQuantities[0])" }),
    ("total_askp_rsqn avol tot_ask_qntt", { "\($0.book.totalAsks)" }),
    ("total_bidp_rsqn bvol tot_bid_qntt", { "\($0.book.totalBids)" }),
    ("ntby_aspr_rsqn ntby_rsqn", { "\($0.book.totalBids - $0.book.totalAsks)" }),
    ("seln_rsqn_rate", { percent(Double($0.book.totalAsks), of: Double($0.book.totalAsks + $0.book.totalBids)) }),
    ("shnu_rsqn_rate", { percent(Double($0.book.totalBids), of: Double($0.book.totalAsks + $0.book.totalBids)) }),
    ("total_askp_csnu", { "\($0.book.totalAsks / 40 + 10)" }),
    ("total_bidp_csnu", { "\($0.book.totalBids / 40 + 10)" }),
    // The fifth level of bonds' books, misprinted in the document (H0BJASP0).
    ("askp_rsqn52", { "\($0.book.askQuantities[4])" }),
    ("bidp_rsqn53", { "\($0.book.bidQuantities[4])" }),
    ("lp_total_askp_rsqn lp_total_bidp_rsqn", { _ in "0" }),
    (
      "ovtm_total_askp_rsqn ovtm_total_bidp_rsqn ovtm_total_askp_icdc ovtm_total_bidp_icdc total_askp_rsqn_icdc "
        + "total_bidp_rsqn_icdc bdvl advl", { _ in "0" }
    ),
    ("hts_avls stck_avls mcap tomv", { $0.marketValueText }),
    ("mrkt_whol_avls_rlim", { $0.shareOfBoard }),
    ("total_ntsl_bidp_rsqn", { "\($0.book.totalBids - $0.book.totalAsks)" }),
    ("frgn_hldn_qty", { "\($0.instrument.foreignShares)" }),
    (
      "hts_frgn_ehrt frgn_hldn_rate",
      {
        percent(Double($0.instrument.foreignShares), of: Double($0.instrument.listedShares))
      }
    ),
    ("lstn_stcn shar lstg_stqt", { "\($0.instrument.listedShares)" }),
  ]
}
