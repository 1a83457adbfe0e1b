import KISMarket
import Testing

@Suite("Who traded is a split of what was traded")
struct FlowTests {
  static let date: CalendarDate = "2026-09-21"
  static let codes = ["005930", "000400", "247540", "900030"]
  static let moments = [
    ClockTime(9, 0, 40), ClockTime(9, 59, 59), ClockTime(10, 0), ClockTime(13, 13, 13), ClockTime(16, 0),
  ]

  @Test("All investors together bought and sold what was traded, and nobody's part falls", arguments: codes)
  func investors(code: String) {
    var market = Samples.market
    var last: InvestorFlows?
    for time in Self.moments {
      let snapshot = market.snapshot(of: code, on: Self.date, at: time)
      let flows = market.investors(of: code, on: Self.date, at: time)
      #expect(flows.all.boughtVolume == snapshot.volume && flows.all.soldVolume == snapshot.volume)
      #expect(flows.all.boughtAmount == snapshot.amount && flows.all.soldAmount == snapshot.amount)
      let net =
        flows.foreign.netVolume + flows.institutions.netVolume + flows.individuals.netVolume + flows.others.netVolume
      #expect(net == 0)
      if let last {
        for investor in Investor.allCases {
          #expect(flows[investor].boughtVolume >= last[investor].boughtVolume)
          #expect(flows[investor].soldAmount >= last[investor].soldAmount)
        }
      }
      last = flows
    }
  }

  @Test("Brokers too, program trading and short sales are parts of it", arguments: codes)
  func parts(code: String) {
    var market = Samples.market
    for time in Self.moments {
      let snapshot = market.snapshot(of: code, on: Self.date, at: time)
      let brokers = market.brokers(of: code, on: Self.date, at: time)
      #expect(brokers.reduce(0) { $0 + $1.flow.boughtVolume } == snapshot.volume)
      #expect(brokers.reduce(0) { $0 + $1.flow.soldAmount } == snapshot.amount)
      let programs = market.programs(of: code, on: Self.date, at: time)
      #expect(programs.all.boughtVolume <= snapshot.volume && programs.all.soldVolume <= snapshot.volume)
      #expect(programs.all == programs.entrusted + programs.own)
      let shorts = market.shortSales(of: code, on: Self.date, at: time)
      #expect(shorts.volume <= snapshot.volume / 5 && shorts.amount <= snapshot.amount)
    }
    #expect(
      market.shortSales(of: code, on: Self.date)
        == market.shortSales(of: code, on: Self.date, at: Market.endOfDay))
  }

  @Test(
    "An index' program trading and investors are the sums of its members', below its turnover",
    arguments: ["0001", "0020"])
  func indices(code: String) {
    var market = Market(seed: 3)
    let time = ClockTime(13, 13, 13)
    let index = market.index(code, on: Self.date, at: time)
    let programs = market.programs(ofIndex: code, on: Self.date, at: time)
    let investors = market.investors(ofIndex: code, on: Self.date, at: time)
    var named = Flow()
    for share in market.indexMembers(code) { named += market.programs(of: share.code, on: Self.date, at: time).all }
    #expect(named.boughtVolume > 0 && programs.all.boughtVolume >= named.boughtVolume)
    #expect(programs.all.soldVolume < index.volume && programs.all.soldAmount < index.amount)
    // Parts of residuals are rounded one by one.
    #expect(abs(investors.all.boughtVolume - index.volume) < 1_000)
  }

  @Test("KOSPI's program trading has the size of captured days: a seventh to a third of the won, little arbitrage")
  func programSize() {
    var market = Market(seed: 3)
    for date in ["2026-09-14", "2026-10-01"] as [CalendarDate] {
      let index = market.index("0001", on: date, at: ClockTime(15, 31))
      let programs = market.programs(ofIndex: "0001", on: date, at: ClockTime(15, 31))
      #expect((index.amount / 8...index.amount / 3).contains(programs.all.boughtAmount))
      #expect((1...index.amount / 50).contains(programs.arbitrage.soldAmount))
    }
  }

  @Test("Loans of a day go on from those of the day before")
  func credit() {
    var market = Samples.market
    let monday = market.credit(of: "005930", on: "2026-09-21")
    let tuesday = market.credit(of: "005930", on: "2026-09-22")
    #expect(tuesday.loanShares == monday.loanShares + tuesday.newShares - tuesday.repaidShares)
    #expect(tuesday.newShares >= 0 && tuesday.repaidShares >= 0 && tuesday.loanShares > 0)
  }

  @Test("Rankings are ordered by the key that was asked, and each row is the instrument's snapshot")
  func rankings() {
    var market = Market(seed: 3)
    let shares = market.instruments.filter { $0.kind == .share && $0.board == .kosdaq }
    let time = ClockTime(11, 0)
    let ranking = market.ranking(of: shares, on: Self.date, at: time, count: 30) { $0.amount }
    #expect(ranking.count == 30)
    for (row, next) in zip(ranking, ranking.dropFirst()) { #expect(row.amount >= next.amount) }
    for row in ranking.prefix(5) {
      #expect(row == market.snapshot(of: row.instrument.code, on: Self.date, at: time))
    }
    let lowest = market.ranking(of: shares, on: Self.date, at: time, descending: false, count: 3) { $0.changeRate }
    #expect(lowest.map(\.changeRate) == lowest.map(\.changeRate).sorted())
    let foreign = market.ranking(of: shares, on: Self.date, at: time, count: 5, byFlows: { $0.foreign.netAmount })
    #expect(foreign.map(\.flows.foreign.netAmount) == foreign.map(\.flows.foreign.netAmount).sorted(by: >))
  }
}
