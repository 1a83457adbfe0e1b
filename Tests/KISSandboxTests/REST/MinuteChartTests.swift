import KISWire
import Testing

@testable import KISSandbox

@Suite("Charts of minutes and half minutes")
struct MinuteChartTests {
  private func rows(_ seconds: String, _ hour: String, past: String = "N", idle: String = "N") throws -> [JSONObject] {
    try GeneratedAnswerTests.answer(
      "FHKIF03020200",
      [
        ("FID_COND_MRKT_DIV_CODE", "F"), ("FID_INPUT_ISCD", "A01612"), ("FID_HOUR_CLS_CODE", seconds),
        ("FID_PW_DATA_INCU_YN", past), ("FID_FAKE_TICK_INCU_YN", idle), ("FID_INPUT_DATE_1", "20260921"),
        ("FID_INPUT_HOUR_1", hour),
      ]
    ).envelope.rows("output2")
  }

  private func text(_ row: JSONObject?, _ name: String) -> String { GeneratedAnswerTests.text(row, name) }

  @Test("Half minutes are rows, and two of them make a minute")
  func halves() throws {
    let (halves, minutes) = (try rows("30", "100959"), try rows("60", "100959"))
    #expect(halves.contains { text($0, "stck_cntg_hour").hasSuffix("30") })
    func volumes(_ rows: [JSONObject]) -> [String: Int] {
      rows.reduce(into: [:]) {
        $0[String(text($1, "stck_cntg_hour").prefix(4)), default: 0] += Int(text($1, "cntg_vol")) ?? 0
      }
    }
    let (of, sums) = (volumes(minutes), volumes(halves.dropLast(2)))
    #expect(sums.count > 10)
    for (minute, volume) in sums where minute > text(halves.last, "stck_cntg_hour").prefix(4) {
      #expect(of[minute] == volume, "\(minute)")
    }
    for half in halves {
      let prices = ["futs_lwpr", "futs_oprc", "futs_prpr", "futs_hgpr"].compactMap { Double(text(half, $0)) }
      #expect(prices.count == 4 && prices.min() == prices[0] && prices.max() == prices[3])
    }
  }

  @Test("A time after now means now, where rows without a trade are left out too", arguments: ["N", "Y"], ["N", "Y"])
  func later(past: String, idle: String) throws {
    let rows = try rows("60", "154500", past: past, idle: idle)
    let now = try self.rows("60", "103000", past: past, idle: idle)
    #expect(!rows.isEmpty && rows == now)
    #expect(text(rows.first, "stck_bsop_date") == "20260921")
    // All of today comes before yesterday.
    let today = rows.filter { text($0, "stck_bsop_date") == "20260921" }
    #expect(rows.count == 102 ? text(today.last, "stck_cntg_hour") == "084500" || today.count == 102 : past == "N")
  }

  @Test(
    "An industry's share of its board is that of the week or month that a row is about", arguments: ["D", "W", "M"])
  func shares(period: String) throws {
    func rows(_ code: String) throws -> [JSONObject] {
      try GeneratedAnswerTests.answer(
        "FHPUP02120000",
        [
          ("FID_PERIOD_DIV_CODE", period), ("FID_COND_MRKT_DIV_CODE", "U"), ("FID_INPUT_ISCD", code),
          ("FID_INPUT_DATE_1", "20260921"),
        ]
      ).envelope.rows("output2")
    }
    let boards = try rows("0001")
    for (row, board) in zip(try rows("2001"), boards).prefix(4) {
      let (own, all) = (Double(text(row, "acml_vol")) ?? .nan, Double(text(board, "acml_vol")) ?? .nan)
      let share = Double(text(row, "acml_vol_rlim")) ?? .nan
      #expect(row["stck_bsop_date"] == board["stck_bsop_date"] && abs(share - own / all * 100) < 0.1)
    }
  }
}
