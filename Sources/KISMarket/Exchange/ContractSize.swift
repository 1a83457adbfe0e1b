/// What one of something is worth at a price of 1 (거래승수): `multiplier / divisor` of the currency's smallest unit.
public struct ContractSize: Sendable, Hashable {
  /// The numerator, 1 or more.
  public let multiplier: Int
  /// The denominator, 1 or more.
  public let divisor: Int

  /// A size in lowest terms; what is below 1 is 1, what is above a billion is that.
  public init(_ multiplier: Int, per divisor: Int = 1) {
    let (multiplier, divisor) = (max(1, multiplier), max(1, divisor))
    var (common, rest) = (multiplier, divisor)
    while rest > 0 { (common, rest) = (rest, common % rest) }
    self.multiplier = min(multiplier / common, 1_000_000_000)
    self.divisor = min(divisor / common, 1_000_000_000)
  }

  /// A share: it is worth its price.
  public static let one = ContractSize(1)

  /// What so many are worth, rounded down; nil when that is more than any account has.
  public func amount(_ price: Int, _ quantity: Int) -> Int? {
    let (product, isTooMuch) = price.multipliedReportingOverflow(by: quantity)
    guard !isTooMuch else { return nil }
    let worth = Int128(product) * Int128(multiplier) / Int128(divisor)
    return worth.magnitude < 1 << 60 ? Int(worth) : nil
  }
}
