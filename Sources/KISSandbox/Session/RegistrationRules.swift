import KISScenario
import KISWire

/// Which (tr_id, tr_key) pairs the service knows at a venue (PROTOCOL sections 3.3, 4 and 8).
struct RegistrationRules {
  var venue: Venue
  /// HTS ids that exist; empty accepts any.
  var htsIDs: [String] = []
  var codes = Scenario.CodeCheck.strict
  var knownCodes = KnownCodes.standard

  /// The refusal of a pair that does not exist; nil when it may be registered.
  func refusal(of request: RegistrationRequest, _ header: RegistrationReply.Header) -> RegistrationReply? {
    guard let entry = Catalogue.realtime(request.transactionID), entry.id(on: venue) == request.transactionID else {
      return .refused(header, .invalidTransactionID)
    }
    if entry.key == .htsID { return knows(htsID: request.key) ? nil : .refused(.null, .wrongHTSID) }
    return codes == .permissive || knows(request.key, as: entry.key) ? nil : .refused(header, .invalidKey)
  }

  /// Numeric HTS ids are written with a leading dollar sign (quirk 89).
  private func knows(htsID: String) -> Bool {
    htsIDs.isEmpty ? !htsID.allSatisfy(\.isNumber) : htsIDs.contains(htsID)
  }

  /// Industry codes are a closed list, and shares where a master file of the day was read. Of the others only the form is
  /// checked: new instruments are listed every week.
  private func knows(_ key: String, as kind: RealtimeTR.KeyKind) -> Bool {
    let letters = key.isAllDigitsAndCapitals
    let length = key.utf8.count
    return switch kind {
    case .industry: knownCodes.industry(key) != nil
    case .stock, .etf: letters && (6...9).contains(length) && knownCodes.mayExist(key, as: .share)
    case .elw: letters && (6...9).contains(length)
    case .derivative: letters && (5...9).contains(length)
    case .bond: letters && (6...12).contains(length)
    case .overseasStock:
      // `D` for delayed or `R` for realtime, the exchange, the symbol: `DNASAAPL`, `RBAQAAPL`.
      ["D", "R"].contains(key.prefix(1)) && RegistrationRules.exchanges.contains(String(key.dropFirst().prefix(3)))
        && (5...16).contains(length) && knownCodes.mayExist(KnownCodes.delayed(key), as: .overseasShare)
    case .overseasDerivative, .htsID: !key.isEmpty && length <= 40
    }
  }

  /// Exchanges abroad as realtime keys call them, those of New York by day (주간거래) too.
  private static let exchanges: Set<String> = [
    "NAS", "NYS", "AMS", "BAQ", "BAY", "BAA", "HKS", "TSE", "SHS", "SZS", "SHI", "SZI", "HSX", "HNX",
  ]
}
