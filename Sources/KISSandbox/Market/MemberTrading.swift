/// The five most active members (회원사) on either side of a share: fixed portions of what was sold and bought, so
/// totals never fall.
struct MemberTrading {
  private let quote: Quote
  /// What was told before; the increases (증감) are since then.
  private let before: Quote?

  init(_ quote: Quote, since before: Quote? = nil) { (self.quote, self.before) = (quote, before) }

  private static let members = [
    ("미래에셋증권", "00005", false), ("키움증권", "00050", false), ("모간서울", "00036", true), ("한국증권", "00003", false),
    ("NH투자증권", "00012", false), ("씨티그룹", "00037", true), ("KB증권", "00017", false), ("맥쿼리", "00035", true),
    ("신한투자증권", "00002", false), ("삼성증권", "00030", false),
  ]
  private static let portions = [19, 15, 10, 8, 5]

  /// The value of a field of H0STMBC0 and its like; nil for anything else.
  func value(of field: String) -> String? {
    let digits = field.reversed().prefix { $0.isNumber }.count
    let rank = Int(field.suffix(digits)).map { $0 - 1 }
    let isSale = field.contains("SELN")
    switch field.dropLast(digits) {
    case "SELN2_MBCR_NAME", "BYOV_MBCR_NAME": return member(rank, isSale).map { $0.0 }
    case "SELN_MBCR_NO", "SHNU_MBCR_NO": return member(rank, isSale).map { $0.1 }
    case "SELN_MBCR_GLOB_YN_", "SHNU_MBCR_GLOB_YN_": return member(rank, isSale).map { $0.2 ? "Y" : "N" }
    case "TOTAL_SELN_QTY", "TOTAL_SHNU_QTY": return rank.flatMap { shares($0, isSale) }.map { "\($0)" }
    case "SELN_MBCR_RLIM", "SHNU_MBCR_RLIM":
      return rank.flatMap { shares($0, isSale) }.map { percent(Double($0), of: Double(quote.volume)) }
    case "SELN_QTY_ICDC", "SHNU_QTY_ICDC":
      return rank.flatMap { rank in shares(rank, isSale).map { $0 - (earlier?.shares(rank, isSale) ?? $0) } }
        .map { "\($0)" }
    case "SELN2_MBCR_ENG_NAME", "BYOV_MBCR_ENG_NAME": return ""
    case "GLOB_TOTAL_SELN_QTY", "GLOB_TOTAL_SHNU_QTY": return "\(foreign(isSale))"
    case "GLOB_TOTAL_SELN_QTY_ICDC", "GLOB_TOTAL_SHNU_QTY_ICDC":
      return "\(foreign(isSale) - (earlier?.foreign(isSale) ?? foreign(isSale)))"
    case "GLOB_NTBY_QTY": return "\(foreign(false) - foreign(true))"
    case "GLOB_SELN_RLIM", "GLOB_SHNU_RLIM": return percent(Double(foreign(isSale)), of: Double(quote.volume))
    default: return nil
    }
  }

  private var earlier: MemberTrading? { before.map { MemberTrading($0) } }

  private func member(_ rank: Int?, _ isSale: Bool) -> (String, String, Bool)? {
    guard let rank, (0..<5).contains(rank) else { return nil }
    // The two sides have different members at the top; which ones depends on the share.
    let first = quote.instrument.listedShares / 1_000 % 10 + (isSale ? 0 : 5)
    return MemberTrading.members[(first + rank) % MemberTrading.members.count]
  }

  private func shares(_ rank: Int, _ isSale: Bool) -> Int? {
    guard MemberTrading.portions.indices.contains(rank) else { return nil }
    return (isSale ? quote.sellVolume : quote.buyVolume) * MemberTrading.portions[rank] / 100
  }

  private func foreign(_ isSale: Bool) -> Int {
    (0..<5).filter { member($0, isSale)?.2 == true }.reduce(0) { $0 + (shares($1, isSale) ?? 0) }
  }
}
