import KISMarket
import KISRecording
import KISWire

extension SimulatedDay {
  /// Every answer to foreign-institution-total: as it is at the start, then anew at each entry time.
  func investorRankings(from quotes: QuotedMarket) -> [RecordedEvent] {
    let entries = InvestorEntries(on: day, in: quotes)
    let changes = entries.times.filter { $0 > seconds.lowerBound && $0 <= seconds.upperBound }
    return ([seconds.lowerBound] + changes).flatMap { second -> [RecordedEvent] in
      let ranking = entries.ranking(atSecond: second)
      guard let offset = offset(of: .seconds(second)) else { return [] }
      return ForeignInstitutionRanking.Question.all.map {
        RecordedEvent(at: offset, .exchange(ranking.exchange($0)))
      }
    }
  }
}
