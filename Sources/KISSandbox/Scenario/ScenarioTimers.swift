import KISScenario
public import KISWire

/// When a scenario wants to hear of the time again: the earlier of two moments on two time lines.
public struct ScenarioDeadline: Sendable, Hashable {
  /// On the sandbox's clock, since the scenario started; nil when nothing waits for it.
  public var elapsed: Duration?
  /// On the playhead; nil when nothing waits for it.
  public var timeOfDay: TimeOfDay?

  /// Without arguments: nothing waits for any time.
  public init(elapsed: Duration? = nil, timeOfDay: TimeOfDay? = nil) {
    self.elapsed = elapsed
    self.timeOfDay = timeOfDay
  }
}

/// The rules that wait for a time, each by its index.
struct ScenarioTimers: Sendable {
  /// When `after` and `interval` rules are due next, on the sandbox's clock.
  private var due: [Int: Duration] = [:]
  private var intervals: [Int: Duration] = [:]
  private var timesOfDay: [(rule: Int, time: TimeOfDay)] = []
  /// Times of day up to here have had their turn.
  private var passed: TimeOfDay

  private static let day = Duration.seconds(86_400)
  private static let instant = Duration.nanoseconds(1)

  init(_ rules: [Rule], start: TimeOfDay) {
    passed = TimeOfDay(sinceMidnight: start.sinceMidnight - ScenarioTimers.instant)
    for (index, rule) in rules.enumerated() {
      switch rule.trigger {
      case .timeOfDay(let time): timesOfDay.append((index, time))
      case .interval(let interval): intervals[index] = interval
      default: break
      }
    }
  }

  /// Starts the time that a rule waits for.
  mutating func arm(_ index: Int, _ rule: Rule, at elapsed: Duration) {
    switch rule.trigger {
    case .after(let delay), .interval(let delay): due[index] = elapsed + delay
    default: break
    }
  }

  /// Takes over what an earlier version of the scenario had started for the same rule.
  mutating func keep(_ index: Int, from earlier: ScenarioTimers, _ earlierIndex: Int) {
    due[index] = earlier.due[earlierIndex]
  }

  mutating func seek(to timeOfDay: TimeOfDay) {
    passed = TimeOfDay(sinceMidnight: timeOfDay.sinceMidnight - ScenarioTimers.instant)
  }

  /// The rules whose time has come, in the order of the file; each is taken once. Missed turns of an interval are
  /// left out.
  mutating func takeDue(at moment: ScenarioMoment) -> [Int] {
    var taken: [Int] = []
    for (index, deadline) in due where deadline <= moment.elapsed {
      taken.append(index)
      due[index] = intervals[index].map { next(after: moment.elapsed, from: deadline, every: $0) }
    }
    if moment.timeOfDay < passed { seek(to: moment.timeOfDay) }
    for (index, time) in timesOfDay where next(time) <= moment.timeOfDay { taken.append(index) }
    passed = max(passed, moment.timeOfDay)
    return taken.sorted()
  }

  /// The earliest deadlines of those rules that may fire.
  func nextDeadline(where mayFire: (Int) -> Bool) -> ScenarioDeadline {
    ScenarioDeadline(
      elapsed: due.filter { mayFire($0.key) }.values.min(),
      timeOfDay: timesOfDay.filter { mayFire($0.rule) }.map { next($0.time) }.min())
  }

  /// The first moment after ``passed`` that has this time of day.
  private func next(_ time: TimeOfDay) -> TimeOfDay {
    let behind = passed.sinceMidnight - time.sinceMidnight
    guard behind >= .zero else { return time }
    let days = Int(behind / ScenarioTimers.day) + 1
    return TimeOfDay(sinceMidnight: time.sinceMidnight + ScenarioTimers.day * days)
  }

  private func next(after now: Duration, from deadline: Duration, every interval: Duration) -> Duration {
    let missed = Int((now - deadline) / interval)
    return deadline + interval * (missed + 1)
  }
}
