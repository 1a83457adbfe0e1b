import Foundation

/// The ways in which a secret may stand in bytes, each with the placeholder in the same spelling.
enum SecretSpellings {
  struct Spelling {
    var secret: [UInt8]
    var placeholder: [UInt8]
    /// Counts only where neither side goes on with a letter or digit: short text and digits are found in much else.
    var needsBoundary = false
  }

  /// Shorter text than this is not looked for: it would be found everywhere.
  static let shortest = 3

  static func spellings(of secret: String, as placeholder: String) -> [Spelling] {
    let (plain, other) = (Array(secret.utf8), Array(placeholder.utf8))
    guard plain.count >= shortest else { return [] }
    let isDigits = plain.allSatisfy { (0x30...0x39).contains($0) }
    let isShort = isDigits ? plain.count < 16 : plain.count < 8
    var all = [Spelling(secret: plain, placeholder: other, needsBoundary: isShort)]
    func add(_ spell: (String) -> String) {
      let secret = Array(spell(secret).utf8)
      guard secret != plain else { return }
      all.append(Spelling(secret: secret, placeholder: Array(spell(placeholder).utf8), needsBoundary: isShort))
    }
    for isUppercase in [true, false] {
      add { percentEncoded($0, uppercase: isUppercase) }
      add { percentEncoded($0, uppercase: isUppercase, keepsMarks: false) }
    }
    add { percentEncoded($0, uppercase: true).replacing("%20", with: "+") }
    add { $0.replacing("/", with: #"\/"#) }
    add { escaped($0, uppercase: false) }
    add { escaped($0, uppercase: true) }
    guard plain.count >= 6 else { return all }
    for isUppercase in [false, true] {
      all.append(
        Spelling(secret: hex(plain, uppercase: isUppercase), placeholder: hex(other, uppercase: isUppercase)))
    }
    return all + base64(plain, other)
  }

  /// - Parameter keepsMarks: whether `-._~` stay, as RFC 3986 has it; some encoders keep letters and digits only.
  private static func percentEncoded(_ text: String, uppercase: Bool, keepsMarks: Bool = true) -> String {
    text.utf8.reduce(into: "") { encoded, byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        guard keepsMarks else { fallthrough }
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = hex([byte], uppercase: uppercase)
        encoded += "%" + String(decoding: digits, as: UTF8.self)
      }
    }
  }

  /// As JSON that is all ASCII.
  private static func escaped(_ text: String, uppercase: Bool) -> String {
    text.utf16.reduce(into: "") { escaped, unit in
      if unit < 0x80, let scalar = Unicode.Scalar(unit) {
        escaped.unicodeScalars.append(scalar)
      } else {
        let digits = hex([UInt8(unit >> 8), UInt8(unit & 0xFF)], uppercase: uppercase)
        escaped += "\\u" + String(decoding: digits, as: UTF8.self)
      }
    }
  }

  private static func hex(_ bytes: [UInt8], uppercase: Bool) -> [UInt8] {
    let digits = Array((uppercase ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }

  /// Base64 of text that holds the secret somewhere: at each of three offsets the characters that depend on it alone, in
  /// both alphabets.
  private static func base64(_ plain: [UInt8], _ other: [UInt8]) -> [Spelling] {
    guard plain.count == other.count else { return [] }
    return (0..<3).flatMap { offset -> [Spelling] in
      let first = (offset * 8 + 5) / 6
      let end = (offset + plain.count) * 8 / 6
      func core(_ bytes: [UInt8]) -> [UInt8] {
        let encoded = Data([UInt8](repeating: 0, count: offset) + bytes).base64EncodedString()
        return Array(encoded.utf8.prefix(end).dropFirst(first))
      }
      func urlSafe(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }
      }
      let spelling = Spelling(secret: core(plain), placeholder: core(other))
      let alternative = Spelling(secret: urlSafe(spelling.secret), placeholder: urlSafe(spelling.placeholder))
      return spelling.secret == alternative.secret ? [spelling] : [spelling, alternative]
    }
  }
}
