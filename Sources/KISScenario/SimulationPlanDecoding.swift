import KISRecording
import KISWire

extension SimulationPlan {
  /// The simulation that a scenario describes, with its title and venue.
  ///
  /// - Throws: ``ScenarioError`` when it has no section `simulation:`, or something in there is wrong.
  public init(_ scenario: Scenario) throws(ScenarioError) {
    guard let plan = scenario.simulation else {
      throw ScenarioError(
        at: FilePosition(file: scenario.file, line: 1, column: 1), expected: "a section `simulation:`",
        found: "a scenario without one", advice: "say at least `simulation:` with a `day:` and what to simulate")
    }
    self = plan
    title = scenario.title.isEmpty ? title : scenario.title
    venue = scenario.venue ?? venue
  }

  /// Reads the section `simulation:` of a scenario.
  ///
  ///     simulation:
  ///       day: 2026-09-21
  ///       from: 08:59
  ///       to: 15:45
  ///       program-trading: ["0001", "1001"]
  ///
  /// - Throws: ``ScenarioError`` at the key or value that is wrong, with the nearest valid one.
  public init(_ node: YAMLNode) throws(ScenarioError) {
    let section = try node.mapping(ScenarioKeys.simulation)
    let day = try section.required("day")
    let date = try day.string("a day")
    guard let midnight = KoreanTime(date), midnight.date == date else {
      throw day.unexpected("a day of the calendar such as 2026-09-21")
    }
    let from = try section["from"]?.timeOfDay().nanoseconds ?? 32_340_000_000_000
    let to = try section["to"]?.timeOfDay().nanoseconds ?? 56_700_000_000_000
    guard from < to else { throw (section["to"] ?? node).unexpected("an end after the start") }
    self.init(start: midnight + .nanoseconds(from), length: .nanoseconds(to - from))
    for industry in section["program-trading"]?.list() ?? [] { programTrading.append(try industry.word()) }
    programInterval = try section["program-interval"]?.duration() ?? programInterval
    ranksInvestors = try section["investor-rankings"]?.bool() ?? false
    instruments = try section["instruments"]?.strings() ?? []
    bookInterval = try section["book-interval"]?.duration() ?? bookInterval
    noticesFor = try section["notices-for"]?.string()
  }
}

extension ScenarioKeys {
  static let simulation = KeySection(
    "simulation", "a simulation",
    [
      .init("day", .day, "The day that is simulated.", isRequired: true),
      .init("from", .timeOfDay, "When the session starts. Default: 08:59."),
      .init("to", .timeOfDay, "When it ends. Default: 15:45."),
      .init(
        "program-trading", .list(.words(of: IndustryMarket.self)), "Industry codes with program trading (H0UPPGM0)."),
      .init("program-interval", .duration, "Time between two of its records. Default: 10s."),
      .init("investor-rankings", .bool, "Answers of foreign-institution-total. Default: false."),
      .init("instruments", .list(.text), "Stock codes with trades, order books and prices."),
      .init("book-interval", .duration, "Least time between two order books. Default: 1s."),
      .init("notices-for", .text, "The HTS id whose orders are filled and notified (H0STCNI0)."),
    ])
}
