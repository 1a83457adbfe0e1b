import KISMarket
import Testing

@Suite("Phases by date and venue")
struct TradingHoursTests {
  private func phase(_ venue: TradingVenue, _ date: CalendarDate, _ hour: Int, _ minute: Int, _ second: Int = 0)
    -> TradingPhase
  {
    TradingHours(of: venue, on: date).phase(at: ClockTime(hour, minute, second))
  }

  @Test("A day of KRX since the after-market of 2026-09-14")
  func koreaExchange() {
    let day: CalendarDate = "2026-09-14"
    #expect(phase(.krx, day, 8, 29, 59) == .closed)
    #expect(phase(.krx, day, 8, 30) == .openingAuction)
    #expect(TradingHours(of: .krx, on: day).runs(.preOpenClosingPrice, at: ClockTime(8, 39, 59)))
    #expect(!TradingHours(of: .krx, on: day).runs(.preOpenClosingPrice, at: ClockTime(8, 40)))
    #expect(phase(.krx, day, 9, 0) == .continuous)
    #expect(phase(.krx, day, 15, 19, 59) == .continuous)
    #expect(phase(.krx, day, 15, 20) == .closingAuction)
    #expect(phase(.krx, day, 15, 30) == .closingPriceEntry)
    #expect(phase(.krx, day, 15, 40) == .closingPrice)
    #expect(phase(.krx, day, 16, 0) == .afterMarket)
    #expect(phase(.krx, day, 19, 59, 59) == .afterMarket)
    #expect(phase(.krx, day, 20, 0) == .closed)
  }

  @Test("The trading day before it had auctions every ten minutes until 18:00")
  func beforeTheAfterMarket() {
    #expect(phase(.krx, "2026-09-11", 16, 0) == .afterHoursAuctions)
    #expect(phase(.krx, "2026-09-11", 18, 0) == .closed)
  }

  @Test("The first trading day opens at 10:00 and closes as ever")
  func firstDay() {
    #expect(phase(.krx, "2026-01-02", 9, 30) == .openingAuction)
    #expect(phase(.krx, "2026-01-02", 10, 0) == .continuous)
    #expect(phase(.krx, "2026-01-02", 15, 20) == .closingAuction)
    #expect(phase(.nxt, "2026-01-02", 8, 30) == .closed)
  }

  @Test("수능: KRX an hour later, after-hours to 18:00 as ever; NXT without pre-market, after-market from 16:30")
  func examDay() {
    #expect(phase(.krx, "2025-11-13", 9, 59, 59) == .openingAuction)
    #expect(phase(.krx, "2025-11-13", 16, 19, 59) == .continuous)
    #expect(phase(.krx, "2025-11-13", 16, 20) == .closingAuction)
    #expect(phase(.krx, "2025-11-13", 17, 0) == .afterHoursAuctions)
    #expect(phase(.krx, "2025-11-13", 18, 0) == .closed)
    #expect(phase(.nxt, "2025-11-13", 8, 30) == .closed)
    #expect(phase(.nxt, "2025-11-13", 16, 30) == .afterMarket)
  }

  @Test("NXT since 2025-03-04: pre-market, main from 09:00:30, closing price, after-market")
  func nextrade() {
    #expect(!TradingHours(of: .nxt, on: "2025-02-28").isOpen)
    let day: CalendarDate = "2025-03-04"
    #expect(phase(.nxt, day, 8, 0) == .preMarket)
    #expect(phase(.nxt, day, 8, 50) == .closed)
    #expect(phase(.nxt, day, 9, 0, 29) == .closed)
    #expect(phase(.nxt, day, 9, 0, 30) == .continuous)
    #expect(phase(.nxt, day, 15, 20) == .closed)
    #expect(phase(.nxt, day, 15, 40) == .afterMarket)
    #expect(phase(.nxt, day, 20, 0) == .closed)
  }

  @Test("KRX closed at 15:00 before 2016-08-01, and collected from 08:00 until 2019-04")
  func earlier() {
    #expect(phase(.krx, "2016-07-29", 14, 50) == .closingAuction)
    #expect(phase(.krx, "2016-08-01", 14, 50) == .continuous)
    #expect(phase(.krx, "2019-04-26", 8, 0) == .openingAuction)
    #expect(phase(.krx, "2019-04-29", 8, 0) == .closed)
  }

  @Test("Holidays have no phases")
  func holidays() {
    #expect(!TradingHours(of: .krx, on: "2026-07-17").isOpen)
    #expect(phase(.krx, "2026-09-13", 10, 0) == .closed)
  }

