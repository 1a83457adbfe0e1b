import KISMarket

/// The books of a company, in millions of won: balance sheets that balance, and income statements whose lines lead from
/// sales to the income.
///
/// A function of the share alone. The year before the market's reference has exactly the earnings and the book value
/// per share that quotes have; other years follow from it by growth.
struct CompanyBooks {
  let share: Instrument
  /// The year whose figures quotes have: the last one that was over on the reference date.
  static let baseYear = Market.referenceDate.year - 1

  private let debtRatio: Double
  private let netMargin: Double
  private let payout: Double

  init(_ share: Instrument) {
    self.share = share
    var figures = SeededGenerator(seed: 5).fork("books").fork(share.code)
    debtRatio = 0.3 + 1.4 * figures.unit()
    netMargin = 0.03 + 0.11 * figures.unit()
    payout = figures.chance(0.85) ? 0.15 + 0.35 * figures.unit() : 0
  }

  /// What a company reports for the end of a quarter: balances of that day, income since the year began (연단위 누적합산).
  func statement(_ period: Period) -> Statement {
    let done = partDone(of: period)
    let sales = million(perShare(share.earningsPerShare / netMargin, "sales", period.year) * done)
    let income = million(perShare(share.earningsPerShare, "income", period.year) * done)
    var lines = draws("lines", period.year)
    let pretax = income * 100 / 78
    let operating = pretax * (92 + Int(lines.next() % 17)) / 100
    let overhead = sales * (6 + Int(lines.next() % 10)) / 100
    let gross = min(operating + overhead, sales * 95 / 100)
    let otherIncome = max(0, pretax - operating) + sales / 200
    let equity = million(book(period))
    let liabilities = Int(Double(equity) * debtRatio * (0.9 + 0.2 * lines.unit()))
    let currentLiabilities = liabilities * (50 + Int(lines.next() % 26)) / 100
    let currentAssets = (equity + liabilities) * (35 + Int(lines.next() % 26)) / 100
    return Statement(
      period: period, sales: sales, cost: sales - gross, operatingProfit: operating, otherIncome: otherIncome,
      otherExpense: otherIncome - (pretax - operating), pretaxProfit: pretax, income: income,
      depreciation: sales * (3 + Int(lines.next() % 5)) / 100, currentAssets: currentAssets,
      fixedAssets: equity + liabilities - currentAssets,
      inventory: currentAssets * (18 + Int(lines.next() % 15)) / 100, currentLiabilities: currentLiabilities,
      fixedLiabilities: liabilities - currentLiabilities,
      borrowings: liabilities * (30 + Int(lines.next() % 30)) / 100, capital: share.capital / 1_000_000,
      shares: share.listedShares)
  }

  /// Won per share that are paid for a year, rounded as companies do; 0 of a company that pays none.
  func dividend(of year: Int) -> Int {
    let won = perShare(share.earningsPerShare, "income", year) * payout
    let step = won < 1_000 ? 5.0 : won < 5_000 ? 10 : 50
    return payout == 0 ? 0 : max(5, Int((won / step).rounded() * step))
  }

  private func book(_ period: Period) -> Double {
    let last = perShare(share.bookValuePerShare, "equity", period.year - 1)
    let next = perShare(share.bookValuePerShare, "equity", period.year)
    return last + (next - last) * Double(period.quarter) / 4
  }

  /// How much of a year's sales and income its first quarters make.
  private func partDone(of period: Period) -> Double {
    var seasons = draws("seasons", period.year)
    let quarters = (0..<4).map { _ in 0.9 + 0.2 * seasons.unit() }
    return period.quarter == 4
      ? 1 : quarters.prefix(period.quarter).reduce(0, +) / quarters.reduce(0, +)
  }

  /// A figure of the base year in another one.
  private func perShare(_ base: Double, _ what: String, _ year: Int) -> Double {
    var value = base
    if year > CompanyBooks.baseYear { for next in (CompanyBooks.baseYear + 1)...year { value *= growth(what, next) } }
    if year < CompanyBooks.baseYear { for next in (year + 1)...CompanyBooks.baseYear { value /= growth(what, next) } }
    return value
  }

  private func growth(_ what: String, _ year: Int) -> Double {
    var draw = draws(what, year)
    return what == "income" ? 0.9 + 0.26 * draw.unit() : 1.01 + 0.1 * draw.unit()
  }

  private func draws(_ what: String, _ year: Int) -> SeededGenerator {
    SeededGenerator(seed: 6).fork(what).fork(share.code).fork(year)
  }

  private func million(_ perShare: Double) -> Int {
    Int(min(perShare * Double(share.listedShares) / 1_000_000, 1e15).rounded())
  }

  /// The end of a quarter of a year; the fourth is the year's.
  struct Period: Hashable, Comparable {
    let year: Int
    let quarter: Int

    /// `202609`
    var text: String { "\(year)" + padded(quarter * 3, to: 2) }

    /// The day on which everybody knows its figures: 45 days after a quarter, 90 after a year.
    var published: CalendarDate {
      let next =
        quarter == 4
        ? CalendarDate(year: year + 1, month: 1, day: 1) : CalendarDate(year: year, month: quarter * 3 + 1, day: 1)
      return (next ?? Market.referenceDate).advanced(by: quarter == 4 ? 89 : 44)
    }

    /// The same quarter of the year before, which growth is measured from.
    var yearBefore: Period { Period(year: year - 1, quarter: quarter) }

    static func < (left: Period, right: Period) -> Bool { (left.year, left.quarter) < (right.year, right.quarter) }

    /// What was published by a day, latest first: years, or all quarters.
    static func published(by day: CalendarDate, quarterly: Bool, count: Int = 30) -> [Period] {
      let years = (DailyChartWindow.dawn.year + 1)...max(DailyChartWindow.dawn.year + 1, day.year)
      let periods = years.flatMap { year in (quarterly ? [1, 2, 3, 4] : [4]).map { Period(year: year, quarter: $0) } }
      return periods.filter { $0.published <= day }.suffix(count).reversed()
    }
  }

  /// One column of the books.
  struct Statement {
    let period: Period
    let sales: Int
    let cost: Int
    let operatingProfit: Int
    let otherIncome: Int
    let otherExpense: Int
    let pretaxProfit: Int
    let income: Int
    let depreciation: Int
    let currentAssets: Int
    let fixedAssets: Int
    let inventory: Int
    let currentLiabilities: Int
    let fixedLiabilities: Int
    let borrowings: Int
    let capital: Int
    let shares: Int

    var grossProfit: Int { sales - cost }
    var liabilities: Int { currentLiabilities + fixedLiabilities }
    var assets: Int { currentAssets + fixedAssets }
    var equity: Int { assets - liabilities }
    var earningsPerShare: Double { Double(income) * 1_000_000 / Double(shares) }
    var salesPerShare: Double { Double(sales) * 1_000_000 / Double(shares) }
    var bookPerShare: Double { Double(equity) * 1_000_000 / Double(shares) }
    /// Earnings before interest, tax and depreciation (EBITDA).
    var cashEarnings: Int { operatingProfit + depreciation }
  }
}
