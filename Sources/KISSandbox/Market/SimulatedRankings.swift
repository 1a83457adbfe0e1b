import KISRecording
import KISWire

extension SimulatedDay {
  /// Every answer to foreign-institution-total: all zero at first, then anew at each entry time.
  func investorRankings() -> [RecordedEvent] {
    let entries = InvestorFigures.entryTimes(seed: seed)
    let stream = SeededGenerator(seed: seed).fork("investors").fork(day.number)
    var tapes = Instrument.wellKnownShares.map { TradeTape($0, on: day, seed: seed) }
    var ranking = ForeignInstitutionRanking(lines: tapes.map { .init(quote: $0.quote, figures: .init()) })
    var events = answers(of: ranking, at: seconds.lowerBound)
    for (index, entry) in entries.enumerated() where entry.second <= seconds.upperBound {
      for line in ranking.lines.indices {
        let quote = tapes[line].advance(toSecond: entry.second)
        ranking.lines[line].quote = quote
        ranking.lines[line].figures.enter(
          foreign: entry.foreign, institutions: entry.institutions, volume: quote.volume,
          generator: stream.fork(quote.instrument.code), entry: index)
      }
      if entry.second > seconds.lowerBound {
        events += answers(of: ranking, at: entry.second)
      } else {
        events = answers(of: ranking, at: seconds.lowerBound)
      }
    }
    return events
  }

  private func answers(of ranking: ForeignInstitutionRanking, at second: Int) -> [RecordedEvent] {
    guard let offset = offset(ofNanosecond: Int64(second) * 1_000_000_000) else { return [] }
    return ForeignInstitutionRanking.Question.all.map {
      RecordedEvent(at: offset, .exchange(ranking.exchange($0)))
    }
  }
}
