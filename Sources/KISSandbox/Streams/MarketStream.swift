import KISMarket
import KISWire

/// The messages of a registration as the market makes them, from some moment on and without end.
///
/// The same TR, key and market give the same messages to everybody who listens, whenever they came: late joiners see
/// what others see. Notices keep their payload readable (flag 1): whoever sends them encrypts.
struct MarketStream {
  /// One text message.
  struct Message: Hashable {
    /// When it is sent, in market time; never before the previous message.
    var moment: TradingMoment
    /// `flag|tr_id|count|payload`
    var bytes: [UInt8]
  }

  /// What comes next.
  enum Step {
    case message(Message)
    /// Nothing happens before that moment: ask again then.
    case nothing(until: TradingMoment)
  }

  private var source: any MessageSource

  /// - Parameters:
  ///   - id: the TR as it was registered, `H0STCNI9` for paper notices.
  ///   - key: its `tr_key`.
  ///   - start: nothing that happened until then is sent.
  ///   - shift: the shift from the market's days to those that are shown; nil when they are the same.
  ///   - isDue: whether a stream that samples the market does so at the start.
  ///   - pace: how often it looks for something new, in milliseconds; nil for what the TR does.
  init(
    _ id: TransactionID, key: String, after start: TradingMoment, dialect: Dialect, pace: Int? = nil,
    shift: DateShift? = nil, isDue: Bool = false, in quotes: QuotedMarket
  ) {
    let kind = StreamKind(id)
    let instrument = kind.instrument(of: id, key: key, in: quotes)
    let writer = RecordWriter(id, key: key, kind: kind, dialect: dialect, quotes: quotes, shift: shift)
    let tape = instrument.tape(StreamKind.tape(of: id))
    source =
      kind == .trades
      ? TradeSource(
        instrument, tape: tape, hours: StreamHours(id, kind, instrument), after: start, writer: writer)
      : SampleSource(
        instrument, tape: tape, hours: StreamHours(id, kind, instrument),
        pace: pace ?? kind.pace(ordinaryPrints: instrument.ordinaryPrints), after: start, isDue: isDue, writer: writer)
  }

  /// The next message, or how long there is none.
  mutating func next(in quotes: QuotedMarket) -> Step { source.next(in: quotes) }

  /// Draws again what was not sent yet: something happened in the market.
  mutating func drawAgain() { source.drawAgain() }
}

/// Where a stream's messages come from.
protocol MessageSource {
  mutating func next(in quotes: QuotedMarket) -> MarketStream.Step
  mutating func drawAgain()
}
