import Testing

@testable import KISMarket

@Suite("Exchanges abroad")
struct ForeignExchangeTests {
  @Test(
    "Each place has its own holidays, on which nothing is open and nothing is settled",
    arguments: [
      (ForeignExchange.nasdaq, "2026-11-26", "2026-11-25", "2026-11-27"),
      (.nyse, "2025-01-09", "2025-01-08", "2025-01-10"),
      (.amex, "2026-07-03", "2026-07-02", "2026-07-06"), (.hongKong, "2026-02-17", "2026-02-16", "2026-02-20"),
      (.tokyo, "2026-09-21", "2026-09-18", "2026-09-24"), (.shanghai, "2026-10-05", "2026-09-30", "2026-10-08"),
      (.shenzhen, "2020-01-31", "2020-01-23", "2020-02-03"), (.hoChiMinh, "2025-01-29", "2025-01-24", "2025-02-03"),
      (.hanoi, "2023-05-03", "2023-04-28", "2023-05-04"),
    ] as [(ForeignExchange, CalendarDate, CalendarDate, CalendarDate)])
  func holidays(exchange: ForeignExchange, holiday: CalendarDate, before: CalendarDate, after: CalendarDate) {
    #expect(exchange.sessions(on: holiday).isEmpty)
    #expect(!exchange.sessions(on: before).isEmpty && !exchange.sessions(on: after).isEmpty)
    #expect(exchange.tradingDay(before: after) == before)
    #expect(exchange.calendar.tradingDay(after: before) == after)
    let days = TradingDays.abroad(exchange)
    #expect(days.ordinal(of: after) == days.ordinal(of: before) + 1 && !days.contains(holiday))
    #expect(exchange.settlement(of: before) >= after)
    let noon = TradingMoment(holiday, ClockTime(12, 0))
    #expect(exchange.nextSession(from: noon).start >= TradingMoment(before, ClockTime(24, 0)))
    #expect(exchange.nextSession(from: TradingMoment(after.advanced(by: -1), ClockTime(23, 59))).start.date == after)
  }

  @Test("Before holidays New York closes at one, and Hong Kong trades in the morning only")
  func earlyCloses() throws {
    // In winter New York is fourteen hours behind.
    let regular = try #require(ForeignExchange.nyse.sessions(on: "2026-11-27").first { $0.phase == .regular })
    #expect(regular.start == ClockTime(23, 30) && regular.end == ClockTime(27, 0))
    #expect(ForeignExchange.hongKong.sessions(on: "2026-12-24").map(\.end) == [ClockTime(13, 0)])
    #expect(ForeignExchange.hongKong.sessions(on: "2026-12-23").count == 2)
  }

  @Test("Where days are shown as others, exchanges open on the days that are shown")
  func shown() {
    // 2026-11-26, Thanksgiving, is shown in place of 2026-09-18.
    let days = TradingCalendar.ordinal(of: "2026-11-26") - TradingCalendar.ordinal(of: "2026-09-18")
    let (newYork, tokyo) = (ForeignExchange.nyse.shown(daysLater: days), ForeignExchange.tokyo.shown(daysLater: days))
    #expect(newYork.sessions(on: "2026-09-18").isEmpty && !ForeignExchange.nyse.sessions(on: "2026-09-18").isEmpty)
    // The day after is a short one, in winter.
    #expect(newYork.sessions(on: "2026-09-21").first { $0.phase == .regular }?.end == ClockTime(27, 0))
    #expect(!tokyo.sessions(on: "2026-09-21").isEmpty && ForeignExchange.tokyo.sessions(on: "2026-09-21").isEmpty)
    #expect(newYork != .nyse && newYork.calendar == .newYork)
    for market in (0..<60).map({ ("2026-08-01" as CalendarDate).advanced(by: $0) }) where newYork.isOpen(on: market) {
      let shown = TradingCalendar.shifted(market, byTradingDays: days)
      #expect(ForeignCalendar.newYork.isTradingDay(shown), "\(market) \(shown)")
    }
  }

