import KISRecording
import KISScenario
import KISWire

/// A request that nothing answers, with all that is needed to find what it may have meant.
///
/// A value, so that the comparing does not hold the sandbox: see ``nearest()``.
package struct UnmatchedRequest: Sendable {
  let request: ObservedRequest
  /// The answer that it got all the same.
  let sent: SentAnswer
  let rules: [Rule]
  let recordings: [FramedRecording]
  let venue: Venue

  /// The same as ``nearest()``, outside the sandbox's actor.
  @concurrent
  package func nearestAside() async -> [NearMiss] { nearest() }

  /// The rules, recorded exchanges and APIs of the catalogue that come nearest to it, best first.
  func nearest() -> [NearMiss] {
    let request = request.beginning
    var candidates: [(name: String, pattern: RequestPattern)] = []
    for rule in rules {
      if case .request(let pattern) = rule.trigger { candidates.append(("rule \(rule.name)", pattern)) }
    }
    for recording in recordings {
      for exchange in recording.exchanges.near(path: request.path) {
        candidates.append(("recorded exchange", exchange.pattern))
      }
    }
    for path in Catalogue.nearest(toPath: request.path) {
      guard let api = Catalogue.rest(path: path) else { continue }
      let ids = api.ids(on: venue).map(\.rawValue)
      candidates.append(
        (
          "API \(api.koreanName)",
          RequestPattern(
            method: TextPattern([api.method]), path: TextPattern([path]),
            transactionID: ids.isEmpty ? nil : TextPattern(ids))
        ))
    }
    return NearMiss.nearest(to: request, among: candidates)
  }
}

extension ObservedRequest {
  /// As much of it as is compared and reported: whatever a client sends, the work is bounded.
  fileprivate var beginning: ObservedRequest {
    var request = self
    request.path = request.path.beginning(of: Similarity.longest)
    request.transactionID = TransactionID(request.transactionID.rawValue.beginning(of: Similarity.longest))
    request.parameters = parameters.prefix(100).map {
      .init($0.name.beginning(of: Similarity.longest), $0.value.beginning(of: Similarity.longest))
    }
    return request
  }
}

extension String {
  /// Its first bytes, with a mark where there are more.
  func beginning(of length: Int) -> String {
    utf8.count > length ? String(decoding: utf8.prefix(length), as: UTF8.self) + "…" : self
  }
}

extension RecordedExchange {
  /// What a request must be to get this answer.
  fileprivate var pattern: RequestPattern {
    RequestPattern(
      method: TextPattern([method]), path: TextPattern([path]),
      transactionID: transactionID.isEmpty ? nil : TextPattern([transactionID]),
      parameters: parameters.map { .init($0.name, TextPattern([$0.value])) })
  }
}
