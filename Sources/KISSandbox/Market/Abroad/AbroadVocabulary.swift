import KISMarket
import KISWire

/// Fields, in lower case, that only answers about shares abroad have, and those that mean something else there.
///
/// A table, so that a look-up costs little: records of streams look every one of their fields up.
enum AbroadVocabulary {
  /// Reads a field of a quote of a share abroad; nil for all others.
  static func value(of name: String, in quote: Quote) -> String? { readings[name]?(quote) }

  private static let readings = QuoteVocabulary.table(company + inWon + trading)

  private static let company: [(names: String, reading: QuoteVocabulary.Reading)] = [
    ("ename enam nnam prdt_eng_name ovrs_item_eng_name", { CompanyAbroad($0.instrument).englishName }),
    ("e_icod", { CompanyAbroad($0.instrument).industryName }),
    ("icod", { CompanyAbroad($0.instrument).industry }),
    // A fund's class; shares have none.
    ("etyp_nm", { CompanyAbroad($0.instrument).isFund ? "ETF" : "" }),
    ("e_ordyn", { _ in "○" }),
    ("ordy", { _ in "매수/매도 가능" }),
    ("curr crcy_cd", { $0.instrument.currency }),
    ("excd", { MarketAbroad.of($0.instrument).key }),
    ("exnm tr_mket_name", { MarketAbroad.of($0.instrument).name }),
    ("tr_mket_cd", { MarketAbroad.of($0.instrument).code }),
    ("natn_kor_name natn_name", { MarketAbroad.of($0.instrument).nation.name }),
    ("natn_cd", { MarketAbroad.of($0.instrument).nation.code }),
    ("prdt_type_cd", { MarketAbroad.of($0.instrument).productType }),
    ("perx", { decimal($0.worth / $0.instrument.earningsPerShare) }),
    ("pbrx", { decimal($0.worth / $0.instrument.bookValuePerShare) }),
    ("epsx", { decimal($0.instrument.earningsPerShare) }),
    ("bpsx", { decimal($0.instrument.bookValuePerShare) }),
    ("e_parp", { _ in "0.0000" }),
    // Of shares abroad in whole units of their currency.
    ("tomv mcap", { decimal($0.worth * Double($0.instrument.listedShares), places: 0) }),
  ]

  /// In won (원환산), at the rate of the day and of the day before.
  private static let inWon: [(names: String, reading: QuoteVocabulary.Reading)] = [
    (
      "t_rate exrt bass_exrt frst_bltn_exrt bltn_exrt erlm_exrt",
      { decimal($0.details.won(per: $0.instrument.currency), places: 4) }
    ),
    ("p_rate", { decimal($0.details.won(per: $0.instrument.currency, dayBefore: true), places: 4) }),
    ("t_xprc", { $0.inWon($0.price) }),
    ("t_xdif", { $0.inWon($0.change) }),
    ("p_xprc", { $0.inWon($0.previousClose, dayBefore: true) }),
    ("p_xdif", { $0.inWon($0.previousClose - $0.details.dayBefore.open, dayBefore: true) }),
    (
      "p_xrat",
      {
        percent(Double($0.previousClose - $0.details.dayBefore.open), of: Double($0.details.dayBefore.open))
      }
    ),
    ("p_xsng", { signCode(Double($0.previousClose - $0.details.dayBefore.open)) }),
  ]

  private static let trading: [(names: String, reading: QuoteVocabulary.Reading)] = [
    ("hanp", { $0.text($0.year.high.price) }),
    ("lanp", { $0.text($0.year.low.price) }),
    ("e_hogau", { $0.text($0.tick) }),
    ("bnit", { _ in "1" }),
    // 시장구분: 0 the regular session, 1 before it, 2 after it.
    ("mtyp", { _ in "0" }),
    ("vpow", { decimal($0.strength) }),
    ("eamt", { "\(Int((Double($0.lastVolume) * $0.worth).rounded()))" }),
    ("stat stat1 stat2", { $0.isOpenAbroad ? "장중" : "장종료" }),
    ("dymd", { $0.localTime.compactDate }),
    ("dhms", { $0.localTime.timeOfDay }),
  ]
}

extension Quote {
  fileprivate func inWon(_ price: Int, dayBefore: Bool = false) -> String {
    let rate = details.wonForOne(instrument.currency, dayBefore: dayBefore)
    return decimal(Double(price) / Double(instrument.scale) * rate, places: 0)
  }

  fileprivate var isOpenAbroad: Bool {
    instrument.exchange?.sessions(on: day).contains {
      $0.phase == .regular && $0.start.seconds <= second && second < $0.end.seconds
    } ?? false
  }
}

extension CompanyAbroad {
  /// Whether it is a fund and no company.
  var isFund: Bool { englishName.contains("ETF") || englishName.contains("TRUST") || englishName.contains("3X") }
}
