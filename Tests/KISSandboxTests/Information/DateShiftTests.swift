import KISMarket
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
}
