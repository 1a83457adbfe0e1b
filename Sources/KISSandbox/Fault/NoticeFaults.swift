import Foundation
import KISScenario
import KISWire

/// The encryption of a notice, and what can be wrong with it.
enum NoticeFaults {
  /// The bytes of a frame as they go over the wire; a plain frame is as it is.
  static func encrypt(
    _ frame: Frame, with cipher: PayloadCipher?, _ faults: [NoticeFault], using generator: inout SeededGenerator
  ) -> [UInt8] {
    guard frame.flag == .encrypted, let cipher else { return frame.bytes }
    var cipherUsed = cipher
    var payload: [UInt8]?
    var isDamaged = false
    for fault in faults {
      switch fault {
      case .plain: return frame.bytes
      case .wrongIV: cipherUsed = other(than: cipher, iv: true, using: &generator)
      case .wrongKey: cipherUsed = other(than: cipher, iv: false, using: &generator)
      case .badPadding: payload = badlyPadded(frame.payload, with: cipherUsed)
      case .badBase64: isDamaged = true
      }
    }
    var encrypted = payload ?? (try? cipherUsed.encrypt(frame.payload)) ?? []
    if isDamaged { damageBase64(&encrypted) }
    return Frame(frame.transactionID, flag: .encrypted, count: frame.count, payload: encrypted).bytes
  }

  /// A cipher that differs from the session's in its iv or its key, of the same form.
  private static func other(
    than cipher: PayloadCipher, iv: Bool, using generator: inout SeededGenerator
  ) -> PayloadCipher {
    let alphabet = Array(iv ? "0123456789abcdef" : "abcdefghijklmnopqrstuvwxyz")
    let own = iv ? cipher.iv : cipher.key
    let other = String(
      own.map { letter in alphabet.filter { $0 != letter }.randomElement(using: &generator) ?? letter })
    return (try? iv ? PayloadCipher(iv: other, key: cipher.key) : PayloadCipher(iv: cipher.iv, key: other)) ?? cipher
  }

  /// Fills the last block with zeros, which no PKCS#7 padding is, and leaves out the block of padding after it.
  private static func badlyPadded(_ text: ArraySlice<UInt8>, with cipher: PayloadCipher) -> [UInt8]? {
    let block = 16
    let filled = Array(text) + Array(repeating: 0, count: block - text.count % block)
    guard let encoded = try? cipher.encrypt(filled), let encrypted = Data(base64Encoded: Data(encoded)) else {
      return nil
    }
    return Array(encrypted.dropLast(block).base64EncodedData())
  }

  /// One character outside the alphabet: strict decoders refuse it, lenient ones skip it and miss one.
  private static func damageBase64(_ encoded: inout [UInt8]) {
    if encoded.isEmpty { return }
    encoded[encoded.count / 2] = UInt8(ascii: "!")
  }
}
