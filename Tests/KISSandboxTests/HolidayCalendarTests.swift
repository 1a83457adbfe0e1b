import KISWire
import Testing

@testable import KISSandbox

@Suite("The holiday calendar (국내휴장일조회)")
struct HolidayCalendarTests {
  @Test(
    "is closed on holidays by the lunar calendar, substitute holidays and elections",
    arguments: ["20260924", "20260217", "20260525", "20260603", "20260717"])
  func closed(day: String) throws {
    let api = try #require(Catalogue.rest("CTCA0903R"))
    let answer = GeneratedAnswer(
      api, id: "CTCA0903R", parameters: [NameValue("BASS_DT", day)],
      at: KoreanTime(year: 2026, month: 9, day: 21, hour: 10), venue: .real, seed: 1)
    let first = try #require(answer.envelope.members["output"]?.array?.first)
    #expect(first["bass_dt"]?.string == day)
    #expect(first["opnd_yn"]?.string == "N")
  }
}
