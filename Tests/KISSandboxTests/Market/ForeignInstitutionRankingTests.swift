import Facts
import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISRecording
@testable import KISSandbox

@Suite("Ranking of foreign and institutional net purchases")
struct ForeignInstitutionRankingTests {
  typealias Question = ForeignInstitutionRanking.Question

  static let names = [
    "hts_kor_isnm", "mksc_shrn_iscd", "ntby_qty", "stck_prpr", "prdy_vrss_sign", "prdy_vrss", "prdy_ctrt", "acml_vol",
    "frgn_ntby_qty", "orgn_ntby_qty", "ivtr_ntby_qty", "bank_ntby_qty", "insu_ntby_qty", "mrbn_ntby_qty",
    "fund_ntby_qty", "etc_orgt_ntby_vol", "etc_corp_ntby_vol", "frgn_ntby_tr_pbmn", "orgn_ntby_tr_pbmn",
    "ivtr_ntby_tr_pbmn", "bank_ntby_tr_pbmn", "insu_ntby_tr_pbmn", "mrbn_ntby_tr_pbmn", "fund_ntby_tr_pbmn",
    "etc_orgt_ntby_tr_pbmn", "etc_corp_ntby_tr_pbmn",
  ]

  static func ranking() -> ForeignInstitutionRanking {
    InvestorEntries(on: "2026-09-21", in: QuotedMarket(seed: 1)).ranking(atSecond: 54_000)
  }

  @Test(
    "Every question has 30 rows that obey PROTOCOL section 2.6", .proves("2.6 invariants", "2.6 signs"),
    arguments: Question.all)
  func invariants(question: Question) throws {
    let rows = ForeignInstitutionRankingTests.ranking().rows(question)
    try #require(rows.count == 30)
    var ranks: [Int] = []
    for row in rows {
      try #require(row.object?.names == ForeignInstitutionRankingTests.names)
      func number(_ name: String) -> Int { row[name]?.string.flatMap { Int($0) } ?? .min }
      let quantities = ["frgn", "orgn", "ivtr", "bank", "insu", "mrbn", "fund"].map { number($0 + "_ntby_qty") }
      let others = [number("etc_orgt_ntby_vol"), number("etc_corp_ntby_vol")]
      #expect((quantities + others).allSatisfy { $0 % 1_000 == 0 })
      #expect(quantities[1] == quantities[2...].reduce(others[0], +))
      let price = Double(number("stck_prpr"))
      for (name, quantity) in zip(["frgn", "orgn", "ivtr"], quantities) {
        #expect(number(name + "_ntby_tr_pbmn") == Int((Double(quantity) * price / 1e6).rounded()))
      }
      let net =
        switch question.investor {
        case .all: quantities[0] + quantities[1] + others[1]
        case .foreign: quantities[0]
        case .institutions: quantities[1]
        case .others: others[1]
        }
      #expect(number("ntby_qty") == net)
      ranks.append(question.byAmount ? net * Int(price) : net)
      let change = number("prdy_vrss")
      let sign = try #require(row["prdy_vrss_sign"]?.string)
      #expect(change == 0 ? sign == "3" : (change > 0 ? ["1", "2"] : ["4", "5"]).contains(sign))
    }
    #expect(ranks == ranks.sorted(by: question.sellersFirst ? { $0 < $1 } : { $0 > $1 }))
  }

  @Test("Until the first entry of a day it is as it was set: zeros, nothing, or how the day before ended")
  func beforeEntries() async throws {
    func rows(_ choice: String, minute: Int) async throws -> [JSONValue] {
      let scenario = try Scenario(parsing: "before-entries: \(choice)", file: "x")
      let fixture = try SandboxFixture(at: KoreanTime(year: 2026, month: 9, day: 22, hour: 9, minute: minute)) {
        $0.simulates = true
        $0.beforeEntries = SandboxConfiguration(scenario: scenario).beforeEntries
      }
      return await fixture.caller().foreignInstitutionTotal().rows("output")
    }
    func bought(_ rows: [JSONValue]) -> [String] { rows.compactMap { $0["ntby_qty"]?.string } }
    #expect(try await bought(rows("zeros", minute: 10)) == Array(repeating: "0", count: 30))
    #expect(try await rows("nothing", minute: 10).isEmpty)
    let before = try await rows("day-before", minute: 10)
    let lines = InvestorEntries(on: "2026-09-21", in: QuotedMarket(seed: 1)).ranking(atSecond: 86_399)
    let ended = lines.rows(Question(market: "0000", byAmount: false, sellersFirst: false, investor: .all))
    #expect(bought(before) == ended.compactMap { $0["ntby_qty"]?.string })
    #expect(before[0]["acml_vol"] != ended[0]["acml_vol"], "prices and volumes are those of the moment")
    // From the first entry on it is one answer.
    #expect(try await rows("nothing", minute: 45) == rows("day-before", minute: 45))
    #expect(try await bought(rows("nothing", minute: 45)) != Array(repeating: "0", count: 30))
  }

  @Test("An industry has the rows of its own shares only")
  func industry() throws {
    let question = Question(market: "0005", byAmount: false, sellersFirst: false, investor: .all)
    let rows = ForeignInstitutionRankingTests.ranking().rows(question)
    #expect(!rows.isEmpty)
    for row in rows {
      let code = try #require(row["mksc_shrn_iscd"]?.string)
      #expect(Instrument.builtIn(code)?.industry == "0005")
    }
  }

  @Test("Top buyers bought and top sellers sold in every market")
  func bothEnds() throws {
    for market in ["0000", "0001", "1001"] {
      for sellersFirst in [false, true] {
        let question = Question(market: market, byAmount: false, sellersFirst: sellersFirst, investor: .foreign)
        let first = try #require(ForeignInstitutionRankingTests.ranking().rows(question).first)
        let net = try #require(first["frgn_ntby_qty"]?.string.flatMap { Int($0) })
        #expect(sellersFirst ? net < 0 : net > 0)
      }
    }
  }

  @Test("The captured row's product of quantity and price is rounded the same way", .proves("2.6 invariants"))
  func capturedRounding() {
    #expect(decimal(-903_000 * 81_800 / 1_000_000.0, places: 0) == "-73865")
    #expect(decimal(2_272_000 * 81_800 / 1_000_000.0, places: 0) == "185850")
  }
}
