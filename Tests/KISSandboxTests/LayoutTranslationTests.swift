import Facts
import KISMarket
import KISRecording
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

  @Test(
    "days in frames of every TR move, there and back to the same bytes, in frames wider than their layout too",
    arguments: [0, 1])
  func days(surplus: Int) throws {
    let recording = try RecordingLibrary().recording(bytes: recording([(0, LayoutTranslationTests.notice)]))
    let dialect = try Dialect(day: recording.header.dialectDay)
    #expect(Catalogue.realtime.count == 61)
    var moved = 0
    for (day, other) in [("20260921", "20260922"), ("20260923", "20260928"), ("20251230", "20260102")] {
      let (from, to) = try (#require(CalendarDate(compact: day)), #require(CalendarDate(compact: other)))
      let there = try #require(LayoutTranslation([recording], to: nil, shift: DateShift(showing: from, as: to)))
      let back = try #require(LayoutTranslation([recording], to: nil, shift: DateShift(showing: to, as: from)))
      for entry in Catalogue.realtime {
        let fields = dialect.layout(of: entry.id).fields
        let surplus = Array(repeating: "", count: surplus)
        let values = fields.enumerated().map { DateShift.isDate($1) ? day : "\($0)" } + surplus
        let payload = Frame(entry.id, records: [values, values]).payload
        let text = Frame(entry.id, flag: entry.isEncrypted ? .encrypted : .plain, count: 2, payload: payload).bytes
        let shown = there.translated(text)
        guard fields.contains(where: DateShift.isDate) else {
          #expect(shown == nil)
          continue
        }
        moved += 1
        #expect(shown == Array(String(decoding: text, as: UTF8.self).replacing(day, with: other).utf8), "\(entry.id)")
        #expect(shown.flatMap(back.translated) == text, "\(entry.id)")
      }
    }
    #expect(moved >= 30)
  }
}
