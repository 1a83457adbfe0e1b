/// Makes text that stands for a secret: as long as it, of the same shape, and different for each secret.
///
/// Digits stay digits, letters stay letters that are hexadecimal digits too, Hangul stays Hangul, anything else stays as
/// it is. A number that counts the secrets of that shape is written into it from the right. It says nothing about
/// the secret but its shape, unlike a digest, from which eight digits of an account could be guessed.
enum PlaceholderText {
  /// - Parameter ordinal: counts the secrets of this shape from 1.
  static func text(for secret: String, kind: SecretKind, ordinal: Int) -> String {
    if kind == .address, secret.allSatisfy({ $0.isNumber || $0 == "." }) { return address(like: secret, ordinal) }
    var left = ordinal
    var characters: [Character] = []
    for character in secret.reversed() {
      guard let alphabet = alphabet(of: character) else {
        characters.append(character)
        continue
      }
      characters.append(alphabet[left % alphabet.count])
      left /= alphabet.count
    }
    return String(characters.reversed())
  }

  /// An address with as many digits in each part, and no leading zeros, which parsers refuse.
  private static func address(like secret: String, _ ordinal: Int) -> String {
    var left = ordinal
    let parts = secret.split(separator: ".", omittingEmptySubsequences: false).reversed().map { part in
      let (lowest, count) = part.count >= 3 ? (100, 100) : part.count == 2 ? (10, 90) : (0, 10)
      defer { left /= count }
      return String(lowest + left % count)
    }
    return parts.reversed().joined(separator: ".")
  }

  private static func alphabet(of character: Character) -> [Character]? {
    switch character {
    case "0"..."9": digits
    case "a"..."z": lowercase
    case "A"..."Z": uppercase
    case "가"..."힣": hangul
    default: nil
    }
  }

  private static let digits = Array("0123456789")
  private static let lowercase = Array("abcdef")
  private static let uppercase = Array("ABCDEF")
  private static let hangul = Array("가나다라마바사아자차카타파하")
}
