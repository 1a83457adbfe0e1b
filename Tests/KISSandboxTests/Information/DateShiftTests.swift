import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Days that are shown as others")
struct DateShiftTests {
  private let shift = DateShift(showing: "2026-09-21", as: "2026-09-22")

  @Test(
    "move in every way in which KIS writes them",
    arguments: [
      ("stck_bsop_date", "20260921", "20260922"), ("depo_date", "2026/09/21 ~ 2026/09/23", "2026/09/22 ~ 2026/09/28"),
      ("td_stop_dt", "2026/09/23 ~", "2026/09/28 ~"), ("sub_term_ft", "20260921", "20260922"),
      ("opp_opi_rcpt_term", "020260921", "020260922"), ("today", "20260921", "20260922"),
      ("stnd_date1", "20260921", "20260922"), ("stck_prpr", "20260921", "20260921"), ("list_dt", "", ""),
      ("exdt", "20260921", "20260922"), ("INQR_STRT_DAY", "20260921", "20260922"),
      ("last_sttldt", "20260921", "20260922"),
      ("stnd_date", "2026-09-21", "2026-09-22"), ("ord_dtime", "2026-09-21 10:30:00", "2026-09-22 10:30:00"),
      ("access_token_token_expired", "2026-09-23 10:30:00", "2026-09-28 10:30:00"),
      ("ovrs_rsvn_odno", "202609210000000017", "202609220000000017"), ("ODNO", "0020260921", "0020260921"),
      ("odno", "000000000017", "000000000017"), ("hts_kor_isnm", "2026-09-21 삼성", "2026-09-21 삼성"),
      ("hts_kor_isnm", "삼성전자우 20260921", "삼성전자우 20260921"), ("odno", "20260921", "20260921"),
      (
        "ctx_area_fk100", "12345678!^01!^20260921!^20260923!^00!" + String(repeating: " ", count: 64),
        "12345678!^01!^20260922!^20260928!^00!" + String(repeating: " ", count: 64)
      ),
    ])
  func shown(field: String, value: String, expected: String) {
    #expect(shift.shown(value, of: field) == expected)
  }

  @Test("there and back are themselves: every pair of trading days of two years, in every field that tells a date")
  func thereAndBack() {
    let first = TradingCalendar.ordinal(of: "2026-09-21")
    let days = (-250...250).map { TradingCalendar.tradingDay(first + $0) }
    for distance in [-250, -61, -5, -1, 1, 2, 3, 20, 250] {
      let shown = TradingCalendar.tradingDay(first + distance)
      let (there, back) = (DateShift(showing: "2026-09-21", as: shown), DateShift(showing: shown, as: "2026-09-21"))
      for day in days {
        #expect(there.shown(day) == TradingCalendar.tradingDay(TradingCalendar.ordinal(of: day) + distance))
        #expect(back.shown(there.shown(day)) == day && there.meant(there.shown(day)) == day)
      }
    }
  }

  @Test("come in as they are meant, whatever number the parameter has")
  func meant() {
    let asked = [
      NameValue("FID_INPUT_DATE_1", "20260922"), NameValue("fid_input_date_2", "20260928"),
      NameValue("FID_INPUT_DATE_1", "0020260922"), NameValue("FID_INPUT_PRICE_1", "20260922"),
    ]
    #expect(shift.meant(asked).map(\.value) == ["20260921", "20260923", "0020260921", "20260922"])
  }

  @Test("are not moved in what follows the calendar itself")
  func calendar() {
    let paths = Catalogue.rest.filter(\.isByCalendar).map(\.path)
    #expect(paths.contains("/uapi/domestic-stock/v1/ksdinfo/dividend"))
    #expect(paths.contains("/uapi/domestic-stock/v1/quotations/chk-holiday"))
    #expect(!paths.contains("/uapi/domestic-stock/v1/quotations/inquire-daily-price"))
  }

