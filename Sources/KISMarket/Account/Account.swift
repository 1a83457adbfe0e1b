/// What one account has: money by currency, holdings by code, and everything that was traded.
///
/// What orders wait for is reserved, so that orderable money and sellable shares never fall below 0.
public struct Account: Sendable, Hashable {
  /// Money by currency (ISO 4217).
  public private(set) var cash: [String: Cash]
  /// Holdings by the security's code, behind it the loan that paid for them, if one did. One whose last share was sold
  /// stays to the end of the day.
  public private(set) var holdings: [String: Holding]
  /// All that was traded and booked, oldest first.
  public private(set) var executions: [Execution] = []
  /// What was traded and is not booked yet, as the paper venue keeps its clients waiting.
  private(set) var unbooked: [Execution] = []

  /// Money that orders of buyers hold back, by currency.
  public private(set) var reservedCash: [String: Int] = [:]
  /// Shares that orders of sellers hold back, and contracts that closing orders do, by the same names.
  public private(set) var reservedShares: [String: Int] = [:]

  /// An account with money by currency and holdings.
  public init(cash: [String: Int] = [:], holdings: [Holding] = []) {
    self.cash = cash.mapValues { Cash($0) }
    self.holdings = Dictionary(
      holdings.filter { $0.quantity > 0 }.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What may still be spent (주문가능금액): all money, also what sales will bring, without what orders and positions
  /// hold back.
  public func orderableCash(_ currency: String) -> Int {
    let held = reservedCash[currency, default: 0] + heldMargin(currency)
    return max(0, (cash[currency]?.total ?? 0) - held)
  }

  /// What positions in futures and options hold back (증거금).
  public func heldMargin(_ currency: String) -> Int {
    holdings.values.reduce(0) { $0 + ($1.security.currency == currency ? $1.heldMargin : 0) }
  }

  /// How many shares it has that a loan paid for, or that were paid in cash.
  public func quantity(_ code: String, loan: String? = nil) -> Int { holdings[Holding.key(code, loan)]?.quantity ?? 0 }

  /// How many shares may still be sold (매도가능수량), of those that a loan paid for or those that were paid in cash.
  public func sellable(_ code: String, loan: String? = nil) -> Int {
    let key = Holding.key(code, loan)
    return max(0, (holdings[key]?.quantity ?? 0) - reservedShares[key, default: 0])
  }

  /// How many contracts an order on a side may close (청산가능수량).
  public func closable(_ code: String, by side: Side) -> Int {
    let quantity = holdings[code]?.quantity ?? 0
    let open = side == .buy ? -quantity : quantity
    return max(0, open - reservedShares[code, default: 0])
  }

  // MARK: Orders

  mutating func reserve(_ security: Security, loan: String?, amount: Int, quantity: Int) {
    if amount != 0 { reservedCash[security.currency, default: 0] += amount }
    if quantity != 0 { reservedShares[Holding.key(security.code, loan), default: 0] += quantity }
  }

  mutating func release(_ security: Security, loan: String?, amount: Int, quantity: Int) {
    reserve(security, loan: loan, amount: -amount, quantity: -quantity)
  }

  // MARK: Fills

  /// Keeps a fill until it is booked; what was reserved for it stays reserved.
  mutating func keep(_ execution: Execution) { unbooked.append(execution) }

  /// Books the oldest fill that waits.
  mutating func bookNext() {
    guard !unbooked.isEmpty else { return }
    var execution = unbooked.removeFirst()
    let (security, quantity) = (execution.security, execution.quantity)
    let key = Holding.key(security.code, execution.loan)
    let known = holdings[key] ?? Holding(security, quantity: 0, average: 0, loan: execution.loan)
    var (holding, change) = (known, -execution.fee - execution.tax)
    if security.isContract {
      execution.gain = holding.trade(execution.side, quantity, at: execution.price)
      holding.margin = execution.margin
      // A premium is paid and received; of futures only the difference is.
      change = execution.booked
    } else if execution.side == .buy {
      holding.buy(quantity, at: execution.price, lent: execution.lent)
      change -= execution.amount - execution.lent
    } else {
      let sale = holding.sell(quantity)
      execution.cost = sale.cost
      change += execution.amount - sale.repaid
    }
    holdings[key] = holding
    book(change, security.currency, settled(execution))
    executions.append(execution)
  }

  /// When a trade is paid: shares two trading days later, abroad as their exchange has it, contracts and bonds at home a
  /// day later, or the same day.
  private func settled(_ execution: Execution) -> CalendarDate {
    switch execution.security.listing {
    case .korea: TradingCalendar.settlement(of: execution.moment.date)
    case .abroad(let exchange): exchange.settlement(of: execution.moment.date)
    case .contract(_, .abroad): execution.moment.date.advanced(by: 1)
    case .contract: TradingCalendar.tradingDay(after: execution.moment.date)
    case .bond: execution.moment.date
    }
  }

  private mutating func book(_ amount: Int, _ currency: String, _ date: CalendarDate) {
    cash[currency, default: Cash(0)].book(amount, settledOn: date)
  }

  // MARK: Days, and what is set by hand

  mutating func begin(_ date: CalendarDate) {
    for currency in cash.keys { cash[currency]?.begin(date) }
    holdings = holdings.filter { $0.value.quantity != 0 }
    for code in holdings.keys { holdings[code]?.beginDay() }
  }

  /// Sets the money of a currency; what trades will bring or take is part of it from now on.
  /// - Returns: false, and nothing is changed, when orders and positions hold back more.
  public mutating func setCash(_ amount: Int, _ currency: String) -> Bool {
    guard amount >= reservedCash[currency, default: 0] + heldMargin(currency) else { return false }
    cash[currency] = Cash(amount)
    return true
  }

  /// Sets all holdings.
  /// - Returns: false, and nothing is changed, when orders hold back more.
  public mutating func setHoldings(_ holdings: [Holding]) -> Bool {
    let next = Dictionary(
      holdings.filter { $0.quantity > 0 }.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    guard reservedShares.allSatisfy({ next[$0.key]?.quantity ?? 0 >= $0.value }) else { return false }
    self.holdings = next
    return true
  }
}
