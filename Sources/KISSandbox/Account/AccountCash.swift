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
  /// The same of the trading day before.
  let paidBefore: Double
  let receivedBefore: Double
  let costsBefore: Double
  /// What may still be spent (주문가능현금).
  let orderable: Double

  /// What an account has before it trades, in whole units: ten million won, and of each currency abroad about as much, so that it
  /// buys a lot of most shares there.
  static let opening = [
    "KRW": 10_000_000, "USD": 10_000, "HKD": 100_000, "CNY": 100_000, "JPY": 2_000_000, "VND": 300_000_000,
  ]

  /// What an account for contracts abroad (08) has, in the smallest units that accounts count in: enough to open one contract
  /// of every product that is known, in its currency.
  static let openingForContractsAbroad: [String: Int] = {
    let amounts = ["USD": 100_000, "EUR": 100_000, "HKD": 1_000_000, "CNY": 1_000_000]
    return amounts.mapValues { $0 * Instrument.Market.overseasFutures.moneyScale }
  }()

  /// An account that the exchange does not know.
  init(opening currency: String) {
    let amount = Double(AccountCash.opening[currency] ?? 0)
    (deposit, nextDay, settled, orderable) = (amount, amount, amount, amount)
    (paid, received, costs) = (0, 0, 0)
    (paidBefore, receivedBefore, costsBefore) = (0, 0, 0)
  }

  /// What an account has of a currency.
  init(_ view: AccountView, currency: String) {
    let (account, today) = (view.account, view.exchange.now.date)
    let cash = account.cash[currency] ?? Cash(0)
    let scale = currency == "KRW" ? 1 : Instrument.Market.overseas.moneyScale
    func money(_ amount: Int) -> Double { Double(amount) / Double(scale) }
    deposit = money(cash.settled)
    nextDay = money(cash.balance(on: TradingCalendar.tradingDay(after: today)))
    settled = money(cash.total)
    orderable = money(account.orderableCash(currency))
    let traded = Sums(view.executions(on: today).filter { $0.security.currency == currency })
    (paid, received, costs) = (money(traded.bought), money(traded.sold), money(traded.fees + traded.tax))
    let before = Sums(view.executions(on: view.dayBefore).filter { $0.security.currency == currency })
    (paidBefore, receivedBefore) = (money(before.bought), money(before.sold))
    costsBefore = money(before.fees + before.tax)
  }

  /// Money of several currencies as that of one, by what one of each is worth in it.
  init(_ parts: [(cash: AccountCash, rate: Double)]) {
    func sum(_ amount: (AccountCash) -> Double) -> Double { parts.reduce(0) { $0 + amount($1.cash) * $1.rate } }
    (deposit, nextDay, settled, orderable) = (sum(\.deposit), sum(\.nextDay), sum(\.settled), sum(\.orderable))
    (paid, received, costs) = (sum(\.paid), sum(\.received), sum(\.costs))
    (paidBefore, receivedBefore, costsBefore) = (sum(\.paidBefore), sum(\.receivedBefore), sum(\.costsBefore))
  }
}