  @Test("Auctions end within 30 seconds, at another moment for each instrument and day, the same each time")
  func auctionEnds() {
    var seen: Set<ClockTime> = []
    for code in ["005930", "000660", "035420", "247540"] {
      for date in ["2026-09-14", "2026-09-15", "2026-09-16"] as [CalendarDate] {
        let end = AuctionEnd.moment(after: ClockTime(15, 30), code: code, on: date, seed: 1)
        #expect(end == AuctionEnd.moment(after: ClockTime(15, 30), code: code, on: date, seed: 1))
        #expect(end >= ClockTime(15, 30) && end <= ClockTime(15, 30, 30))
        seen.insert(end)
      }
    }
    #expect(seen.count > 9)
  }

  @Test("New York opens at 22:30 in summer and 23:30 in winter, Tokyo closes half an hour later since 2024-11-05")
  func abroad() {
    #expect(ForeignExchange.nasdaq.session(on: "2026-09-14", at: ClockTime(22, 30))?.phase == .regular)
    #expect(ForeignExchange.nasdaq.session(on: "2026-12-14", at: ClockTime(22, 30))?.phase == .preMarket)
    #expect(ForeignExchange.nasdaq.session(on: "2026-09-15", at: ClockTime(4, 59))?.phase == .regular)
    #expect(ForeignExchange.nasdaq.session(on: "2026-09-15", at: ClockTime(10, 0)) == nil)
    #expect(ForeignExchange.nasdaq.session(on: "2026-09-19", at: ClockTime(4, 59))?.phase == .regular)
    #expect(ForeignExchange.nasdaq.session(on: "2026-09-19", at: ClockTime(22, 30)) == nil)
    #expect(ForeignExchange.tokyo.session(on: "2024-11-04", at: ClockTime(15, 10)) == nil)
    #expect(ForeignExchange.tokyo.session(on: "2024-11-05", at: ClockTime(15, 10))?.phase == .regular)
  }

  @Test(
    "Futures and options open a quarter of an hour before shares and close one after them, by date",
    arguments: [
      // Opening auction, opening, closing auction, close.
      ("2026-09-21", [510, 525, 935, 945]), ("2026-01-02", [570, 585, 935, 945]),
      ("2025-11-13", [570, 585, 995, 1_005]),
      ("2023-07-31", [510, 525, 935, 945]), ("2023-07-28", [510, 540, 935, 945]), ("2016-07-29", [510, 540, 905, 915]),
    ] as [(CalendarDate, [Int])])
  func contracts(date: CalendarDate, minutes: [Int]) throws {
    let hours = TradingHours(ofContractsOn: date)
    #expect(hours.phases.map(\.phase) == [.openingAuction, .continuous, .closingAuction])
    #expect(hours.phases.map(\.start.minutes) + [try #require(hours.close).minutes] == minutes)
    #expect(zip(hours.phases, hours.phases.dropFirst()).allSatisfy { $0.end == $1.start })
    let last = TradingHours(ofContractsOn: date, isLastDay: true)
    #expect(last.phases.map(\.phase) == [.openingAuction, .continuous])
    #expect(last.close == last.continuous?.end && last.close?.minutes == minutes[3] - 25)
    #expect(TradingHours(ofContractsOn: "2026-09-20").phases.isEmpty)
  }

  @Test("An instrument has the hours of its kind, a contract other ones on its last trading day")
  func ofInstruments() {
    func future(_ code: String) -> Instrument { Instrument(unknown: code, kind: .indexFuture, seed: 1) }
    let contracts = TradingHours(ofContractsOn: "2026-09-10")
    for code in ["A01612", "A06612", "A11612", "A75612"] { #expect(future(code).hours(on: "2026-09-10") == contracts) }
    #expect(Instrument(unknown: "B01612A00", kind: .indexOption, seed: 1).hours(on: "2026-09-10") == contracts)
    #expect(future("A01609").hours(on: "2026-09-10") == TradingHours(ofContractsOn: "2026-09-10", isLastDay: true))
    #expect(future("A01609").hours(on: "2026-09-09") == TradingHours(ofContractsOn: "2026-09-09"))
    let shown = future("A01609").shown(daysLater: 3)
    #expect(shown.hours(on: "2026-09-07").first(.closingAuction) == nil && shown.shown(daysLater: 3) == shown)
    #expect(shown.shown(daysLater: 0) == future("A01609"))
    for code in ["005930", "069500", "57JN53", "KR103502GD31"] {
      #expect(Instrument.builtIn(code)?.hours(on: "2026-09-21") == TradingHours(of: .krx, on: "2026-09-21"))
    }
  }
}