  @Test("Every weekday of the years of the table is known, and years around it have weekends")
  func table() {
    for calendar in ForeignCalendar.allCases {
      for year in 2015...2027 {
        let first = CalendarDate(year: year, month: 1, day: 1) ?? Market.referenceDate
        let open = (0..<365).count { calendar.isTradingDay(first.advanced(by: $0)) }
        #expect((calendar == .chicago ? 255...260 : 238...254).contains(open), "\(calendar) \(year) \(open)")
      }
      #expect(!calendar.isTradingDay("2010-05-08") && calendar.isTradingDay("2010-05-07"))
      #expect(!calendar.isTradingDay("2150-01-03") && calendar.isTradingDay("2150-01-05"))
    }
  }

  @Test("A share has no prints and no bars on its exchange's holidays")
  func bars() {
    var market = Market(seed: 1)
    let bars = market.dayBars(of: "DTSE7203", from: "2026-09-17", through: "2026-09-25")
    #expect(bars.map(\.date) == ["2026-09-17", "2026-09-18", "2026-09-24", "2026-09-25"])
    #expect(
      market.prints(
        of: "DTSE7203", on: "2026-09-21", after: ClockTime(0, 0), through: ClockTime(23, 0), tape: .krx
      ).isEmpty)
  }

  @Test(
    "Prices lie on the ticks of their exchange",
    arguments: [
      "DNASAAPL", "DHKS00700", "DHKS01810", "DTSE7203", "DTSE8306", "DTSE9984", "DSHS600519", "DSZS300750", "DHSXHPG",
      "DHNXSHS", "ESZ26", "6AZ26", "6JZ26", "ZNZ26", "NGZ26", "SIZ26", "HSIZ26",
    ])
  func prices(code: String) {
    var market = Market(seed: 1)
    if let product = ForeignContract(code).product.level.map({ _ in ForeignContract(code).product }) {
      market.add(Instrument(unknown: code, kind: .overseasFuture, seed: 1))
      #expect(market.instrument(code).product == product)
    }
    let instrument = market.instrument(code)
    let day: CalendarDate = "2026-09-16"
    let ticks = instrument.ticks(on: day)
    let prints = market.prints(of: code, on: day, after: ClockTime(0, 0), through: ClockTime(48, 0), tape: .krx)
    #expect(!prints.isEmpty && prints.allSatisfy { ticks.allows($0.price) })
    let book = market.book(of: code, on: day, at: prints[prints.count / 2].time, tape: .krx)
    let levels = book.bids.map(\.price) + book.asks.map(\.price)
    #expect(levels.filter { $0 > 0 }.count > 4 && levels.allSatisfy { $0 == 0 || ticks.allows($0) }, "\(levels)")
  }

  @Test(
    "Chicago trades until noon there when New York rests or closes early, and rests on few days of its own",
    arguments: [
      ("2026-11-25", 30), ("2026-11-26", 27), ("2026-11-27", 27), ("2026-12-24", 27), ("2026-07-03", 26),
      ("2025-07-03", 26), ("2025-07-04", 26), ("2026-01-19", 27), ("2026-09-07", 26), ("2026-09-08", 29),
      ("2026-12-25", 0), ("2026-04-03", 0), ("2026-11-28", 0),
    ] as [(CalendarDate, Int)])
  func chicago(date: CalendarDate, hour: Int) throws {
    let sessions = ForeignExchange.chicago.sessions(on: date)
    #expect(sessions.map(\.end) == (hour == 0 ? [] : [ClockTime(hour, 0)]))
    var market = Market(seed: 1)
    market.add(Instrument(unknown: "ESH27", kind: .overseasFuture, seed: 1))
    let prints = market.prints(of: "ESH27", on: date, after: ClockTime(0, 0), through: ClockTime(48, 0), tape: .krx)
    #expect(prints.isEmpty == (hour == 0) && prints.allSatisfy { $0.time <= ClockTime(hour, 0) })
    // Orders are taken from the morning in Korea until then, on usual days for two hours more.
    let future = Security("ESH27", .contract(.overseasFuture, .abroad(.chicago)))
    let session = future.session(at: TradingMoment(date, ClockTime(12, 0)))
    if hour == 0 {
      #expect(session == nil || session?.start.date != date)
    } else {
      let end = try #require(session?.end)
      let isShort = ForeignExchange.chicago.closesEarly(on: date)
      #expect(end == TradingMoment(date.advanced(by: 1), ClockTime(hour - 24 + (isShort ? 0 : 1), 0)))
    }
  }

  @Test(
    "What costs more than a hundred thousand of its currency trades as anything else",
    arguments: [
      ("DHSXVIC", ForeignExchange.hoChiMinh, 2_150_000_000), ("DTSE8951", .tokyo, 1_500_000_000),
      ("DTSE3283", .tokyo, 12_500_000_000), ("DNYSBRK/A", .nyse, 7_500_000_000),
    ])
  func dear(code: String, exchange: ForeignExchange, price: Int) throws {
    var market = Market(seed: 1)
    market.add(
      Instrument(
        code: code, name: code, kind: .overseasShare, referencePrice: price, ordinaryVolume: 400_000, volatility: 150,
        exchange: exchange))
    #expect(market.instrument(code).referencePrice == price)
    let ticks = market.instrument(code).ticks(on: "2026-09-18")
    #expect(abs(market.day(of: code, on: "2026-09-18").close - price) <= ticks.step(at: price))
    for day in market.days(of: code, from: "2026-06-01", through: "2026-10-30") {
      let prices = [day.open, day.high, day.low, day.close]
      #expect(prices.allSatisfy { ticks.allows($0) && $0 > price / 3 && $0 < price * 3 }, "\(day)")
      #expect(day.low <= min(day.open, day.close) && day.high >= max(day.open, day.close), "\(day)")
    }
    let date: CalendarDate = "2026-09-16"
    let day = market.day(of: code, on: date)
    let prints = market.prints(of: code, on: date, after: ClockTime(0, 0), through: ClockTime(48, 0), tape: .krx)
    #expect(prints.count > 100 && prints.allSatisfy { (day.low...day.high).contains($0.price) })
    let snapshot = market.snapshot(of: code, on: date, at: ClockTime(48, 0))
    #expect(snapshot.price == day.close && snapshot.amount == prints.reduce(0) { $0 + $1.price * $1.size })
    #expect(Set(prints.map(\.price)).count > 3)
    let book = market.book(of: code, on: date, at: prints[prints.count / 2].time, tape: .krx)
    #expect((book.bids.first?.price ?? 0) < (book.asks.first?.price ?? 0) && (book.bids.first?.price ?? 0) > price / 3)
  }

  @Test("Each exchange has its table of ticks, by date where it changed")
  func ticks() {
    func step(_ exchange: ForeignExchange, _ price: Int, isLarge: Bool = true, on date: CalendarDate = "2026-09-21")
      -> Int
    {
      exchange.ticks(ofLarge: isLarge, on: date).step(at: price * 10_000)
    }
    #expect(step(.hongKong, 600) == 5_000 && step(.hongKong, 15) == 100 && step(.hongKong, 30) == 200)
    #expect(step(.hongKong, 15, on: "2025-08-01") == 200 && step(.hongKong, 30, on: "2025-08-01") == 500)
    #expect(step(.tokyo, 2_900) == 5_000 && step(.tokyo, 2_900, isLarge: false) == 10_000)
    #expect(step(.tokyo, 4_000) == 10_000 && step(.tokyo, 4_000, isLarge: false) == 50_000)
    #expect(step(.hoChiMinh, 9_000) == 100_000 && step(.hoChiMinh, 26_000) == 500_000)
    #expect(step(.hoChiMinh, 98_000) == 1_000_000 && step(.hanoi, 22_000) == 1_000_000)
    #expect(step(.shanghai, 1_450) == 100 && step(.nasdaq, 255) == 100)
  }
}
