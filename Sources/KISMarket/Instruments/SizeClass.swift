/// The size class of a share within its board (대형주, 중형주, 소형주).
public enum SizeClass: String, Sendable, Hashable, CaseIterable {
  case large = "L"
  case medium = "M"
  case small = "S"
}

/// An index beside those of board, industry and size.
public enum IndexMembership: String, Sendable, Hashable, CaseIterable {
  case kospi200 = "2"
  case kosdaq150 = "5"
  case krx100 = "1"
  /// None at all, also not its board's and its industry's.
  case outside = "x"
}

/// How wide the spread between the best prices is: the chance of one tick, of at most two … in 256ths. What is left
/// over is one tick more than the last.
struct SpreadClass: Sendable, Hashable {
  let upTo: [Int]

  static let large = SpreadClass(upTo: [246, 255])
  static let medium = SpreadClass(upTo: [190, 240, 252])
  static let small = SpreadClass(upTo: [150, 220, 245])
  static let thin = SpreadClass(upTo: [100, 180, 225, 245])
  static let illiquid = SpreadClass(upTo: [40, 80, 120, 160, 190, 220, 240])

  /// The class of an instrument with so many prints a day.
  init(ordinaryPrints: Int) {
    self =
      switch ordinaryPrints {
      case 20_000...: .large
      case 6_000...: .medium
      case 1_500...: .small
      case 300...: .thin
      default: .illiquid
      }
  }

  private init(upTo: [Int]) { self.upTo = upTo }

  /// A spread in ticks, at least 1.
  @inline(__always)
  func draw(_ bits: UInt64) -> Int {
    let number = Int(bits & 255)
    var spread = 1
    for limit in upTo {
      if number < limit { break }
      spread += 1
    }
    return spread
  }
}
