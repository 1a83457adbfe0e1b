import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

/// Days that pass for an account, and the lists of what it traded.
@Suite("An account's days")
struct AccountDaysTests {
  /// Four o'clock: prices stand, and trading at the close fills at once.
  private static let afternoon = OneMarketTests.moment.startOfDay + .seconds(15 * 3_600 + 2_700)

  private func fixture(at start: KoreanTime = OneMarketTests.moment) throws -> SandboxFixture {
    try OneMarketTests.fixture(at: start)
  }

  private func totals(_ caller: Caller) async throws -> (first: JSONValue, totals: JSONValue) {
    let answer = await caller.balance()
    return (answer.rows("output1").first ?? [:], try #require(answer.rows("output2").first, "\(answer.text)"))
  }

  private func set(_ fixture: SandboxFixture, _ holdings: [(code: String, quantity: Int)]) async throws {
    _ = try await fixture.sandbox.setAccount(
      AccountChoice(
        account: "12345678-01", cash: 1_000_000_000,
        holdings: holdings.map { .init(code: $0.code, quantity: $0.quantity, average: 10_000_000) }))
  }

  private func number(_ row: JSONValue, _ name: String) throws -> Int {
    try #require(row[name]?.string.flatMap { Int($0) }, "\(name) \(row.text)")
  }

  @Test(
    "A sale is paid on the second trading day after it, though nothing else is ordered; yesterday's trades are told")
  func settlement() async throws {
    // A Monday; Thursday and Friday are holidays.
    let fixture = try fixture(at: Self.afternoon)
    try await set(fixture, [("005930", 10)])
    let caller = await fixture.caller()
    let sale = try await caller.ask(
      "domestic-stock/v1/trading/order-cash", "TTTC0011U",
      saying: ["PDNO": "005930", "ORD_DVSN": "06", "ORD_QTY": "4", "ORD_UNPR": "0"])
    #expect(sale.json["rt_cd"] == "0", "\(sale.text)")
    let today = try await totals(caller).totals
    let received = try number(today, "thdt_sll_amt")
    let costs = try number(today, "thdt_tlex_amt")
    let paid = 1_000_000_000 + received - costs
    #expect(received > 0 && today["bfdy_sll_amt"] == "0")
    #expect(today["dnca_tot_amt"] == "1000000000" && today["nxdy_excc_amt"] == "1000000000")
    #expect(today["prvs_rcdl_excc_amt"]?.string == "\(paid)")

    var days: [CalendarDate: (first: JSONValue, totals: JSONValue)] = [:]
    for _ in 0..<40 where days.count < 2 {
      await fixture.advance(3_600)
      let day = await fixture.sandbox.marketTime
      guard TradingMoment(day).date > "2026-09-21", days[TradingMoment(day).date] == nil else { continue }
      days[TradingMoment(day).date] = try await totals(await fixture.caller())
    }
    let next = try #require(days["2026-09-22"])
    #expect(next.totals["dnca_tot_amt"] == "1000000000" && next.totals["nxdy_excc_amt"]?.string == "\(paid)")
    #expect(next.totals["thdt_sll_amt"] == "0" && next.totals["thdt_tlex_amt"] == "0")
    #expect(next.totals["bfdy_sll_amt"]?.string == "\(received)" && next.totals["bfdy_tlex_amt"]?.string == "\(costs)")
    #expect(next.first["bfdy_sll_qty"] == "4" && next.first["thdt_sll_qty"] == "0")
    let second = try #require(days["2026-09-23"])
    #expect(second.totals["dnca_tot_amt"]?.string == "\(paid)" && second.totals["bfdy_sll_amt"] == "0")
    #expect(second.first["bfdy_sll_qty"] == "0")
  }

  @Test(
    "Realised profit is listed once, page after page, and its rows sum to the totals",
    arguments: [("inquire-period-trade-profit", "TTTC8715R"), ("inquire-period-profit", "TTTC8708R")])
  func profits(api: String, id: String) async throws {
    let fixture = try fixture()
    // More rows than a page of this list has.
    let codes = Array(
      KnownCodes.standard.instruments.filter { $0.kind == .share }.map(\.code).prefix(33))
    try await set(fixture, codes.map { ($0, 2) })
    let caller = await fixture.caller()
    for code in codes {
      let sale = await caller.order("TTTC0011U", code: code, shares: 1)
      #expect(sale.json["rt_cd"] == "0", "\(code) \(sale.text)")
    }
    var (cursor, rows, marks): (String, [JSONValue], [String]) = ("", [], [])
    repeat {
      let api = try #require(Catalogue.rest(path: "/uapi/domestic-stock/v1/trading/" + api))
      let values = [
        "CANO": "12345678", "ACNT_PRDT_CD": "01", "INQR_STRT_DT": "20260901", "INQR_END_DT": "20260921",
        "SORT_DVSN": "01", "CTX_AREA_NK100": cursor,
      ]
      let answer = await caller.ask(
        api.path, TransactionID(id), api.parameters.map { ($0.name, values[$0.name] ?? "") },
        headers: marks.isEmpty ? [:] : ["tr_cont": "N"])
      rows += answer.rows("output1")
      marks.append(answer.header("tr_cont") ?? "")
      cursor = answer.json["ctx_area_nk100"]?.string ?? ""
      let sum = try rows.reduce(0) { $0 + (try number($1, "rlzt_pfls")) }
      if marks.last == "D" {
        #expect(answer.rows("output2").first?["tot_rlzt_pfls"]?.string == "\(sum)")
      }
    } while ["F", "M"].contains(marks.last) && marks.count < 9
    let isByTrade = id == "TTTC8715R"
    #expect(marks == (isByTrade ? ["F", "D"] : ["D"]))
    #expect(rows.count == (isByTrade ? codes.count : 1))
    if isByTrade { #expect(Set(rows.map { $0["pdno"]?.string }).count == codes.count) }
  }

  @Test("What a loan paid for and what was paid in cash are rows of their own, each with what is left of it")
  func loans() async throws {
    let fixture = try fixture()
    try await set(fixture, [("005930", 10)])
    let caller = await fixture.caller()
    let credit = ["PDNO": "005930", "ORD_DVSN": "01", "ORD_UNPR": "0", "LOAN_DT": "20260921"]
    let path = "domestic-stock/v1/trading/order-credit"
    for (id, kind, quantity) in [("TTTC0052U", "21", "5"), ("TTTC0051U", "25", "2")] {
      let answer = try await caller.ask(
        path, TransactionID(id), saying: credit.merging(["CRDT_TYPE": kind, "ORD_QTY": quantity]) { $1 })
      #expect(answer.json["rt_cd"] == "0", "\(answer.text)")
    }
    _ = await caller.order("TTTC0011U", shares: 4)
    let rows = try await caller.ask(
      "domestic-stock/v1/trading/inquire-period-trade-profit", "TTTC8715R",
      saying: ["INQR_STRT_DT": "20260921", "INQR_END_DT": "20260921", "SORT_DVSN": "01"]
    ).rows("output1")
    let told = rows.map { row in ["loan_dt", "trad_dvsn_name", "sll_qty", "hldg_qty"].map { row[$0]?.string } }
    #expect(told == [["", "현금", "4", "6"], ["20260921", "신용", "2", "3"]])
  }

  @Test("What a balance says of a change and of a loan has the places that were captured")
  func forms() async throws {
    let fixture = try fixture()
    try await set(fixture, [])
    let caller = await fixture.caller()
    let bought = try await caller.ask(
      "domestic-stock/v1/trading/order-credit", "TTTC0052U",
      saying: [
        "PDNO": "005930", "CRDT_TYPE": "21", "LOAN_DT": "20260921", "ORD_DVSN": "01", "ORD_QTY": "4", "ORD_UNPR": "0",
      ])
    #expect(bought.json["rt_cd"] == "0", "\(bought.text)")
    let line = try await totals(caller).first
    let rate = try #require(line["fltt_rt"]?.string)
    #expect(rate.hasSuffix("000000") && rate.split(separator: ".").last?.count == 8, "\(rate)")
    let lent = try #require(line["stck_loan_unpr"]?.string)
    let amount = try number(line, "loan_amt")
    #expect(lent.split(separator: ".").last?.count == 4 && Double(lent) == Double(amount) / 4, "\(lent)")
  }

  @Test("A list of holdings ends where they end")
  func onePage() async throws {
    let fixture = try fixture()
    try await set(fixture, [("005930", 10), ("000660", 1)])
    let answer = await fixture.caller().balance()
    #expect(answer.rows("output1").count == 2 && answer.header("tr_cont") == "D")
  }
}
