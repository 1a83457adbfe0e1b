import KISMarket

extension QuoteVocabulary {
  /// What only lists over REST say of a quote, by the field's name in lower case: the bar of the day before, turnover.
  static let listReadings = table(listWords)

  private static let listWords: [(names: String, reading: Reading)] = [
    ("stck_prdy_oprc futs_prdy_oprc", { $0.text($0.details.dayBefore.open) }),
    ("stck_prdy_hgpr futs_prdy_hgpr", { $0.text($0.details.dayBefore.high) }),
    ("stck_prdy_lwpr futs_prdy_lwpr", { $0.text($0.details.dayBefore.low) }),
    ("avrg_vol", { "\($0.instrument.ordinaryVolume)" }),
    ("vol_inrt", { percent(Double($0.volume - $0.previousVolume), of: Double($0.previousVolume)) }),
    ("n_befr_clpr_vrss_prpr_rate", { $0.rate($0.price, over: $0.previousClose) }),
    ("nday_vol_tnrt", { percent(Double($0.instrument.ordinaryVolume), of: Double($0.instrument.listedShares)) }),
    (
      "tr_pbmn_tnrt nday_tr_pbmn_tnrt",
      { percent(Double($0.amount), of: $0.worth * Double($0.instrument.listedShares)) }
    ),
    ("avrg_tr_pbmn", { "\($0.instrument.ordinaryVolume * $0.instrument.referencePrice)" }),
    ("kospi_kosdaq_cls_name", { $0.instrument.board.rawValue }),
  ]
}
