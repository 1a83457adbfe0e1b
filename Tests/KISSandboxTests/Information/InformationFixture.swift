import KISMarket
import KISWire
import Testing

@testable import KISSandbox

/// Questions about companies, days and the whole market, in the evening of a Monday.
enum Information {
  static let evening = KoreanTime(year: 2026, month: 9, day: 21, hour: 20, minute: 5)
  static let today: CalendarDate = "2026-09-21"

  /// The rows of an output of the API at a path of domestic shares.
  static func rows(
    _ path: String, _ parameters: [(String, String)] = [], output: Int = 0, at moment: KoreanTime = evening
  ) throws -> [JSONObject] {
    let api = try #require(Catalogue.rest(path: "/uapi/domestic-stock/v1/" + path), "\(path)")
    let answer = GeneratedAnswer(
      api, id: api.ids.first ?? "", parameters: parameters.map { NameValue($0.0, $0.1) }, at: moment, venue: .real,
      seed: 1)
    #expect(answer.envelope.isSuccess, "\(path)")
    return answer.envelope.rows(api.outputs[output].key)
  }

  static func text(_ row: JSONObject, _ name: String) throws -> String {
    try #require(row[name]?.string, "\(name)").trimmingBlanks
  }

  static func number(_ row: JSONObject, _ name: String) throws -> Double {
    try #require(Double(text(row, name)), "\(name)")
  }

  static func date(_ row: JSONObject, _ name: String) throws -> CalendarDate {
    let digits = try text(row, name).filter(\.isNumber)
    return try #require(CalendarDate(compact: digits.prefix(8)), "\(name) \(digits)")
  }

  /// Two figures that KIS rounds, or computes of rounded ones.
  static func agree(_ one: Double, _ other: Double, within part: Double = 0.011) -> Bool {
    abs(one - other) <= max(part, abs(other) * 0.001)
  }
}
