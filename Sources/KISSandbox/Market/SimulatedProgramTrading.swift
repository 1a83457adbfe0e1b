import KISRecording
import KISScenario
import KISWire

extension SimulatedDay {
  /// The H0UPPGM0 messages of one market.
  func programTrading(of industry: IndustryMarket) -> [RecordedEvent] {
    var flow = ProgramFlow(industry, on: day, seed: seed)
    var moments = ProgramFlow.stream(industry, on: day, seed: seed).fork("moments")
    let interval = max(1_000_000_000, plan.programInterval.nanoseconds)
    // The first one comes 13 seconds after the minute, as in KIS's example; then one an interval, a little off.
    var due = Int64(MarketHours.firstTotals + 13) * 1_000_000_000
    var events: [RecordedEvent] = []
    while due <= Int64(seconds.upperBound) * 1_000_000_000 {
      let moment = due + Int64(moments.next() % 900) * 1_000_000
      flow.advance(to: Int(moment / 1_000_000_000))
      if let offset = offset(ofNanosecond: moment) {
        let record = flow.values(of: industry).joined(separator: "^")
        let frame = Frame(.indexProgramTrading, payload: record.utf8)
        events.append(RecordedEvent(at: offset, .message(frame.bytes, from: .server)))
      }
      due += interval
    }
    return events
  }
}
