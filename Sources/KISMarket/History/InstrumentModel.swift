/// What an instrument's figures are drawn from: the seed, the parameters of its class, and its correlation with the
/// market.
///
/// A class, because every plan of a session refers to one, and plans are copied at every look-up.
final class InstrumentModel: Sendable {
  let instrument: Instrument
  let seed: UInt64
  /// Its part of the names of random cells, see ``CellGenerator``.
  let number: UInt64
  /// Deviation of a day's return, Q30.
  let sigma: Int
  /// How closely it follows the market as a whole, in 1,024ths; negative: against it.
  let tie: Int
  /// 1,024 · √(1 − tie²)
  let freedom: Int
  /// The market that it follows.
  let common: CommonFactor
  /// How wide the spread between bid and ask is.
  let spreads: SpreadClass
  /// The chance of a day without a trade, in 4,096ths.
  let idleChance: Int
  /// What it follows, if anything.
  let leader: Leader?
  /// When it goes to its limit, of a speculative share.
  let turns: SpeculativeTurns?

  init(_ instrument: Instrument, seed: UInt64) {
    self.instrument = instrument
    self.seed = seed
    number = InstrumentNumber(instrument.code).value
    sigma = instrument.volatility * FixedPoint.one / 10_000
    common = CommonFactor(of: instrument, seed: seed)
    let tie =
      switch instrument.kind {
      case .etf, .etn, .indexFuture: instrument.leverage < 0 ? -1_005 : 1_005
      case .share where instrument.code.hasPrefix("residual"): 920
      case .share: instrument.size == .large ? 640 : instrument.size == .medium ? 520 : 400
      case .stockFuture, .overseasShare: 520
      case .index where instrument.exchange != nil && !instrument.code.hasPrefix("FX@"): 900
      case .indexOption where instrument.leverage != 1: instrument.leverage < 0 ? -1_020 : 1_020
      default: 200
      }
    self.tie = tie
    freedom = FixedPoint.root(1_024 * 1_024 - tie * tie)
    spreads = SpreadClass(ordinaryPrints: instrument.ordinaryPrints)
    leader = Leader(of: instrument)
    turns = SpeculativeTurns(instrument, seed: seed)
    idleChance = instrument.ordinaryPrints >= 300 ? 0 : instrument.ordinaryPrints >= 60 ? 40 : 160
  }

  /// The numbers of one of its cells.
  func cell(_ purpose: CellPurpose, day: Int, _ index: Int = 0) -> CellGenerator {
    CellGenerator(seed: seed, instrument: number, day: day, purpose: purpose, index: index)
  }

  /// Its cells of a day.
  func cells(day: Int) -> CellDay { CellDay(seed: seed, instrument: number, day: day) }

  /// Its slow noise on a day.
  func noise(_ purpose: CellPurpose, day: Int, period: Int) -> Int {
    SlowNoise.value(seed: seed, instrument: number, purpose: purpose, at: day, period: period)
  }

  /// Its slow noise, day by day.
  func noise(_ purpose: CellPurpose, period: Int) -> SlowNoise.Course {
    SlowNoise.Course(seed: seed, instrument: number, purpose: purpose, period: period)
  }

  /// A number of the market as a whole and one of its own, put together with deviation 1 (4,096).
  @inline(__always)
  func tied(_ market: Int, _ own: Int) -> Int { (market * tie + own * freedom) / 1_024 }

  /// The price of a logarithm in Q30, at least one unit.
  func price(ofLn x: Int) -> Int { max(1, FixedPoint.integer(ofLn: x)) }
}

/// What moves many instruments together: KOSPI, KOSDAQ (which half follows it) and New York have one each.
struct CommonFactor: Sendable, Hashable {
  private let seed: UInt64
  private let market: UInt64
  private let parent: UInt64?

  init(of instrument: Instrument, seed: UInt64) {
    self.seed = seed
    let kospi = InstrumentNumber("KOSPI as a whole").value
    switch instrument.kind {
    case .share, .etf, .etn:
      market = instrument.board == .kospi ? kospi : InstrumentNumber("KOSDAQ as a whole").value
      parent = instrument.board == .kospi ? nil : kospi
    case .overseasShare, .overseasFuture,
      .index where instrument.exchange != nil:
      market = InstrumentNumber("abroad as a whole").value
      parent = nil
    case .indexFuture, .stockFuture:
      market = kospi
      parent = nil
    case .indexOption where instrument.leverage != 1:
      market = kospi
      parent = nil
    default:
      market = InstrumentNumber(instrument.kind.rawValue).value
      parent = nil
    }
  }

  /// The market's number of a day; seldom a very large one.
  func ofDay(_ day: Int) -> Int {
    mixed { market in
      var numbers = CellGenerator(seed: seed, instrument: market, day: day, purpose: .commonDay)
      let number = numbers.normal()
      return numbers.below(64) == 0 ? number * 5 / 2 : number
    }
  }

  /// The market's number of a year.
  func ofYear(_ year: Int) -> Int {
    mixed { market in
      var numbers = CellGenerator(seed: seed, instrument: market, day: year, purpose: .commonYear)
      return numbers.normal()
    }
  }

  /// The market's numbers of a day's minutes.
  func ofMinutes(_ day: Int, count: Int) -> [Int] {
    func own(_ market: UInt64) -> CellGenerator {
      CellGenerator(seed: seed, instrument: market, day: day, purpose: .commonMinutes)
    }
    var numbers = own(market)
    guard let parent else { return (0..<count).map { _ in numbers.roughNormal() } }
    var parents = own(parent)
    return (0..<count).map { _ in (parents.roughNormal() * 717 + numbers.roughNormal() * 731) / 1_024 }
  }

  private func mixed(_ draw: (UInt64) -> Int) -> Int {
    guard let parent else { return draw(market) }
    return (draw(parent) * 717 + draw(market) * 731) / 1_024
  }
}
