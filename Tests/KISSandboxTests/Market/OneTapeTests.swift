import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

/// What is traded where and when: venues, auctions, evenings, interruptions, programs, in streams and answers.
@Suite("A stream and an answer tell one tape")
struct OneTapeTests {
  private func share(_ code: String, _ market: String = "J") -> [(String, String)] {
    [("FID_COND_MRKT_DIV_CODE", market), ("FID_INPUT_ISCD", code)]
  }

  private func first(_ answer: RESTAnswer, _ output: String) throws -> JSONValue {
    try #require(answer.rows(output).first, "\(answer.text)")
  }

  private func number(_ row: JSONValue, _ name: String) throws -> Int {
    try #require(row[name]?.string.flatMap { Int($0) }, "\(name) \(row.text)")
  }

  private func last(_ client: RecordingSink, _ id: TransactionID) throws -> Record {
    let frames = try client.frames.map { try Frame(parsing: $0) }.filter { $0.transactionID == id }
    return try #require(try frames.last.map { try $0.records(in: Dialect.latest()) }?.last, "\(id)")
  }

  private func fixture(_ time: String, before seconds: Double = 30) throws -> SandboxFixture {
    let parts = time.split(separator: ":").compactMap { Int($0) }
    let second = parts[0] * 3_600 + parts[1] * 60 + parts[2]
    return try OneMarketTests.fixture(
      at: OneMarketTests.moment.startOfDay + .nanoseconds(Int64((Double(second) - seconds) * 1e9)))
  }

