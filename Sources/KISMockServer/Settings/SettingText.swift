import KISMarket
import KISSandbox
package import KISScenario
import KISWire

/// The texts that somebody wrote for a setting, and what they mean.
struct SettingText {
  let setting: Setting
  let texts: [String]

  init(_ setting: Setting, _ texts: [String]) {
    self.setting = setting
    self.texts = texts
  }

  var last: String { texts.last ?? "" }

  var flag: Bool {
    get throws { try read { ["true": true, "false": false, "1": true, "0": false][$0] } }
  }

  var port: Int {
    get throws { try read { text in Int(text).flatMap { (0...65_535).contains($0) ? $0 : nil } } }
  }

  var seed: UInt64 {
    get throws { try read { UInt64($0) } }
  }

  var speed: PlaySpeed {
    get throws { try read { PlaySpeed($0) } }
  }

  var timeOfDay: TimeOfDay {
    get throws { try read { TimeOfDay($0) } }
  }

  var duration: Duration {
    get throws { try read { Duration(written: $0) } }
  }

  /// - Parameter now: the host's time.
  func date(today now: KoreanTime) throws -> CalendarDate {
    try read { CalendarDate($0 == "today" ? now.date : $0) }
  }

  func dialect(at venue: Venue) throws -> Dialect {
    try read { try? Dialect(day: $0, venue: venue) }
  }

  func word<Word: RawRepresentable<String> & CaseIterable>() throws -> Word { try read { Word(rawValue: $0) } }

  /// Several may stand in one text, with commas between them.
  var transactionIDs: Set<TransactionID> {
    get throws {
      let ids = texts.flatMap { $0.split(separator: ",") }.map { TransactionID(String($0)) }
      for id in ids where Catalogue.realtime(id) == nil { throw SettingError(setting, found: id.rawValue) }
      return Set(ids)
    }
  }

  private func read<Value>(_ parse: (String) -> Value?) throws -> Value {
    guard let value = parse(last) else { throw SettingError(setting, found: last) }
    return value
  }
}

/// A text that says nothing for its setting.
package struct SettingError: Error, Sendable, CustomStringConvertible {
  /// Which setting it was for.
  package let setting: Setting
  /// What was written.
  package let found: String

  init(_ setting: Setting, found: String) {
    self.setting = setting
    self.found = found
  }

  /// The closest valid texts.
  package var nearest: [String] {
    switch setting.row.kind {
    case .words(let words): Similarity.nearest(to: found, in: words, count: 1)
    case .transactionIDs: Similarity.nearest(to: found, in: Catalogue.realtime.map(\.id.rawValue), count: 1)
    default: []
    }
  }

  /// What was expected, what was found, and what may have been meant.
  package var description: String {
    "expected \(setting.row.kind.expectation), found `\(found)`"
      + nearest.map { "; did you mean `\($0)`?" }.joined()
  }
}
