import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("What clients trade and wait for is in the tape and the books of their own sandbox")
struct OwnTapeTests {
  private static let code = "005930"

  private func fixture(
    at second: Double = 3_600.1, _ scenario: String = "{}", _ events: [(second: Double, text: String)] = []
  ) throws -> SandboxFixture {
    let scenario = try Scenario(parsing: scenario, file: "own.yaml")
    return try SandboxFixture(events, at: SandboxFixture.open + .seconds(second)) {
      let recordings = $0.recordings
      $0 = SandboxConfiguration(scenario: scenario)
      $0.recordings = recordings
      $0.heartbeat.rhythm = .never
      $0.limits.requestsPerSecond = 0
    }
  }

  private func records(_ sink: RecordingSink, _ id: TransactionID) throws -> [Record] {
    let dialect = try Dialect(day: "2026-09-21", venue: .real)
    return try sink.frames.map { try Frame(parsing: $0) }.filter { $0.transactionID == id }
      .flatMap { try $0.records(in: dialect) }
  }

  private func book(_ caller: Caller) async -> JSONValue {
    await caller.ask(
      "FHKST01010200", [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", Self.code)]
    ).json["output1"] ?? .null
  }

  private func whole(_ row: JSONValue?, _ name: String) -> Int { row?[name]?.string.flatMap { Int($0) } ?? -1 }

  /// Buys so much that the first level of asks is taken, and a part of the second.
  private func take(_ caller: Caller) async throws -> (levels: [(price: Int, quantity: Int)], number: String) {
    let before = await book(caller)
    let (best, next) = (whole(before, "askp1"), whole(before, "askp2"))
    let first = whole(before, "askp_rsqn1")
    let number = try #require(
      await caller.order("TTTC0012U", shares: first + 1, price: next).json["output"]?["ODNO"]?.string)
    return ([(best, first), (next, 1)], number)
  }

  private static let rich = """
    accounts: [{account: 12345678-01, cash: 900000000000000}]
    """

