import Testing

@testable import KISMarket

/// Instruments of every kind of liquidity and price, some of them wilder than any real one.
enum Samples {
  static let instruments: [Instrument] =
    [
      "005930", "000660", "105560", "000400", "247540", "069500", "252670", "0074K0", "Q500001", "DNASAAPL", "A05608",
      // A speculative share, a warrant, preferred shares of which many and of which few are traded.
      "099440", "57JN53", "005935", "097955",
    ]
    .compactMap { Instrument.builtIn($0) } + stress

  static let stress = [
    Instrument(code: "900010", name: "wild", referencePrice: 49_900, ordinaryVolume: 400_000, volatility: 1_100),
    Instrument(
      code: "900020", name: "wild and thin", referencePrice: 1_950, ordinaryVolume: 3_000, ordinaryPrints: 400,
      volatility: 900),
    Instrument(
      code: "900030", name: "illiquid", referencePrice: 9_000, ordinaryVolume: 2_500, ordinaryPrints: 30,
      volatility: 180),
    Instrument(code: "900040", name: "penny", referencePrice: 101, ordinaryVolume: 50_000_000, volatility: 600),
    Instrument(
      code: "900050", name: "dear", referencePrice: 30_000_000, ordinaryVolume: 900, ordinaryPrints: 850,
      volatility: 300),
  ]

  static let dates: [CalendarDate] = [
    "2015-03-02", "2016-01-04", "2020-03-19", "2023-01-25", "2024-08-05", "2026-01-02", "2026-09-14", "2026-09-21",
    "2026-11-19", "2028-02-01",
  ]

  static var market: Market { Market(seed: 20_260_914, instruments: stress) }
}

@Suite("A day is its minutes, a minute its prints")
struct SumTests {
  @Test("Days keep to base price, limits and ticks, and go on from the close before", arguments: Samples.instruments)
  func days(instrument: Instrument) {
    var market = Samples.market
    var last: Int?
    for day in market.days(of: instrument.code, from: "2022-10-01", through: "2024-03-31") {
      if let last { #expect(day.basePrice == last) }
      last = day.close
      #expect(day.limits == instrument.limits(around: day.basePrice, on: day.date))
      #expect(day.low <= min(day.open, day.close) && day.high >= max(day.open, day.close))
      if day.volume > 0 {
        #expect(day.low >= day.limits.lower && day.high <= day.limits.upper)
        let ticks = instrument.ticks(on: day.date)
        for price in [day.open, day.high, day.low, day.close] { #expect(ticks.allows(price), "\(day)") }
      } else {
        #expect(day.high == day.basePrice && day.low == day.basePrice)
      }
    }
  }

  @Test("Volume, open, high, low and close of a day are those of its minutes", arguments: Samples.instruments)
  func minutes(instrument: Instrument) throws {
    var market = Samples.market
    for date in Samples.dates {
      let day = market.day(of: instrument.code, on: date)
      let bars = market.minuteBars(of: instrument.code, on: day.date, through: ClockTime(48, 0))
      #expect(bars.reduce(0) { $0 + $1.volume } == day.volume, "\(instrument.code) \(date)")
      guard day.volume > 0 else { continue }
      let sum = try #require(Bar.folded(bars))
      #expect(sum.open == day.open, "\(instrument.code) \(date)")
      #expect(sum.close == day.close, "\(instrument.code) \(date)")
      #expect(sum.high == day.high, "\(instrument.code) \(date)")
      #expect(sum.low == day.low, "\(instrument.code) \(date)")
      #expect(sum.amount == market.amount(of: instrument.code, on: date))
      for (bar, next) in zip(bars, bars.dropFirst()) { #expect(bar.time < next.time) }
    }
  }

  @Test("Every minute is its prints: shares, won, sides, extremes, last price", arguments: Samples.instruments)
  func prints(instrument: Instrument) throws {
    var market = Samples.market
    for date in Samples.dates {
      let ordinal = market.tradingDay(instrument, date)
      let drawn = market.plan(instrument, ordinal)
      let plan = try #require(drawn)
      let part = plan.parts[0].plan
      var index = Int(InstrumentNumber(instrument.code + date.description).value % 7)
      while index < part.cells.count {
        check(part, index, plan.ticks)
        // All of a thin day, every seventeenth minute of a dense one.
        index += part.prints == nil ? 17 : 1
      }
      if part.prints != nil {
        let tape = plan.prints(after: Int.min, through: Int.max)
        #expect(tape.reduce(0) { $0 + $1.size } == plan.draw.volume)
      }
    }
  }

  private func check(_ plan: StretchPlan, _ index: Int, _ ticks: PriceTicks) {
    let cell = plan.cells[index]
    let start = plan.stretch.sessionStart + cell.minute * 60_000
    var sum = plan.running(before: index)
    var time = start
    var prices: [Int] = []
    plan.forEachPrint(ofCell: index) { print in
      #expect(print.time >= time && print.time < start + 60_000)
      time = print.time
      #expect(print.size >= 1)
      #expect(print.price >= plan.stretch.lower && print.price <= plan.stretch.upper)
      if print.side != 0 {
        #expect(print.ask > print.bid)
        #expect(print.price == (print.side > 0 ? print.ask : print.bid))
        prices.append(print.price)
      }
      sum.add(print, ticks: ticks)
    }
    #expect(sum == plan.running(before: index + 1), "minute \(cell)")
    if cell.isHalted { #expect(cell.volume + cell.auctionVolume == 0) }
    if plan.prints == nil, cell.prints > 0 {
      #expect(prices.count == cell.prints)
      let reached = cell.auctionVolume > 0 ? prices + [cell.auctionPrice] : prices
      #expect(
        reached.max() == cell.high && reached.min() == cell.low && prices.last == cell.close, "\(cell): \(prices)")
      if cell.auctionVolume == 0 { #expect(prices.first == cell.open) }
    }
  }

  @Test("No print of a session lies 10 % or more off the last auction without an interruption")
  func staticInterruptions() throws {
    var market = Samples.market
    let instrument = Samples.stress[0]
    var interruptions = 0
    for ordinal in 6_600..<6_700 {
      let drawn = market.plan(instrument, ordinal)
      let plan = try #require(drawn).parts[0].plan
      var reference = plan.price(plan.stretch.open)
      for cell in plan.cells {
        if cell.auctionVolume > 0, cell.minute > 0 { interruptions += 1 }
        if cell.auctionVolume > 0 { reference = plan.price(cell.auctionPrice) }
        guard cell.prints > 0, cell.minute + 10 < plan.cells.count else { continue }
        #expect(abs(plan.price(cell.high) - reference) * 10 < reference, "\(ordinal) \(cell)")
        #expect(abs(plan.price(cell.low) - reference) * 10 < reference, "\(ordinal) \(cell)")
      }
    }
    #expect(interruptions > 20)
  }
}
