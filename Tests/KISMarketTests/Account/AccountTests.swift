import KISMarket
import Testing

@Suite("An account adds up")
struct AccountTests {
  @Test("Purchases move the average, sales do not and realize the difference after fees and tax")
  func averages() {
    var counter = Counter(shares: 100)
    counter.book(asks: [(70_100, 100)])
    counter.order(.buy, 100, .market)
    #expect(counter.account.holdings["005930"]?.average == 675_500_000)
    counter.book(bids: [(70_000, 100)])
    counter.order(.sell, 50, .market)
    let holding = counter.account.holdings["005930"]
    #expect(holding?.average == 675_500_000 && holding?.quantity == 150)
    let sale = counter.account.executions[1]
    #expect(sale.fee == 491 && sale.tax == 7_000 && sale.cost == 3_377_500)
    #expect(sale.realized == 3_500_000 - 491 - 7_000 - 3_377_500)
  }

  @Test("Money of a trade arrives on the second trading day after it")
  func settlement() {
    var counter = Counter(on: "2026-10-08", cash: 10_000_000)
    counter.book()
    counter.order(.buy, 100, .market)
    let spent = 7_010_000 + 985
    func balances() -> [Int] {
      ["2026-10-08", "2026-10-12", "2026-10-13"].map { counter.account.cash["KRW"]?.balance(on: $0) ?? -1 }
    }
    // The 9th is a holiday.
    #expect(balances() == [10_000_000, 10_000_000, 10_000_000 - spent])
    counter.exchange.advance(to: TradingMoment("2026-10-13", ClockTime(9, 0)))
    #expect(counter.account.cash["KRW"]?.settled == 10_000_000 - spent)
    #expect(counter.account.cash["KRW"]?.pending.isEmpty == true)
  }

  @Test("What orders hold back cannot be taken away by the operator")
  func operatorLimits() {
    var counter = Counter()
    counter.order(.sell, 60, price: 70_500)
    let security = counter.security
    let tooFew = counter.exchange.updateAccount(Counter.account) {
      $0.setHoldings([Holding(security, quantity: 59, average: 0)])
    }
    let enough = counter.exchange.updateAccount(Counter.account) {
      $0.setHoldings([Holding(security, quantity: 60, average: 0)])
    }
    #expect(tooFew == false && enough == true)
    #expect(counter.account.sellable("005930") == 0)
  }

  @Test("The tax follows the date, and funds pay none")
  func tax() {
    let share = Security("005930", .korea(.kospi, .share, isOnNextrade: true))
    let fund = Security("069500", .korea(.kospi, .etf, isOnNextrade: false))
    let fees = FeeSchedule.standard
    #expect(fees.tax(on: 1_000_000, of: share, on: "2026-01-02") == 2_000)
    #expect(fees.tax(on: 1_000_000, of: share, on: "2025-12-30") == 1_500)
    #expect(fees.tax(on: 1_000_000, of: fund, on: "2026-01-02") == 0)
    #expect(fees.fee(on: 10_000_000, of: share, at: .nxt, isMaker: true) == 1_405 + 130)
  }
}
