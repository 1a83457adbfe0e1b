import Foundation
import KISWire

/// Turns the times in lines into moments: completes dates, and spaces the messages of a log that has no times.
struct LogClock {
  private let options: LogOptions
  /// When the file was last written, in nanoseconds since 1970; nil for a pipe.
  private let modified: Int64?
  private var latest: Int64?
  /// The time of day in the line before, and the days passed since the first line, for clocks without a date.
  private var lastClock: Int64?
  private var daysPassed = 0
  private var day: LogDate?
  private(set) var remarks: [String] = []

  private static let dayNanoseconds: Int64 = 86_400_000_000_000

  init(options: LogOptions, modified: Int64?) {
    self.options = options
    self.modified = modified
    day = options.date
  }

  mutating func moment(
    of time: LogTime?, content: CapturedEvent.Content, file: String, place: CapturePlace
  ) throws(CaptureError) -> Int64 {
    guard let time else { return try spaced(content, file, place) }
    if time.epoch == nil, time.zone == nil {
      remark("times without a zone were read as those of \(options.zone.identifier) (--zone)")
    }
    var date: LogDate?
    if time.epoch == nil, time.year == nil {
      var known = try knownDate(content, file, place)
      if let month = time.month, let day = time.day {
        remark("the year of dates without one is \(known.year) (--date)")
        // A log that ends in January begins in December of the year before.
        if options.date == nil, LogDate(year: known.year, month: month, day: day) > known { known.year -= 1 }
        if options.date != nil, let latest, let moment = time.nanoseconds(zone: options.zone, date: known),
          moment < latest - 180 * LogClock.dayNanoseconds
        {
          known.year += 1
          self.day?.year += 1
        }
      } else {
        remark("the day of times without a date is \(known.year)-\(padded(known.month))-\(padded(known.day)) (--date)")
        // Past midnight the clock falls by most of a day.
        if let lastClock, time.clock < lastClock - LogClock.dayNanoseconds / 2 { daysPassed += 1 }
        lastClock = time.clock
      }
      date = known
    }
    guard var moment = time.nanoseconds(zone: options.zone, date: date) else { return try spaced(content, file, place) }
    moment += Int64(daysPassed) * LogClock.dayNanoseconds
    latest = max(latest ?? moment, moment)
    return moment
  }

  /// A message in a line without a time: that of the line before, or so much later in a log without any.
  private mutating func spaced(
    _ content: CapturedEvent.Content, _ file: String, _ place: CapturePlace
  ) throws(CaptureError) -> Int64 {
    if let latest {
      let next = latest + (hasTimes ? 0 : options.interval)
      self.latest = next
      return next
    }
    remark("messages without a time are \(Double(options.interval) / 1e6) ms apart (--interval)")
    hasTimes = false
    let date = try knownDate(content, file, place)
    let start =
      LogTime(year: date.year, month: date.month, day: date.day, clock: 9 * 3_600_000_000_000)
      .nanoseconds(zone: options.zone, date: nil) ?? 0
    latest = start
    return start
  }

  private var hasTimes = true

  /// The day that the user named, or that on which the file was written.
  private mutating func knownDate(
    _ content: CapturedEvent.Content, _ file: String, _ place: CapturePlace
  ) throws(CaptureError) -> LogDate {
    if let day { return day }
    guard let modified else {
      throw CaptureError(
        .usage, file: file, at: place, reason: "nothing says on which day this was; name it with --date YYYY-MM-DD")
    }
    let parts = Calendar.gregorian(in: options.zone).dateComponents(
      [.year, .month, .day], from: Date(timeIntervalSince1970: Double(modified / 1_000_000_000)))
    let date = LogDate(year: parts.year ?? 1970, month: parts.month ?? 1, day: parts.day ?? 1)
    remark("what has no date is taken for the day on which the file was written (--date)")
    day = date
    return date
  }

  private mutating func remark(_ text: String) {
    if !remarks.contains(text) { remarks.append(text) }
  }
}

extension Calendar {
  fileprivate static func gregorian(in zone: TimeZone) -> Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    return calendar
  }
}

private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
