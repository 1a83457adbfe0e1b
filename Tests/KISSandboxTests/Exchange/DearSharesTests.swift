import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("A share abroad that costs more than a hundred thousand of its currency")
struct DearSharesTests {
  private let abroad = "overseas-stock/v1/trading/"

  private func number(_ row: JSONValue?, _ name: String) throws -> Double {
    try #require(row?[name]?.string.flatMap { Double($0) }, "\(name)")
  }

  @Test("is quoted, bought at its price, told of by inquiries and the balance, and sold")
  func vingroup() async throws {
    let fixture = try SandboxFixture(at: SandboxFixture.open + .seconds(2 * 3_600 + 1_800)) {
      $0.limits.requestsPerSecond = 0
      $0.heartbeat.rhythm = .never
    }
    let caller = await fixture.caller()
    let quoted = try await caller.ask(
      "overseas-price/v1/quotations/price", "HHDFS00000300", saying: ["AUTH": "", "EXCD": "HSX", "SYMB": "VIC"])
    let last = try number(quoted.json["output"], "last")
    #expect(last > 120_000 && last < 400_000, "\(quoted.text)")
    #expect(quoted.json["output"]?["last"]?.string?.hasSuffix(".0000") == true)
    func order(_ id: TransactionID, _ price: Double) async throws -> RESTAnswer {
      try await caller.ask(
        abroad + "order", id,
        saying: [
          "OVRS_EXCG_CD": "VNSE", "PDNO": "VIC", "ORD_QTY": "100", "OVRS_ORD_UNPR": "\(Int(price))",
          "ORD_SVR_DVSN_CD": "0", "ORD_DVSN": "00",
        ])
    }
    let limit = ((last * 1.03) / 100).rounded() * 100
    let bought = try await order("TTTS0311U", limit)
    #expect(bought.json["rt_cd"] == "0", "\(bought.text)")
    let fills = try await caller.ask(
      abroad + "inquire-ccnl", "TTTS3035R",
      saying: [
        "PDNO": "%", "ORD_STRT_DT": "20260921", "ORD_END_DT": "20260921", "SLL_BUY_DVSN": "00", "CCLD_NCCS_DVSN": "01",
        "OVRS_EXCG_CD": "VNSE", "SORT_SQN": "DS",
      ])
    let fill = try #require(fills.rows("output").first)
    let paid = try number(fill, "ft_ccld_unpr3")
    let filled = try number(fill, "ft_ccld_qty")
    #expect(abs(paid / last - 1) < 0.05 && filled == 100, "\(fills.text)")
    let balance = try await caller.ask(
      abroad + "inquire-balance", "TTTS3012R", saying: ["OVRS_EXCG_CD": "VNSE", "TR_CRCY_CD": "VND"])
    let line = try #require(balance.rows("output1").first { $0["ovrs_pdno"] == "VIC" })
    let (average, now) = (try number(line, "pchs_avg_pric"), try number(line, "now_pric2"))
    #expect(abs(average - paid) < 1 && abs(now / last - 1) < 0.1)
    #expect(abs(try number(line, "frcr_pchs_amt1") - paid * 100) < 1, "\(balance.text)")
    let sold = try await order("TTTS0310U", ((last * 0.97) / 100).rounded() * 100)
    #expect(sold.json["rt_cd"] == "0", "\(sold.text)")
  }
}
