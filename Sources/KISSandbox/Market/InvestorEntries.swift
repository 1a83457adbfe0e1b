import KISMarket

/// The provisional figures (가집계) that the staff of KIS key in through a day: of foreigners and institutions, in
/// thousands of shares, as they stood at the last entry.
struct InvestorEntries {
  /// What was keyed in of one instrument.
  struct Figures: Sendable, Hashable {
    var foreign = 0
    /// In the order of the reply's columns: trusts (투신), banks (은행), insurers (보험), merchant banks (종금), funds (기금),
    /// others (기타 단체).
    var institutions = [Int](repeating: 0, count: 6)
    /// Other corporations (기타 법인).
    var corporations = 0

    /// All institutions together.
    var institutionTotal: Int { institutions.reduce(0, +) }
  }

  static let institutions: [InvestorFigures.Kind] = [
    .trusts, .banks, .insurers, .merchantBanks, .funds, .otherInstitutions,
  ]

  let date: CalendarDate
  private let quotes: QuotedMarket
  private let entries: [(second: Int, foreign: Bool, institutions: Bool)]

  init(on date: CalendarDate, in quotes: QuotedMarket) {
    (self.date, self.quotes) = (date, quotes)
    entries = InvestorEntries.entryTimes(seed: quotes.seed)
  }

  /// The seconds of the day at which figures change.
  var times: [Int] { entries.map(\.second) }

  /// When staff key figures in, in seconds since midnight, and whose: 09:30 foreigners, 10:00 institutions, 11:20, 13:20
  /// and 14:30 both, each up to ten minutes off (KIS's page of FHPTJ04400000).
  static func entryTimes(seed: UInt64) -> [(second: Int, foreign: Bool, institutions: Bool)] {
    var generator = SeededGenerator(seed: seed).fork("entry times")
    let planned = [
      (34_200, true, false), (36_000, false, true), (40_800, true, true), (48_000, true, true), (52_200, true, true),
    ]
    return planned.map { ($0.0 - 600 + Int(generator.next() % 1_201), $0.1, $0.2) }
  }

  /// What is known of an instrument at a second of the day; zeros before the first entry.
  func figures(of instrument: Instrument, atSecond second: Int) -> Figures {
    var figures = Figures()
    let foreign = entries.last { $0.foreign && $0.second <= second }
    let told = foreign.map { investors(instrument, $0.second) }
    if let told { figures.foreign = thousands(told[.foreign].netVolume) }
    if let entry = entries.last(where: { $0.institutions && $0.second <= second }) {
      // Mostly both are keyed in at once.
      let investors = (entry.second == foreign?.second ? told : nil) ?? investors(instrument, entry.second)
      figures.institutions = InvestorEntries.institutions.map { thousands(investors[$0].netVolume) }
      figures.corporations = thousands(investors[.corporations].netVolume)
    }
    return figures
  }

  /// Every share with its figures at a second of the day.
  ///
  /// - Parameter moment: the moment of its prices and volumes; nil for the same second.
  func ranking(atSecond second: Int, pricedAt moment: TradingMoment? = nil) -> ForeignInstitutionRanking {
    let moment = moment ?? TradingMoment(date, ClockTime(milliseconds: second * 1_000))
    let entered = entries.filter { $0.second <= second }.count
    let lines = quotes.provisionalFigures(on: date, entered: entered) { figures(of: $0, atSecond: second) }
    return ForeignInstitutionRanking(lines: lines) { quotes.quote($0, at: moment) }
  }

  private func investors(_ instrument: Instrument, _ second: Int) -> InvestorFigures {
    InvestorFigures(quotes.investors(instrument, on: date, at: ClockTime(milliseconds: second * 1_000)))
  }

  private func thousands(_ shares: Int) -> Int { Int((Double(shares) / 1_000).rounded()) * 1_000 }
}
