extension Quirks {
  /// The quirks that are nothing but a fault which the real service has now and then, ready to be armed.
  public var faults: [ConfiguredFault] {
    Quirk.allCases.filter { switchedOn[$0] != nil }.flatMap { quirk in
      let pattern = pattern(of: quirk)
      return quirk.faults.map { name, values in
        ConfiguredFault(
          name, values,
          when: FaultConditions(
            chance: chance(of: quirk), transactionID: pattern.transactionID, key: pattern.key,
            path: quirk.standardPath.map { TextPattern([$0]) }))
      }
    }
  }
}

extension Quirk {
  /// The faults that this quirk is, for those that need nothing else.
  fileprivate var faults: [(FaultName, [String: FaultValue])] {
    switch self {
    case .ledgerLimit: [(.ledgerLimit, [:])]
    case .backendSaturated: [(.sessionFull, [:]), (.gatewayTransient, [:])]
    case .htmlErrorPage: [(.httpHTMLBody, [:])]
    case .streamSilentAfterSuccess: [(.registrationForgotten, [:])]
    case .abnormalClose: [(.wsCloseWithoutFrame, [:])]
    case .silentStall: [(.wsStall, [:])]
    case .largeFrames: [(.wsOversize, ["bytes": .number(16_384)])]
    case .slowHandshake: [(.wsSlowHandshake, [:])]
    case .nullValues: [(.nullValue, [:])]
    case .brokenUtf8: [(.wsInvalidUTF8, [:])]
    default: []
    }
  }

  /// The TRs on which the quirk was seen, for when the writer names none; nil is any.
  var standardTransactionIDs: [String]? {
    switch self {
    case .timeLimitMinuteLate: ["FHPTJ04160001"]
    case .sentinelTimes: ["FHPUP02110100", "FHPUP02110200"]
    case .blankNumbers: ["FHPUP02140000"]
    case .streamSilentAfterSuccess, .instrumentLeavesNxt: ["H0UN*"]
    // Quotes of futures and options, night sessions included.
    case .sampledQuotes:
      ["H0IFASP0", "H0IOASP0", "H0CFASP0", "H0ZFASP0", "H0ZOASP0", "H0MFASP0", "H0EUASP0", "HDFFF010"]
    case .brokenUtf8: ["H0*ANC0"]
    default: nil
    }
  }

  /// The paths of the requests on which it was seen; nil is any.
  fileprivate var standardPath: String? { self == .ledgerLimit ? "/uapi/*/trading/*" : nil }
}
