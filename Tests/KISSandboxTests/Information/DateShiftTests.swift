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
      ("hts_kor_isnm", "삼성전자우 20260921", "삼성전자우 20260921"), ("odno", "20260921", "20260921"),
      (
        "ctx_area_fk100", "12345678!^01!^20260921!^20260923!^00!" + String(repeating: " ", count: 64),
        "12345678!^01!^20260922!^20260928!^00!" + String(repeating: " ", count: 64)
      ),
    ])
  func shown(field: String, value: String, expected: String) {
    #expect(shift.shown(value, of: field) == expected)
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
