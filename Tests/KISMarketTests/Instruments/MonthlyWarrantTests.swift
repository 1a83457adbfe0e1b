import Testing

@testable import KISMarket

@Suite("Warrants of a month")
struct MonthlyWarrantTests {
  private static let months = (2015...2027).flatMap { year in (1...12).map { (year: year, month: $0) } }

  @Test("are read back from their codes, and from no other seed's")
  func codes() {
    for (year, month) in Self.months {
      let warrants = MonthlyWarrant.ending(year: year, month: month, seed: 1)
      #expect(warrants.count == 6 && Set(warrants.map(\.code)).count == 6)
      for warrant in warrants { #expect(MonthlyWarrant(warrant.code, seed: 1) == warrant) }
    }
    let codes = Self.months.flatMap { MonthlyWarrant.ending(year: $0.year, month: $0.month, seed: 1) }.map(\.code)
    #expect(Set(codes).count == codes.count)
    #expect(codes.contains { MonthlyWarrant($0, seed: 2)?.code != $0 })
    for code in ["005930", "57HG99", "57HG0", "57JN53", "99HG01", "57IO01", "", "한국HG01"] {
      #expect(MonthlyWarrant(code, seed: 1) == nil, "\(code)")
    }
  }

  @Test("have names of the usual form, name their share, and live from one trading day to two before their end")
  func terms() {
    for (year, month) in Self.months {
      for warrant in MonthlyWarrant.ending(year: year, month: month, seed: 3) {
        let instrument = Instrument(unknown: warrant.code, seed: 3)
        #expect(instrument.kind == .elw && instrument.name == warrant.name)
        #expect(instrument.shareInName == warrant.share, "\(warrant.name)")
        #expect(Warrant(instrument)?.isPut == warrant.isPut)
        #expect(instrument.term == warrant.listed...warrant.lastDay)
        #expect(TradingCalendar.isTradingDay(warrant.listed) && TradingCalendar.isTradingDay(warrant.lastDay))
        #expect(TradingCalendar.ordinal(of: warrant.matures) - TradingCalendar.ordinal(of: warrant.lastDay) == 2)
        let (first, day) = (warrant.matures.parts.0, warrant.matures.parts)
        #expect(first == year && day.1 == month && (2...14).contains(day.2))
        #expect((70...210).contains(warrant.matures.number - warrant.listed.number))
      }
    }
  }

  @Test("cost what their share makes of them when they are listed, and at the end what exercising them brings")
  func worth() throws {
    var market = Market(seed: 1)
    for (year, month) in [(2019, 3), (2025, 6), (2026, 9), (2027, 1)] {
      for monthly in MonthlyWarrant.ending(year: year, month: month, seed: 1) {
        let instrument = market.instrument(monthly.code)
        let warrant = try #require(Warrant(instrument))
        let listedWith = market.strike(ofMonthlyWarrant: instrument)
        let strike = try #require(listedWith)
        let share = market.day(of: monthly.share.code, on: monthly.lastDay).close
        let payoff = max(0, monthly.isPut ? strike - Double(share) : Double(share) - strike) * warrant.ratio
        let last = market.day(of: monthly.code, on: monthly.lastDay).close
        // A step is five won, and two days are left.
        #expect(
          Double(last) >= payoff - 3 && Double(last) < max(payoff * 1.35, payoff + 60),
          "\(monthly.name) \(last) \(payoff)")
        let base = market.day(of: monthly.code, on: monthly.listed).basePrice
        #expect((60...9_000).contains(base), "\(monthly.name) \(base)")
        #expect(
          market.prints(of: monthly.code, on: monthly.matures, after: ClockTime(0, 0), through: ClockTime(48, 0))
            .isEmpty)
      }
    }
  }

  @Test("are what they were when something happens to their share later")
  func past() throws {
    var market = Market(seed: 1)
    let monthly = try #require(MonthlyWarrant.ending(year: 2026, month: 10, seed: 1).first)
    let date: CalendarDate = "2026-09-21"
    let before = market.snapshot(of: monthly.code, on: date, at: ClockTime(10, 0)).price
    let strike = market.strike(ofMonthlyWarrant: market.instrument(monthly.code))
    market.add(
      MarketEvent(
        .move(basisPoints: -900, over: 60_000), to: .instrument(monthly.share.code), on: date, at: ClockTime(11, 0)))
    #expect(market.snapshot(of: monthly.code, on: date, at: ClockTime(10, 0)).price == before)
    #expect(market.strike(ofMonthlyWarrant: market.instrument(monthly.code)) == strike)
    #expect(market.snapshot(of: monthly.code, on: date, at: ClockTime(11, 30)).price < before)
  }
}
