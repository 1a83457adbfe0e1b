extension Quirks {
  /// The quirks that are nothing but a fault which the real service has now and then, ready to be armed.
  public var faults: [ConfiguredFault] {
    Quirk.allCases.compactMap { quirk in
      guard let scope = switchedOn[quirk], let name = quirk.faultName else { return nil }
      let standard = quirk.standardTransactionID.map { TextPattern([$0]) }
      return ConfiguredFault(
        name,
        when: FaultConditions(
          chance: chance(of: quirk), transactionID: scope.registration.transactionID ?? standard,
          key: scope.registration.key))
    }
  }
}

extension Quirk {
  /// The fault that this quirk is, for those that need nothing else.
  fileprivate var faultName: FaultName? {
    switch self {
    case .ledgerLimit: .ledgerLimit
    case .backendSaturated: .sessionFull
    case .htmlErrorPage: .httpHTMLBody
    case .streamSilentAfterSuccess, .instrumentLeavesNxt: .registrationForgotten
    case .abnormalClose: .wsCloseWithoutFrame
    case .silentStall: .wsStall
    case .slowHandshake: .wsSlowHandshake
    case .nullValues: .nullValue
    case .brokenUtf8: .wsInvalidUTF8
    default: nil
    }
  }

  /// The TRs on which the quirk was seen, for when the writer names none.
  fileprivate var standardTransactionID: String? {
    switch self {
    case .streamSilentAfterSuccess, .instrumentLeavesNxt: "H0UN*"
    case .brokenUtf8: "H0*ANC0"
    default: nil
    }
  }
}