  @Test(
    "Each part of an order that takes has a print, inside the book that it met, and the totals count it once",
    arguments: [3_600.1, 3_600.25, 3_600.999])
  func taken(second: Double) async throws {
    let fixture = try self.fixture(at: second, Self.rich)
    let client = try await fixture.listener("H0STCNT0", Self.code)
    let caller = await fixture.caller()
    await fixture.advance(10)
    let told = try records(client.sink, "H0STCNT0").count
    let (levels, _) = try await take(caller)
    let price = await caller.price().json["output"]
    #expect(whole(price, "stck_prpr") == levels[1].price, "the last trade is the client's own")
    await fixture.advance(0.25)
    let prints = try records(client.sink, "H0STCNT0").dropFirst(told)
    for level in levels {
      #expect(
        prints.contains {
          $0["STCK_PRPR"] == "\(level.price)" && $0["CNTG_VOL"] == "\(level.quantity)" && $0["CCLD_DVSN"] == "1"
        })
    }
    await fixture.advance(5)
    let all = try records(client.sink, "H0STCNT0")
    let volumes = all.compactMap { $0.whole("ACML_VOL") }
    #expect(zip(volumes, volumes.dropFirst()).allSatisfy { $0 < $1 }, "totals only grow")
    for (before, after) in zip(all, all.dropFirst()) {
      #expect(after.whole("ACML_VOL") == (before.whole("ACML_VOL") ?? 0) + (after.whole("CNTG_VOL") ?? 0))
    }
    let times = all.compactMap { $0.whole("STCK_CNTG_HOUR") }
    #expect(times == times.sorted())
  }

  @Test("Price, trades, minutes and days count them too")
  func views() async throws {
    let (plain, fixture) = (try self.fixture(), try self.fixture(at: 3_600.1, Self.rich))
    let (other, caller) = (await plain.caller(), await fixture.caller())
    let (levels, _) = try await take(caller)
    await fixture.advance(120)
    await plain.advance(120)
    let own = levels.reduce(0) { $0 + $1.quantity }
    let (price, without) = (await caller.price().json["output"], await other.price().json["output"])
    #expect(whole(price, "acml_vol") == whole(without, "acml_vol") + own)
    #expect(
      whole(price, "acml_tr_pbmn") == whole(without, "acml_tr_pbmn")
        + levels.reduce(0) { $0 + $1.price * $1.quantity })
    let minutes = [
      ("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", Self.code), ("FID_INPUT_HOUR_1", "100100"),
      ("FID_PW_DATA_INCU_YN", "N"), ("FID_ETC_CLS_CODE", ""),
    ]
    func minute(_ caller: Caller) async -> JSONValue? {
      await caller.ask("FHKST03010200", minutes).rows("output2").first { $0["stck_cntg_hour"]?.string == "100000" }
    }
    let (counted, uncounted) = (await whole(minute(caller), "cntg_vol"), await whole(minute(other), "cntg_vol"))
    #expect(counted == uncounted + own)
    let trades = await caller.ask(
      "/uapi/domestic-stock/v1/quotations/inquire-time-itemconclusion", "FHPST01060000",
      [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", Self.code), ("FID_INPUT_HOUR_1", "100000")]
    ).rows("output2")
    #expect(trades.contains { $0["cnqn"]?.string == "\(levels[0].quantity)" })
  }

  @Test("What waits is in its level, asked for and streamed, until it is cancelled; no book is crossed")
  func levels() async throws {
    let fixture = try self.fixture()
    let client = try await fixture.listener("H0STASP0", Self.code)
    let caller = await fixture.caller()
    await fixture.advance(2)
    let bid = await whole(book(caller), "bidp3")
    let plain = await whole(book(caller), "bidp_rsqn3")
    let number = try #require(
      await caller.order("TTTC0012U", shares: 7, price: bid).json["output"]?["ODNO"]?.string)
    #expect(await whole(book(caller), "bidp_rsqn3") == plain + 7)
    await fixture.sandbox.runUntilIdle()
    let told = try #require(try records(client.sink, "H0STASP0").last)
    #expect(told.whole("BIDP_RSQN3") == plain + 7, "a book with it leaves at once")
    _ = await caller.ask(
      "/uapi/domestic-stock/v1/trading/order-rvsecncl", "TTTC0013U",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("KRX_FWDG_ORD_ORGNO", "06010"), ("ORGN_ODNO", number),
        ("ORD_DVSN", "00"), ("RVSE_CNCL_DVSN_CD", "02"), ("ORD_QTY", "0"), ("ORD_UNPR", "0"),
        ("QTY_ALL_ORD_YN", "Y"),
      ])
    #expect(await whole(book(caller), "bidp_rsqn3") == plain)
    await fixture.sandbox.runUntilIdle()
    #expect(try records(client.sink, "H0STASP0").last?.whole("BIDP_RSQN3") == plain)
  }

  @Test("What an order leaves beyond the asks that it took is the best bid, and the asks there are gone")
  func uncrossed() async throws {
    let fixture = try self.fixture(at: 3_600.1, Self.rich)
    let client = try await fixture.listener("H0STASP0", Self.code)
    let caller = await fixture.caller()
    let before = await book(caller)
    let price = whole(before, "askp1")
    _ = await caller.order("TTTC0012U", shares: whole(before, "askp_rsqn1") + 5, price: price)
    let after = await book(caller)
    #expect(whole(after, "bidp1") == price && whole(after, "bidp_rsqn1") == 5)
    #expect(whole(after, "askp1") == whole(before, "askp2"))
    await fixture.advance(20)
    for book in try records(client.sink, "H0STASP0") {
      #expect((book.whole("BIDP1") ?? 0) < (book.whole("ASKP1") ?? .max))
    }
  }

  @Test("Steered fills are in the tape as well, and so are those of NXT in its own and in the sum")
  func nextrade() async throws {
    let fixture = try self.fixture(at: 3_600.1, "{orders: [{do: fill}]}")
    let (nxt, sum) = (
      try await fixture.listener("H0NXCNT0", Self.code), try await fixture.listener("H0UNCNT0", Self.code, appKey: "b")
    )
    let krx = try await fixture.listener("H0STCNT0", Self.code, appKey: "c")
    let caller = await fixture.caller()
    let price = await whole(caller.price().json["output"], "stck_prpr")
    _ = await caller.ask(
      "/uapi/domestic-stock/v1/trading/order-cash", "TTTC0012U",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("PDNO", Self.code), ("ORD_DVSN", "00"), ("ORD_QTY", "3"),
        ("ORD_UNPR", "\(price)"), ("EXCG_ID_DVSN_CD", "NXT"),
      ])
    await fixture.advance(0.25)
    func own(_ sink: RecordingSink, _ id: TransactionID) throws -> Int {
      try records(sink, id).count {
        $0["CNTG_VOL"] == "3" && $0["STCK_PRPR"] == "\(price)" && ($0["CCLD_DVSN"] ?? $0["CNTG_CLS_CODE"]) == "1"
      }
    }
    #expect(try own(nxt.sink, "H0NXCNT0") >= 1)
    #expect(try own(sum.sink, "H0UNCNT0") >= own(nxt.sink, "H0NXCNT0"))
    let plain = try self.fixture()
    let quiet = try await plain.listener("H0STCNT0", Self.code)
    await plain.advance(0.25)
    #expect(try own(krx.sink, "H0STCNT0") == own(quiet.sink, "H0STCNT0"), "not in KRX's")
  }

  @Test("In the shadow of the market nothing of it shows")
  func shadow() async throws {
    func heard(_ scenario: String, orders: Bool) async throws -> [String] {
      let fixture = try self.fixture(at: 3_600.1, scenario)
      let client = try await fixture.listener("H0STCNT0", Self.code)
      await fixture.register(
        client.id, "H0STASP0", Self.code, approvalKey: await fixture.approvalKey())
      let caller = await fixture.caller()
      if orders {
        _ = try await take(caller)
        _ = await caller.order("TTTC0012U", shares: 7, price: await whole(book(caller), "bidp3"))
      }
      await fixture.advance(10)
      return client.sink.frames
    }
    let quiet = try await heard(Self.rich, orders: false)
    #expect(try await heard(Self.rich + "\nexchange: {prints: shadow}", orders: true) == quiet)
    #expect(try await heard(Self.rich, orders: true) != quiet)
  }

  // MARK: Over a recording

  private static func trade(_ time: String, _ price: Int, _ size: Int, _ volume: Int) throws -> String {
    try message("H0STCNT0") {
      switch $0 {
      case "MKSC_SHRN_ISCD": code
      case "STCK_CNTG_HOUR": time
      case "STCK_PRPR", "STCK_HGPR", "STCK_LWPR": "\(price)"
      case "STCK_OPRC": "250000"
      case "PRDY_VRSS": "500"
      case "CNTG_VOL": "\(size)"
      case "ACML_VOL": "\(volume)"
      case "ACML_TR_PBMN": "\(volume * price)"
      case "CCLD_DVSN": "1"
      default: "0"
      }
    }
  }

  private static func book(_ time: String, ask: Int) throws -> String {
    try message("H0STASP0") { name in
      let level = Int(name.drop { !$0.isNumber }) ?? 0
      return switch name {
      case "MKSC_SHRN_ISCD": code
      case "BSOP_HOUR": time
      case _ where name.hasPrefix("ASKP_RSQN"): "10"
      case _ where name.hasPrefix("BIDP_RSQN"): "20"
      case _ where name.hasPrefix("ASKP"): "\(ask + 500 * (level - 1))"
      case _ where name.hasPrefix("BIDP"): "\(ask - 500 * level)"
      case "TOTAL_ASKP_RSQN": "100"
      case "TOTAL_BIDP_RSQN": "200"
      default: "0"
      }
    }
  }

  private static func message(_ id: TransactionID, _ value: (String) -> String) throws -> String {
    let layout = try Dialect(day: "2026-09-21", venue: .real).layout(of: id)
    return String(decoding: layout.message([layout.record { value($0) }]), as: UTF8.self)
  }

  @Test("What clients traded is in the day before and in the year's range too, whatever was asked before")
  func daysBehind() throws {
    let market = QuotedMarket(seed: 1)
    let share = market.instrument(Self.code)
    let (day, noon): (CalendarDate, TradingMoment) = ("2026-09-21", TradingMoment("2026-09-22", ClockTime(12, 0)))
    let before = market.quote(share, at: noon).details
    let (high, volume) = (before.year.high.price, before.dayBefore.volume)
    let session = TradingMoment(day, ClockTime(10, 0))
    market.own.add(
      Print(time: session.time, price: high + 500, size: 3, side: .buy, bid: high, ask: high + 500), of: Self.code,
      on: .krx, session: session)
    let after = market.quote(share, at: noon).details
    #expect(after.dayBefore == market.days(share, from: day, through: day).first)
    #expect(after.dayBefore.volume == volume + 3 && after.dayBefore.high == high + 500)
    #expect(after.year.high.price == high + 500 && after.year.high.date == day)
    #expect(after.calendarYear.high.price == high + 500)
  }

  @Test("An order that waited for a recorded opening is filled there, also when time leaps past it")
  func recordedOpening() async throws {
    let events = [
      (second: 20.0, text: try Self.trade("090020", 250_000, 500, 500)),
      (second: 21.0, text: try Self.book("090021", ask: 250_500)),
      (second: 600.0, text: try Self.trade("091000", 251_000, 5, 505)),
      (second: 900.0, text: try Self.trade("091500", 251_000, 5, 510)),
    ]
    let fixture = try fixture(at: 0, Self.rich + "\nstart: \"08:50:00\"", events)
    let trades = try await fixture.listener("H0STCNT0", Self.code)
    let caller = await fixture.caller()
    #expect(await caller.order("TTTC0012U", shares: 3).json["rt_cd"] == "0")
    await fixture.advance(1_260)
    let row = try #require(await caller.dailyOrders().rows("output1").first)
    #expect(row["tot_ccld_qty"] == "3" && row["tot_ccld_amt"] == "750000", "at the recorded opening price")
    let told = try records(trades.sink, "H0STCNT0").compactMap { $0.whole("ACML_VOL") }
    #expect(told == [500, 505], "the recorded opening tells of it")
  }

  @Test("Recorded trades and books are sent with what clients traded and wait for, and REST tells the same")
  func recorded() async throws {
    let events = [
      (second: 3_600.0, text: try Self.trade("100000", 250_000, 5, 1_000)),
      (second: 3_600.5, text: try Self.book("100000", ask: 250_500)),
      (second: 3_605.0, text: try Self.trade("100005", 250_000, 5, 1_005)),
      (second: 3_605.5, text: try Self.book("100005", ask: 250_500)),
      (second: 3_700.0, text: try Self.trade("100140", 250_000, 5, 1_010)),
      (second: 3_700.5, text: try Self.book("100140", ask: 250_500)),
    ]
    let fixture = try self.fixture(at: 0, Self.rich + "\nstart: \"10:00:00\"", events)
    let trades = try await fixture.listener("H0STCNT0", Self.code)
    await fixture.register(trades.id, "H0STASP0", Self.code, approvalKey: await fixture.approvalKey())
    let caller = await fixture.caller()
    await fixture.advance(1)
    #expect(await whole(book(caller), "askp1") == 250_500, "REST tells the recorded book")

    _ = await caller.order("TTTC0012U", shares: 12, price: 251_000)
    _ = await caller.order("TTTC0012U", shares: 4, price: 249_500)
    await fixture.sandbox.runUntilIdle()
    var told = try records(trades.sink, "H0STCNT0")
    #expect(told.map { $0["CNTG_VOL"] } == ["5", "10", "2"])
    #expect(told.map { $0["STCK_PRPR"] } == ["250000", "250500", "251000"])
    #expect(told.map { $0["ACML_VOL"] } == ["1000", "1010", "1012"])
    var books = try records(trades.sink, "H0STASP0")
    #expect(books.last?["BIDP_RSQN2"] == "24" && books.last?["TOTAL_BIDP_RSQN"] == "204")
    let price = await caller.price().json["output"]
    #expect(whole(price, "stck_prpr") == 251_000 && whole(price, "acml_vol") == 1_012)
    #expect(await whole(book(caller), "bidp_rsqn2") == 24)

    await fixture.advance(6)
    told = try records(trades.sink, "H0STCNT0")
    #expect(told.last?["ACML_VOL"] == "1017" && told.last?["STCK_PRPR"] == "250000")
    #expect(told.last?["STCK_HGPR"] == "251000" && told.last?["SHNU_CNTG_SMTN"] == "12")
    books = try records(trades.sink, "H0STASP0")
    #expect(books.last?["BSOP_HOUR"] == "100005" && books.last?["BIDP_RSQN2"] == "24")
    #expect(await whole(caller.price().json["output"], "stck_prpr") == 250_000, "the market traded after that")
  }
}
