import KISRecording
import KISScenario
import KISWire

extension Sandbox {
  /// What rules want done to the current event itself; everything else that they want is done at once.
  struct RuleOutcome {
    var answer: Answer?
    var delay = Duration.zero
  }

  /// Tells the rules that something happened, and does what they say.
  /// - Parameter position: where on the time line it did; nil is where the replay stands.
  @discardableResult
  func observe(_ event: ScenarioEvent, at position: RecordedTime? = nil) -> RuleOutcome {
    guard scenarioRun.engine != nil else { return RuleOutcome() }
    var moment = moment
    if let position { moment.timeOfDay = timeOfDay(at: position) }
    let appKey = if case .request(let request) = event { request.appKey } else { session(of: event)?.appKey ?? "" }
    let firings = scenarioRun.observe(event, of: appKey, at: moment)
    var outcome = RuleOutcome()
    for firing in firings { perform(firing, after: event, &outcome) }
    return outcome
  }

  private func session(of event: ScenarioEvent) -> Session? { event.session.flatMap { sessions[$0] } }

  /// The name of the state that the rules are in; nil without states.
  public var scenarioState: String? { scenarioRun.engine?.state }

  /// Goes on by the rules of a scenario: the state stays if it exists there.
  func adopt(_ scenario: Scenario) {
    if scenarioRun.engine == nil {
      scenarioRun.engine = ScenarioEngine(scenario, start: moment.timeOfDay)
    } else {
      scenarioRun.engine?.adopt(scenario, at: moment)
    }
  }

  /// Arms the faults of the scenario and of its quirks, and those alone.
  func armOwnFaults() {
    clearFaults()
    scenarioRun.armOwnFaults(of: configuration, at: clock.now)
  }

  /// Waits until a rule says that the scenario is over, or the sandbox stops.
  public func waitUntilOver() async {
    guard !isOver, !waiters.isWoundDown else { return }
    await withCheckedContinuation { waiters.untilOver.append($0) }
  }

  var moment: ScenarioMoment { stage.moment(in: configuration, on: clock) }

  /// The position of the next rule that waits for a time of day: it fires before the messages there.
  var nextRulePosition: RecordedTime {
    scenarioRun.engine?.nextDeadline.timeOfDay.map { configuration.position(of: $0) } ?? .distantFuture
  }

  /// When the rules want to hear of the time again.
  func scenarioDeadline(at now: Duration) -> Duration {
    guard let next = scenarioRun.engine?.nextDeadline else { return .never }
    var deadline = next.elapsed ?? .never
    if let time = next.timeOfDay { deadline = min(deadline, clockMoment(ofRuleAt: time)) }
    return max(deadline, now + .milliseconds(1))
  }

  private func perform(_ firing: ScenarioEngine.Firing, after event: ScenarioEvent, _ outcome: inout RuleOutcome) {
    let now = clock.now
    switch firing.action {
    case .answer(let answer): outcome.answer = outcome.answer ?? answer
    case .delay(let duration): outcome.delay += duration
    case .emit(let emission): emit(emission, from: firing.session)
    case .fault(let fault):
      note(.fault(name: fault.name.rawValue, detail: "armed by rule \(firing.rule)"), session: firing.session)
      if !scenarioRun.faults.arm(fault, after: event, at: now) { strike(fault, session: firing.session) }
    case .clearFaults(let name): clearFaults(name)
    case .state: break
    case .speed, .pause, .play, .seek, .market: control(firing)
    case .dialect(let choice): change(dialect: choice)
    case .end: finish()
    }
  }

  /// Does what a rule wants of the replay and of the market; what cannot be is written down.
  private func control(_ firing: ScenarioEngine.Firing) {
    do {
      switch firing.action {
      case .speed(let speed): try changeSpeed(to: speed)
      case .pause: try pause()
      case .play: try play()
      case .seek(.timeOfDay(let time)): try seek(to: .timeOfDay(time))
      case .seek(.marker(let name)): try seek(to: .marker(name))
      case .market(let steering): try steer(steering)
      default: break
      }
    } catch {
      note(.fault(name: "rule \(firing.rule)", detail: "\(error)"), session: firing.session)
    }
  }

  private func emit(_ emission: Emission, from session: Int?) {
    let text: [UInt8] =
      switch emission.content {
      case .text(let text): Array(text.utf8)
      case .pingPong: PingPong(datetime: shownMarketTime.compact).bytes
      }
    switch emission.audience {
    case .session where session != nil: send(text, to: session.map { [$0] } ?? [])
    case .session, .registered: send(text, to: sessionsRegistered(for: text))
    case .all: send(text, to: sessions.numbers)
    }
  }

  private func change(dialect choice: DialectChoice) {
    let venue = configuration.venue
    let day =
      choice.asOf ?? stage.translation?.target.day ?? configuration.recordings.first?.header.dialectDay ?? "9999-12-31"
    guard var dialect = try? Dialect(day: day, venue: venue) else { return }
    dialect.apply(choice)
    stage.translation = LayoutTranslation(configuration.recordings, to: dialect, shift: stage.dateShift)
  }

  private func finish() {
    scenarioRun.isOver = true
    for waiter in waiters.untilOver { waiter.resume() }
    waiters.untilOver = []
  }
}

extension Dialect {
  /// Layouts of single TRs, as a scenario chooses them.
  mutating func apply(_ choice: DialectChoice) {
    for (id, layout) in choice.overrides.sorted(by: { $0.key < $1.key }) {
      switch layout {
      case .width(let width): override(TransactionID(id), width: width)
      case .asOf(let day):
        if let other = try? Dialect(day: day, venue: venue) { override(other.layout(of: TransactionID(id))) }
      }
    }
  }
}
