import KISMarket

/// Sends every trade. KIS sends what happened within a moment together: trades of a quarter of a second share a message
/// (quirk 61), even across a second (quirk 88).
struct TradeSource: MessageSource {
  /// Messages are sent at multiples of this, in milliseconds, so that they do not depend on when a listener came.
  static let gathering = 250
  private static let mostRecords = 20

  private let instrument: Instrument
  private let tape: Tape
  private let hours: StreamHours
  private var writer: RecordWriter
  /// Until when everything is sent.
  private var told: TradingMoment
  /// Until when ``prints`` holds what happens, and what of it is not sent yet.
  private var drawn: Int
  private var prints: ArraySlice<Print> = []
  /// Whether nothing of this part of the day is sent yet, its first millisecond included.
  private var isAtOpening: Bool
  /// The quote after the last trade that was sent; nil when it has to be looked up.
  private var quote: Quote?

  init(_ instrument: Instrument, tape: Tape, hours: StreamHours, after start: TradingMoment, writer: RecordWriter) {
    (self.instrument, self.tape, self.hours, self.writer) = (instrument, tape, hours, writer)
    told = hours.opening(from: start)
    drawn = told.time.milliseconds
    isAtOpening = told != start
  }

  mutating func drawAgain() {
    prints = []
    quote = nil
    drawn = told.time.milliseconds
  }

  mutating func next(in quotes: QuotedMarket) -> MarketStream.Step {
    if prints.isEmpty {
      let opening = hours.opening(from: told)
      if opening.date != told.date || opening.time.milliseconds > drawn {
        // The part of the day is over: everything starts again at the next one.
        told = opening
        drawn = opening.time.milliseconds
        quote = nil
        isAtOpening = true
      }
      let from = ClockTime(milliseconds: drawn - (isAtOpening ? 1 : 0))
      isAtOpening = false
      drawn += window
      prints =
        quotes.prints(
          instrument, on: told.date, after: from, through: ClockTime(milliseconds: drawn), tape: tape
        ).filter { hours.contains(TradingMoment(told.date, $0.time)) }[...]
      if prints.isEmpty {
        told.time = ClockTime(milliseconds: drawn)
        quote = nil
        return .nothing(until: told)
      }
    }
    return .message(message(in: quotes))
  }

  /// How far to look ahead, in milliseconds: half an hour of a thin name costs less than a minute of a busy one.
  private var window: Int { instrument.ordinaryPrints < 2_000 ? 1_800_000 : 60_000 }

  private mutating func message(in quotes: QuotedMarket) -> MarketStream.Step.Message {
    let end = TradeSource.mark(at: prints[prints.startIndex].time.milliseconds)
    var records: [String] = []
    var quote =
      self.quote
      ?? quotes.quote(
        instrument, at: TradingMoment(told.date, prints[prints.startIndex].time.later(milliseconds: -1)), tape: tape)
    while let print = prints.first, print.time.milliseconds <= end, records.count < TradeSource.mostRecords {
      let moment = TradingMoment(told.date, print.time)
      quote.record(print, details: QuoteDetails(instrument, at: moment, tape: tape, in: quotes))
      records.append(writer.record(of: quote))
      prints.removeFirst()
    }
    self.quote = quote
    if prints.first.map({ $0.time.milliseconds > end }) ?? true { told.time = ClockTime(milliseconds: end) }
    return MarketStream.Message(
      moment: TradingMoment(told.date, ClockTime(milliseconds: end)), bytes: writer.message(records))
  }

  /// The mark of the clock at a moment, or the last one before it: what is sent at that mark has been sent.
  static func mark(before moment: TradingMoment) -> TradingMoment {
    TradingMoment(moment.date, ClockTime(milliseconds: moment.time.milliseconds / gathering * gathering))
  }

  /// The mark at which what happened at a millisecond of the day is sent.
  private static func mark(at millisecond: Int) -> Int {
    (millisecond + gathering - 1) / gathering * gathering
  }
}

extension MarketStream.Step {
  typealias Message = MarketStream.Message
}
