import KISWire

extension ConfiguredFault {
  /// Why it can never happen, and ids and paths in its conditions that KIS does not have.
  var remarks: [LintRemark] {
    var messages: [LintRemark] = []
    if conditions.chance == 0 { messages.append("`\(name.rawValue)` never happens: its chance is 0") }
    if conditions.lasts == .zero { messages.append("`\(name.rawValue)` never happens: it lasts no time") }
    for condition in conditionsWithoutMeaning {
      messages.append(
        "`\(name.rawValue)` never happens: it looks at `\(condition)`, which a \(behavior.occasion.rawValue) has not")
    }
    if isForNoticesOnly, let ids = conditions.transactionID, ids.namesOnlyPlainTRs {
      messages.append("`\(name.rawValue)` never happens: frames of \(ids) are not encrypted")
    }
    if conditions.after, !behavior.replacesAnswer {
      messages.append("`after` changes nothing: `\(name.rawValue)` replaces no answer")
    }
    return messages + unknownNames
  }

  /// Conditions on what its kind of occasion does not have.
  private var conditionsWithoutMeaning: [String] {
    let present = [
      ("tr_id", conditions.transactionID != nil), ("tr_key", conditions.key != nil), ("path", conditions.path != nil),
      ("app-key", conditions.appKey != nil),
    ]
    let known: [String] =
      switch behavior.occasion {
      case .connection, .heartbeat, .clientPing, .clientClose: []
      case .upgrade: ["path"]
      case .request: ["tr_id", "path", "app-key"]
      case .registration: ["tr_id", "tr_key", "app-key"]
      case .frame: ["tr_id", "tr_key"]
      }
    return present.filter { $0.1 && !known.contains($0.0) }.map(\.0)
  }

  private var isForNoticesOnly: Bool {
    if case .frame(.notice) = behavior { true } else { false }
  }

  private var unknownNames: [LintRemark] {
    let ids = conditions.transactionID.map {
      behavior.occasion == .request ? $0.unknownRESTIDs : $0.unknownRealtimeIDs
    }
    return (ids ?? []) + (conditions.path?.unknownPaths ?? [])
  }
}

extension TextPattern {
  /// True when every alternative is a TR of the catalogue whose frames are not encrypted.
  fileprivate var namesOnlyPlainTRs: Bool {
    alternatives.allSatisfy { Catalogue.realtime(TransactionID($0))?.isEncrypted == false }
  }
}
