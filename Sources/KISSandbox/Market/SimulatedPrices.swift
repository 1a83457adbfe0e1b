import KISMarket
import KISRecording
import KISScenario
import KISWire

extension SimulatedDay {
  /// Answers to inquire-price about an instrument, one a minute: what most clients ask first.
  func currentPrices(of code: String, from quotes: QuotedMarket) -> [RecordedEvent] {
    guard let api = Catalogue.rest(.inquirePrice) else { return [] }
    let parameters: [NameValue] = [
      .init("FID_COND_MRKT_DIV_CODE", "J"), .init("FID_INPUT_ISCD", code),
    ]
    return stride(from: seconds.lowerBound, through: seconds.upperBound, by: 60).compactMap { second in
      guard let offset = offset(of: .seconds(second)) else { return nil }
      let moment = day.midnight + .seconds(second)
      let answer = GeneratedAnswer(
        AnswerRequest(
          api: api, id: .inquirePrice, parameters: parameters, moment: moment, venue: plan.venue, quotes: quotes,
          page: 0))
      let exchange = RecordedExchange(
        method: api.method, path: api.path, transactionID: TransactionID.inquirePrice.rawValue, parameters: parameters,
        headers: [.init("tr_id", TransactionID.inquirePrice.rawValue), .init("tr_cont", "")],
        body: answer.envelope.text)
      return RecordedEvent(at: offset, .exchange(exchange))
    }
  }
}
