import KISMarket
import Testing

@testable import KISSandbox

@Suite("ORD_DVSN by venue and phase")
struct OrderDivisionTests {
  /// The moments that the columns of the tables stand for.
  private static let times = [
    ClockTime(8, 10), ClockTime(8, 35), ClockTime(8, 55), ClockTime(10, 0), ClockTime(15, 25), ClockTime(15, 35),
    ClockTime(15, 45), ClockTime(17, 0), ClockTime(20, 30),
  ]

  /// One row of a table: `y` is taken, `-` is refused for its kind, `c` because the venue is closed.
  struct Row: CustomTestStringConvertible {
    let route: OrderRoute
    let codes: [String]
    let outcomes: String
    var date: CalendarDate = "2026-10-12"
    var testDescription: String { "\(route.rawValue) \(codes.joined(separator: " ")) on \(date)" }
  }

  private static let immediate = ["11", "12", "13", "14", "15", "16"]

  static let rows = [
    // 08:10 08:35 08:55 10:00 15:25 15:35 15:45 17:00 20:30
    Row(route: .krx, codes: ["00"], outcomes: "c y y y y c c y c"),
    Row(route: .krx, codes: ["01"], outcomes: "c y y y y c c - c"),
    Row(route: .krx, codes: ["02"], outcomes: "c y y y - c c - c"),
    Row(route: .krx, codes: ["03", "04"], outcomes: "c - - y - c c - c"),
    Row(route: .krx, codes: ["05"], outcomes: "c y - - - - - - c"),
    Row(route: .krx, codes: ["06"], outcomes: "c - - - - y y - c"),
    Row(route: .krx, codes: ["07"], outcomes: "c - - - - - - - c"),
    Row(route: .krx, codes: immediate, outcomes: "c - - y - c c - c"),
    Row(route: .krx, codes: ["21", "22", "23", "24"], outcomes: "c - - y - c c - c"),

    Row(route: .nxt, codes: ["00", "03", "04"], outcomes: "y y c y c c y y c"),
    Row(route: .nxt, codes: ["01", "02"], outcomes: "- - c - c c - - c"),
    Row(route: .nxt, codes: ["05", "06", "07"], outcomes: "- - c - c - - - c"),
    Row(route: .nxt, codes: immediate, outcomes: "y y c y c c y y c"),
    Row(route: .nxt, codes: ["21", "22", "23", "24"], outcomes: "- - c y c c - - c"),

    Row(route: .sor, codes: ["00"], outcomes: "y y y y y c y y c"),
    Row(route: .sor, codes: ["01"], outcomes: "- y y y y c - - c"),
    Row(route: .sor, codes: ["03", "04"] + immediate, outcomes: "y y - y - c y y c"),
    Row(route: .sor, codes: ["02", "21", "22", "23", "24"], outcomes: "- - - - - c - - c"),
    Row(route: .sor, codes: ["05", "06", "07"], outcomes: "- - - - - - - - c"),

    // Before the after-market of 2026-09-14, auctions every ten minutes.
    Row(route: .krx, codes: ["07"], outcomes: "c - - - - - - y c", date: "2026-09-11"),
    Row(route: .krx, codes: ["00", "01", "03"], outcomes: "c ? ? y ? c c c c", date: "2026-09-11"),
  ]

  @Test(
    "Each code is taken where and when it may be, and refused for its kind or for the hour elsewhere", arguments: rows)
  func table(row: Row) {
    let outcomes = row.outcomes.split(separator: " ").map(String.init)
    #expect(outcomes.count == OrderDivisionTests.times.count)
    for code in row.codes {
      for (time, expected) in zip(OrderDivisionTests.times, outcomes) where expected != "?" {
        #expect(outcome(of: code, row.route, at: time, on: row.date) == expected, "\(code) at \(time)")
      }
    }
  }

  private func outcome(
    of code: String, _ route: OrderRoute, at time: ClockTime, on date: CalendarDate
  ) -> String {
    let share = Security("005930", .korea(.kospi, .share, isOnNextrade: true))
    let ticks = PriceTicks(of: .share, on: .kospi, at: date)
    let day = SecurityDay(base: 70_000, ticks: ticks, limits: PriceLimits(around: 70_000, percent: 30, ticks: ticks))
    let moment = TradingMoment(date, time)
    var exchange = Exchange(now: moment)
    exchange.setAccount(Account(cash: ["KRW": 1_000_000]), named: "12345678-01")
    let result = exchange.place(
      ClientOrder(
        account: "12345678-01", security: share, day: day, side: .buy,
        kind: OrderDivision.kind(of: code), route: route, price: 70_000, trigger: 71_000, quantity: 1),
      at: moment)
    switch result {
    case .success: return "y"
    case .failure(.kindNotAllowed): return "-"
    case .failure(.beforeOpen), .failure(.afterClose): return "c"
    case .failure(let other):
      Issue.record("\(code) at \(time): \(other)")
      return "!"
    }
  }

  @Test("Every code of the table is a kind, all kinds differ, and others are none")
  func codes() {
    let codes = Set(OrderDivisionTests.rows.flatMap(\.codes))
    #expect(codes.count == 18)
    #expect(Set(codes.compactMap { OrderDivision.kind(of: $0) }).count == codes.count)
    for code in codes { #expect(OrderDivision.kind(of: code).map { OrderDivision.code(of: $0).code } == code) }
    for code in ["", "0", "08", "17", "20", "25", "99"] { #expect(OrderDivision.kind(of: code) == nil) }
  }
}
