import Foundation
import KISWire

/// A time as a line of a log spells it; what the line does not say is nil.
struct LogTime: Hashable {
  var year: Int?
  var month: Int?
  var day: Int?
  /// Nanoseconds since midnight.
  var clock: Int64 = 0
  /// Seconds east of UTC.
  var zone: Int?
  /// Nanoseconds since 1970, where the line has a number instead.
  var epoch: Int64?

  /// The first time in a text, and where it ends.
  ///
  /// Known are dates as `2026-11-29`, `2026/11/29`, `2024. 11. 14.`, `2026년 11월 29일`, `20261129`, `11/29`, `11/29/2026`,
  /// `29.11.2026`, `29/Nov/2026`, `Nov 29`, each before a clock with or without a fraction, 오전 and 오후, AM and PM, a
  /// zone; a clock alone; and numbers since 1970 at the front.
  static func first(in text: [UInt8]) -> (LogTime, end: Int)? {
    var isFront = true
    for index in text.indices {
      let byte = text[index]
      let isAfterWord = index > 0 && (text[index - 1].isDigit || text[index - 1].isLetter)
      if byte.isDigit, !isAfterWord {
        var scan = Scan(text: text, index: index)
        if let time = scan.time(mayBeEpoch: isFront) { return (time, scan.index) }
      } else if byte.isLetter, !isAfterWord, !(index > 0 && text[index - 1].isLetter) {
        var scan = Scan(text: text, index: index)
        if let time = scan.namedMonth() { return (time, scan.index) }
      } else if byte == 0xEC {
        // 오전 or 오후 in front of a clock that has no date.
        var scan = Scan(text: text, index: index)
        if let time = scan.clockOfHalf() { return (time, scan.index) }
      }
      if byte.isDigit || byte.isLetter, !(byte == UInt8(ascii: "T")) { isFront = isFront && isAfterWord }
      // A number behind a name is one too: `ts=1795892952.4`.
      if byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") { isFront = true }
    }
    return nil
  }

