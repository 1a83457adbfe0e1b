public import KISWire

/// The quirks that are on in a sandbox: `quirks.contains(.noticeEncryptN)`.
public struct Quirks: Sendable, Hashable, ExpressibleByArrayLiteral {
  /// Switchable quirks that are on, each with what it is limited to.
  public private(set) var switchedOn: [Quirk: QuirkScope] = [:]

  /// No switchable quirk is on; what the real service always does is there all the same.
  public init() {}

  /// These quirks, without limits; those that cannot be switched are left out.
  public init(arrayLiteral elements: Quirk...) {
    for quirk in elements { insert(quirk) }
  }

  /// Switches a quirk on.
  public mutating func insert(_ quirk: Quirk, scope: QuirkScope = QuirkScope()) {
    guard quirk.fact.kind == .switchable else { return }
    switchedOn[quirk] = scope
  }

  /// Switches a quirk off again; those that are always there stay.
  public mutating func remove(_ quirk: Quirk) { switchedOn[quirk] = nil }

  /// True when a quirk is on, for whatever TR or key.
  public func contains(_ quirk: Quirk) -> Bool {
    switchedOn[quirk] != nil || quirk.fact.isOnByDefault
  }

  /// True when a quirk is on for this TR and key.
  public func contains(_ quirk: Quirk, transactionID: TransactionID, key: String = "") -> Bool {
    guard switchedOn[quirk] != nil else { return quirk.fact.isOnByDefault }
    return pattern(of: quirk).matches(transactionID: transactionID, key: key)
  }

  /// The TRs and keys that a quirk is limited to: as the writer says, else those on which it was seen.
  func pattern(of quirk: Quirk) -> RegistrationPattern {
    var pattern = switchedOn[quirk]?.registration ?? RegistrationPattern()
    pattern.transactionID = pattern.transactionID ?? quirk.standardTransactionIDs.map { TextPattern($0) }
    return pattern
  }

  /// The chance with which a quirk happens on each occasion: 0 when it is off.
  public func chance(of quirk: Quirk) -> Double {
    guard contains(quirk) else { return 0 }
    return switchedOn[quirk]?.chance ?? quirk.fact.chance ?? 1
  }
}

/// What a quirk that is on is limited to.
public struct QuirkScope: Sendable, Hashable {
  /// The TRs and keys it applies to.
  public var registration: RegistrationPattern
  /// The chance on each occasion; nil takes the quirk's own.
  public var chance: Double?

  /// Without arguments: every TR and key, with the quirk's own chance.
  public init(registration: RegistrationPattern = RegistrationPattern(), chance: Double? = nil) {
    self.registration = registration
    self.chance = chance
  }
}
