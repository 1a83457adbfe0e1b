/// The staff who key provisional investor figures in, through a day.
///
/// Moves forward only. Rows keep the prices of the last entry: the figures are as of then.
struct InvestorEntries: Sendable {
  /// What the figures are now: all zero before the first entry.
  private(set) var ranking: ForeignInstitutionRanking
  /// The seconds of the day at which figures change.
  var times: [Int] { entries.map(\.second) }

  private let entries: [(second: Int, foreign: Bool, institutions: Bool)]
  private let stream: SeededGenerator
  private var recordings: [SimulatedTrading]
  private var entered = 0

  init(on day: TradingDay, seed: UInt64) {
    entries = InvestorFigures.entryTimes(seed: seed)
    stream = SeededGenerator(seed: seed).fork("investors").fork(day.number)
    recordings = Instrument.wellKnownShares.map { SimulatedTrading($0, on: day, seed: seed) }
    ranking = ForeignInstitutionRanking(lines: recordings.map { .init(quote: $0.quote, figures: .init()) })
  }

  /// Enters everything that is due by a second of the day.
  mutating func advance(toSecond second: Int) {
    while entered < entries.count, entries[entered].second <= second {
      let entry = entries[entered]
      for line in ranking.lines.indices {
        let quote = recordings[line].advance(toSecond: entry.second)
        ranking.lines[line].quote = quote
        ranking.lines[line].figures.enter(
          foreign: entry.foreign, institutions: entry.institutions, volume: quote.volume,
          generator: stream.fork(quote.instrument.code), entry: entered)
      }
      entered += 1
    }
  }
}
