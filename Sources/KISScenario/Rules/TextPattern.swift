/// One or several texts to compare with; `*` stands for any characters, slashes included.
public struct TextPattern: Sendable, Hashable, CustomStringConvertible {
  /// Matches when any of these does.
  public var alternatives: [String]

  /// A pattern of these texts; one of none matches nothing.
  public init(_ alternatives: [String]) { self.alternatives = alternatives }

  /// Whether a whole text is one of the alternatives, case included.
  public func matches(_ text: some StringProtocol) -> Bool {
    alternatives.contains { TextPattern.matches(Array(text.utf8), pattern: Array($0.utf8)) }
  }

  public var description: String { alternatives.joined(separator: " or ") }

  /// Walks both texts once, going back only to the last `*`: time grows with the product of the lengths at worst.
  private static func matches(_ text: [UInt8], pattern: [UInt8]) -> Bool {
    let star = UInt8(ascii: "*")
    var position = 0
    var wanted = 0
    var retry: (wanted: Int, position: Int)?
    while position < text.count {
      if wanted < pattern.count, pattern[wanted] == star {
        wanted += 1
        retry = (wanted, position)
      } else if wanted < pattern.count, pattern[wanted] == text[position] {
        wanted += 1
        position += 1
      } else if let last = retry {
        retry = (last.wanted, last.position + 1)
        wanted = last.wanted
        position = last.position + 1
      } else {
        return false
      }
    }
    return pattern[wanted...].allSatisfy { $0 == star }
  }
}
