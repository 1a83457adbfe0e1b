import KISMarket

extension Quote {
  /// What only lists over REST tell of a quote: the bar of the day before, turnover;
  /// nil for any other name.
  func listValue(of field: String) -> String? {
    switch field.lowercased() {
    case "stck_prdy_oprc", "futs_prdy_oprc": text(details.dayBefore.open)
    case "stck_prdy_hgpr", "futs_prdy_hgpr": text(details.dayBefore.high)
    case "stck_prdy_lwpr", "futs_prdy_lwpr": text(details.dayBefore.low)
    case "avrg_vol": "\(instrument.ordinaryVolume)"
    case "vol_inrt": percent(Double(volume - previousVolume), of: Double(previousVolume))
    case "n_befr_clpr_vrss_prpr_rate": rate(price, over: previousClose)
    case "nday_vol_tnrt": percent(Double(instrument.ordinaryVolume), of: Double(instrument.listedShares))
    case "tr_pbmn_tnrt", "nday_tr_pbmn_tnrt":
      percent(Double(amount), of: Double(price) * Double(instrument.listedShares))
    case "avrg_tr_pbmn": "\(instrument.ordinaryVolume * instrument.referencePrice)"
    case "kospi_kosdaq_cls_name": instrument.board.rawValue
    default: nil
    }
  }
}
