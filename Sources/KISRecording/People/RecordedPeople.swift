import KISWire

/// Whose session a recording is, as far as somebody else has to take their place: accounts and HTS ids.
package struct RecordedPeople: Sendable {
  /// Account numbers (종합계좌번호), eight digits, in the order of their first appearance.
  package private(set) var accounts: [String] = []
  /// HTS ids, in the order of their first appearance.
  package private(set) var htsIDs: [String] = []

  /// Nobody yet.
  package init() {}

  /// Whether nobody was found.
  package var isEmpty: Bool { accounts.isEmpty && htsIDs.isEmpty }

  /// Notes who an event is about.
  package mutating func note(_ content: RecordedEvent.Content) {
    for (kind, text) in EventSecrets.found(in: content) {
      switch kind {
      case .account:
        guard let number = AccountText(text)?.number, !accounts.contains(number) else { continue }
        accounts.append(number)
      case .htsID: if !htsIDs.contains(text) { htsIDs.append(text) }
      default: break
      }
    }
  }

  /// Whether the value of a parameter of this name is an account number.
  package static func namesAccount(_ name: String) -> Bool { SecretNames.kind(of: name.utf8) == .account }

  /// Whether the value of a parameter of this name is an HTS id.
  package static func namesHTSID(_ name: String) -> Bool { SecretNames.kind(of: name.utf8) == .htsID }
}

/// An account as it is written: eight digits, alone or with a product code behind them.
struct AccountText {
  /// The eight digits.
  let number: String
  /// What stands behind them: nothing, `01`, `-01`.
  let rest: String

  /// Nil for what does not begin with eight digits.
  init?(_ text: String) {
    number = String(text.prefix(8))
    rest = String(text.dropFirst(8))
    guard number.utf8.count == 8, number.isAllDigits else { return nil }
  }
}
