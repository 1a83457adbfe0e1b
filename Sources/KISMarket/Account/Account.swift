/// What one account has: money by currency, holdings by code, and everything that was traded.
///
/// What orders wait for is reserved, so that orderable money and sellable shares never fall below 0.
public struct Account: Sendable, Hashable {
  /// Money by currency (ISO 4217).
  public private(set) var cash: [String: Cash]
  /// Holdings by the security's code. One whose last share was sold stays to the end of the day.
  public private(set) var holdings: [String: Holding]
  /// All that was traded and booked, oldest first.
  public private(set) var executions: [Execution] = []
  /// What was traded and is not booked yet, as the paper venue keeps its clients waiting.
  private(set) var unbooked: [Execution] = []

  /// Money that orders of buyers hold back, by currency.
  public private(set) var reservedCash: [String: Int] = [:]
  /// Shares that orders of sellers hold back, by code.
  public private(set) var reservedShares: [String: Int] = [:]

  /// An account with money by currency and holdings.
  public init(cash: [String: Int] = [:], holdings: [Holding] = []) {
    self.cash = cash.mapValues { Cash($0) }
    self.holdings = Dictionary(
      holdings.filter { $0.quantity > 0 }.map { ($0.security.code, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What may still be spent (주문가능금액): all money, also what sales will bring, without what orders hold back.
  public func orderableCash(_ currency: String) -> Int {
    max(0, (cash[currency]?.total ?? 0) - reservedCash[currency, default: 0])
  }

  /// How many shares may still be sold (매도가능수량).
  public func sellable(_ code: String) -> Int {
    max(0, (holdings[code]?.quantity ?? 0) - reservedShares[code, default: 0])
  }

  // MARK: Orders

  mutating func reserve(_ side: Side, _ security: Security, amount: Int, quantity: Int) {
    if side == .buy {
      reservedCash[security.currency, default: 0] += amount
    } else {
      reservedShares[security.code, default: 0] += quantity
    }
  }

  mutating func release(_ side: Side, _ security: Security, amount: Int, quantity: Int) {
    if side == .buy {
      reservedCash[security.currency, default: 0] -= amount
    } else {
      reservedShares[security.code, default: 0] -= quantity
    }
  }

  // MARK: Fills

  /// Keeps a fill until it is booked; what was reserved for it stays reserved.
  mutating func keep(_ execution: Execution) { unbooked.append(execution) }

  /// Books the oldest fill that waits.
  mutating func bookNext(loan: String?) {
    guard !unbooked.isEmpty else { return }
    var execution = unbooked.removeFirst()
    let (security, quantity) = (execution.security, execution.quantity)
    let settled =
      security.isAbroad
      ? execution.moment.date.advanced(by: 2) : TradingCalendar.settlement(of: execution.moment.date)
    switch execution.side {
    case .buy:
      var holding = holdings[security.code] ?? Holding(security, quantity: 0, average: 0)
      holding.buy(quantity, at: execution.price, loan: loan)
      holdings[security.code] = holding
      book(-execution.amount - execution.fee, security.currency, settled)
    case .sell:
      guard var holding = holdings[security.code] else { break }
      execution.cost = holding.sell(quantity, loan: loan)
      holdings[security.code] = holding
      book(execution.amount - execution.fee - execution.tax, security.currency, settled)
    }
    executions.append(execution)
  }

  private mutating func book(_ amount: Int, _ currency: String, _ date: CalendarDate) {
    cash[currency, default: Cash(0)].book(amount, settledOn: date)
  }

  // MARK: Days and the hand of the operator

  mutating func begin(_ date: CalendarDate) {
    for currency in cash.keys { cash[currency]?.begin(date) }
    holdings = holdings.filter { $0.value.quantity > 0 }
    for code in holdings.keys { holdings[code]?.beginDay() }
  }

  /// Sets the money of a currency; what trades will bring or take is part of it from now on.
  /// - Returns: false, and nothing is changed, when orders hold back more.
  public mutating func setCash(_ amount: Int, _ currency: String) -> Bool {
    guard amount >= reservedCash[currency, default: 0] else { return false }
    cash[currency] = Cash(amount)
    return true
  }

  /// Sets all holdings.
  /// - Returns: false, and nothing is changed, when orders hold back more.
  public mutating func setHoldings(_ holdings: [Holding]) -> Bool {
    let next = Dictionary(
      holdings.filter { $0.quantity > 0 }.map { ($0.security.code, $0) }, uniquingKeysWith: { first, _ in first })
    guard reservedShares.allSatisfy({ next[$0.key]?.quantity ?? 0 >= $0.value }) else { return false }
    self.holdings = next
    return true
  }
}
