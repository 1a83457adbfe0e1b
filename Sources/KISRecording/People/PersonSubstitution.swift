import KISWire

/// Puts a client's own account and HTS id where a recording has those of whoever was recorded.
///
/// Only values that stand under their names, or in their places in a notice, are replaced: the digits of a placeholder
/// could be found in any price.
package struct PersonSubstitution: Sendable, Hashable {
  /// The client's account numbers, eight digits, by the recorded ones.
  package var accounts: [String: String] = [:]
  /// The client's HTS ids by the recorded ones.
  package var htsIDs: [String: String] = [:]

  /// Replaces nothing yet.
  package init() {}

  /// Whether it would change nothing.
  package var isEmpty: Bool { accounts.isEmpty && htsIDs.isEmpty }

  /// JSON, or other text in which values stand behind their names; nil when nothing changes.
  package func applied(toNamedValuesIn text: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    var copied = 0
    text.withUnsafeBytes { bytes in
      NamedSecrets(in: bytes).show { kind, value, range in
        // A value with escapes is none of those.
        guard range.lowerBound >= copied, bytes[range].elementsEqual(value.utf8),
          let replacement = replacement(for: value, kind)
        else { return }
        result += bytes[copied..<range.lowerBound]
        result += replacement.utf8
        copied = range.upperBound
      }
    }
    return copied == 0 ? nil : result + text[copied...]
  }

  /// A notice with flag `1` and a payload that is not encrypted yet; nil when nothing changes.
  package func applied(toNotice text: [UInt8]) -> [UInt8]? {
    guard let frame = try? Frame(parsing: text), frame.count > 0 else { return nil }
    let kinds = Dialect.latest().layout(of: frame.transactionID).fields.map { SecretNames.kind(of: $0.utf8) }
    var values = String(decoding: frame.payload, as: UTF8.self).split(separator: "^", omittingEmptySubsequences: false)
      .map(String.init)
    let width = values.count / frame.count
    var isChanged = false
    for index in values.indices {
      let field = width > 0 ? index % width : index
      guard field < kinds.count, let kind = kinds[field], let replacement = replacement(for: values[index], kind)
      else { continue }
      values[index] = replacement
      isChanged = true
    }
    guard isChanged else { return nil }
    return Frame(frame.transactionID, flag: frame.flag, count: frame.count, payload: values.joined(separator: "^").utf8)
      .bytes
  }

  private func replacement(for value: String, _ kind: SecretKind) -> String? {
    switch kind {
    case .account: AccountText(value).flatMap { account in accounts[account.number].map { $0 + account.rest } }
    case .htsID: htsIDs[value]
    default: nil
    }
  }
}
