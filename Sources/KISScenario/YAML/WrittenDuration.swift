import KISWire

extension Duration {
  /// Reads a duration as people write it: `250ms`, `1.5s`, `10m`, `6h30m`, `1d`; nil for anything else.
  ///
  /// Exact to the nanosecond; at most 36,500 days.
  public init?(written text: some StringProtocol) {
    var rest = Substring(text)
    var total: Int64 = 0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(unit.count)
      guard let scale = Duration.units[String(unit)], let part = Duration.scaled(number, by: scale) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow, sum <= Duration.longest else { return nil }
      total = sum
    }
    self = .nanoseconds(total)
  }

  /// The duration as ``init(written:)`` reads it, in the largest units that leave no remainder: `1m30s`, `250ms`.
  public var written: String {
    let (seconds, attoseconds) = components
    var nanoseconds = attoseconds / 1_000_000_000
    var rest = seconds
    var text = ""
    for (unit, size) in [("d", Int64(86_400)), ("h", 3600), ("m", 60), ("s", 1)] where rest / size != 0 {
      text += "\(rest / size)\(unit)"
      rest %= size
    }
    for (unit, size) in [("ms", Int64(1_000_000)), ("us", 1000), ("ns", 1)] where nanoseconds / size != 0 {
      text += "\(nanoseconds / size)\(unit)"
      nanoseconds %= size
    }
    return text.isEmpty ? "0s" : text
  }

  private static let longest: Int64 = 36_500 * 86_400 * 1_000_000_000

  private static let units: [String: Int64] = [
    "ns": 1, "us": 1000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000, "h": 3_600_000_000_000,
    "d": 86_400_000_000_000,
  ]

  /// A decimal number times a unit in nanoseconds, digits beyond the nanosecond dropped.
  private static func scaled(_ number: Substring, by unit: Int64) -> Int64? {
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = Int64(parts[0]) else { return nil }
    var (total, overflow) = whole.multipliedReportingOverflow(by: unit)
    guard !overflow else { return nil }
    guard parts.count == 2 else { return total }
    guard !parts[1].isEmpty, parts[1].isAllDigits else { return nil }
    var place = unit
    for digit in parts[1].utf8 {
      place /= 10
      (total, overflow) = total.addingReportingOverflow(Int64(digit - 0x30) * place)
      guard !overflow else { return nil }
    }
    return total
  }
}
