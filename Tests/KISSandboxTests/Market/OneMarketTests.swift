import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

/// Asks everything that tells the same thing, at one moment of a clock that stands still, and compares.
@Suite("One market behind every figure")
struct OneMarketTests {
  /// Large, middling and thin shares of both boards, funds, a note.
  static let codes = [
    "005930", "000660", "035420", "207940", "247540", "058470", "145020", "069500", "122630", "Q500001",
  ]
  static let moment = KoreanTime(year: 2026, month: 9, day: 21, hour: 10, minute: 14)

  static func fixture(at start: KoreanTime = moment) throws -> SandboxFixture {
    try SandboxFixture(at: start) {
      $0.simulates = true
      $0.limits.requestsPerSecond = 0
      $0.heartbeat.rhythm = .never
    }
  }

  private func row(
    _ caller: Caller, _ id: TransactionID, _ parameters: [(String, String)], _ output: String = "output",
    _ number: Int = 0
  ) async throws -> JSONValue {
    let answer = await caller.ask(id, filling: parameters)
    let rows = answer.rows(output)
    try #require(rows.count > number, "\(id) \(parameters): \(answer.text)")
    return rows[number]
  }

  private func share(_ code: String) -> [(String, String)] {
    [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", code)]
  }

  private func last(_ client: RecordingSink, _ id: TransactionID) throws -> Record? {
    let dialect = Dialect.latest()
    let frames = try client.frames.map { try Frame(parsing: $0) }.filter { $0.transactionID == id }
    return try frames.last.map { try $0.records(in: dialect) }?.last
  }

  @Test("A share has the same figures in its stream, its price, its trades, its charts and its lists", arguments: codes)
  func share(code: String) async throws {
    let fixture = try OneMarketTests.fixture(at: OneMarketTests.moment + .seconds(-240))
    let client = try await fixture.listener("H0STCNT0", code)
    await fixture.register(client.id, "H0STASP0", code, approvalKey: await fixture.approvalKey())
    await fixture.advance(240)
    let caller = await fixture.caller()
    let price = try await row(caller, "FHKST01010100", share(code))
    if let trade = try last(client.sink, "H0STCNT0") {
      for (field, name) in [
        ("STCK_PRPR", "stck_prpr"), ("ACML_VOL", "acml_vol"), ("ACML_TR_PBMN", "acml_tr_pbmn"),
        ("STCK_OPRC", "stck_oprc"), ("STCK_HGPR", "stck_hgpr"), ("STCK_LWPR", "stck_lwpr"), ("PRDY_VRSS", "prdy_vrss"),
        ("PRDY_CTRT", "prdy_ctrt"),
      ] { #expect(trade[field] == price[name]?.string, "\(code) \(field)") }
      let listed = try await row(caller, "FHKST01010300", share(code))
      #expect(listed["cntg_vol"]?.string == trade["CNTG_VOL"] && listed["stck_prpr"]?.string == trade["STCK_PRPR"])
      #expect(listed["stck_cntg_hour"]?.string == trade["STCK_CNTG_HOUR"])
    }
    let book = try await row(caller, "FHKST01010200", share(code), "output1")
    #expect(Int(book["askp1"]?.string ?? "") ?? 0 > Int(book["bidp1"]?.string ?? "") ?? .max)
    let hour = ("FID_INPUT_HOUR_1", "101400")
    let minute = try await row(caller, "FHKST03010200", share(code) + [hour], "output2")
    #expect(minute["stck_prpr"] == price["stck_prpr"] && minute["acml_tr_pbmn"] == price["acml_tr_pbmn"])
    let day = try await row(caller, "FHKST01010400", share(code) + [("FID_PERIOD_DIV_CODE", "D")])
    for name in ["stck_oprc", "stck_hgpr", "stck_lwpr", "acml_vol"] where price["acml_vol"] != "0" {
      #expect(day[name] == price[name], "\(name)")
    }
    #expect(day["stck_clpr"] == price["stck_prpr"])
    let chart = await caller.ask(
      "FHKST03010100",
      filling: share(code) + [
        ("FID_INPUT_DATE_1", "20260901"), ("FID_INPUT_DATE_2", "20260921"), ("FID_PERIOD_DIV_CODE", "D"),
        ("FID_ORG_ADJ_PRC", "0"),
      ])
    #expect(chart.rows("output2").first?["stck_clpr"] == price["stck_prpr"])
    #expect(chart.rows("output2").dropFirst().first?["stck_clpr"] == price["stck_sdpr"])
    let ranking = await caller.ask(
      "FHPST01710000", filling: [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", "0000")])
    if let ranked = ranking.rows("output").first(where: { $0["mksc_shrn_iscd"]?.string == code }) {
      #expect(ranked["acml_vol"] == price["acml_vol"] && ranked["stck_prpr"] == price["stck_prpr"])
    }
    let net = await caller.foreignInstitutionTotal(["FID_ETC_CLS_CODE": "1"]).rows("output")
    if let line = net.first(where: { $0["mksc_shrn_iscd"]?.string == code }) {
      #expect(line["acml_vol"] == price["acml_vol"] && line["stck_prpr"] == price["stck_prpr"])
      let estimate = try await row(caller, "HHPTJ04160200", [("MKSC_SHRN_ISCD", code)], "output2")
      #expect(Int(line["frgn_ntby_qty"]?.string ?? "") == Int(estimate["frgn_fake_ntby_qty"]?.string ?? "-"))
    }
  }

  @Test("What was seen live is in the chart of the next day", arguments: ["005930", "145020", "069500"])
  func nextDay(code: String) async throws {
    let fixture = try OneMarketTests.fixture(at: OneMarketTests.moment.startOfDay + .seconds(57_000))
    let price = try await row(await fixture.caller(), "FHKST01010100", share(code))
    await fixture.advance(86_400 - 57_000 + 36_000)
    let caller = await fixture.caller()
    let days = await caller.ask("FHKST01010400", filling: share(code) + [("FID_PERIOD_DIV_CODE", "D")]).rows("output")
    let yesterday = try #require(days.first { $0["stck_bsop_date"] == "20260921" })
    for (name, live) in [
      ("stck_oprc", "stck_oprc"), ("stck_hgpr", "stck_hgpr"), ("stck_lwpr", "stck_lwpr"), ("stck_clpr", "stck_prpr"),
      ("acml_vol", "acml_vol"),
    ] { #expect(yesterday[name] == price[live], "\(name)") }
    let today = try await row(caller, "FHKST01010100", share(code))
    #expect(today["stck_sdpr"] == price["stck_prpr"])
  }

  @Test(
    "An index says the same in its stream and its inquiry, and trades more than its largest share",
    arguments: [
      "0001", "1001", "2001",
    ])
  func index(code: String) async throws {
    let fixture = try OneMarketTests.fixture(at: OneMarketTests.moment + .seconds(-5))
    let client = try await fixture.listener("H0UPCNT0", code)
    await fixture.advance(5)
    let caller = await fixture.caller()
    let asked = [("FID_COND_MRKT_DIV_CODE", "U"), ("FID_INPUT_ISCD", code)]
    let price = try await row(caller, "FHPUP02100000", asked)
    let record = try #require(try last(client.sink, "H0UPCNT0"))
    #expect(record["PRPR_NMIX"] == price["bstp_nmix_prpr"]?.string)
    #expect(record["ACML_VOL"] == price["acml_vol"]?.string)
    #expect(record["ACML_TR_PBMN"] == price["acml_tr_pbmn"]?.string)
    guard code == "0001" else { return }
    let largest = try await row(caller, "FHKST01010100", share("005930"))
    let shares = try #require(largest["acml_vol"]?.string.flatMap { Int($0) })
    let won = try #require(largest["acml_tr_pbmn"]?.string.flatMap { Int($0) })
    #expect(try #require(price["acml_vol"]?.string.flatMap { Int($0) }) * 1_000 >= shares)
    #expect(try #require(price["acml_tr_pbmn"]?.string.flatMap { Int($0) }) * 1_000_000 >= won)
    let program = try await row(caller, "FHPPG04600101", [("FID_MRKT_CLS_CODE", "K")])
    func number(_ row: JSONValue, _ name: String) throws -> Int {
      try #require(row[name]?.string.flatMap { Int($0) }, "\(name)")
    }
    let sold = try number(program, "arbt_smtn_seln_tr_pbmn") + number(program, "nabt_smtn_seln_tr_pbmn")
    #expect(sold > 0)
    #expect(try sold <= number(price, "acml_tr_pbmn"))
    // All investors together bought what was traded, each rounded by itself.
    let investors = try await row(caller, "FHPTJ04030000", [("fid_input_iscd", "KSP"), ("fid_input_iscd_2", "0001")])
    let bought = try ["frgn", "orgn", "prsn", "etc_corp"].reduce(0) { try $0 + number(investors, "\($1)_shnu_vol") }
    #expect(abs(bought - (try number(price, "acml_vol"))) <= 12)
  }

  @Test(
    "Who bought a share has one answer: of the day, of its price, of its investors, of programs and members",
    arguments: ["005930", "000660", "247540", "145020"])
  func whoBought(code: String) async throws {
    let fixture = try OneMarketTests.fixture(at: OneMarketTests.moment + .seconds(-10))
    let programs = try await fixture.listener("H0STPGM0", code)
    let members = try await fixture.listener("H0STMBC0", code)
    await fixture.advance(10)
    let caller = await fixture.caller()
    let price = try await row(caller, "FHKST01010100", share(code))
    let investors = try await row(caller, "FHKST01010900", share(code))
    let daily = try await row(
      caller, "FHPTJ04160001", share(code) + [("FID_INPUT_DATE_1", "20260921")], "output2")
    let days = try await row(caller, "FHKST01010400", share(code) + [("FID_PERIOD_DIV_CODE", "D")])
    #expect(investors["frgn_ntby_qty"] == price["frgn_ntby_qty"])
    #expect(investors["frgn_ntby_qty"] == days["frgn_ntby_qty"])
    for party in ["frgn", "orgn", "prsn"] {
      for figure in ["ntby_qty", "shnu_vol", "seln_vol", "ntby_tr_pbmn", "shnu_tr_pbmn"] {
        #expect(investors["\(party)_\(figure)"] == daily["\(party)_\(figure)"], "\(party)_\(figure)")
      }
    }
    let bought = ["frgn", "orgn", "prsn", "etc_corp"].compactMap { daily["\($0)_shnu_vol"]?.string.flatMap { Int($0) } }
    #expect(bought.reduce(0, +) == price["acml_vol"]?.string.flatMap { Int($0) })
    let byShare = try await row(caller, "FHPPG04650101", share(code))
    #expect(byShare["whol_smtn_ntby_qty"] == price["pgtr_ntby_qty"])
    if let record = try last(programs.sink, "H0STPGM0") {
      #expect(record["NTBY_CNQN"] == byShare["whol_smtn_ntby_qty"]?.string)
      #expect(record["SELN_TR_PBMN"] == byShare["whol_smtn_seln_tr_pbmn"]?.string)
    }
    let firms = try await row(caller, "FHKST01010600", share(code))
    if let record = try last(members.sink, "H0STMBC0") {
      #expect(record["TOTAL_SELN_QTY1"] == firms["total_seln_qty1"]?.string)
      #expect(record["SELN_MBCR_NO1"] == firms["seln_mbcr_no1"]?.string)
    }
  }

  @Test("A share abroad closes a day where the next begins, and each day has a close")
  func abroad() async throws {
    let caller = await (try OneMarketTests.fixture()).caller()
    let asked = [("AUTH", ""), ("EXCD", "NAS"), ("SYMB", "AAPL"), ("GUBN", "0"), ("BYMD", ""), ("MODP", "0")]
    let days = await caller.ask("HHDFS76240000", filling: asked).rows("output2")
    #expect(days.count > 50)
    for day in days {
      func number(_ name: String) throws -> Double { try #require(day[name]?.string.flatMap { Double($0) }) }
      #expect(try number("low") <= number("clos") && number("clos") <= number("high"))
    }
    let price = try await row(caller, "HHDFS00000300", [("AUTH", ""), ("EXCD", "NAS"), ("SYMB", "AAPL")])
    #expect(price["last"] == days.first?["clos"])
  }

  @Test("Figures do not depend on the order of questions")
  func order() async throws {
    let questions: [(TransactionID, [(String, String)])] =
      OneMarketTests.codes.map { ("FHKST01010100", share($0)) } + [
        ("FHPST01710000", [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", "0000")]),
        ("FHPUP02100000", [("FID_COND_MRKT_DIV_CODE", "U"), ("FID_INPUT_ISCD", "0001")]),
        ("FHKST03010200", share("005930")), ("FHKST01010400", share("000660")), ("FHPPG04600101", []),
      ]
    func answers(_ order: [Int]) async throws -> [Int: String] {
      let caller = await (try OneMarketTests.fixture()).caller()
      var answers: [Int: String] = [:]
      for index in order { answers[index] = await caller.ask(questions[index].0, filling: questions[index].1).text }
      return answers
    }
    var generator = SeededGenerator(seed: 7)
    let first = try await answers(Array(questions.indices))
    #expect(try await answers(questions.indices.shuffled(using: &generator)) == first)
  }
}

extension Caller {
  /// Asks with what is required and left out sent empty.
  func ask(_ id: TransactionID, filling parameters: [(String, String)]) async -> RESTAnswer {
    let sent = Set(parameters.map(\.0))
    let missing = (Catalogue.rest(id)?.parameters ?? []).filter { $0.isRequired && !sent.contains($0.name) }
    return await ask(id, parameters + missing.map { ($0.name, "") })
  }
}
