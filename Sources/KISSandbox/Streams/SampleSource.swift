import KISMarket

/// Looks at an instrument every so often and sends what has changed: books, indices, totals, interruptions.
struct SampleSource: MessageSource {
  private let instrument: Instrument
  private let tape: Tape
  private let hours: StreamHours
  private let pace: Int
  private var writer: RecordWriter
  private var next: TradingMoment
  private var before: String?

  /// How many looks without news one call takes.
  private static let looks = 16

  init(
    _ instrument: Instrument, tape: Tape, hours: StreamHours, pace: Int, after start: TradingMoment,
    isDue: Bool, writer: RecordWriter
  ) {
    (self.instrument, self.tape, self.hours, self.pace, self.writer) = (instrument, tape, hours, max(50, pace), writer)
    next = hours.opening(from: start)
    // At the opening, then at fixed marks of the clock, so that messages do not depend on when a listener came.
    if next == start, !isDue { next.time = mark(after: next.time) }
  }

  private func mark(after time: ClockTime) -> ClockTime {
    ClockTime(milliseconds: (time.milliseconds / pace + 1) * pace)
  }

  mutating func drawAgain() {}

  mutating func next(in quotes: QuotedMarket) -> MarketStream.Step {
    for _ in 0..<SampleSource.looks {
      if !hours.contains(next) {
        next = hours.opening(from: next)
        before = nil
        writer.beginAnew()
        return .nothing(until: next)
      }
      let moment = next
      next.time = mark(after: next.time)
      guard let record = writer.sample(instrument, at: moment, tape: tape) else { continue }
      guard record.news != before else { continue }
      before = record.news
      return .message(MarketStream.Message(moment: moment, bytes: writer.message([record.text])))
    }
    return .nothing(until: next)
  }
}
