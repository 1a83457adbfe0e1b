/// What an account has of one security (잔고); of a future or an option the open position (미결제약정).
public struct Holding: Sendable, Hashable {
  /// The security.
  public let security: Security
  /// How many; below 0 is a short position, which only futures and options have.
  public private(set) var quantity: Int
  /// What one cost on average (매입평균가격), in ten-thousandths of the price's unit. Of shares only purchases move it, of
  /// a position what opens more of it.
  public private(set) var average: Int
  /// How many were there when the day began.
  public private(set) var quantityBefore: Int
  /// How many were bought and sold today.
  public private(set) var bought = 0
  public private(set) var sold = 0
  /// The loan that paid for them (신용), by the caller's name for it; nil when they were paid in cash.
  public let loan: String?
  /// What the loan still amounts to (융자금액).
  public private(set) var lent = 0
  /// What it amounted to when the day began.
  public private(set) var lentBefore = 0
  /// What one contract of a position holds back (증거금), as a price.
  public internal(set) var margin = 0

  /// Prices are kept this much finer than they are.
  public static let averageScale = 10_000

  /// Shares that were there before; the average in the price's unit times ``averageScale``.
  ///
  /// - Parameter margin: what one contract holds back, as a price; nothing of shares.
  public init(_ security: Security, quantity: Int, average: Int, loan: String? = nil, margin: Int = 0) {
    (self.security, self.quantity, self.average, self.loan) = (security, quantity, average, loan)
    self.margin = margin
    quantityBefore = quantity
  }

  /// What an account calls its shares of a security that a loan paid for, or that were paid in cash.
  static func key(_ code: String, _ loan: String?) -> String { loan.map { "\(code)/\($0)" } ?? code }
  var key: String { Holding.key(security.code, loan) }

  /// What they cost, rounded to the currency's smallest unit.
  public var cost: Int { cost(of: quantity.magnitudeAsInt) }

  /// What a position holds back; nothing for shares and bought options.
  public var heldMargin: Int {
    guard security.isContract, quantity < 0 || !security.isOption else { return 0 }
    return security.amount(margin, quantity.magnitudeAsInt)
  }

  private func cost(of count: Int) -> Int {
    let (high, low) = average.multipliedFullWidth(by: count)
    let (sum, isCarry) = low.addingReportingOverflow(UInt(Holding.averageScale / 2))
    let whole = Holding.averageScale.dividingFullWidth((high + (isCarry ? 1 : 0), sum)).quotient
    return security.amount(whole, 1)
  }

  mutating func buy(_ count: Int, at price: Int, lent more: Int) {
    let total = Int128(average) * Int128(quantity) + Int128(price) * Int128(count) * Int128(Holding.averageScale)
    quantity += count
    bought += count
    average = Int((total + Int128(quantity) / 2) / Int128(quantity))
    lent += more
  }

  /// - Returns: what the sold ones cost, and what of the loan they pay back.
  mutating func sell(_ count: Int) -> (cost: Int, repaid: Int) {
    let cost = cost(of: count)
    let repaid = quantity > 0 ? Int(Int128(lent) * Int128(count) / Int128(quantity)) : 0
    quantity -= count
    sold += count
    lent -= repaid
    return (cost, repaid)
  }

  /// Trades contracts: first closes what stands the other way, then opens.
  /// - Returns: what was gained by closing, in the currency's smallest unit.
  mutating func trade(_ side: Side, _ count: Int, at price: Int) -> Int {
    let sign = side == .buy ? 1 : -1
    if side == .buy { bought += count } else { sold += count }
    let closed = quantity * sign < 0 ? min(count, quantity.magnitudeAsInt) : 0
    let difference = Int128(price) * Int128(Holding.averageScale) - Int128(average)
    let gain =
      difference * Int128(closed) * Int128(-sign) * Int128(security.size.multiplier)
      / Int128(security.size.divisor) / Int128(Holding.averageScale)
    let opened = count - closed
    quantity += sign * closed
    if opened > 0 {
      let before = quantity.magnitudeAsInt
      let total = Int128(average) * Int128(before) + Int128(price) * Int128(opened) * Int128(Holding.averageScale)
      quantity += sign * opened
      average = Int((total + Int128(before + opened) / 2) / Int128(before + opened))
    }
    return Int(gain)
  }

  /// The position as it was at the end of a day.
  ///
  /// - Parameters:
  ///   - today: what was traded of it on that day, oldest first.
  ///   - later: what was traded of it since.
  public func takingBack(_ later: [Execution], today: [Execution]) -> Holding {
    var holding = self
    for execution in later.reversed() { holding.takeBack(execution) }
    var morning = holding
    for execution in today.reversed() { morning.takeBack(execution) }
    holding.quantityBefore = morning.quantity
    holding.bought = today.reduce(0) { $0 + ($1.side == .buy ? $1.quantity : 0) }
    holding.sold = today.reduce(0) { $0 + ($1.side == .sell ? $1.quantity : 0) }
    return holding
  }

  /// Undoes ``trade(_:_:at:)``. What a position had cost that was closed as a whole is told by what closing it gained.
  private mutating func takeBack(_ execution: Execution) {
    let sign = execution.side == .buy ? 1 : -1
    let after = quantity
    quantity -= sign * execution.quantity
    let before = quantity.magnitudeAsInt
    let closed = quantity * sign < 0 ? min(execution.quantity, before) : 0
    let price = Int128(execution.price) * Int128(Holding.averageScale)
    if closed == 0 {
      let total = Int128(average) * Int128(after.magnitudeAsInt) - price * Int128(execution.quantity)
      average = before == 0 ? 0 : Int((total + Int128(before) / 2) / Int128(before))
    } else if closed == before {
      let gained = Int128(execution.gain) * Int128(security.size.divisor) * Int128(Holding.averageScale)
      average = Int(price + gained / (Int128(closed) * Int128(sign) * Int128(security.size.multiplier)))
    }
  }

  mutating func beginDay() { (quantityBefore, lentBefore, bought, sold) = (quantity, lent, 0, 0) }
}

extension Int {
  /// Its magnitude, for numbers that are far from the lowest one.
  fileprivate var magnitudeAsInt: Int { self < 0 ? -self : self }
}
