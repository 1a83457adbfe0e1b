import KISScenario
import KISWire

/// How far a scenario has come: the rules that run, the faults that are armed, what quirks remember.
struct ScenarioRun {
  /// The rules that run; nil without a scenario.
  var engine: ScenarioEngine?
  var faults = FaultPlan()
  var quirkMemory: QuirkMemory
  /// Chances of rules and faults, a stream for each app key: what happens to one client does not depend on who else is
  /// connected.
  private let generator: SeededGenerator
  private var streams = BoundedDictionary<String, SeededGenerator>(capacity: IssuedCredentials.most)
  /// True once a rule said that the scenario is over.
  var isOver = false

  /// The scenario in its first state, with its own faults and those of quirks.
  ///
  /// - Parameters:
  ///   - moment: from when on the rules wait for a time.
  ///   - wall: the same moment as the sandbox's clock tells it.
  init(_ configuration: SandboxConfiguration, generator: SeededGenerator, at moment: ScenarioMoment, wall: KoreanTime) {
    self.generator = generator.fork("chances")
    quirkMemory = QuirkMemory(configuration.quirks, at: moment.elapsed, wall: wall)
    engine = configuration.scenario.map { ScenarioEngine($0, start: moment.timeOfDay, at: moment.elapsed) }
    armOwnFaults(of: configuration, at: moment.elapsed)
  }

  /// Arms the faults of the scenario and of its quirks.
  mutating func armOwnFaults(of configuration: SandboxConfiguration, at now: Duration) {
    for fault in (configuration.scenario?.faults ?? []) + configuration.quirks.faults { faults.arm(fault, at: now) }
  }

  /// Tells the rules that something happened.
  /// - Returns: what they want, in order.
  mutating func observe(
    _ event: ScenarioEvent, of appKey: String, at moment: ScenarioMoment
  ) -> [ScenarioEngine.Firing] {
    var chances = stream(of: appKey)
    defer { streams[appKey] = chances }
    return engine?.observe(event, at: moment, using: &chances) ?? []
  }

  /// The faults that happen on this occasion. Asking counts.
  mutating func faultsHappening(
    on occasion: FaultOccasion, that behavior: FaultBehavior?, to appKey: String, at now: Duration
  ) -> [ConfiguredFault] {
    var chances = stream(of: appKey)
    defer { streams[appKey] = chances }
    return faults.faults(on: occasion, that: behavior, at: now, using: &chances)
  }

  /// Draws from an app key's chances.
  mutating func drawing<Value>(for appKey: String, _ draw: (inout SeededGenerator) -> Value) -> Value {
    draw(&streams[appKey, default: generator.fork(appKey)])
  }

  private func stream(of appKey: String) -> SeededGenerator { streams[appKey] ?? generator.fork(appKey) }
}
