import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

/// Looks at a day when it is over, goes on to the next trading day, and looks back at it.
@Suite("What was seen live is what the next day remembers")
struct NextDayTests {
  /// Half past eight in the evening: nothing of the day is traded any more.
  private static let evening = OneMarketTests.moment.startOfDay + .seconds(73_800)
  /// Ten o'clock of the day after.
  private static let nextMorning = 86_400 - 73_800 + 36_000.0
  private static let day = "20260921"

  private func number(_ row: JSONValue, _ name: String) throws -> Int {
    try #require(row[name]?.string.flatMap { Int($0) }, "\(name) \(row.text)")
  }

  private func first(_ answer: RESTAnswer, _ output: String) throws -> JSONValue {
    try #require(answer.rows(output).first, "\(answer.text)")
  }

  private func yesterday(_ answer: RESTAnswer, _ output: String) throws -> JSONValue {
    let rows = answer.rows(output)
    return try #require(
      rows.first { $0["stck_bsop_date"]?.string == Self.day || $0["xymd"]?.string == Self.day }, "\(answer.text)")
  }

  @Test(
    "Of a share on KRX, on NXT and on both: prices, volume, amount, investors, programs, members, the evening",
    arguments: ["005930", "247540", "145020", "005935", "069500"])
  func share(code: String) async throws {
    let fixture = try OneMarketTests.fixture(at: Self.evening)
    func asked(_ market: String, _ more: [(String, String)] = []) -> [(String, String)] {
      [("FID_COND_MRKT_DIV_CODE", market), ("FID_INPUT_ISCD", code)] + more
    }
    let caller = await fixture.caller()
    var live: [String: JSONValue] = [:]
    // NXT has no funds.
    let markets = code == "069500" ? ["J", "UN"] : ["J", "NX", "UN"]
    for market in markets {
      live[market] = try first(await caller.ask("FHKST01010100", filling: asked(market)), "output")
    }
    let day = [("FID_INPUT_DATE_1", Self.day), ("FID_INPUT_DATE_2", Self.day), ("FID_PERIOD_DIV_CODE", "D")]
    let investors = try first(await caller.ask("FHPTJ04160001", filling: asked("J", day)), "output2")
    let programs = try first(await caller.ask("FHPPG04650101", filling: asked("J")), "output")
    let member = [("FID_INPUT_ISCD_2", "00050")]
    let members = try first(await caller.ask("FHPST04540000", filling: asked("J", day + member)), "output")
    let sides = try first(await caller.ask("FHKST03010800", filling: asked("J", day)), "output2")
    let evening = try first(await caller.ask("FHPST02300000", filling: asked("J")), "output")

    await fixture.advance(Self.nextMorning)
    let next = await fixture.caller()
    for market in markets {
      let before = try #require(live[market])
      for (id, output) in [("FHKST01010400", "output"), ("FHKST03010100", "output2")] {
        let asked = asked(market, [("FID_INPUT_DATE_1", Self.day), ("FID_INPUT_DATE_2", "20260922"), day[2]])
        let bar = try yesterday(await next.ask(TransactionID(id), filling: asked), output)
        for (name, then) in [
          ("stck_oprc", "stck_oprc"), ("stck_hgpr", "stck_hgpr"), ("stck_lwpr", "stck_lwpr"),
          ("stck_clpr", "stck_prpr"),
          ("acml_vol", "acml_vol"), ("acml_tr_pbmn", "acml_tr_pbmn"), ("prdy_vrss", "prdy_vrss"),
        ] where bar[name] != nil && (before["acml_vol"] != "0" || name == "acml_vol") {
          #expect(bar[name] == before[then], "\(code) \(market) \(id) \(name)")
        }
      }
      let hour = [("FID_INPUT_HOUR_1", "200000"), ("FID_INPUT_DATE_1", Self.day)]
      let minute = try first(await next.ask("FHKST03010230", filling: asked(market, hour)), "output2")
      #expect(minute["acml_tr_pbmn"] == before["acml_tr_pbmn"], "\(code) \(market): the minutes of that day")
      #expect(minute["stck_prpr"] == before["stck_prpr"])
    }
    let later = try yesterday(await next.ask("FHPTJ04160001", filling: asked("J", day)), "output2")
    for field in investors.object?.members ?? [] where field.name.contains("_vol") || field.name.contains("_qty") {
      #expect(later[field.name] == field.value, "\(code) \(field.name)")
    }
    let bought = try ["frgn", "orgn", "prsn", "etc_corp"].reduce(0) { try $0 + number(later, "\($1)_shnu_vol") }
    #expect(try bought == number(try #require(live["J"]), "acml_vol"))
    let laterPrograms = try yesterday(await next.ask("FHPPG04650201", filling: asked("J", day)), "output")
    for name in ["whol_smtn_seln_vol", "whol_smtn_shnu_vol", "whol_smtn_ntby_qty", "whol_smtn_ntby_tr_pbmn"] {
      #expect(laterPrograms[name] == programs[name], "\(code) \(name)")
    }
    let laterMembers = try yesterday(await next.ask("FHPST04540000", filling: asked("J", day + member)), "output")
    let laterSides = try yesterday(await next.ask("FHKST03010800", filling: asked("J", day)), "output2")
    for name in ["total_seln_qty", "total_shnu_qty"] {
      #expect(laterMembers[name] == members[name], "\(code) \(name) of a member")
      #expect(laterSides[name] == sides[name], "\(code) \(name)")
    }
    let laterEvening = try yesterday(await next.ask("FHPST02320000", filling: asked("J")), "output2")
    for name in ["ovtm_untp_prpr", "ovtm_untp_vol", "ovtm_untp_tr_pbmn", "ovtm_untp_prdy_vrss"] {
      #expect(laterEvening[name] == evening[name], "\(code) \(name)")
    }
    // Until this evening begins, the last one is told.
    let still = try first(await next.ask("FHPST02300000", filling: asked("J")), "output")
    #expect(still["ovtm_untp_vol"] == evening["ovtm_untp_vol"] && still["ovtm_untp_prpr"] == evening["ovtm_untp_prpr"])
  }

  @Test("Of an index: its level, volume and amount, and who traded", arguments: ["0001", "1001"])
  func index(code: String) async throws {
    let fixture = try OneMarketTests.fixture(at: Self.evening)
    let caller = await fixture.caller()
    let asked = [("FID_COND_MRKT_DIV_CODE", "U"), ("FID_INPUT_ISCD", code)]
    let market = [("FID_MRKT_CLS_CODE", code == "0001" ? "K" : "Q")]
    let live = try first(await caller.ask("FHPUP02100000", filling: asked), "output")
    let words = [("fid_input_iscd", code == "0001" ? "KSP" : "KSQ"), ("fid_input_iscd_2", code)]
    let investors = try first(await caller.ask("FHPTJ04030000", filling: words), "output")
    let programs = try first(await caller.ask("FHPPG04600101", filling: market), "output")
    #expect(programs["bstp_nmix_prpr"] == live["bstp_nmix_prpr"])

    await fixture.advance(Self.nextMorning)
    let next = await fixture.caller()
    let days = [("FID_INPUT_DATE_1", Self.day), ("FID_INPUT_DATE_2", "20260922")]
    let bar = try yesterday(
      await next.ask("FHKUP03500100", filling: asked + days + [("FID_PERIOD_DIV_CODE", "D")]), "output2")
    for name in [
      "bstp_nmix_prpr", "bstp_nmix_oprc", "bstp_nmix_hgpr", "bstp_nmix_lwpr", "acml_vol", "acml_tr_pbmn",
    ] { #expect(bar[name] == live[name], "\(code) \(name)") }
    let later = try yesterday(
      await next.ask(
        "FHPTJ04040000", filling: asked + [("FID_INPUT_DATE_1", Self.day), ("FID_INPUT_ISCD_1", words[0].1)]),
      "output")
    for party in ["frgn", "orgn", "prsn", "scrt", "fund", "etc_corp"] {
      for figure in ["ntby_qty", "ntby_vol", "ntby_tr_pbmn"] where later["\(party)_\(figure)"] != nil {
        #expect(later["\(party)_\(figure)"] == investors["\(party)_\(figure)"], "\(code) \(party)_\(figure)")
      }
    }
    let laterPrograms = try yesterday(await next.ask("FHPPG04600001", filling: market + days), "output")
    for name in ["arbt_smtn_seln_tr_pbmn", "nabt_smtn_shnu_tr_pbmn", "nabt_smtn_ntby_tr_pbmn"] {
      #expect(laterPrograms[name] == programs[name], "\(code) \(name)")
    }
  }

  @Test("Weeks, months and years are their days", arguments: ["005930", "247540", "069500", "005935", "0001"])
  func folds(code: String) async throws {
    let caller = await (try OneMarketTests.fixture(at: Self.evening)).caller()
    let isIndex = code.count == 4
    func bars(_ period: String, from first: String) async -> [JSONValue] {
      await caller.ask(
        isIndex ? "FHKUP03500100" : "FHKST03010100",
        filling: [
          ("FID_COND_MRKT_DIV_CODE", isIndex ? "U" : "J"), ("FID_INPUT_ISCD", code), ("FID_INPUT_DATE_1", first),
          ("FID_INPUT_DATE_2", Self.day), ("FID_PERIOD_DIV_CODE", period), ("FID_ORG_ADJ_PRC", "0"),
        ]
      ).rows("output2")
    }
    let (open, high, low) =
      isIndex ? ("bstp_nmix_oprc", "bstp_nmix_hgpr", "bstp_nmix_lwpr") : ("stck_oprc", "stck_hgpr", "stck_lwpr")
    func price(_ row: JSONValue, _ name: String) throws -> Double {
      try #require(row[name]?.string.flatMap { Double($0) })
    }
    // As many days as one answer about an index holds.
    for (period, first) in [("W", "20260810"), ("M", "20260803")] {
      let days = await bars("D", from: first).reversed()
      for bar in await bars(period, from: first) {
        let start = try #require(bar["stck_bsop_date"]?.string)
        let later = await bars(period, from: first).compactMap { $0["stck_bsop_date"]?.string }.filter { $0 > start }
          .min()
        let inside = days.filter {
          let day = $0["stck_bsop_date"]?.string ?? ""
          return day >= start && later.map { day < $0 } ?? true
        }
        #expect(try price(bar, open) == price(try #require(inside.first), open), "\(code) \(period) \(start)")
        #expect(try price(bar, high) == inside.map { try price($0, high) }.max(), "\(code) \(period) \(start)")
        #expect(try price(bar, low) == inside.map { try price($0, low) }.min(), "\(code) \(period) \(start)")
        let volume = try inside.reduce(0) { try $0 + number($1, "acml_vol") }
        // Each day of an index is rounded by itself.
        #expect(try abs(number(bar, "acml_vol") - volume) <= (isIndex ? inside.count : 0), "\(code) \(period) \(start)")
      }
    }
    let year = try #require(await bars("Y", from: "20260101").first)
    let months = await bars("M", from: "20260101")
    #expect(try price(year, high) == months.map { try price($0, high) }.max())
    #expect(try price(year, low) == months.map { try price($0, low) }.min())
  }

  @Test("Of futures and options: prices and volume", arguments: ["A05608", "201V06362"])
  func derivatives(code: String) async throws {
    let fixture = try OneMarketTests.fixture(at: Self.evening)
    let asked = [("FID_COND_MRKT_DIV_CODE", code.hasPrefix("A") ? "F" : "O"), ("FID_INPUT_ISCD", code)]
    let live = try first(await (await fixture.caller()).ask("FHMIF10000000", filling: asked), "output1")
    await fixture.advance(Self.nextMorning)
    let days = [("FID_INPUT_DATE_1", Self.day), ("FID_INPUT_DATE_2", "20260922"), ("FID_PERIOD_DIV_CODE", "D")]
    let bar = try yesterday(await (await fixture.caller()).ask("FHKIF03020100", filling: asked + days), "output2")
    for name in ["futs_prpr", "futs_oprc", "futs_hgpr", "futs_lwpr", "acml_vol", "acml_tr_pbmn"] {
      #expect(bar[name] == live[name], "\(code) \(name)")
    }
  }

  @Test(
    "Of warrants and bonds: prices, volume, and whatever else a row of that day tells",
    arguments: [
      (
        "57JN53", "FHKEW15010000", ["elw_oprc", "elw_hgpr", "elw_lwpr", "elw_prpr", "acml_vol"],
        ["FHPEW02740200", "FHPEW02840200", "FHPEW02830200", "FHPEW03760000"]
      ),
      (
        "57JN54", "FHKEW15010000", ["elw_oprc", "elw_hgpr", "elw_lwpr", "elw_prpr", "acml_vol"],
        ["FHPEW02740200", "FHPEW02840200", "FHPEW02830200", "FHPEW03760000"]
      ),
      (
        "KR103502GD31", "FHKBJ773400C0", ["bond_oprc", "bond_hgpr", "bond_lwpr", "bond_prpr", "acml_vol"],
        ["FHKBJ773701C0", "FHKBJ773404C0"]
      ),
    ])
  func warrantsAndBonds(code: String, price: String, fields: [String], charts: [String]) async throws {
    let fixture = try OneMarketTests.fixture(at: Self.evening)
    let asked = [("FID_COND_MRKT_DIV_CODE", code.count == 6 ? "W" : "B"), ("FID_INPUT_ISCD", code)]
    func rows(_ answer: RESTAnswer) -> [JSONValue] { ["output", "output1", "output2"].flatMap { answer.rows($0) } }
    let caller = await fixture.caller()
    let live = try #require(rows(await caller.ask(TransactionID(price), filling: asked)).first)
    var told: [String: JSONValue] = [:]
    for id in charts {
      let today = rows(await caller.ask(TransactionID(id), filling: asked))
      told[id] = try #require(today.first { $0["stck_bsop_date"]?.string == Self.day }, "\(id)")
    }
    await fixture.advance(Self.nextMorning)
    let next = await fixture.caller()
    for id in charts {
      let later = rows(await next.ask(TransactionID(id), filling: asked))
      let bar = try #require(later.first { $0["stck_bsop_date"]?.string == Self.day }, "\(id)")
      for name in fields where bar[name] != nil { #expect(bar[name] == live[name], "\(code) \(id) \(name)") }
      for member in told[id]?.object?.members ?? [] {
        #expect(bar[member.name] == member.value, "\(code) \(id) \(member.name)")
      }
    }
  }

  @Test("Of a share abroad, whose night ends in the morning: price and volume", arguments: ["AAPL", "TSLA"])
  func abroad(symbol: String) async throws {
    let morning = OneMarketTests.moment.startOfDay + .seconds(86_400 + 25_200)
    let fixture = try OneMarketTests.fixture(at: morning)
    let asked = [("AUTH", ""), ("EXCD", "NAS"), ("SYMB", symbol)]
    let live = try first(await (await fixture.caller()).ask("HHDFS00000300", filling: asked), "output")
    await fixture.advance(86_400)
    let days = [("GUBN", "0"), ("BYMD", ""), ("MODP", "0")]
    let bar = try yesterday(await (await fixture.caller()).ask("HHDFS76240000", filling: asked + days), "output2")
    for (name, then) in [("clos", "last"), ("tvol", "tvol"), ("tamt", "tamt"), ("rate", "rate")] {
      #expect(bar[name] == live[then], "\(symbol) \(name)")
    }
  }
}
