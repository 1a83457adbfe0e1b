import KISMarket
import KISWire
import Testing

@testable import KISSandbox

@Suite("Bonds and what they promise")
struct BondTermsTests {
  private func answer(_ id: TransactionID, _ parameters: [(String, String)], page: Int = 0) throws -> GeneratedAnswer {
    try GeneratedAnswerTests.answer(id, parameters, page: page)
  }

  @Test(
    "A bond is issued before it pays, pays before it is paid back, and its two APIs agree",
    arguments: ["KR103502GD31", "KR2033022D33", "KR6449111CB8"])
  func terms(code: String) throws {
    let question = [("PDNO", code), ("PRDT_TYPE_CD", "302")]
    let issue = try #require(try answer("CTPF1101R", question).envelope.rows("output").first)
    let register = try #require(try answer("CTPF1114R", question).envelope.rows("output").first)
    for (one, other) in [
      ("issu_dt", "issu_dt"), ("expd_dt", "rdpt_dt"), ("nxtm_int_dfrm_dt", "nxtm_int_dfrm_dt"),
      ("bond_clsf_kor_name", "bond_clsf_kor_name"), ("int_dfrm_mcnt", "int_caltm_mcnt"),
    ] { #expect(issue[one] == register[other] && issue[one] != nil, "\(one)") }
    let dates = ["issu_dt", "frst_int_dfrm_dt", "rgbf_int_dfrm_dt", "nxtm_int_dfrm_dt", "expd_dt"].compactMap {
      issue[$0]?.string
    }
    #expect(dates == dates.sorted() && dates.count == 5)
    #expect(dates[2] <= "20260921" && dates[3] > "20260921")
    let coupon = try #require(issue["srfc_inrt"]?.string.flatMap { Double($0) })
    #expect(register["ksd_rcvg_bond_srfc_inrt"]?.string.flatMap { Double($0) } == coupon && (1...6).contains(coupon))
  }

  @Test(
    "Dates of terms are those of the calendar that is shown, whatever their fields are called",
    arguments: [
      ("KR103502GD31", Instrument.Market.bond, "expd_dt"), ("KR103502GD31", .bond, "exdt"),
      ("KR103502GD31", .bond, "issu_dt"), ("ESZ26", .overseasFutures, "expr_date"),
      ("A01612", .indexFutures, "futs_last_tr_date"),
    ])
  func shown(code: String, kind: Instrument.Market, field: String) throws {
    let shift = DateShift(showing: "2026-09-21", as: "2026-11-27")
    func told(_ shift: DateShift?, on day: CalendarDate) throws -> String {
      let market = QuotedMarket(seed: 1, shift: shift)
      let quote = market.quote(market.instrument(code, kind), at: TradingMoment(day, ClockTime(10, 0)))
      let value = try #require(quote.derivedValue(of: field))
      return shift?.shown(value, of: field) ?? value
    }
    #expect(try told(shift, on: "2026-09-21") == told(nil, on: "2026-11-27"))
  }

  @Test("A contract abroad is told of the day that is shown")
  func businessDay() throws {
    let shift = DateShift(showing: "2026-09-21", as: "2026-11-27")
    let market = QuotedMarket(seed: 1, shift: shift)
    let quote = market.quote(
      market.instrument("ESZ26", .overseasFutures), at: TradingMoment("2026-09-21", ClockTime(10, 0)))
    let value = try #require(quote.derivedValue(of: "sbsnsdate"))
    #expect(shift.shown(value, of: "sbsnsdate") == shift.shown(quote.day).compact)
  }

  @Test("A Treasury bond's terms are those that its name says")
  func named() {
    let terms = BondTerms(Instrument(code: "KR103502GD31", market: .bond))
    #expect(terms.coupon == 3.25 && terms.issued == "2023-03-10" && terms.matures == "2053-03-10")
  }

  @Test("Valuations are of the days that are asked for, the latest first, and lie around their average")
  func valuations() throws {
    let question = [
      ("INQR_STRT_DT", "20260901"), ("INQR_END_DT", "20260911"), ("PDNO", "KR103502GD31"), ("PRDT_TYPE_CD", "302"),
      ("VRFC_KIND_CD", "00"),
    ]
    let answer = try answer("CTPF2005R", question)
    let rows = answer.envelope.rows("output1")
    let days = rows.compactMap { $0["evlu_dt"]?.string }
    #expect(days == days.sorted(by: >) && days.first == "20260911" && days.last == "20260901" && days.count == 9)
    #expect(!answer.hasMore)
    for row in rows {
      func price(_ name: String) throws -> Double { try #require(row[name]?.string.flatMap { Double($0) }, "\(name)") }
      let prices = [try price("kis_unpr"), try price("kbp_unpr"), try price("nice_evlu_unpr"), try price("fnp_unpr")]
      #expect(try abs(prices.reduce(0, +) / 4 - price("avg_evlu_unpr")) < 0.02)
      #expect(try price("kis_erng_rt") > price("nice_evlu_erng_rt"), "who values it lower sees a higher yield")
    }
    let year = [("INQR_STRT_DT", "20260101"), ("INQR_END_DT", "20260911"), ("PDNO", "KR103502GD31")]
    let (first, second) = (try self.answer("CTPF2005R", year), try self.answer("CTPF2005R", year, page: 1))
    #expect(first.hasMore)
    let last = first.envelope.rows("output1").last?["evlu_dt"]?.string ?? ""
    #expect((second.envelope.rows("output1").first?["evlu_dt"]?.string ?? "9") < last)
  }

  @Test(
    "Price and yield of a bond move against each other, by what its years make of it",
    arguments: ["KR103502GD31", "KR103502GB90"])
  func yields(code: String) throws {
    let question = [("FID_COND_MRKT_DIV_CODE", "B"), ("FID_INPUT_ISCD", code)]
    let quote = try #require(try answer("FHKBJ773400C0", question).envelope.rows("output").first)
    func number(_ name: String) throws -> Double { try #require(quote[name]?.string.flatMap { Double($0) }, "\(name)") }
    let terms = QuotedMarket(seed: 1).bondTerms(of: Instrument(code: code, market: .bond))
    for (price, yield) in [("bond_prpr", "ernn_rate"), ("bond_hgpr", "hgpr_ert"), ("bond_lwpr", "lwpr_ert")] {
      #expect(try (terms.yield(at: number(price), on: "2026-09-21") - number(yield)).magnitude < 0.006)
    }
    #expect(try number("bond_hgpr") / number("bond_lwpr") < 1.03)
    let days = try answer("FHKBJ773404C0", question).envelope.rows("output")
    for day in days { #expect(try #require(day["prdy_ctrt"]?.string.flatMap { Double($0) }).magnitude < 2.5) }
  }
}
