import KISMarket
import KISWire
import Testing

@testable import KISSandbox

@Suite("Every API about contracts and bonds")
struct ContractFamiliesTests {
  static let paths = Catalogue.rest.map(\.path).filter { path in
    ["/domestic-futureoption/", "/overseas-futureoption/", "/domestic-bond/"].contains { path.contains($0) }
      && path.contains("/quotations/")
  }

  private func answer(_ path: String) throws -> GeneratedAnswer {
    let api = try #require(Catalogue.rest(path: path))
    let isBond = path.contains("bond")
    let parameters = api.parameters.map { parameter in
      let value =
        switch parameter.name {
        case "FID_INPUT_ISCD", "PDNO": isBond ? "KR103502GD31" : "A01612"
        case "SRS_CD", "SRS_CD_01": "ESZ26"
        case "FID_COND_MRKT_DIV_CODE": isBond ? "B" : "F"
        case "FID_INPUT_DATE_1", "INQR_STRT_DT", "START_DATE_TIME": "20260901"
        case "FID_INPUT_DATE_2", "INQR_END_DT", "CLOSE_DATE_TIME": "20260918"
        case "BASS_DT", "BSOP_DATE": "20260918"
        case "FID_PERIOD_DIV_CODE": "D"
        case "OPT_YN": "%"
        case "QRY_CNT": "20"
        default: ""
        }
      return NameValue(parameter.name, value)
    }
    return GeneratedAnswer(
      api, id: api.ids.first ?? "", parameters: parameters, at: GeneratedAnswerTests.moment, venue: .real, seed: 1)
  }

  private func rows(_ answer: GeneratedAnswer) -> [[JSONObject]] {
    answer.envelope.members.members.map { member in
      member.value.array?.compactMap(\.object) ?? member.value.object.map { [$0] } ?? []
    }
  }

  @Test("No word stands in for a name", arguments: paths)
  func words(path: String) throws {
    for row in rows(try answer(path)).joined() {
      for member in row.members { #expect(member.value.string != "일반", "\(member.name)") }
    }
  }

  @Test(
    "Rows of days are the latest first, on days of trade, and none is of a day that was not asked for", arguments: paths
  )
  func days(path: String) throws {
    let isLimited = try #require(Catalogue.rest(path: path)).parameters.contains {
      ["FID_INPUT_DATE_2", "INQR_END_DT", "CLOSE_DATE_TIME"].contains($0.name)
    }
    for rows in rows(try answer(path)) where rows.count > 1 {
      for name in ["stck_bsop_date", "data_date", "evlu_dt", "bsop_date"] {
        let days = rows.compactMap { $0[name]?.string }
        guard !days.isEmpty else { continue }
        #expect(days == days.sorted(by: >), "\(name)")
        for day in days {
          let date = try #require(CalendarDate(compact: day))
          let isTraded = path.contains("overseas") ? date.weekday != .sunday : TradingCalendar.isTradingDay(date)
          #expect(isTraded && day <= "20260921", "\(name) \(day)")
          // A week or month is called by its first day.
          if isLimited { #expect(("20260831"..."20260919").contains(day), "\(name) \(day)") }
        }
      }
    }
  }

  @Test("What still trades expires on a day that is to come, and its dates follow each other", arguments: paths)
  func expiries(path: String) throws {
    for row in rows(try answer(path)).joined() {
      for name in ["futs_last_tr_date", "expr_date", "trd_to_date", "nxtm_int_dfrm_dt", "expd_dt"] {
        if let date = row[name]?.string { #expect(date >= "20260921", "\(name) \(date)") }
      }
      for name in ["trd_fr_date", "issu_dt", "lstg_dt", "sttl_date"] {
        if let date = row[name]?.string { #expect(date <= "20260921", "\(name) \(date)") }
      }
    }
  }
}
