import KISMarket
public import KISRecording
public import KISScenario
import KISWire

/// A session that never happened but could have: everything in it agrees with everything else.
///
/// A pure function of the plan and the seed, without files, clocks or sockets.
public struct SimulatedDay: Sendable, Hashable {
  /// What the day holds.
  public let plan: SimulationPlan
  /// Another seed gives another day of the same plan.
  public let seed: UInt64

  /// The day of a plan; nothing is computed before ``events()``.
  public init(_ plan: SimulationPlan, seed: UInt64) {
    self.plan = plan
    self.seed = seed
  }

  /// Everything that happens, in time order.
  public func events() -> [RecordedEvent] {
    let quotes = QuotedMarket(seed: seed)
    var events: [RecordedEvent] = []
    let dialect = Dialect(of: plan)
    for industry in plan.programTrading {
      events += messages(.indexProgramTrading, industry.rawValue, every: plan.programInterval, dialect, quotes)
    }
    if plan.ranksInvestors { events += investorRankings(from: quotes) }
    for code in plan.instruments {
      events += currentPrices(of: code, from: quotes) + messages(.stockTrade, code, every: nil, dialect, quotes)
      events += messages(.stockOrderBook, code, every: plan.bookInterval, dialect, quotes)
    }
    if let htsID = plan.noticesFor { events += notices(for: htsID, in: dialect, from: quotes) }
    // Sorting by position too keeps events of the same nanosecond in the order in which they were made.
    return events.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
      .map(\.element)
  }

  /// The messages of one TR and key, as a registration gets them.
  private func messages(
    _ id: TransactionID, _ key: String, every interval: Duration?, _ dialect: Dialect, _ quotes: QuotedMarket
  ) -> [RecordedEvent] {
    let start = TradingMoment(plan.start)
    let end = TradingMoment(plan.start + plan.length)
    var stream = MarketStream(
      id, key: key, after: start.later(milliseconds: -1), dialect: dialect,
      pace: interval.map { Int($0.nanoseconds / 1_000_000) }, in: quotes)
    var events: [RecordedEvent] = []
    while true {
      switch stream.next(in: quotes) {
      case .nothing(until: let moment): if moment > end { return events }
      case .message(let message):
        guard message.moment <= end else { return events }
        guard let offset = offset(of: .milliseconds(message.moment.time.milliseconds)) else { continue }
        events.append(RecordedEvent(at: offset, .message(message.bytes, from: .server)))
      }
    }
  }

  var day: CalendarDate { CalendarDate(of: plan.start) }

  /// The seconds of the day's continuous trading; none on a day without.
  var continuous: Range<Int> {
    TradingHours(of: .krx, on: day).continuous.map { $0.start.seconds..<$0.end.seconds } ?? 0..<0
  }

  /// Where in the recording a time of its day is; nil outside the session.
  func offset(of time: Duration) -> RecordedTime? {
    let passed = time - .nanoseconds(plan.start.nanosecondOfDay)
    return passed >= .zero && passed <= plan.length ? RecordedTime(passed) : nil
  }

  /// The moment the session begins and ends, in whole seconds of its day.
  var seconds: ClosedRange<Int> {
    let first = plan.start.secondOfDay
    return first...max(first, first + Int(plan.length.nanoseconds / 1_000_000_000))
  }
}

extension Dialect {
  /// The layouts in force on a plan's day and venue.
  fileprivate init(of plan: SimulationPlan) {
    self = (try? Dialect(day: plan.start.date, venue: plan.venue)) ?? .latest(plan.venue)
  }
}
