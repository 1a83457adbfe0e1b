/// What somebody bought and sold: shares, and the amounts in the smallest units of the market (won).
public struct Flow: Sendable, Hashable {
  public var boughtVolume: Int
  public var boughtAmount: Int
  public var soldVolume: Int
  public var soldAmount: Int

  public init(boughtVolume: Int = 0, boughtAmount: Int = 0, soldVolume: Int = 0, soldAmount: Int = 0) {
    self.boughtVolume = boughtVolume
    self.boughtAmount = boughtAmount
    self.soldVolume = soldVolume
    self.soldAmount = soldAmount
  }

  /// 순매수 수량
  public var netVolume: Int { boughtVolume - soldVolume }
  /// 순매수 대금
  public var netAmount: Int { boughtAmount - soldAmount }

  public static func + (left: Flow, right: Flow) -> Flow {
    Flow(
      boughtVolume: left.boughtVolume + right.boughtVolume, boughtAmount: left.boughtAmount + right.boughtAmount,
      soldVolume: left.soldVolume + right.soldVolume, soldAmount: left.soldAmount + right.soldAmount)
  }

  public static func += (left: inout Flow, right: Flow) { left = left + right }

  /// So many thousandths of it.
  func scaled(_ thousandths: Int) -> Flow {
    if thousandths == 1_000 { return self }
    return Flow(
      boughtVolume: boughtVolume * thousandths / 1_000, boughtAmount: boughtAmount / 1_000 * thousandths,
      soldVolume: soldVolume * thousandths / 1_000, soldAmount: soldAmount / 1_000 * thousandths)
  }
}

/// Shares out what is traded among parties: each hour by other weights, each party's part never falling, all parts
/// together exactly what was traded.
struct FlowSplitting {
  let model: InstrumentModel
  let ordinal: Int
  /// Shares and won of each hour of the session so far.
  let hours: [(volume: Int, amount: Int)]

  /// - Parameter time: milliseconds since midnight.
  init(_ plan: DayPlan, model: InstrumentModel, at time: Int) {
    self.model = model
    ordinal = plan.draw.ordinal
    let start = plan.parts[0].plan.stretch.sessionStart
    var hours: [(volume: Int, amount: Int)] = []
    var before = (volume: 0, amount: 0)
    for hour in 1...8 {
      let end = start + hour * 3_600_000 - 1
      let isLast = hour == 8 || end >= time
      let tape = isLast ? plan.running(at: time) : plan.part(at: end).plan.runningAtMinuteEnd(end)
      hours.append((tape.volume - before.volume, tape.amount - before.amount))
      before = (tape.volume, tape.amount)
      if isLast { break }
    }
    self.hours = hours
  }

  /// What each party bought and sold.
  ///
  /// - Parameters:
  ///   - buyers: how much each party buys, as weights of any sum.
  ///   - sellers: how much each sells, in the same order.
  func parts(_ purpose: CellPurpose, buyers: [Int], sellers: [Int]) -> [Flow] {
    var flows = [Flow](repeating: Flow(), count: buyers.count)
    for (hour, traded) in hours.enumerated() {
      var numbers = model.cell(purpose, day: ordinal, hour)
      let bought = noisy(buyers, &numbers)
      let sold = noisy(sellers, &numbers)
      share(traded.volume, bought) { flows[$0].boughtVolume += $1 }
      share(traded.amount, bought) { flows[$0].boughtAmount += $1 }
      share(traded.volume, sold) { flows[$0].soldVolume += $1 }
      share(traded.amount, sold) { flows[$0].soldAmount += $1 }
    }
    return flows
  }

  private func noisy(_ weights: [Int], _ numbers: inout CellGenerator) -> [Int] {
    weights.map { $0 == 0 ? 0 : max(1, $0 * Quantiles.lognormal(numbers.next()) / 1_024) }
  }

  /// One after another takes its part of what is left. A part and what it leaves both grow with the whole, so nobody's
  /// part ever falls.
  private func share(_ whole: Int, _ weights: [Int], _ take: (Int, Int) -> Void) {
    var left = whole
    var weightLeft = weights.reduce(0, +)
    for (party, weight) in weights.enumerated() where weightLeft > 0 {
      let part = FixedPoint.ratio(left, weight, weightLeft)
      take(party, part)
      left -= part
      weightLeft -= weight
    }
  }
}
