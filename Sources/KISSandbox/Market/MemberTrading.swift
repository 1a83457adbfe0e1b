import KISMarket

/// The five most active members (회원사) on either side of a share, as the market has them.
struct MemberTrading {
  private let quote: Quote
  private let sellers: [BrokerFlow]
  private let buyers: [BrokerFlow]
  /// What was reported before; the increases (증감) are measured from it.
  private let earlier: [String: Flow]

  init(_ quote: Quote, since before: Quote? = nil) {
    self.quote = quote
    let brokers = quote.details.brokers
    func busiest(_ figure: (Flow) -> Int) -> [BrokerFlow] {
      let ordered = brokers.enumerated().sorted {
        (figure($0.element.flow), $1.offset) > (figure($1.element.flow), $0.offset)
      }
      return Array(ordered.prefix(5).map(\.element))
    }
    sellers = busiest(\.soldVolume)
    buyers = busiest(\.boughtVolume)
    let told = before?.details.brokers ?? brokers
    earlier = Dictionary(told.map { ($0.broker.code, $0.flow) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether a field is about members, in the spelling of REST.
  static func tells(_ field: String) -> Bool { field.holds("_mbcr_") || field.hasPrefix("glob_") }

  /// The value of a field of H0STMBC0 and its like, in upper case; nil for anything else.
  func value(of field: String) -> String? {
    let digits = field.reversed().prefix { $0.isNumber }.count
    let rank = Int(field.suffix(digits)).map { $0 - 1 }
    let isSale = field.holds("SELN")
    switch field.dropLast(digits) {
    case "SELN2_MBCR_NAME", "BYOV_MBCR_NAME", "SELN_MBCR_NAME", "SHNU_MBCR_NAME":
      return member(rank, isSale)?.broker.name
    case "SELN_MBCR_NO", "SHNU_MBCR_NO": return member(rank, isSale)?.broker.code
    case "SELN_MBCR_GLOB_YN_", "SHNU_MBCR_GLOB_YN_": return member(rank, isSale).map { $0.broker.isForeign ? "Y" : "N" }
    case "TOTAL_SELN_QTY", "TOTAL_SHNU_QTY": return member(rank, isSale).map { "\(shares($0.flow, isSale))" }
    case "SELN_MBCR_RLIM", "SHNU_MBCR_RLIM":
      return member(rank, isSale).map { percent(Double(shares($0.flow, isSale)), of: Double(quote.volume)) }
    case "SELN_QTY_ICDC", "SHNU_QTY_ICDC": return member(rank, isSale).map { "\(increase($0, isSale))" }
    case "SELN2_MBCR_ENG_NAME", "BYOV_MBCR_ENG_NAME": return ""
    case "GLOB_TOTAL_SELN_QTY", "GLOB_TOTAL_SHNU_QTY": return "\(foreignShares(isSale))"
    case "GLOB_TOTAL_SELN_QTY_ICDC", "GLOB_TOTAL_SHNU_QTY_ICDC":
      return "\(foreign(isSale).reduce(0) { $0 + increase($1, isSale) })"
    case "GLOB_NTBY_QTY", "GLOB_NTSL_QTY": return "\(foreignShares(false) - foreignShares(true))"
    case "GLOB_SELN_RLIM", "GLOB_SHNU_RLIM": return percent(Double(foreignShares(isSale)), of: Double(quote.volume))
    default: return nil
    }
  }

  private func member(_ rank: Int?, _ isSale: Bool) -> BrokerFlow? {
    let side = isSale ? sellers : buyers
    return rank.flatMap { side.indices.contains($0) ? side[$0] : nil }
  }

  private func shares(_ flow: Flow, _ isSale: Bool) -> Int { isSale ? flow.soldVolume : flow.boughtVolume }

  /// What a member traded since the last report.
  private func increase(_ member: BrokerFlow, _ isSale: Bool) -> Int {
    shares(member.flow, isSale) - shares(earlier[member.broker.code] ?? Flow(), isSale)
  }

  /// Foreign members among the five.
  private func foreign(_ isSale: Bool) -> [BrokerFlow] { (isSale ? sellers : buyers).filter(\.broker.isForeign) }

  /// What foreign members (외국계) traded, as far as it is reported: those among the five sellers, and among the five
  /// buyers.
  var foreign: Flow { Flow(boughtVolume: foreignShares(false), soldVolume: foreignShares(true)) }

  private func foreignShares(_ isSale: Bool) -> Int { foreign(isSale).reduce(0) { $0 + shares($1.flow, isSale) } }
}