  @Test(
    "What KRX and NXT trade is together what both do: now, in the minutes, and on the days before",
    arguments: ["005930", "000660", "247540", "145020"])
  func venues(code: String) async throws {
    let fixture = try fixture("14:14:20")
    let clients = try await [("J", "H0STCNT0"), ("NX", "H0NXCNT0"), ("UN", "H0UNCNT0")].asyncMap {
      ($0.0, TransactionID($0.1), try await fixture.listener(TransactionID($0.1), code, appKey: $0.0).sink)
    }
    await fixture.advance(30)
    let caller = await fixture.caller()
    var volumes: [String: [String: Int]] = [:]
    for (market, id, sink) in clients {
      let price = try first(await caller.ask("FHKST01010100", filling: share(code, market)), "output")
      let trade = try last(sink, id)
      for (field, name) in [
        ("STCK_PRPR", "stck_prpr"), ("ACML_VOL", "acml_vol"), ("ACML_TR_PBMN", "acml_tr_pbmn"),
        ("STCK_OPRC", "stck_oprc"), ("STCK_HGPR", "stck_hgpr"), ("STCK_LWPR", "stck_lwpr"),
      ] { #expect(trade[field] == price[name]?.string, "\(code) \(id) \(field)") }
      let hour = [("FID_INPUT_HOUR_1", "141420")]
      let minutes = await caller.ask("FHKST03010200", filling: share(code, market) + hour).rows("output2")
      #expect(
        minutes.first?["acml_tr_pbmn"] == price["acml_tr_pbmn"] && minutes.first?["stck_prpr"] == price["stck_prpr"])
      let days = await caller.ask("FHKST01010400", filling: share(code, market) + [("FID_PERIOD_DIV_CODE", "D")])
      volumes[market] = [
        "now": try number(price, "acml_vol"), "won": try number(price, "acml_tr_pbmn"),
        "minute": try number(try #require(minutes.dropFirst(3).first), "cntg_vol"),
        "day before": try number(try #require(days.rows("output").dropFirst().first), "acml_vol"),
      ]
    }
    for (what, krx) in volumes["J"] ?? [:] {
      let nxt = try #require(volumes["NX"]?[what])
      #expect(volumes["UN"]?[what] == krx + nxt && (nxt > 0 || what == "minute"), "\(code) \(what)")
    }
  }

  @Test(
    "What an auction would trade is the same in its stream, the book and the trend",
    arguments: ["08:50:00", "15:25:00"], ["005930", "247540"])
  func auction(time: String, code: String) async throws {
    let fixture = try fixture(time)
    let client = try await fixture.listener("H0STANC0", code)
    await fixture.advance(30)
    let caller = await fixture.caller()
    let book = try first(await caller.ask("FHKST01010200", filling: share(code)), "output2")
    let trend = try first(await caller.ask("FHPST01810000", filling: share(code)), "output1")
    let record = try last(client.sink, "H0STANC0")
    #expect(record["STCK_PRPR"] == book["antc_cnpr"]?.string && book["antc_cnpr"] == trend["antc_cnpr"])
    #expect(record["CNTG_VOL"] == book["antc_vol"]?.string && book["antc_vol"] == trend["antc_vol"])
    #expect(try number(trend, "antc_tr_pbmn") == number(trend, "antc_cnpr") * number(trend, "antc_vol"))
  }

  @Test(
    "A trade of both venues is told with the book that it met: prices, quantities and totals are one venue's",
    arguments: ["005930", "247540"])
  func bookOfBothVenues(code: String) throws {
    let quotes = QuotedMarket(seed: 1)
    let instrument = quotes.instrument(code)
    let date: CalendarDate = "2026-09-21"
    var quote = quotes.quote(instrument, at: TradingMoment(date, ClockTime(10, 0)), tape: .unified)
    var venues: Set<TradingVenue> = []
    for print in quotes.prints(
      instrument, on: date, after: ClockTime(10, 0), through: ClockTime(10, 2), tape: .unified)
    {
      let moment = TradingMoment(date, print.time)
      quote.record(print, details: QuoteDetails(instrument, at: moment, tape: .unified, in: quotes))
      let venue = try #require(print.venue)
      venues.insert(venue)
      let book = quotes.book(instrument, at: moment, tape: venue == .nxt ? .nxt : .krx)
      #expect(quote.book == book)
      #expect(quote.tradeValue(of: "ASKP1") == "\(book.bestAsk)" && quote.tradeValue(of: "BIDP1") == "\(book.bestBid)")
    }
    #expect(venues == [.krx, .nxt])
  }

  @Test("Programs trade at NXT too, and at both venues what they do at each", arguments: ["005930", "247540"])
  func programsOfVenues(code: String) async throws {
    let fixture = try fixture("14:14:20")
    let clients = try await ["H0STPGM0", "H0NXPGM0", "H0UNPGM0"].asyncMap {
      (TransactionID($0), try await fixture.listener(TransactionID($0), code, appKey: $0).sink)
    }
    await fixture.advance(30)
    let records = try clients.map { try last($0.1, $0.0) }
    for name in ["SELN_CNQN", "SELN_TR_PBMN", "SHNU_CNQN", "SHNU_TR_PBMN", "NTBY_CNQN", "NTBY_TR_PBMN"] {
      let told = try records.map { try #require($0.whole(name)) }
      #expect(told[2] == told[0] + told[1] && told[1] != 0, "\(name) \(told)")
    }
    let caller = await fixture.caller()
    let rows = try await ["J", "NX", "UN"].asyncMap {
      try first(await caller.ask("FHPPG04650101", filling: share(code, $0)), "output")
    }
    let bought = try rows.map { try number($0, "whol_smtn_shnu_vol") }
    #expect(bought[2] == bought[0] + bought[1])
  }

  @Test(
    "Outside of auctions the book has what the last one traded, as captures have it",
    arguments: [("10:14:00", "09:01:00"), ("15:45:00", "15:31:00")])
  func lastAuction(time: String, over: String) async throws {
    let fixture = try fixture(time, before: 0)
    let caller = await fixture.caller()
    let quotes = QuotedMarket(seed: 1)
    let parts = over.split(separator: ":").compactMap { Int($0) }
    let auctions = quotes.prints(
      quotes.instrument("005930"), on: "2026-09-21", after: ClockTime(8, 0), through: ClockTime(parts[0], parts[1])
    ).filter { $0.side == nil }
    let traded = try #require(auctions.last).size
    let answer = try first(await caller.ask("FHKST01010200", filling: share("005930")), "output2")
    #expect(answer["antc_vol"]?.string == "\(traded)")
    let book = try await HeardStream("H0STASP0", "005930", seconds: 3).named.last
    #expect(book?["ANTC_CNQN"] == "0" && book?["ANTC_CNPR"] == "0")
    #expect(try #require(book?.whole("ANTC_VOL")) > 0)
  }

  @Test("Totals of a warrant's book, and of its liquidity providers, are the sums of their levels")
  func totalsOfWarrants() async throws {
    let record = try #require(try await HeardStream("H0EWASP0", "57JN53", seconds: 30).named.last)
    for (total, level) in [
      ("TOTAL_ASKP_RSQN", "ASKP_RSQN"), ("TOTAL_BIDP_RSQN", "BIDP_RSQN"), ("LP_TOTAL_ASKP_RSQN", "LP_ASKP_RSQN"),
      ("LP_TOTAL_BIDP_RSQN", "LP_BIDP_RSQN"),
    ] {
      let levels = try (1...10).map { try #require(record.whole("\(level)\($0)")) }
      #expect(record.whole(total) == levels.reduce(0, +), "\(total)")
    }
  }

  @Test("The evening is one in its stream, its price, its trades and its days", arguments: ["005930", "247540"])
  func evening(code: String) async throws {
    let fixture = try fixture("16:40:00", before: 300)
    let client = try await fixture.listener("H0STOUP0", code)
    await fixture.advance(300)
    let caller = await fixture.caller()
    let price = try first(await caller.ask("FHPST02300000", filling: share(code)), "output")
    let trades = await caller.ask("FHPST02310000", filling: share(code) + [("FID_HOUR_CLS_CODE", "1")])
    let day = try first(await caller.ask("FHPST02320000", filling: share(code)), "output2")
    let record = try last(client.sink, "H0STOUP0")
    #expect(record["STCK_PRPR"] == price["ovtm_untp_prpr"]?.string)
    #expect(record["ACML_VOL"] == price["ovtm_untp_vol"]?.string)
    #expect(record["ACML_TR_PBMN"] == price["ovtm_untp_tr_pbmn"]?.string)
    #expect(record["ACML_VOL"] == trades.rows("output2").first?["acml_vol"]?.string)
    #expect(record["STCK_CNTG_HOUR"] == trades.rows("output2").first?["stck_cntg_hour"]?.string)
    #expect(day["ovtm_untp_vol"] == price["ovtm_untp_vol"] && day["ovtm_untp_prpr"] == price["ovtm_untp_prpr"])
    // The regular session's own figures stand beside it.
    let regular = try first(await caller.ask("FHKST01010100", filling: share(code)), "output")
    #expect(day["acml_vol"] == regular["acml_vol"] && price["ovtm_untp_sdpr"] == regular["stck_prpr"])
  }

  @Test("An interruption is in its stream, its list and its price, and over in all of them")
  func interruption() async throws {
    let fixture = try OneMarketTests.fixture()
    let client = try await fixture.listener("H0STVIC0", "005930")
    await fixture.sandbox.halt("005930", at: OneMarketTests.moment + .seconds(10))
    let caller = await fixture.caller()
    func row() async throws -> JSONValue {
      let list = await caller.ask("FHPST01390000", filling: [("FID_INPUT_DATE_1", "20260921")]).rows("output")
      return try #require(list.first { $0["mksc_shrn_iscd"] == "005930" })
    }
    for (seconds, state) in [(30.0, "Y"), (300, "N")] {
      await fixture.advance(seconds)
      let listed = try await row()
      let record = try last(client.sink, "H0STVIC0")
      let price = try first(await caller.ask("FHKST01010100", filling: share("005930")), "output")
      #expect(listed["vi_cls_code"]?.string == state && price["vi_cls_code"]?.string == state)
      for (field, name) in [
        ("VI_CLS_CODE", "vi_cls_code"), ("CNTG_VI_HOUR", "cntg_vi_hour"), ("VI_CNCL_HOUR", "vi_cncl_hour"),
        ("VI_PRC", "vi_prc"), ("VI_STND_PRC", "vi_stnd_prc"), ("VI_KIND_CODE", "vi_kind_code"),
        ("VI_COUNT", "vi_count"),
      ] { #expect(record[field] == listed[name]?.string, "\(field) after \(seconds) s") }
    }
  }

  @Test("Whose orders programs carried out adds up to what they traded, and nobody's exceed what he traded")
  func programs() async throws {
    let fixture = try fixture("13:30:00")
    let client = try await fixture.listener("H0UPPGM0", "0001")
    await fixture.advance(30)
    let caller = await fixture.caller()
    let rows = await caller.ask("HHPPG046600C1", filling: [("MRKT_DIV_CLS_CODE", "1")]).rows("output1")
    let everybody = try #require(rows.last { $0["invr_cls_name"] == "전체" })
    let parts = rows.filter { $0["invr_cls_name"] != "전체" && $0["invr_cls_name"] != "기관계" }
    for program in ["arbt", "nabt", "all"] {
      for figure in ["seln_qty", "shnu_qty", "ntby_qty", "seln_amt", "shnu_amt", "ntby_amt"] {
        let sum = try parts.reduce(0) { try $0 + number($1, "\(program)_\(figure)") }
        // Each is rounded by itself.
        #expect(try abs(sum - number(everybody, "\(program)_\(figure)")) <= parts.count, "\(program)_\(figure)")
      }
    }
    let record = try last(client.sink, "H0UPPGM0")
    let day = try first(await caller.ask("FHPPG04600001", filling: [("FID_MRKT_CLS_CODE", "K")]), "output")
    for (program, side) in [("arbt", "seln"), ("nabt", "seln"), ("nabt", "shnu")] {
      let told = try number(everybody, "\(program)_\(side)_amt")
      #expect(try abs(told - number(day, "\(program)_smtn_\(side)_tr_pbmn")) <= 1)
      #expect(record.values.contains { Int($0).map { abs($0 - told) <= 1 } ?? false })
    }
    let investors = try first(
      await caller.ask("FHPTJ04030000", filling: [("fid_input_iscd", "KSP"), ("fid_input_iscd_2", "0001")]), "output")
    for (name, party) in [
      ("개인", "prsn"), ("기관계", "orgn"), ("금융투자", "scrt"), ("투신", "ivtr"), ("연기금", "fund"), ("보험", "insu"),
    ] {
      let row = try #require(rows.first { $0["invr_cls_name"]?.string == name })
      #expect(try number(row, "all_seln_amt") <= number(investors, "\(party)_seln_tr_pbmn"), "\(name)")
      #expect(try number(row, "all_shnu_amt") <= number(investors, "\(party)_shnu_tr_pbmn"), "\(name)")
    }
  }

  @Test(
    "What NXT does not list has nothing there, and KRX's tape, hours and minutes are those of both venues",
    arguments: ["069500", "Q500001"])
  func onlyOnKRX(code: String) async throws {
    let fixture = try fixture("14:14:20")
    let caller = await fixture.caller()
    for id: TransactionID in ["FHKST01010100", "FHKST01010200", "FHKST03010200", "FHKST01010300", "FHKST01010400"] {
      let rows = await ["J", "UN", "NX"].asyncMap { market in
        await caller.ask(id, filling: share(code, market)).json
      }
      for output in ["output", "output1", "output2"] where rows[0][output] != nil {
        #expect(rows[0][output] == rows[1][output], "\(id) \(output)")
      }
      let nothing = try #require((rows[2]["output2"] ?? rows[2]["output"]))
      #expect(nothing.array?.isEmpty ?? (nothing["stck_prpr"]?.string ?? "0" == "0"), "\(id)")
      if id == "FHKST03010200" {
        let hours = try #require(rows[1]["output2"]?.array).compactMap { $0["stck_cntg_hour"]?.string }
        #expect(hours.count == 30 && hours == rows[0]["output2"]?.array?.compactMap { $0["stck_cntg_hour"]?.string })
      }
    }
    let quotes = QuotedMarket(seed: 1)
    for id: TransactionID in ["H0NXCNT0", "H0NXASP0"] {
      let hours = StreamHours(id, StreamKind(id), quotes.instrument(code))
      #expect(hours.parts(on: "2026-09-21").isEmpty && !hours.isTraded)
    }
    let both = StreamHours("H0UNCNT0", .trades, quotes.instrument(code)).parts(on: "2026-09-21")
    #expect(both == StreamHours("H0STCNT0", .trades, quotes.instrument(code)).parts(on: "2026-09-21"))
  }

  @Test("Minutes before 09:00 are for what NXT trades")
  func morning() async throws {
    let caller = await (try fixture("08:30:00", before: 0)).caller()
    for (code, isTraded) in [("005930", true), ("069500", false)] {
      let answer = await caller.ask("FHKST03010200", filling: share(code, "UN"))
      let rows = try #require(answer.json["output2"]?.array)
      #expect(rows.contains { $0["stck_cntg_hour"]?.string.map { $0 < "085000" } ?? false } == isTraded, "\(code)")
    }
    let ranking = await caller.ask(
      "FHPST01710000", filling: [("FID_COND_MRKT_DIV_CODE", "NX"), ("FID_INPUT_ISCD", "0000")])
    let codes = try #require(ranking.json["output"]?.array).compactMap { $0["mksc_shrn_iscd"]?.string }
    let quotes = QuotedMarket(seed: 1)
    #expect(!codes.isEmpty && codes.allSatisfy { quotes.instrument($0).isOnNextrade })
  }
}

extension Array {
  fileprivate func asyncMap<Result>(_ body: (Element) async throws -> Result) async rethrows -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await body(element)) }
    return results
  }
}
