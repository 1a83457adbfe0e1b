import KISMarket
import Testing

@Suite("Single orders can be steered, and things can take time")
struct SteeringTests {
  private func steered(_ match: OrderSteering.Match = .init(), _ set: (inout OrderSteering.Action) -> Void) -> Counter {
    var (counter, action) = (Counter(), OrderSteering.Action())
    set(&action)
    counter.exchange.steer(OrderSteering(match, action))
    counter.book()
    return counter
  }

  @Test("The nth order that fits is rejected, the others are not")
  func reject() {
    var counter = steered(.init(code: "005930", side: .buy, nth: 2)) { $0.rejectCode = "APBK9999" }
    #expect(counter.order(.buy, 1, price: 70_000).refusal == nil)
    #expect(counter.order(.sell, 1, price: 70_500).refusal == nil)
    #expect(counter.order(.buy, 1, price: 70_000).refusal == .steered("APBK9999"))
    #expect(counter.order(.buy, 1, price: 70_000).refusal == nil)
  }

  @Test("A part is filled at once at the order's price, the rest goes to the market")
  func partial() {
    var counter = steered { $0.partialPercent = 30 }
    counter.order(.buy, 10, price: 69_000)
    #expect(counter.fills() == [[69_000, 3]])
    #expect(counter.exchange.orders[0].open == 7)
  }

  @Test("A delayed order arrives later, and may be cancelled on its way")
  func delay() throws {
    var counter = steered { $0.delay = 2_000 }
    let first = try counter.order(.buy, 10, price: 70_100).get()
    let second = try counter.order(.buy, 10, price: 70_100).get()
    #expect(counter.exchange.nextDue == TradingMoment(counter.now.date, ClockTime(10, 0, 2)))
    _ = try counter.cancel(second).get()
    counter.go(to: ClockTime(10, 0, 2))
    counter.exchange.advance(to: counter.now)
    #expect(counter.exchange.orders[first].filled == 10 && counter.exchange.orders[second].filled == 0)
  }

  @Test("Notices can be lost, doubled, or sent before the reply")
  func notices() {
    let delivery = NoticeDelivery(copies: 2, isBeforeReply: true)
    var counter = steered { $0.delivery = delivery }
    counter.order(.buy, 10, price: 70_100)
    #expect(counter.exchange.takeEvents().allSatisfy { $0.delivery == delivery })
  }

  @Test("The balance shows a fill after its latency; until then shares cannot be sold")
  func balance() {
    var settings = ExchangeSettings()
    settings.latency.balance = 5_000
    var counter = Counter(shares: 0, settings: settings)
    counter.book()
    counter.order(.buy, 10, .market)
    let orderable = counter.account.orderableCash("KRW")
    #expect(counter.account.cash["KRW"]?.total == 100_000_000 && orderable == 100_000_000 - 701_000 - 98)
    #expect(counter.order(.sell, 10, .market).refusal == .holdings)
    counter.go(to: ClockTime(10, 0, 5))
    #expect(counter.order(.sell, 10, .market).refusal == nil)
    #expect(counter.account.orderableCash("KRW") == orderable)
  }
}
