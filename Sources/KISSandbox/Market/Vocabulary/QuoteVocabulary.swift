import KISMarket

/// How KIS calls what a ``Quote`` knows: names of REST outputs and of realtime values, which share one vocabulary.
///
/// One table for both, so that no two answers about an instrument at a moment can disagree.
enum QuoteVocabulary {
  typealias Reading = @Sendable (Quote) -> String

  /// Reads a field of a quote; nil when the name is not about quotes.
  static func value(of field: String, in quote: Quote) -> String? { reading(of: field.lowercased())?(quote) }

  /// How a field is read off any quote, by its name in lower case; nil when the name is not about quotes.
  static func reading(of name: String) -> Reading? {
    if let reading = readings[name] ?? level(name) { return reading }
    if name.hasPrefix(eveningPrefix) { return eveningReading(of: String(name.dropFirst(eveningPrefix.count))) }
    for prefix in prefixes where name.hasPrefix(prefix) {
      let stem = String(name.dropFirst(prefix.count))
      if let reading = readings[stem] ?? level(stem) { return reading }
    }
    // A quote is of an instrument that trades: no warning, no suspension.
    guard name.hasSuffix("_yn") else { return nil }
    return { _ in "N" }
  }

  /// Kinds of instruments that KIS writes before the same words: `stck_prpr`, `futs_prpr`, `bstp_nmix_prpr`.
  private static let prefixes = [
    "stck_", "bstp_nmix_", "futs_", "optn_", "elw_", "bond_", "ovrs_nmix_", "ovrs_prod_", "inter2_",
    "inter_",
    "totl_ernn_nmix_", "nmix_", "unch_", "mksc_",
  ]

  /// What is traded after hours (시간외단일가, the after-market since 2026-09-14) has words of its own for some figures.
  private static let eveningPrefix = "ovtm_untp_"
  private static let eveningWords = [
    "tr_pbmn": "acml_tr_pbmn", "antc_cntg_ctrt": "antc_cntg_prdy_ctrt", "antc_cntg_vrsssign": "antc_cntg_vrss_sign",
  ]

  private static func eveningReading(of name: String) -> Reading? {
    let word = eveningWords[name] ?? name
    guard let reading = readings[word] ?? level(word) else { return nil }
    return { reading($0.evening) }
  }

  private static let readings = table(prices + changes + volumes + identity + listing + sessionState)

  /// A table of readings by name, from rows of names that are parted by blanks; of two rows with a name the first counts.
  static func table<Entry>(_ rows: [(names: String, reading: Entry)]) -> [String: Entry] {
    Dictionary(
      rows.flatMap { names, reading in names.split(separator: " ").map { (String($0), reading) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// Reads names of book levels: `askp3`, `bidp_rsqn10`, `pask1`, `ask_price_2`.
  private static func level(_ name: String) -> Reading? {
    guard let digits = name.lastIndex(where: { !$0.isNumber }).map({ name[name.index(after: $0)...] }),
      let number = Int(digits), (1...QuotedBook.depth).contains(number)
    else { return nil }
    let level = number - 1
    switch name.dropLast(digits.count) {
    case "askp", "pask", "ask_price_", "antc_askp": return { $0.text($0.book.askPrices[level]) }
    case "bidp", "pbid", "bid_price_", "antc_bidp": return { $0.text($0.book.bidPrices[level]) }
    case "askp_rsqn", "vask", "ask_qntt_": return { "\($0.book.askQuantities[level])" }
    case "bidp_rsqn", "vbid", "bid_qntt_": return { "\($0.book.bidQuantities[level])" }
    case "askp_csnu", "ask_num_": return { "\($0.book.askQuantities[level] / 40 + 1)" }
    case "bidp_csnu", "bid_num_": return { "\($0.book.bidQuantities[level] / 40 + 1)" }
    case "askp_rsqn_icdc", "bidp_rsqn_icdc", "dask", "dbid", "lp_askp_rsqn", "lp_bidp_rsqn": return { _ in "0" }
    default: return nil
    }
  }
}
