import KISWire

/// A number that counts from 1970 in a unit that its size tells.
enum EpochTime {
  /// Nanoseconds since 1970 of a number in seconds, milliseconds, microseconds or nanoseconds, with or without a
  /// fraction; nil when it is none, or lies outside the years 1990 to 2200.
  static func nanoseconds(_ text: some StringProtocol) -> Int64? {
    if text.contains(where: { $0 == "e" || $0 == "E" }) {
      guard let value = Double(text), value.isFinite, value.magnitude < 1e19 else { return nil }
      return nanoseconds(String(UInt64(max(0, value))))
    }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, let number = UInt64(whole) else { return nil }
    // 1990 to 2200 in seconds; each finer unit is a thousand times that.
    let power: Int
    switch number {
    case 631_152_000..<7_258_118_400: power = 9
    case 631_152_000_000..<7_258_118_400_000: power = 6
    case 631_152_000_000_000..<7_258_118_400_000_000: power = 3
    case 631_152_000_000_000_000..<7_258_118_400_000_000_000: power = 0
    default: return nil
    }
    var nanoseconds = number
    let fraction = parts.count > 1 ? Array(parts[1].utf8) : []
    for place in 0..<power {
      let digit = place < fraction.count ? fraction[place] : 0x30
      guard (0x30...0x39).contains(digit) else { return nil }
      nanoseconds = nanoseconds * 10 + UInt64(digit - 0x30)
    }
    guard fraction.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int64(exactly: nanoseconds)
  }
}
