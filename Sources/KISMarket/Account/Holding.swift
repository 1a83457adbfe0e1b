/// The shares of one security in an account (잔고).
public struct Holding: Sendable, Hashable {
  /// The security.
  public let security: Security
  /// How many.
  public private(set) var quantity: Int
  /// What one cost on average (매입평균가격), in ten-thousandths of the price's unit. Only purchases move it.
  public private(set) var average: Int
  /// How many were there when the day began.
  public private(set) var quantityBefore: Int
  /// How many were bought and sold today.
  public private(set) var bought = 0
  public private(set) var sold = 0
  /// What a loan paid for (신용), by the caller's name for it.
  public private(set) var loans: [String: Int] = [:]

  /// Prices are kept this much finer than they are.
  public static let averageScale = 10_000

  /// Shares that were there before; the average in the price's unit times ``averageScale``.
  public init(_ security: Security, quantity: Int, average: Int) {
    (self.security, self.quantity, self.average, quantityBefore) = (security, quantity, average, quantity)
  }

  /// What they cost, rounded to the price's unit.
  public var cost: Int { Holding.cost(of: quantity, average: average) }

  static func cost(of quantity: Int, average: Int) -> Int {
    let (high, low) = average.multipliedFullWidth(by: quantity)
    let (sum, isCarry) = low.addingReportingOverflow(UInt(averageScale / 2))
    let whole = averageScale.dividingFullWidth((high + (isCarry ? 1 : 0), sum))
    return whole.quotient
  }

  mutating func buy(_ count: Int, at price: Int, loan: String?) {
    let total = Int128(average) * Int128(quantity) + Int128(price) * Int128(count) * Int128(Holding.averageScale)
    quantity += count
    bought += count
    average = Int((total + Int128(quantity) / 2) / Int128(quantity))
    if let loan { loans[loan, default: 0] += count }
  }

  /// - Returns: what the sold ones cost.
  mutating func sell(_ count: Int, loan: String?) -> Int {
    quantity -= count
    sold += count
    if let loan, let lent = loans[loan] { loans[loan] = lent > count ? lent - count : nil }
    return Holding.cost(of: count, average: average)
  }

  mutating func beginDay() { (quantityBefore, bought, sold) = (quantity, 0, 0) }
}
