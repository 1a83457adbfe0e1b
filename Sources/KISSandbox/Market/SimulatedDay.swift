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
    var events: [RecordedEvent] = []
    for industry in plan.programTrading { events += programTrading(of: industry) }
    if plan.ranksInvestors { events += investorRankings() }
    let dialect = Dialect(of: plan)
    for code in plan.instruments { events += currentPrices(of: code) + tradesAndBooks(of: code, in: dialect) }
    if let htsID = plan.noticesFor { events += notices(for: htsID, in: dialect) }
    // Sorting by position too keeps events of the same nanosecond in the order in which they were made.
    return events.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
      .map(\.element)
  }

  var day: TradingDay { TradingDay(of: plan.start) }

  /// Nanoseconds from the recording's start to a nanosecond of its day; nil outside the session.
  func offset(ofNanosecond nanosecond: Int64) -> Int64? {
    let offset = nanosecond - plan.start.nanosecondOfDay
    return offset >= 0 && offset <= plan.length.nanoseconds ? offset : nil
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
