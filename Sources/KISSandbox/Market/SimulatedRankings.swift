import KISRecording
import KISWire

extension SimulatedDay {
  /// Every answer to foreign-institution-total: as it is at the start, then anew at each entry time.
  func investorRankings() -> [RecordedEvent] {
    var entries = InvestorEntries(on: day, seed: seed)
    let changes = entries.times.filter { $0 > seconds.lowerBound && $0 <= seconds.upperBound }
    return ([seconds.lowerBound] + changes).flatMap { second -> [RecordedEvent] in
      entries.advance(toSecond: second)
      guard let offset = offset(ofNanosecond: Int64(second) * 1_000_000_000) else { return [] }
      return ForeignInstitutionRanking.Question.all.map {
        RecordedEvent(at: offset, .exchange(entries.ranking.exchange($0)))
      }
    }
  }
}
