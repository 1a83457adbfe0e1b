public import KISWire

/// The messages of a registration that no recording feeds, without end.
///
///     var simulator = RealtimeSimulator("H0STCNT0", key: "005930", from: now, dialect: dialect, seed: 1)
///     let message = simulator.next()      // when it is due, and its bytes
///
/// The same TR, key, start and seed give the same messages; TRs of one instrument agree with each other and with
/// ``GeneratedAnswer``. Notices keep their payload readable (flag 1): whoever sends them encrypts.
public struct RealtimeSimulator: Sendable, IteratorProtocol {
  /// One text message.
  public struct Message: Sendable, Hashable {
    /// When it is due on the sandbox's clock; never before the message in front.
    public var time: KoreanTime
    /// `flag|tr_id|count|payload`
    public var bytes: [UInt8]
  }

  private let layout: Layout
  private let family: RealtimeFamily
  private let key: String
  private let venue: Venue
  private let start: KoreanTime
  private let generator: SeededGenerator
  private var feed: MarketFeed
  private var programTrading: ProgramTradingFeed?
  private var due: KoreanTime
  /// What the message before told.
  private var before: Quote?
  private var orders: SimulatedNotices
  /// An event that was read while gathering and belongs to the next message.
  private var ahead: MarketFeed.Event?

  /// - Parameters:
  ///   - id: the TR as it was registered, `H0STCNI9` for paper notices.
  ///   - key: its `tr_key`.
  ///   - start: nothing is sent before this moment.
  ///   - hours: when the market is open.
  ///   - codes: who knows the instrument.
  public init(
    _ id: TransactionID, key: String, from start: KoreanTime, dialect: Dialect, seed: UInt64,
    hours: OpeningHours = .exchange, codes: KnownCodes = .standard
  ) {
    layout = dialect.layout(of: id)
    family = RealtimeFamily(id)
    venue = dialect.venue
    self.key = key
    self.start = start
    due = start
    generator = SeededGenerator(seed: seed).fork("realtime").fork(key)
    feed = MarketFeed(family.instrument(of: id, key: key, codes: codes), from: start, hours: hours, seed: seed)
    programTrading =
      family == .indexProgramTrading ? ProgramTradingFeed(key, from: start, hours: hours, seed: seed) : nil
    orders = SimulatedNotices(customer: key, venue: venue, generator: generator.fork("orders"))
  }

  /// The next message in time order; the stream has no end. Trades within 250 ms share a message.
  public mutating func next() -> Message? {
    if let message = programTrading?.next() { return Message(time: message.time, bytes: frame([message.record])) }
    var event = nextEvent()
    var records = [record(of: event)]
    if family == .trades {
      // Trades close to each other share a message (quirk 61), even across a second (quirk 88).
      let end = event.time + .milliseconds(RealtimeSimulator.gatheringMilliseconds)
      while records.count < RealtimeSimulator.mostRecords {
        let following = nextEvent()
        guard following.time <= end else {
          ahead = following
          break
        }
        event = following
        records.append(record(of: event))
      }
    }
    before = event.quote
    return Message(time: event.time, bytes: frame(records))
  }

  /// How long trades are gathered into one message.
  static let gatheringMilliseconds: Int64 = 250
  private static let mostRecords = 20

  /// The next event that this TR tells of.
  private mutating func nextEvent() -> MarketFeed.Event {
    while true {
      let event = ahead ?? feed.next()
      ahead = nil
      guard event.time >= due, event.isTrade || family != .trades else { continue }
      guard family != .index && family != .trades || event.quote.open > 0 else { continue }
      due = event.time + .milliseconds(family.pace)
      return event
    }
  }

  private func frame(_ records: [String]) -> [UInt8] {
    layout.message(records, flag: family == .notices ? .encrypted : .plain)
  }

  private mutating func record(of event: MarketFeed.Event) -> String {
    if family == .notices { orders.proceed(event) }
    var values: [String: String] = [:]
    for field in layout.fields {
      values[field] =
        special(field, event) ?? event.quote.value(of: field)
        ?? PlausibleValue.value(of: field, about: event.quote, generator: generator)
    }
    ConsistentRecord.agree(&values)
    // Clients route by the first value: it is the registered key, except where a day comes first.
    if let first = layout.fields.first, first != "BSOP_DATE" { values[first] = key }
    return layout.record { values[$0] }
  }

  /// What a family knows better than the words of a name.
  private func special(_ field: String, _ event: MarketFeed.Event) -> String? {
    switch family {
    case .book: event.quote.bookValue(of: field, before: before?.book) ?? nil
    case .expected: event.quote.expectedValue(of: field)
    case .programTrading: event.quote.programTradingValue(of: field)
    case .members: MemberTrading(event.quote, since: before).value(of: field)
    case .volatilityInterruption: event.quote.interruptionValue(of: field)
    case .netAssetValue: event.quote.netAssetValue(of: field)
    case .notices: orders.value(of: field)
    case .trades: layout.transactionID.rawValue.hasPrefix("H0EU") ? greekOfNightOption(field) : nil
    case .index, .marketStatus, .indexProgramTrading: nil
    }
  }

  /// Night options come without greeks now and then (quirk 69).
  private func greekOfNightOption(_ field: String) -> String? {
    switch field {
    case "HTS_THPR", "DELTA", "GAMA", "VEGA", "RHO": "-nan"
    case "THETA", "HTS_INTS_VLTL": "nan"
    default: nil
    }
  }
}
