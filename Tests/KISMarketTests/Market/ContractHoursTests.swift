import Testing

@testable import KISMarket

/// Futures and options trade before and after what they are about.
@Suite("Contracts trade in hours of their own")
struct ContractHoursTests {
  private static let contracts = [
    ("A01612", .indexFuture), ("A01609", .indexFuture), ("B01612A20", .indexOption), ("C01612A20", .indexOption),
    ("A11612", .stockFuture),
  ].map { (code: String, kind: SecurityKind) in Instrument(unknown: code, kind: kind, seed: 1) }
  /// An ordinary day, the last one of the contract of September, and one that begins an hour late.
  private static let dates: [CalendarDate] = ["2026-09-21", "2026-09-10", "2025-11-13"]

  private static var market: Market { Market(seed: 1, instruments: contracts) }

  @Test("From its opening auction to its closing one, on every kind of day", arguments: contracts)
  func hours(contract: Instrument) throws {
    var market = Self.market
    for date in Self.dates {
      let hours = contract.hours(on: date)
      let (opening, close) = (try #require(hours.continuous).start, try #require(hours.close))
      let prints = market.prints(of: contract.code, on: date, after: ClockTime(0, 0), through: ClockTime(24, 0))
      let (first, last) = (try #require(prints.first), try #require(prints.last))
      #expect(first.time >= opening && last.time <= close.later(milliseconds: AuctionEnd.longestDelay), "\(date)")
      guard contract.code.hasPrefix("A016") else { continue }
      #expect(first.side == nil && first.time <= opening.later(milliseconds: AuctionEnd.longestDelay), "\(date)")
      if let auction = hours.first(.closingAuction) {
        #expect(last.side == nil && last.time >= close, "\(date)")
        #expect(!prints.contains { auction.contains($0.time) }, "nothing trades while orders are collected")
        let expected = market.expectedExecution(of: contract.code, on: date, at: close.later(minutes: -5))
        #expect(try #require(expected).volume < last.size)
      } else {
        #expect(last.side != nil && last.time < close && last.time >= close.later(minutes: -1), "\(date)")
        #expect(market.expectedExecution(of: contract.code, on: date, at: close.later(minutes: -5)) == nil)
      }
      #expect(market.expectedExecution(of: contract.code, on: date, at: opening.later(minutes: -5)) != nil)
    }
  }

  @Test("Prints, minutes, snapshots and days are one tape", arguments: contracts)
  func sums(contract: Instrument) throws {
    var market = Self.market
    for date in Self.dates {
      let prints = market.prints(of: contract.code, on: date, after: ClockTime(0, 0), through: ClockTime(24, 0))
      let day = market.day(of: contract.code, on: date)
      let bars = market.minuteBars(of: contract.code, on: date, through: ClockTime(24, 0))
      let end = market.snapshot(of: contract.code, on: date, at: ClockTime(24, 0))
      let open = try #require(prints.first).price
      #expect([day.open, bars.first?.open, end.open] == [open, open, open], "\(date)")
      let close = try #require(prints.last).price
      #expect([day.close, bars.last?.close, end.price] == [close, close, close], "\(date)")
      let volume = prints.reduce(0) { $0 + $1.size }
      #expect([day.volume, bars.reduce(0) { $0 + $1.volume }, end.volume] == [volume, volume, volume], "\(date)")
      #expect(day.high == prints.map(\.price).max() && day.low == prints.map(\.price).min(), "\(date)")
      #expect(bars.allSatisfy { $0.low >= day.low && $0.high <= day.high }, "\(date)")
    }
  }

  @Test("The same figures in any order of questions")
  func anyOrder() {
    var (forwards, backwards) = (Self.market, Self.market)
    let times = [ClockTime(8, 50), ClockTime(9, 0), ClockTime(15, 25), ClockTime(15, 40), ClockTime(16, 0)]
    func prices(_ market: inout Market, _ contracts: [Instrument], _ times: [ClockTime]) -> [String: Int] {
      var prices: [String: Int] = [:]
      for contract in contracts {
        for time in times {
          let now = market.snapshot(of: contract.code, on: "2026-09-21", at: time)
          prices["\(contract.code) \(time)"] = now.price * 1_000_003 + now.volume
        }
      }
      return prices
    }
    #expect(
      prices(&forwards, Self.contracts, times) == prices(&backwards, Self.contracts.reversed(), times.reversed()))
  }

  /// The two days of a month on which the KOSPI200 opened farthest from its last close.
  private func gaps(_ market: inout Market) -> [(date: CalendarDate, gap: Double)] {
    let days = market.indexDays("2001", from: "2026-08-24", through: "2026-09-21")
    let gaps = zip(days.dropFirst(), days).map { day, before in
      (date: day.date, gap: Double(day.open) / Double(before.close) - 1)
    }
    return Array(gaps.sorted { $0.gap.magnitude > $1.gap.magnitude }.prefix(2))
  }

  @Test("Before its index opens a future goes from the last close to where that will open")
  func anticipation() throws {
    var market = Self.market
    for (date, gap) in gaps(&market) {
      try #require(gap.magnitude > 0.004)
      func moved(_ code: String, _ hour: Int, _ minute: Int) -> Double {
        let now = market.snapshot(of: code, on: date, at: ClockTime(hour, minute))
        return Double(now.change) / Double(now.basePrice)
      }
      let ways = [moved("A01612", 8, 46), moved("A01612", 9, 0)].map { $0 / gap }
      #expect((0.4...1.15).contains(ways[0]) && (0.8...1.2).contains(ways[1]), "\(date) \(gap) \(ways)")
      #expect(market.index("2001", on: date, at: ClockTime(8, 59)).open == 0)
      #expect(Set((46...59).map { moved("A01612", 8, $0) }).count > 5, "it moves on its way")
      // Calls go with it, puts against it.
      let (call, put) = (moved("B01612A20", 8, 59), moved("C01612A20", 8, 59))
      #expect(call * gap > 0 && put * gap < 0, "\(date) \(gap) \(call) \(put)")
    }
  }

  @Test("A future stays at the distance from its index that it has, whenever both trade and when one does not")
  func basis() {
    var market = Self.market
    for offset in 0..<2 {
      let date = TradingCalendar.tradingDay(TradingCalendar.ordinal(of: "2026-09-21") + offset)
      let times = [(9, 1), (9, 30), (12, 0), (15, 19), (15, 29), (15, 34), (15, 44), (15, 50)]
      let ratios = times.map { hour, minute in
        let time = ClockTime(hour, minute, 59)
        let future = market.snapshot(of: "A01612", on: date, at: time).price
        return Double(future) / Double(market.index("2001", on: date, at: time).level)
      }
      #expect((ratios.max() ?? 2) / (ratios.min() ?? 1) < 1.006, "\(date) \(ratios)")
    }
    // Where the index stands, the future moves, and ends in its auction.
    let evening = (31...50).map { market.snapshot(of: "A01612", on: "2026-09-21", at: ClockTime(15, $0)).price }
    #expect(Set(evening.prefix(4)).count > 1 && Set(evening.dropFirst(6).prefix(8)).count == 1)
  }

  @Test("What is asked of the shares before they open moves the contracts at once")
  func moved() {
    var market = Self.market
    let still = market.snapshot(of: "A01612", on: "2026-09-21", at: ClockTime(8, 52)).price
    market.add(
      MarketEvent(.move(basisPoints: -300, over: 60_000), to: .board(.kospi), on: "2026-09-21", at: ClockTime(8, 50)))
    #expect(market.snapshot(of: "A01612", on: "2026-09-21", at: ClockTime(8, 52)).price < still * 98 / 100)
    market.add(
      MarketEvent(
        .move(basisPoints: 400, over: 60_000), to: .instrument("A01612"), on: "2026-09-21", at: ClockTime(15, 32)))
    let (before, after) = (ClockTime(15, 32), ClockTime(15, 34))
    #expect(
      market.snapshot(of: "A01612", on: "2026-09-21", at: after).price
        > market.snapshot(of: "A01612", on: "2026-09-21", at: before).price * 102 / 100)
    let end = market.snapshot(of: "A01612", on: "2026-09-21", at: ClockTime(15, 50))
    #expect(market.day(of: "A01612", on: "2026-09-22").basePrice == end.price)
  }
}
