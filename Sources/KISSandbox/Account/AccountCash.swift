import KISMarket
import KISWire

/// The cash of an account (예수금) in one currency, in its own units: what is there, and when what was traded is paid.
struct AccountCash {
  /// What is there today, on the next trading day, and on the one after it (D+2).
  let deposit: Double
  let nextDay: Double
  let settled: Double
  /// What was paid for shares today, what shares were sold for, and what both cost in fees and tax.
  let paid: Double
  let received: Double
  let costs: Double
  /// What may still be spent (주문가능현금).
  let orderable: Double

  /// What an account has before it trades: ten million won at home, ten thousand of whatever the currency abroad.
  static func opening(isAbroad: Bool) -> Int { isAbroad ? 10_000 : 10_000_000 }

  /// An account that the exchange does not know.
  init(isAbroad: Bool) {
    let amount = Double(AccountCash.opening(isAbroad: isAbroad))
    (deposit, nextDay, settled, orderable) = (amount, amount, amount, amount)
    (paid, received, costs) = (0, 0, 0)
  }

  /// - Parameter scale: how many of the smallest units make one of the currency.
  init(_ view: AccountView, currency: String, scale: Int) {
    let (account, today) = (view.account, view.exchange.now.date)
    let cash = account.cash[currency] ?? Cash(0)
    func money(_ amount: Int) -> Double { Double(amount) / Double(scale) }
    deposit = money(cash.settled)
    nextDay = money(cash.balance(on: TradingCalendar.tradingDay(after: today)))
    settled = money(cash.total)
    orderable = money(account.orderableCash(currency))
    let traded = account.executions.reversed().prefix { $0.moment.date == today }.filter {
      $0.security.currency == currency
    }
    paid = money(traded.reduce(0) { $0 + ($1.side == .buy ? $1.amount : 0) })
    received = money(traded.reduce(0) { $0 + ($1.side == .sell ? $1.amount : 0) })
    costs = money(traded.reduce(0) { $0 + $1.fee + $1.tax })
  }
}
