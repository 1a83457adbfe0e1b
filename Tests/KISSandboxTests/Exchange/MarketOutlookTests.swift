import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("What lies ahead of orders that wait is drawn once, and is what happens")
struct MarketOutlookTests {
  private static let start = TradingMoment("2026-09-21", ClockTime(10, 0))
  private static let codes = ["005930", "000660", "247540", "069500", "900100"]

  /// What happened, as text.
  private func text(_ happenings: [MarketHappening]) -> [String] {
    happenings.map { "\($0.moment) \($0.rank) \($0.kind)" }
  }

  private func outlook(_ market: QuotedMarket, _ reach: OrderReach?) -> MarketOutlook {
    var outlook = MarketOutlook()
    for code in Self.codes { outlook.expect(market.instrument(code), reach: reach) }
    return outlook
  }

  private func expected(
    _ market: QuotedMarket, _ reach: OrderReach?, except recorded: Set<String> = [], _ start: TradingMoment,
    _ end: TradingMoment
  ) -> [String] {
    let all = Self.codes.sorted().filter { !recorded.contains($0) }.flatMap {
      market.happenings(to: market.instrument($0), reach: reach, after: start, through: end)
    }
    return text(all.sorted { ($0.moment, $0.rank) < ($1.moment, $1.rank) })
  }

  @Test(
    "In steps of any length", arguments: [(1, 400), (37, 400), (250, 40), (4_001, 12), (60_000, 8), (1_900_000, 3)])
  func steps(milliseconds: Int, count: Int) {
    told(in: milliseconds, count, reach: nil)
  }

  @Test("In leaps over nights and holidays")
  func leaps() {
    // Far from the market auctions alone concern them.
    told(in: 90_000_000, 8, reach: OrderReach(highestBid: 1))
  }

  private func told(in milliseconds: Int, _ count: Int, reach: OrderReach?) {
    let market = QuotedMarket(seed: 1)
    var outlook = outlook(market, reach)
    var (now, told) = (Self.start, [String]())
    for _ in 0..<count {
      let next = now.later(milliseconds: milliseconds)
      told += text(outlook.happenings(in: market, except: [], after: now, through: next))
      now = next
    }
    #expect(told == expected(market, reach, Self.start, now))
    #expect(milliseconds < 250 || !told.isEmpty)
  }

  @Test("Of orders far from the market nothing is told, of those near it what concerns them")
  func reach() {
    let market = QuotedMarket(seed: 1)
    let price = market.quote(market.instrument("005930"), at: Self.start).price
    for reach in [OrderReach(highestBid: 1), OrderReach(highestBid: price), OrderReach(lowestAsk: price)] {
      var outlook = MarketOutlook()
      outlook.expect(market.instrument("005930"), reach: reach)
      let end = Self.start.later(milliseconds: 30_000)
      let told = outlook.happenings(in: market, except: [], after: Self.start, through: end)
      let all = market.happenings(to: market.instrument("005930"), reach: reach, after: Self.start, through: end)
      #expect(text(told) == text(all.sorted { ($0.moment, $0.rank) < ($1.moment, $1.rank) }))
      #expect(told.isEmpty == (reach.highestBid == 1))
    }
  }

  @Test("After a move of the market, a step backwards, a share that a recording tells for a while, another order")
  func changes() {
    let market = QuotedMarket(seed: 1)
    var outlook = outlook(market, nil)
    var now = Self.start
    func step(_ milliseconds: Int, except recorded: Set<String> = []) {
      let next = now.later(milliseconds: milliseconds)
      let told = outlook.happenings(in: market, except: recorded, after: now, through: next)
      #expect(text(told) == expected(market, nil, except: recorded, now, next))
      now = next
    }
    step(5_000)
    market.add(
      MarketEvent(.move(basisPoints: -500, over: 20_000), to: .instrument("005930"), on: now.date, at: now.time))
    step(5_000)
    step(5_000, except: ["000660"])
    step(5_000)
    now = Self.start
    step(5_000)
    outlook.forget("005930")
    outlook.expect(market.instrument("005930"), reach: OrderReach(highestBid: 1))
    outlook.expect(market.instrument("005930"), reach: nil)
    step(5_000)
  }

  @Test("Orders come to the same whether the market is looked at every moment or seldom")
  func pace() async throws {
    func played(_ steps: [Double]) async throws -> [OrderRecord] {
      let fixture = try SandboxFixture(at: SandboxFixture.open + .seconds(3_600)) {
        $0 = SandboxConfiguration()
        $0.heartbeat.rhythm = .never
        $0.limits.requestsPerSecond = 0
      }
      let caller = await fixture.caller()
      for code in Self.codes.prefix(3) {
        let price = await caller.price(code).json["output"]?["stck_prpr"]?.string
        let near = Int(price ?? "") ?? 0
        for _ in 1...3 { _ = await caller.order("TTTC0012U", code: code, shares: 1, price: near) }
        _ = await caller.order("TTTC0012U", code: code, shares: 2, price: near - near / 200 / 1_000 * 1_000)
      }
      for step in steps { await fixture.advance(step) }
      return await fixture.sandbox.exchange.core.orders
    }
    let often = try await played(Array(repeating: 0.25, count: 480))
    let seldom = try await played([120])
    #expect(often == seldom)
    #expect(often.contains { $0.filled > 0 })
  }
}
