import KISScenario

/// Damage to the characters of a message that is a whole WebSocket message all the same.
enum CharacterFaults {
  static func apply(_ fault: CharacterFault, to bytes: inout [UInt8], using generator: inout SeededGenerator) {
    switch fault {
    case .corrupt(let characters):
      for _ in 0..<min(characters, bytes.count) { corrupt(&bytes, using: &generator) }
    case .truncated(let percent): truncate(&bytes, toPercent: percent)
    case .invalidUTF8:
      if let position = payloadPosition(in: bytes, using: &generator) { bytes[position] = 0xFF }
    }
  }

  /// Puts another character in the place of one, so that the text stays UTF-8.
  private static func corrupt(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
    guard let position = payloadPosition(in: bytes, using: &generator) else { return }
    let others = Array("#$%&*+?@~".utf8).filter { $0 != bytes[position] }
    bytes[position] = others.randomElement(using: &generator) ?? bytes[position]
  }

  /// Cuts between characters.
  private static func truncate(_ bytes: inout [UInt8], toPercent percent: Int) {
    var length = bytes.count * min(percent, 100) / 100
    while length > 0, length < bytes.count, bytes[length] & 0xC0 == 0x80 { length -= 1 }
    bytes.removeLast(bytes.count - length)
  }

  /// Where some ASCII character of the payload stands; nil when there is none.
  private static func payloadPosition(in bytes: [UInt8], using generator: inout SeededGenerator) -> Int? {
    let start = bytes.lastIndex(of: UInt8(ascii: "|")).map { $0 + 1 } ?? 0
    return (start..<bytes.count).filter { bytes[$0] < 0x80 }.randomElement(using: &generator)
  }
}
