/// A volatility interruption (VI, 변동성완화장치), one that was asked for, or a circuit breaker: trading rests until an
/// auction ends it. Prices are in the smallest units of the instrument's market.
public struct Interruption: Sendable, Hashable {
  /// What set it off.
  public enum Kind: Sendable, Hashable {
    /// 정적 VI: 10 % off the last auction.
    case staticVI
    /// 동적 VI: too far off the last print.
    case dynamicVI
    /// Asked for: as a volatility interruption, for as long as was asked.
    case halt
    /// 서킷브레이커: the whole market rests; orders are collected in its last ten minutes.
    case circuitBreaker
  }

  /// When its auction begins to collect orders (market-rules section 2).
  public var collectsFrom: ClockTime {
    kind == .circuitBreaker ? max(start, end.later(milliseconds: -10 * 60_000)) : start
  }

  /// What set it off.
  public let kind: Kind
  /// When trading stops.
  public let start: ClockTime
  /// When the auction trades.
  public let end: ClockTime
  /// The last price before it (발동가격).
  public let price: Int
  /// What the price was measured from (기준가격).
  public let reference: Int
}

/// An interruption as it is drawn: from the last print before it to its auction.
struct DrawnInterruption: Sendable {
  let start: Int
  let auction: DrawnPrint
  let kind: Interruption.Kind
}

extension DayPlan {
  /// All interruptions of the session, in order.
  var interruptions: [DrawnInterruption] {
    parts.enumerated().flatMap { number, part in
      let end = number + 1 < parts.count ? parts[number + 1].after : Int.max
      return part.plan.interruptions.filter { $0.start < end }
    }
  }

  /// The interruption that a moment lies in.
  func interruption(at time: Int) -> DrawnInterruption? {
    part(at: time).plan.interruptions.last { $0.start <= time && time < $0.auction.time }
  }
}

extension StretchPlan {
  /// A dense name rests for whole minutes; an interruption of a thin one is known by the auction between its prints.
  fileprivate var interruptions: [DrawnInterruption] { prints == nil ? dense : thin }

  private var dense: [DrawnInterruption] {
    var found: [DrawnInterruption] = []
    // Most days have none, and every book asks.
    guard rests else { return found }
    var index = 0
    while index < cells.count {
      guard cells[index].isHalted else {
        index += 1
        continue
      }
      let first = index
      while index < cells.count, cells[index].isHalted { index += 1 }
      let pause = stretch.pauses.first { $0.minutes.contains(cells[first].minute) }
      guard index < cells.count, let auction = firstPrint(index), auction.side == 0 else { continue }
      found.append(
        DrawnInterruption(start: stop(before: first), auction: auction, kind: pause?.kind ?? .staticVI))
    }
    return found
  }

  /// When trading stops: with the last print before, not earlier than the stretch begins.
  private func stop(before index: Int) -> Int {
    var last = stretch.sessionStart + stretch.firstMinute * 60_000 + stretch.gone - 1
    if let traded = tradedCell(before: index) { forEachPrint(ofCell: traded) { last = max(last, $0.time) } }
    return last
  }

  private func firstPrint(_ index: Int) -> DrawnPrint? {
    var first: DrawnPrint?
    forEachPrint(ofCell: index) { if first == nil { first = $0 } }
    return first
  }

  private var thin: [DrawnInterruption] {
    guard let prints, rests else { return [] }
    return prints.indices.compactMap { number in
      let print = prints[number]
      guard StretchPlan.resumes(print, stretch), number > 0 else { return nil }
      if let pause = stretch.pauses.first(where: { $0.resume == print.time }) {
        let start = stretch.sessionStart + pause.minutes.lowerBound * 60_000
        return DrawnInterruption(start: max(prints[number - 1].time, start), auction: print, kind: pause.kind)
      }
      return DrawnInterruption(
        start: max(prints[number - 1].time, print.time - 150_000), auction: print, kind: .dynamicVI)
    }
  }
}

extension Stretch.Pause {
  fileprivate var kind: Interruption.Kind { isCircuitBreaker ? .circuitBreaker : .halt }
}
