import KISWire

/// The iv and key of every session of a recording, as the replies to registrations carried them.
package struct NoticeCiphers: Sendable {
  /// What an event is without its encryption.
  package enum Outcome {
    /// Nothing was encrypted.
    case plain
    /// The notice with its payload readable.
    case readable(RecordedEvent.Content)
    /// No key is known, or none that fits.
    case unreadable
  }

  private struct Session: Hashable {
    var connection: Int?
    var transactionID: TransactionID
  }

  private var ciphers: [Session: PayloadCipher] = [:]
  private var latest: [Int?: PayloadCipher] = [:]

  /// Nothing is known at first.
  package init() {}

  /// Notes the key in a reply, decrypts a notice.
  package mutating func decrypted(_ event: RecordedEvent) -> Outcome {
    switch event.content {
    case .message(let bytes, from: .server):
      note(bytes, on: event.connection)
      return .plain
    case .ciphertext(let bytes):
      guard let frame = try? Frame(parsing: bytes) else { return .unreadable }
      let own = ciphers[Session(connection: event.connection, transactionID: frame.transactionID)]
      for cipher in [own, latest[event.connection]].compactMap({ $0 }) {
        if let payload = try? cipher.decrypt(frame.payload), payload.contains(UInt8(ascii: "^")) {
          return .readable(
            .message(
              Frame(frame.transactionID, flag: .encrypted, count: frame.count, payload: payload).bytes, from: .server))
        }
      }
      return .unreadable
    default: return .plain
    }
  }

  /// Notes the key in a reply, encrypts a notice as it went over the wire; nil for what was not encrypted, and for a
  /// notice whose key is not known.
  package mutating func encrypted(_ event: RecordedEvent) -> RecordedEvent.Content? {
    guard case .message(let bytes, from: .server) = event.content else { return nil }
    note(bytes, on: event.connection)
    guard bytes.first == FrameFlag.encrypted.rawValue, let frame = try? Frame(parsing: bytes),
      let cipher = ciphers[Session(connection: event.connection, transactionID: frame.transactionID)]
        ?? latest[event.connection],
      let payload = try? cipher.encrypt(frame.payload)
    else { return nil }
    return .ciphertext(
      Frame(frame.transactionID, flag: .encrypted, count: frame.count, payload: payload).bytes)
  }

  private mutating func note(_ bytes: [UInt8], on connection: Int?) {
    guard bytes.first == UInt8(ascii: "{"), let text = String(validating: bytes, as: UTF8.self),
      let reply = try? RegistrationReply(parsing: text), let cipher = try? reply.cipher(), let header = reply.header
    else { return }
    ciphers[Session(connection: connection, transactionID: header.transactionID)] = cipher
    latest[connection] = cipher
  }
}
