import Crypto
import CryptoExtras
import Foundation

/// The encryption of notices: AES-256-CBC with PKCS#7 padding, written as base64 (PROTOCOL section 4).
///
/// The key is 32 ASCII characters and the iv 16, both used as bytes, as a registration reply carries them.
/// The iv does not advance: every frame decrypts on its own.
public struct PayloadCipher: Sendable {
  /// 16 characters, `0`–`9` and `a`–`f` on the wire.
  public let iv: String
  /// 32 characters, `a`–`z` on the wire.
  public let key: String
  private let symmetricKey: SymmetricKey
  private let initializationVector: AES._CBC.IV

  /// - Throws: ``WireError`` with code ``WireError/Code/cipher`` when a length in bytes is not 16 and 32.
  public init(iv: String, key: String) throws(WireError) {
    guard iv.utf8.count == 16 else {
      throw WireError(.cipher, expected: "an iv of 16 bytes", found: "\(iv.utf8.count) bytes", at: 0)
    }
    guard key.utf8.count == 32 else {
      throw WireError(.cipher, expected: "a key of 32 bytes", found: "\(key.utf8.count) bytes", at: 0)
    }
    self.iv = iv
    self.key = key
    symmetricKey = SymmetricKey(data: Array(key.utf8))
    initializationVector = try guarding("an iv of 16 bytes") { try AES._CBC.IV(ivBytes: Array(iv.utf8)) }
  }

  /// The base64 of the encrypted text.
  public func encrypt(_ plaintext: some Sequence<UInt8>) throws(WireError) -> [UInt8] {
    let ciphertext = try guarding("text to encrypt") {
      try AES._CBC.encrypt(Array(plaintext), using: symmetricKey, iv: initializationVector)
    }
    return Array(ciphertext.base64EncodedData())
  }

  /// The text that was encrypted.
  ///
  /// - Throws: ``WireError`` with code ``WireError/Code/cipher``: not base64, not whole blocks, or padding that only a
  ///   wrong key, a wrong iv or damage explains.
  public func decrypt(_ base64: some Sequence<UInt8>) throws(WireError) -> [UInt8] {
    let encoded = Data(base64)
    guard let ciphertext = Data(base64Encoded: encoded) else {
      throw WireError(.cipher, expected: "base64", found: excerpt(of: encoded, at: 0), at: 0)
    }
    guard !ciphertext.isEmpty, ciphertext.count % 16 == 0 else {
      throw WireError(.cipher, expected: "whole blocks of 16 bytes", found: "\(ciphertext.count) bytes", at: 0)
    }
    return try guarding("PKCS#7 padding; the key or iv may belong to another session") {
      Array(try AES._CBC.decrypt(ciphertext, using: symmetricKey, iv: initializationVector))
    }
  }

  /// A plain frame with its payload encrypted and its flag set.
  public func encrypt(_ frame: Frame) throws(WireError) -> Frame {
    Frame(frame.transactionID, flag: .encrypted, count: frame.count, payload: try encrypt(frame.payload))
  }

  /// An encrypted frame with its payload readable; a plain frame as it is.
  public func decrypt(_ frame: Frame) throws(WireError) -> Frame {
    guard frame.flag == .encrypted else { return frame }
    do {
      return Frame(frame.transactionID, count: frame.count, payload: try decrypt(frame.payload))
    } catch {
      throw WireError(error.code, expected: error.expected, found: error.found, at: frame.payloadStart)
    }
  }
}

extension PayloadCipher: Hashable {
  public static func == (left: PayloadCipher, right: PayloadCipher) -> Bool {
    left.iv == right.iv && left.key == right.key
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(iv)
    hasher.combine(key)
  }
}

/// Runs a piece of the cryptographic library and puts its error into our words.
private func guarding<Output>(_ expected: String, _ body: () throws -> Output) throws(WireError) -> Output {
  do {
    return try body()
  } catch {
    throw WireError(.cipher, expected: expected, found: "\(error)", at: 0)
  }
}
