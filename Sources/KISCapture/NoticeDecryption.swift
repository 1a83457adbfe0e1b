import KISWire

/// Takes the encryption off notices (체결통보) with the iv and key that the connection's own registration replies carry.
///
/// Fed with the server's texts in the order of the stream; a key of another connection is never tried.
package struct NoticeDecryption: Sendable {
  /// What a text is in a recording.
  package enum Outcome: Sendable, Hashable {
    /// As it was sent; nothing was encrypted.
    case plain
    /// The frame with flag `1` and its payload readable.
    case decrypted([UInt8])
    /// Encrypted, and no key is known, or none that fits.
    case cipher
  }

  private struct Keys {
    var byTransaction: [TransactionID: PayloadCipher] = [:]
    var latest: PayloadCipher?
  }

  private var keys: [Int: Keys] = [:]

  package init() {}

  /// Looks at a text of the server: learns keys from replies, decrypts notices.
  package mutating func receive(_ text: [UInt8], on connection: Int) -> Outcome {
    guard let first = text.first else { return .plain }
    if first == UInt8(ascii: "{") {
      learn(from: text, on: connection)
      return .plain
    }
    guard first == UInt8(ascii: "1"), let head = text.withUnsafeBytes({ FrameHead($0) }), head.isEncrypted else {
      return .plain
    }
    guard let known = keys[connection] else { return .cipher }
    let transaction = TransactionID(String(decoding: text[head.transactionID], as: UTF8.self))
    for cipher in [known.byTransaction[transaction], known.latest] {
      guard let cipher else { continue }
      do throws(WireError) {
        let payload = try cipher.decrypt(text[head.payload...])
        // A wrong key can leave padding that looks right; what it gives is no record.
        guard String(validating: payload, as: UTF8.self) != nil, payload.contains(UInt8(ascii: "^")) else { continue }
        return .decrypted(Array(text[..<head.payload]) + payload)
      } catch {
        continue
      }
    }
    return .cipher
  }

  /// Nothing more will come of this connection.
  package mutating func forget(_ connection: Int) { keys[connection] = nil }

  private mutating func learn(from text: [UInt8], on connection: Int) {
    // Replies without a key and PINGPONG are most of what comes; only what names a key is parsed.
    guard text.count > 64, case .registration(let reply)? = try? RealtimeMessage(parsing: text),
      let cipher = try? reply.cipher()
    else { return }
    keys[connection, default: Keys()].latest = cipher
    if let transaction = reply.header?.transactionID { keys[connection]?.byTransaction[transaction] = cipher }
  }
}
