import KISMarket
import KISWire
import Testing

@testable import KISSandbox

@Suite("Who trades in a market")
struct InvestorsOfMarketsTests {
  private static let markets = [
    ("KSP", "0001"), ("KSQ", "1001"), ("999", "S001"), ("K2I", "F001"), ("K2I", "OC01"), ("K2I", "OP01"),
    ("ETF", "T000"), ("ELW", "W000"), ("ETN", "E199"), ("KQI", "F002"), ("MKI", "F004"),
  ]

  private func row(_ market: String, _ kind: String) throws -> JSONObject {
    let answer = try GeneratedAnswerTests.answer(
      "FHPTJ04030000", [("fid_input_iscd", market), ("fid_input_iscd_2", kind)])
    #expect(answer.envelope.rows("output").count == 1)
    return try #require(answer.envelope.rows("output").first)
  }

  private func number(_ row: JSONObject, _ name: String) throws -> Int {
    try #require(Int(GeneratedAnswerTests.text(row, name)), "\(name)")
  }

  @Test("differs from market to market, and whatever somebody bought, somebody else sold")
  func markets() throws {
    var seen: Set<Int> = []
    for (market, kind) in Self.markets {
      let row = try row(market, kind)
      #expect(seen.insert(try number(row, "prsn_shnu_tr_pbmn")).inserted, "\(market) \(kind)")
      let net = try ["frgn_ntby_tr_pbmn", "prsn_ntby_tr_pbmn", "orgn_ntby_tr_pbmn", "etc_corp_ntby_tr_pbmn"].map {
        try number(row, $0)
      }
      #expect(abs(net.reduce(0, +)) <= 4, "\(market) \(kind) \(net)")
    }
  }

  @Test("in futures is the sum of what the board of futures trades")
  func sums() throws {
    let row = try row("K2I", "F001")
    let bought = try ["frgn_shnu_vol", "prsn_shnu_vol", "orgn_shnu_vol", "etc_corp_shnu_vol"].map {
      try number(row, $0)
    }
    let board = try GeneratedAnswerTests.answer("FHPIF05030200", [("FID_COND_MRKT_CLS_CODE", "")]).envelope
    let traded = try board.rows("output").map { try number($0, "acml_vol") }
    #expect(traded.count == 4 && bought.reduce(0, +) == traded.reduce(0, +))
  }

  @Test("by the day goes back from the date that is asked for, which is written twice")
  func days() throws {
    let asked = [
      ("FID_INPUT_ISCD", "0001"), ("FID_INPUT_DATE_1", "20260918"), ("FID_INPUT_ISCD_1", "KSP"),
      ("FID_INPUT_DATE_2", "20260918"), ("FID_INPUT_ISCD_2", "0001"),
    ].map { NameValue($0.0, $0.1) }
    let api = try #require(Catalogue.rest("FHPTJ04040000"))
    let request = AnswerRequest(
      api: api, id: "FHPTJ04040000", parameters: asked, moment: GeneratedAnswerTests.moment, venue: .real,
      quotes: QuotedMarket(seed: 1), page: 0)
    let index = try #require(request.instrument)
    let days = DailyChartWindow(request, today: "2026-09-21").stretches(of: index).map(\.last)
    #expect(days.count == 100 && days.first == "2026-09-18" && days == days.sorted(by: >))
  }
}
