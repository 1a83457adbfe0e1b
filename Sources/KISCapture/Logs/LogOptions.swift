package import Foundation
import KISWire

/// What a user says of a text log that it does not say itself.
package struct LogOptions: Sendable {
  /// The zone of times that name none.
  package var zone: TimeZone
  /// The day of times without a date, and of a log without times: `2026-11-29`.
  package var date: LogDate?
  /// Nanoseconds between two messages of a log without times.
  package var interval: Int64
  /// Where time and message stand in a line; nil to find them.
  package var pattern: LogPattern?

  package init(
    zone: TimeZone? = nil, date: LogDate? = nil, interval: Int64 = 10_000_000, pattern: LogPattern? = nil
  ) {
    self.zone = zone ?? TimeZone(identifier: "Asia/Seoul") ?? .gmt
    self.date = date
    self.interval = interval
    self.pattern = pattern
  }
}

/// A day of the calendar.
package struct LogDate: Sendable, Hashable, Comparable {
  package var year: Int
  package var month: Int
  package var day: Int

  package init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `2026-11-29`; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2], KoreanTime(text) != nil
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  package static func < (left: LogDate, right: LogDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}
