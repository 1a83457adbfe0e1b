extension DayPlan {
  /// Lets something happen in the session.
  mutating func apply(_ event: MarketEvent) {
    let time = event.time.milliseconds
    let state = running(at: time)
    let last = state.last > 0 ? ticks.price(at: state.last) : draw.base
    switch event.kind {
    case .known(let known):
      self.known = (time, known)
      bend(after: time, state: known.running(ticks))
    case .move(let basisPoints, let over):
      let part = max(-9_999, min(100_000, basisPoints))
      let target = bounded(last + FixedPoint.ratio(last, part, 10_000))
      bend(after: time, .init(target: target, arrival: time + duration(over)))
    case .halt(let milliseconds):
      bend(after: time, .init(resume: time + duration(milliseconds)))
    case .limit(let side):
      let target = side == .buy ? parts[0].plan.stretch.upper : parts[0].plan.stretch.lower
      bend(after: time, .init(target: target, arrival: time + 60_000, stays: true))
    case .circuitBreaker:
      let target = bounded(last - last * 8 / 100)
      let fallen = time + 60_000
      bend(
        after: time,
        .init(target: target, arrival: fallen, resume: fallen + 30 * 60_000, restFrom: fallen))
    }
  }

  /// The nearest valid price within the limits, as a tick index.
  private func bounded(_ price: Int) -> Int {
    let stretch = parts[0].plan.stretch
    return max(stretch.lower, min(stretch.upper, ticks.index(nearest: max(1, price))))
  }

  /// A time of at most a day.
  private func duration(_ milliseconds: Int) -> Int { max(0, min(86_400_000, milliseconds)) }
}
