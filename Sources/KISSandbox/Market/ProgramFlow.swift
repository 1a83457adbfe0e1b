import KISScenario

/// The running totals of program trading (프로그램매매) of one market through a day, and of the market itself.
///
/// Moves forward only. Totals never fall; the day's size comes from the seed, within what PROTOCOL section 8 reports.
struct ProgramFlow: Sendable {
  /// What is traded together: arbitrage (차익) or not (비차익), selling or buying, for customers (위탁) or own account (자기).
  ///
  /// The order is that of values 3 to 10 and 11 to 18 of H0UPPGM0.
  enum Cell: Int, CaseIterable {
    case arbitrageSellEntrusted, arbitrageSellOwn, arbitrageBuyEntrusted, arbitrageBuyOwn
    case nonArbitrageSellEntrusted, nonArbitrageSellOwn, nonArbitrageBuyEntrusted, nonArbitrageBuyOwn
  }

  /// Shares and won.
  struct Total: Sendable, Hashable {
    var shares = 0.0
    var won = 0.0

    static func + (left: Total, right: Total) -> Total {
      Total(shares: left.shares + right.shares, won: left.won + right.won)
    }
    static func - (left: Total, right: Total) -> Total {
      Total(shares: left.shares - right.shares, won: left.won - right.won)
    }
  }

  private(set) var cells = [Total](repeating: Total(), count: Cell.allCases.count)
  /// Everything traded in the market, program or not.
  private(set) var market = Total()
  /// Seconds since midnight up to which trading is counted.
  private(set) var second = MarketHours.firstTotals

  private let daySize: DaySize
  private var generator: SeededGenerator

  /// The flow of a day.
  init(_ industry: IndustryMarket, on day: TradingDay, seed: UInt64) {
    self.init(industry, generator: ProgramFlow.stream(industry, on: day, seed: seed))
  }

  /// The random stream of a market's program trading on a day.
  static func stream(_ industry: IndustryMarket, on day: TradingDay, seed: UInt64) -> SeededGenerator {
    SeededGenerator(seed: seed).fork("program trading").fork(industry.rawValue).fork(day.number)
  }

  init(_ industry: IndustryMarket, generator: SeededGenerator) {
    var sizes = generator.fork("size")
    daySize = DaySize(industry, generator: &sizes)
    self.generator = generator.fork("flow")
  }

  subscript(cell: Cell) -> Total { cells[cell.rawValue] }

  /// Counts the trading up to a second of the day.
  mutating func advance(to later: Int) {
    guard later > second else { return }
    let share = IntradayProfile.share(at: Double(later)) - IntradayProfile.share(at: Double(second))
    second = later
    if later < MarketHours.open { return countPreOpen() }
    for (index, size) in daySize.cells.enumerated() {
      // Programs come in bursts: most steps are quiet, some several times the mean (which stays 1).
      let draw = generator.unit()
      let shares = (size.shares * share * draw * draw * 3).rounded()
      let price = size.won / max(1, size.shares) * (0.9 + 0.2 * generator.unit())
      cells[index] = cells[index] + Total(shares: shares, won: (shares * price).rounded())
    }
    let pace = share * (0.7 + 0.6 * generator.unit())
    let programShares = cells.reduce(0) { max($0, $1.shares) }
    market.shares = max(programShares, market.shares + (daySize.market.shares * pace).rounded())
    market.won += (daySize.market.won * pace).rounded()
  }

  /// A few negotiated blocks before the open, as in KIS's example of 08:59:13.
  private mutating func countPreOpen() {
    guard generator.chance(0.3) else { return }
    let cell = generator.chance(0.5) ? Cell.nonArbitrageSellEntrusted : .nonArbitrageBuyOwn
    let shares = Double(generator.next() % 700)
    let traded = Total(shares: shares, won: shares * (10_000 + (20_000 * generator.unit()).rounded()))
    cells[cell.rawValue] = cells[cell.rawValue] + traded
  }
}
