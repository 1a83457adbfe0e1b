/// What somebody bought and sold: shares, and the amounts in the smallest units of the market (won).
public struct Flow: Sendable, Hashable {
  /// Shares bought.
  public var boughtVolume: Int
  /// What was paid for the shares bought.
  public var boughtAmount: Int
  /// Shares sold.
  public var soldVolume: Int
  /// What the shares sold brought.
  public var soldAmount: Int

  /// A flow; what is left out is 0.
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

  /// What both bought and sold.
  public static func + (left: Flow, right: Flow) -> Flow {
    Flow(
      boughtVolume: left.boughtVolume + right.boughtVolume, boughtAmount: left.boughtAmount + right.boughtAmount,
      soldVolume: left.soldVolume + right.soldVolume, soldAmount: left.soldAmount + right.soldAmount)
  }

  /// What one bought and sold more than the other.
  public static func - (left: Flow, right: Flow) -> Flow {
    Flow(
      boughtVolume: left.boughtVolume - right.boughtVolume, boughtAmount: left.boughtAmount - right.boughtAmount,
      soldVolume: left.soldVolume - right.soldVolume, soldAmount: left.soldAmount - right.soldAmount)
  }

  /// Adds what another one bought and sold.
  public static func += (left: inout Flow, right: Flow) { left = left + right }

  /// Rounded down to whole thousands of shares and whole millions of won.
  public var inThousandsAndMillions: Flow { whole(1_000, 1_000_000) }

  /// Rounded down to multiples of so many shares and so many won.
  func whole(_ volume: Int, _ amount: Int) -> Flow {
    Flow(
      boughtVolume: boughtVolume / volume * volume, boughtAmount: boughtAmount / amount * amount,
      soldVolume: soldVolume / volume * volume, soldAmount: soldAmount / amount * amount)
  }

  /// The same with amounts in won, of which the smallest unit of the price is worth so many.
  func worth(_ won: Double) -> Flow {
    Flow(
      boughtVolume: boughtVolume, boughtAmount: Int((Double(boughtAmount) * won).rounded()), soldVolume: soldVolume,
      soldAmount: Int((Double(soldAmount) * won).rounded()))
  }

  /// What parties of these weights have of it, one after another: none of their parts ever falls while the whole grows.
  func shared(buyers: [Int], sellers: [Int]) -> [Flow] {
    var flows = [Flow](repeating: Flow(), count: buyers.count)
    FlowSplitting.share(boughtVolume, buyers) { flows[$0].boughtVolume = $1 }
    FlowSplitting.share(boughtAmount, buyers) { flows[$0].boughtAmount = $1 }
    FlowSplitting.share(soldVolume, sellers) { flows[$0].soldVolume = $1 }
    FlowSplitting.share(soldAmount, sellers) { flows[$0].soldAmount = $1 }
    return flows
  }

  /// A number of thousandths of it.
  func scaled(_ thousandths: Int) -> Flow {
    if thousandths == 1_000 { return self }
    return Flow(
      boughtVolume: boughtVolume * thousandths / 1_000, boughtAmount: boughtAmount / 1_000 * thousandths,
      soldVolume: soldVolume * thousandths / 1_000, soldAmount: soldAmount / 1_000 * thousandths)
  }
}

/// Flows of several parties, which add up over instruments.
protocol SummedFlows: Sendable {
  /// Nothing was traded.
  static var none: Self { get }
  /// Among whom it is shared out.
  static var division: FlowDivision { get }

  /// What each party of that has.
  init(_ parts: [Flow])

  /// Adds a number of thousandths of other flows.
  mutating func add(_ other: Self, thousandths: Int)
}

/// Among whom what is traded of an instrument is shared out.
enum FlowDivision: Sendable, Hashable {
  /// In the order of ``Investor``.
  case investors
  /// In the order of ``ProgramFlows/init(_:)``.
  case programs
  /// In the order of ``Broker/all``.
  case brokers
}

/// Shares out what is traded among parties: each hour by other weights, each party's part never falling, all parts
/// together exactly what was traded.
struct FlowSplitting {
  let model: InstrumentModel
  let ordinal: Int
  /// Shares and won of hours of the session, by number.
  let hours: [(number: Int, volume: Int, amount: Int)]

  /// Hours of the session, the last one as far as it has come.
  ///
  /// - Parameter time: milliseconds since midnight.
  init(_ plan: DayPlan, model: InstrumentModel, at time: Int, hours range: Range<Int>) {
    self.model = model
    ordinal = plan.draw.ordinal
    let start = plan.parts[0].plan.stretch.sessionStart
    func end(_ hour: Int) -> Int { start + (hour + 1) * 3_600_000 - 1 }
    func tape(_ hour: Int) -> Running { plan.running(at: end(hour)) }
    var hours: [(number: Int, volume: Int, amount: Int)] = []
    var before = range.lowerBound == 0 ? Running() : tape(range.lowerBound - 1)
    for hour in range {
      let isLast = hour == FlowSplitting.mostHours - 1 || end(hour) >= time
      let reached = isLast ? (time == .max ? plan.final : plan.running(at: time)) : tape(hour)
      hours.append((hour, max(0, reached.volume - before.volume), max(0, reached.amount - before.amount)))
      before = reached
      if isLast { break }
    }
    self.hours = hours
  }

  /// How many hours are told apart: the last one takes what is left of the day.
  static let mostHours = 8

  /// What each party of a division bought and sold.
  func parts(_ division: FlowDivision) -> [Flow] {
    switch division {
    case .investors: parts(.investors, investors)
    case .programs: parts(.programs, programs)
    case .brokers: parts(.members, brokers)
    }
  }

  /// How much each party buys and sells, as weights of any sum.
  typealias Weights = (buyers: [Int], sellers: [Int])

  private func parts(_ purpose: CellPurpose, _ weights: Weights) -> [Flow] {
    var flows = [Flow](repeating: Flow(), count: weights.buyers.count)
    let day = model.cells(day: ordinal)
    for traded in hours {
      var numbers = day.cell(purpose, traded.number)
      let bought = noisy(weights.buyers, &numbers)
      let sold = noisy(weights.sellers, &numbers)
      FlowSplitting.share(traded.volume, bought) { flows[$0].boughtVolume += $1 }
      FlowSplitting.share(traded.amount, bought) { flows[$0].boughtAmount += $1 }
      FlowSplitting.share(traded.volume, sold) { flows[$0].soldVolume += $1 }
      FlowSplitting.share(traded.amount, sold) { flows[$0].soldAmount += $1 }
    }
    return flows
  }

  private func noisy(_ weights: [Int], _ numbers: inout CellGenerator) -> [Int] {
    var noisy = weights
    for party in noisy.indices where noisy[party] != 0 {
      noisy[party] = max(1, noisy[party] * Quantiles.lognormal(numbers.next()) / 1_024)
    }
    return noisy
  }

  /// One after another takes its part of what is left. A part and what it leaves both grow with the whole, so nobody's
  /// part ever falls.
  @inline(__always)
  static func share(_ whole: Int, _ weights: [Int], _ take: (Int, Int) -> Void) {
    var left = whole
    var weightLeft = 0
    for weight in weights { weightLeft += weight }
    for party in weights.indices where weightLeft > 0 {
      let part = FixedPoint.ratio(left, weights[party], weightLeft)
      take(party, part)
      left -= part
      weightLeft -= weights[party]
    }
  }
}
