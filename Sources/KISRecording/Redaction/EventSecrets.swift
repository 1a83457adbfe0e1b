import KISWire

/// The secrets in an event, and what tells who somebody is.
enum EventSecrets {
  static func found(in content: RecordedEvent.Content) -> [(SecretKind, String)] {
    var found: [(SecretKind, String)] = []
    func look(in text: UnsafeRawBufferPointer) {
      NamedSecrets(in: text).show { kind, value, _ in
        if let secret = secret(value, kind) { found.append((kind, secret)) }
      }
      ShapedSecrets(in: text).show { found.append(($0, $1)) }
    }
    func look(in pairs: [NameValue]) {
      for pair in pairs {
        if let kind = SecretNames.kind(of: pair.name.utf8) {
          for value in values(of: pair, kind) {
            if let secret = secret(value, kind) { found.append((kind, secret)) }
          }
        }
        Array(pair.value.utf8).withUnsafeBytes { look(in: $0) }
      }
    }
    switch content {
    case .message(let bytes, _), .binary(let bytes, _), .ping(let bytes, _), .pong(let bytes, _):
      bytes.withUnsafeBytes { text in
        if let head = FrameHead(text) {
          found += peopleInNotice(text, head)
        } else {
          look(in: text)
          found += htsID(in: bytes)
        }
      }
    case .exchange(let exchange):
      look(in: exchange.requestHeaders)
      look(in: exchange.parameters)
      exchange.requestBody.withUnsafeBytes { look(in: $0) }
      look(in: exchange.headers)
      exchange.body.withUnsafeBytes { look(in: $0) }
    case .opened(let opening):
      look(in: opening.headers)
      Array(opening.path.utf8).withUnsafeBytes { look(in: $0) }
    case .closed(let closing): Array(closing.reason.utf8).withUnsafeBytes { look(in: $0) }
    case .marker(let name): Array(name.utf8).withUnsafeBytes { look(in: $0) }
    case .ciphertext, .lost: break
    }
    return found
  }

  /// A header may hold several values, or one behind a scheme.
  private static func values(of pair: NameValue, _ kind: SecretKind) -> [String] {
    switch kind {
    case .cookie:
      let pairs = pair.value.split(separator: ";").prefix(pair.name.lowercased() == "set-cookie" ? 1 : .max)
      return pairs.compactMap { $0.split(separator: "=", maxSplits: 1).dropFirst().first.map(String.init) }
    case .address: return pair.value.split(separator: ",").map { String($0.drop { $0 == " " }) }
    default: return [pair.value]
    }
  }

  /// The secret in a value; nil when the value has not the form of one, as `"key":"0001"` has not.
  private static func secret(_ value: String, _ kind: SecretKind) -> String? {
    let count = value.utf8.count
    let digits = value.utf8.count { (0x30...0x39).contains($0) }
    switch kind {
    case .token:
      let parts = value.split(separator: " ")
      return parts.count == 2 ? String(parts[1]) : value
    case .iv: return count == 16 ? value : nil
    case .key: return count == 32 ? value : nil
    case .account: return digits >= 8 ? value : nil
    case .hashKey: return count >= 16 ? value : nil
    case .phone: return digits >= 7 ? value : nil
    case .address:
      return digits > 0 && value != "127.0.0.1" && value != "::1" && value.contains { $0 == "." || $0 == ":" }
        ? value : nil
    case .hardwareAddress: return count >= 12 ? value : nil
    case .appKey, .appSecret, .approvalKey, .cookie, .personalKey: return count >= 4 ? value : nil
    default: return value
    }
  }

  /// Who a notice is for, by the names of its TR's fields. They have kept their places in all layouts that are known.
  private static func peopleInNotice(
    _ text: UnsafeRawBufferPointer, _ head: FrameHead
  ) -> [(SecretKind, String)] {
    let id = TransactionID(String(decoding: text[head.transactionID], as: UTF8.self))
    guard let entry = Catalogue.realtime(id), entry.isEncrypted, head.count > 0 else { return [] }
    let values = text[head.payload...].split(separator: UInt8(ascii: "^"), omittingEmptySubsequences: false)
    let width = values.count / head.count
    let kinds = Dialect.latest().layout(of: id).fields.map { SecretNames.kind(of: $0.utf8) }
    return values.enumerated().compactMap { index, value in
      let field = width > 0 ? index % width : index
      guard field < kinds.count, let kind = kinds[field], !value.isEmpty else { return nil }
      return (kind, String(decoding: value, as: UTF8.self))
    }
  }

  /// The `tr_key` of a registration for notices, or of the reply to one.
  private static func htsID(in bytes: [UInt8]) -> [(SecretKind, String)] {
    guard bytes.first == UInt8(ascii: "{"), let json = try? JSONValue(parsing: bytes) else { return [] }
    return [json["body"]?["input"], json["header"]].compactMap { part in
      guard let id = part?["tr_id"]?.string, let key = part?["tr_key"]?.string, !key.isEmpty,
        Catalogue.realtime(TransactionID(id))?.key == .htsID
      else { return nil }
      return (.htsID, key)
    }
  }
}