  /// Nanoseconds since 1970; nil while the date is not known.
  func nanoseconds(zone: TimeZone, date: LogDate?) -> Int64? {
    if let epoch { return epoch }
    guard let year = year ?? date?.year, let month = month ?? date?.month, let day = day ?? date?.day else {
      return nil
    }
    // As if in Korea, then moved to its own zone.
    let korean = KoreanTime(year: year, month: month, day: day).epochNanoseconds + clock
    let universal = korean + 9 * 3_600 * 1_000_000_000
    let seconds =
      self.zone ?? zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(universal / 1_000_000_000)))
    return universal - Int64(seconds) * 1_000_000_000
  }

  private static let months: [String: Int] = [
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
  ]

  /// Names of zones that mean one distance only, in hours east of UTC.
  private static let zones: [(name: String, hours: Int)] = [
    ("KST", 9), ("JST", 9), ("UTC", 0), ("GMT", 0), ("EST", -5), ("EDT", -4), ("PST", -8), ("PDT", -7), ("CET", 1),
    ("CEST", 2), ("HKT", 8), ("SGT", 8),
  ]

  private struct Scan {
    let text: [UInt8]
    var index: Int

    /// A time that begins with a digit.
    mutating func time(mayBeEpoch: Bool) -> LogTime? {
      let start = index
      for attempt in 0..<7 {
        index = start
        let found: LogTime? =
          switch attempt {
          case 0: fullDate()
          case 1: compactDate()
          case 2: yearLast()
          case 3: shortDate()
          case 4: koreanDate()
          case 5: clock(of: LogTime())
          default: mayBeEpoch ? epoch() : nil
          }
        if let found { return found }
      }
      return nil
    }

    /// `2026-11-29T04:09:02,880`, `2024. 11. 14. 오후 4:15:13`
    private mutating func fullDate() -> LogTime? {
      guard let year = digits(4...4), let separator = take(oneOf: "-/."), (1990...2200).contains(year) else {
        return nil
      }
      skipSpaces()
      guard let month = digits(1...2), take(oneOf: "-/.") == separator else { return nil }
      skipSpaces()
      guard let day = digits(1...2), LogTime.isDay(year, month, day) else { return nil }
      _ = separator == UInt8(ascii: ".") ? take(oneOf: ".") : nil
      guard take(oneOf: "T ,_-") != nil else { return nil }
      return clock(of: LogTime(year: year, month: month, day: day))
    }

    /// `20261129 040902`, `20261129T04:09:02`
    private mutating func compactDate() -> LogTime? {
      guard let number = digits(8...8) else { return nil }
      let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
      guard (1990...2200).contains(year), LogTime.isDay(year, month, day), take(oneOf: "T _-") != nil else {
        return nil
      }
      return clock(of: LogTime(year: year, month: month, day: day))
    }

    /// `11/29/2026 04:09:02 PM`, `29.11.2026 04:09:02`, `29/Nov/2026:04:09:02 +0900`
    private mutating func yearLast() -> LogTime? {
      guard let first = digits(1...2), let separator = take(oneOf: "/-. ") else { return nil }
      let (month, day): (Int, Int)
      if let name = monthName() {
        (month, day) = (name, first)
      } else {
        guard separator != 0x20, let second = digits(1...2) else { return nil }
        // With points the day stands in front, with slashes the month, unless there is no such month.
        let isDayFirst = separator == UInt8(ascii: ".") || first > 12
        (month, day) = isDayFirst ? (second, first) : (first, second)
      }
      guard take(oneOf: "/-. ") == separator, let year = digits(4...4), (1990...2200).contains(year),
        LogTime.isDay(year, month, day), take(oneOf: "T ,_-:") != nil
      else { return nil }
      return clock(of: LogTime(year: year, month: month, day: day))
    }

    /// `2026년 11월 29일 오후 4시 9분 2초`, with a day of the week behind the date or without, and without the year too.
    private mutating func koreanDate() -> LogTime? {
      guard let first = digits(1...4) else { return nil }
      var (year, month): (Int?, Int) = (nil, first)
      if take("년") {
        skipSpaces()
        guard (1990...2200).contains(first), let next = digits(1...2) else { return nil }
        (year, month) = (first, next)
      }
      guard take("월") else { return nil }
      skipSpaces()
      guard let day = digits(1...2), take("일"), LogTime.isDay(year ?? 2000, month, day) else { return nil }
      skipSpaces()
      for name in ["월", "화", "수", "목", "금", "토", "일"] where take("\(name)요일") || take("(\(name))") { break }
      return clock(of: LogTime(year: year, month: month, day: day))
    }

    /// `오후 4:15:13`
    mutating func clockOfHalf() -> LogTime? {
      guard text[index...].starts(with: "오전".utf8) || text[index...].starts(with: "오후".utf8) else { return nil }
      return clock(of: LogTime())
    }

    /// `11/29 04:08:29`
    private mutating func shortDate() -> LogTime? {
      guard let month = digits(1...2), take(oneOf: "/-.") != nil, let day = digits(1...2),
        LogTime.isDay(2000, month, day), take(oneOf: " T") != nil
      else { return nil }
      return clock(of: LogTime(month: month, day: day))
    }

    /// `Nov 29 04:09:02`, `Sat Nov 29 04:09:02 2026`, `Sat Nov 29 2026 04:09:02 GMT+0900`
    mutating func namedMonth() -> LogTime? {
      guard let month = monthName(), index < text.count, text[index] == 0x20 else { return nil }
      skipSpaces()
      guard let day = digits(1...2), LogTime.isDay(2000, month, day), take(oneOf: " ,") != nil else { return nil }
      skipSpaces()
      let start = index
      var front = LogTime(month: month, day: day)
      if let year = digits(4...4), (1990...2200).contains(year), take(oneOf: " ,") != nil {
        front.year = year
      } else {
        index = start
      }
      guard var time = clock(of: front) else { return nil }
      guard time.year == nil else { return time }
      let end = index
      if take(oneOf: " ") != nil, let year = digits(4...4), (1990...2200).contains(year) {
        time.year = year
      } else {
        index = end
      }
      return time
    }

    /// The first three letters of a month, and what else belongs to its name.
    private mutating func monthName() -> Int? {
      let name = String(decoding: text[index...].prefix(3), as: UTF8.self).lowercased()
      guard let month = LogTime.months[name] else { return nil }
      index += 3
      while index < text.count, text[index].isLetter { index += 1 }
      return month
    }

    private mutating func epoch() -> LogTime? {
      let start = index
      while index < text.count, text[index].isDigit || text[index] == UInt8(ascii: ".") { index += 1 }
      let number = String(decoding: text[start..<index], as: UTF8.self)
      let whole = number.prefix { $0 != "." }
      guard [10, 13, 16, 19].contains(whole.count), let epoch = EpochTime.nanoseconds(number) else { return nil }
      return LogTime(epoch: epoch)
    }

    /// The clock that ends a time: `04:09:02,880`, `오후 4:15:13`, `4:15:13 PM`, `040902`, then maybe a zone.
    private mutating func clock(of date: LogTime) -> LogTime? {
      skipSpaces()
      var half = self.half()
      skipSpaces()
      var (hour, minute, second) = (0, 0, 0)
      let start = index
      if let compact = digits(6...6) {
        guard date.day != nil else { return nil }
        (hour, minute, second) = (compact / 10_000, compact / 100 % 100, compact % 100)
      } else {
        index = start
        guard let first = digits(1...2) else { return nil }
        if take("시") {
          skipSpaces()
          guard let next = digits(1...2), take("분") else { return nil }
          skipSpaces()
          (hour, minute, second) = (first, next, digits(1...2) ?? 0)
        } else {
          guard take(oneOf: ":") != nil, let next = digits(2...2), take(oneOf: ":") != nil, let last = digits(2...2)
          else { return nil }
          (hour, minute, second) = (first, next, last)
        }
      }
      guard hour < 24, minute < 60, second < 61 else { return nil }
      let fraction = self.fraction()
      _ = take("초")
      let end = index
      if half == nil {
        skipSpaces()
        half = self.half()
        if half == nil { index = end }
      }
      if let half {
        guard (1...12).contains(hour) else { return nil }
        hour = hour % 12 + (half == .afternoon ? 12 : 0)
      }
      var time = date
      time.clock = Int64(hour * 3_600 + minute * 60 + second) * 1_000_000_000 + fraction
      time.zone = zone()
      return time
    }

    private enum Half {
      case morning
      case afternoon
    }

    private mutating func half() -> Half? {
      for (word, half) in [("오전", Half.morning), ("오후", .afternoon), ("AM", .morning), ("PM", .afternoon)]
      where text[index...].starts(with: word.utf8) {
        index += word.utf8.count
        return half
      }
      return nil
    }

    private mutating func fraction() -> Int64 {
      guard index + 1 < text.count, text[index] == UInt8(ascii: ".") || text[index] == UInt8(ascii: ","),
        text[index + 1].isDigit
      else { return 0 }
      index += 1
      var (value, places): (Int64, Int) = (0, 0)
      while index < text.count, text[index].isDigit {
        if places < 9 {
          value = value * 10 + Int64(text[index] - 0x30)
          places += 1
        }
        index += 1
      }
      for _ in places..<9 { value *= 10 }
      return value
    }

    private mutating func zone() -> Int? {
      let start = index
      if index < text.count, text[index] == 0x20 { index += 1 }
      for (name, hours) in LogTime.zones where text[index...].starts(with: name.utf8) {
        let end = index + name.utf8.count
        guard end >= text.count || !text[end].isLetter else { continue }
        index = end
        // `GMT+0900`, as browsers print it; `KST-9` is no zone.
        if hours == 0, let zone = distance() { return zone }
        return hours * 3_600
      }
      if index == start, take(oneOf: "Z") != nil { return 0 }
      if let zone = distance() { return zone }
      index = start
      return nil
    }

    /// `+09:00`, `+0900`, `+09`: seconds east of UTC.
    private mutating func distance() -> Int? {
      let start = index
      if let sign = take(oneOf: "+-") {
        var (hours, minutes) = (0, 0)
        if let both = digits(4...4) {
          (hours, minutes) = (both / 100, both % 100)
        } else if let whole = digits(2...2) {
          hours = whole
          minutes = take(oneOf: ":") == nil ? 0 : digits(2...2) ?? 60
        } else {
          minutes = 60
        }
        if hours <= 14, minutes < 60 { return (hours * 3_600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1) }
      }
      index = start
      return nil
    }

    /// So many digits and no more behind them.
    private mutating func digits(_ count: ClosedRange<Int>) -> Int? {
      var value = 0
      var end = index
      while end < text.count, text[end].isDigit, end - index < count.upperBound {
        value = value * 10 + Int(text[end] - 0x30)
        end += 1
      }
      guard count.contains(end - index), end >= text.count || !text[end].isDigit else { return nil }
      index = end
      return value
    }

    private mutating func take(oneOf characters: String) -> UInt8? {
      guard index < text.count, characters.utf8.contains(text[index]) else { return nil }
      index += 1
      return text[index - 1]
    }

    private mutating func take(_ word: String) -> Bool {
      guard text[index...].starts(with: word.utf8) else { return false }
      index += word.utf8.count
      return true
    }

    private mutating func skipSpaces() {
      while index < text.count, text[index] == 0x20 { index += 1 }
    }
  }

  private static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    guard (1...12).contains(month), day >= 1 else { return false }
    let days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day <= days[month - 1]
  }
}

extension UInt8 {
  var isDigit: Bool { (0x30...0x39).contains(self) }
  var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
}
