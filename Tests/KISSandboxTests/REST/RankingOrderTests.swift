import KISMarket
import KISWire
import Testing

@testable import KISSandbox

@Suite("Rankings heed the order that is asked for")
struct RankingOrderTests {
  private func rows(_ id: TransactionID, _ parameters: [(String, String)], _ output: String) throws -> [JSONObject] {
    try GeneratedAnswerTests.answer(id, parameters).envelope.rows(output)
  }

  private func figures(_ rows: [JSONObject], _ field: String) throws -> [Double] {
    try rows.map { try #require(Double(GeneratedAnswerTests.text($0, field)), "\(field)") }
  }

  @Test(
    "by the day's low and high, the close before, or the open",
    arguments: [
      ("0", "0", "lwpr_vrss_prpr_rate", true), ("0", "1", "prdy_ctrt", true), ("1", "0", "hgpr_vrss_prpr_rate", false),
      ("1", "1", "prdy_ctrt", false), ("2", "0", "oprc_vrss_prpr_rate", true), ("3", "0", "oprc_vrss_prpr_rate", false),
    ])
  func fluctuation(_ code: String, _ price: String, _ field: String, _ isDescending: Bool) throws {
    let asked = [("fid_rank_sort_cls_code", code), ("fid_prc_cls_code", price), ("fid_input_iscd", "0000")]
    let figures = try figures(rows("FHPST01700000", asked, "output"), field)
    #expect(figures.count == 30 && Set(figures).count > 5)
    #expect(figures == figures.sorted { isDescending ? $0 > $1 : $0 < $1 }, "\(figures)")
  }

  @Test("by how far a price moved in the day")
  func variation() throws {
    let rows = try rows("FHPST01700000", [("fid_rank_sort_cls_code", "4"), ("fid_input_iscd", "0000")], "output")
    let (highs, lows) = (try figures(rows, "stck_hgpr"), try figures(rows, "stck_lwpr"))
    let widths = zip(highs, lows).map { ($0 / $1 * 10_000).rounded() }
    #expect(widths.count == 30 && widths == widths.sorted(by: >), "\(widths)")
  }

  @Test("by what was traded of all that is listed, in money, and by the distance from the year's high or low")
  func others() throws {
    let turnover = try figures(rows("FHPST01710000", [("FID_BLNG_CLS_CODE", "4")], "output"), "tr_pbmn_tnrt")
    #expect(turnover.count > 5 && turnover == turnover.sorted(by: >))
    for (code, field) in [("0", "hprc_near_rate"), ("1", "lwpr_near_rate")] {
      let near = try figures(
        rows("FHPST01870000", [("fid_prc_cls_code", code), ("fid_input_iscd", "0000")], "output"), field)
      #expect(near.count > 5 && near == near.sorted(), "\(near)")
    }
  }

  @Test("and list as many as they are called after: the twenty that are looked at most")
  func twenty() throws {
    #expect(try rows("HHMCM000100C0", [], "output1").count == 20)
  }

  @Test("Foreign members' trades have codes of their own for the boards", arguments: ["0000", "1001", "2001"])
  func foreignMembers(_ code: String) throws {
    let asked = [
      ("FID_INPUT_ISCD", code), ("FID_RANK_SORT_CLS_CODE", "0"), ("FID_RANK_SORT_CLS_CODE_2", "0"),
    ]
    let rows = try rows("FHKST644100C0", asked, "output")
    #expect(rows.count == 30)
    let boards = Set(
      rows.map { QuotedMarket(seed: 1).instrument(GeneratedAnswerTests.text($0, "stck_shrn_iscd")).board })
    #expect(boards == (code == "0000" ? boards : code == "1001" ? [.kospi] : [.kosdaq]))
  }

  @Test("A board of options, watch lists: what is bid and offered is the best level's, what all levels have is a total")
  func bestLevels() throws {
    let boards = try rows("FHPIF05030100", [("FID_MRKT_CLS_CODE", "CO"), ("FID_MRKT_CLS_CODE1", "PO")], "output1")
    let watched = try rows(
      "FHKST11300006", [("FID_COND_MRKT_DIV_CODE_1", "J"), ("FID_INPUT_ISCD_1", "005930")], "output")
    for row in boards + watched {
      let figures = try ["seln_rsqn", "total_askp_rsqn", "shnu_rsqn", "total_bidp_rsqn"].map {
        try self.figures([row], $0)[0]
      }
      #expect(figures[0] < figures[1] && figures[2] < figures[3], "\(figures)")
    }
  }
}