  @Test(
    "A range of days that begins or ends on no trading day holds what is shown in it",
    arguments: [("FID_INPUT_DATE_1", "FID_INPUT_DATE_2"), ("INQR_STRT_DT", "INQR_END_DT"), ("F_DT", "T_DT")])
  func ranges(first: String, last: String) throws {
    for distance in [-61, -5, -1, 1, 2, 3, 47] {
      let shown = TradingCalendar.tradingDay(TradingCalendar.ordinal(of: "2026-09-21") + distance)
      let shift = DateShift(showing: "2026-09-21", as: shown)
      for number in 0..<60 {
        let range = shown.advanced(by: -number)...shown.advanced(by: -number / 3)
        let asked = try shift.asked([
          NameValue(first, range.lowerBound.compact), NameValue(last, range.upperBound.compact),
        ]).map { try #require(CalendarDate(compact: $0.value)) }
        let held = (shown.number - 80...shown.number + 5).map { CalendarDate(number: $0) }
          .filter { TradingCalendar.isTradingDay($0) && range.contains($0) }
        let meant = (asked[0].number...max(asked[0].number, asked[1].number)).map { CalendarDate(number: $0) }
          .filter { TradingCalendar.isTradingDay($0) && $0 <= asked[1] }
        #expect(meant.map { shift.shown($0) } == held, "\(range) shown as \(shown)")
      }
    }
  }

  @Test("Weeks, months and the year so far are those of the calendar that is shown", arguments: ["005930", "0001"])
  func periods(code: String) async throws {
    let fixture = try SandboxFixture(
      [(second: 3_700.0, text: "0|H0UPPGM0|001|0001^1")], at: SandboxFixture.open + .seconds(3_600)
    ) {
      ($0.date, $0.start) = ("2026-11-27", TimeOfDay(sinceMidnight: .seconds(10 * 3_600)))
      $0.limits.requestsPerSecond = 0
      $0.heartbeat.rhythm = .never
    }
    let caller = await fixture.caller()
    let isIndex = code == "0001"
    let (high, low) = isIndex ? ("bstp_nmix_hgpr", "bstp_nmix_lwpr") : ("stck_hgpr", "stck_lwpr")
    func bars(_ period: String, _ first: String, _ last: String) async throws -> [(day: CalendarDate, JSONValue)] {
      let answer = await caller.ask(
        isIndex ? "FHKUP03500100" : "FHKST03010100",
        [
          ("FID_COND_MRKT_DIV_CODE", isIndex ? "U" : "J"), ("FID_INPUT_ISCD", code), ("FID_INPUT_DATE_1", first),
          ("FID_INPUT_DATE_2", last), ("FID_PERIOD_DIV_CODE", period), ("FID_ORG_ADJ_PRC", "0"),
        ])
      return try answer.rows("output2").map {
        (try #require($0["stck_bsop_date"]?.string.flatMap { CalendarDate(compact: $0) }), $0)
      }
    }
    func number(_ row: JSONValue, _ name: String) -> Double { row[name]?.string.flatMap { Double($0) } ?? .nan }
    let days = try await bars("D", "20260914", "20261120")
    for (period, first, same) in [
      ("W", "20260914", { (day: CalendarDate) in day.number - day.weekday.rawValue }),
      ("M", "20261001", { (day: CalendarDate) in day.year * 12 + day.parts.month }),
    ] {
      let told = try await bars(period, first, period == "M" ? "20261031" : "20261120")
      #expect(told.count == (period == "M" ? 1 : 10))
      #expect(Set(told.map { same($0.day) }).count == told.count)
      for bar in told {
        let part = days.filter { same($0.day) == same(bar.day) }.map(\.1)
        // An index tells thousands of shares.
        let volume = part.map { number($0, "acml_vol") }.reduce(0, +)
        let rounding = isIndex ? Double(part.count) : 0
        #expect(abs(number(bar.1, "acml_vol") - volume) <= rounding, "\(period) \(bar.day)")
        #expect(number(bar.1, high) == part.map { number($0, high) }.max())
      }
    }
    guard !isIndex else { return }
    let price = await caller.ask("FHKST01010100", [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", code)])
    let year = try await bars("Y", "20260101", "20261126").map(\.1)
    let now = try #require(price.json["output"])
    #expect(year.count == 1)
    #expect(number(now, "stck_dryy_hgpr") == max(number(year[0], high), number(now, high)))
    #expect(number(now, "stck_dryy_lwpr") == min(number(year[0], low), number(now, low)))
  }
}
