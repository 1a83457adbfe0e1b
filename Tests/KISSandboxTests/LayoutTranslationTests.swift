import Facts
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Recorded notices in the layouts of another day")
struct LayoutTranslationTests {
  /// Acceptance of an order, in the 26 values of today.
  private static let notice =
    "1|H0STCNI0|001|kismock^1234567801^0000002891^^02^0^01^0^005930^0000000001^000000000^094941^0^1^1^06010^000000001^모의고객"
    + "^70000^1^Y^FILL^10^^삼성전자^000070000"

  @Test(
    "a recorded notice has 23 values before 2025-03-28 with the name in slot 19, 26 since",
    .proves(.noticeGrewInTheMiddle, .recordWidthGrows),
    arguments: [("2024-06-03", 23, "삼성전자"), ("2025-03-28", 26, "70000")])
  func notices(day: String, width: Int, slot19: String) throws {
    let recording = try RecordingLibrary().recording(bytes: recording([(0, LayoutTranslationTests.notice)]))
    let translation = try #require(LayoutTranslation([recording], to: try Dialect(day: day)))
    let text = Array(LayoutTranslationTests.notice.utf8)
    let values = String(decoding: translation.translated(text) ?? text, as: UTF8.self).split(
      separator: "^", omittingEmptySubsequences: false)
    #expect(values.count == width)
    #expect(values.first == "1|H0STCNI0|001|kismock")
    #expect(values[18] == slot19)
    #expect(values.suffix(2) == ["삼성전자", "000070000"])
  }
}
