import KISWire
import Testing

@testable import KISSandbox

@Suite("A condition search (종목조건검색)")
struct ConditionSearchTests {
  private static let path = "/uapi/domestic-stock/v1/quotations/"

  private static func results(_ seq: String, at moment: KoreanTime = GeneratedAnswerTests.moment) throws -> Envelope {
    try GeneratedAnswerTests.answer("HHKST03900400", [("user_id", "me"), ("seq", seq)], at: moment).envelope
  }

  @Test("is listed under a name and a number, for whoever asks")
  func list() throws {
    let rows = try GeneratedAnswerTests.answer("HHKST03900300", [("user_id", "me")]).envelope.rows("output2")
    #expect(rows.map { $0["seq"]?.string } == (0..<rows.count).map { "\($0)" } && rows.count > 5)
    #expect(rows.allSatisfy { $0["user_id"] == "me" && $0["condition_nm"]?.string?.isEmpty == false })
  }

  @Test("finds the shares that fit its condition, and no others")
  func hits() throws {
    let risen = try Self.results("1").rows("output2")
    let fallen = try Self.results("2").rows("output2")
    #expect(!risen.isEmpty && !fallen.isEmpty)
    for (rows, isRisen) in [(risen, true), (fallen, false)] {
      for row in rows {
        let rate = try #require(row["chgrate"]?.string.flatMap(Double.init))
        #expect(isRisen ? rate >= 1.99 : rate <= -1.99)
      }
    }
  }

  @Test("is refused with MCA05918 when it finds nothing, or nobody saved it", arguments: ["7", "77", "-1", "x"])
  func noHit(seq: String) throws {
    let answer = try Self.results(seq)
    #expect(answer.code == .noSearchHit && answer.resultCode == "1" && answer.message == "종목코드 오류입니다.")
    #expect(answer.members.names == ["rt_cd", "msg_cd", "msg1"])
  }
}
