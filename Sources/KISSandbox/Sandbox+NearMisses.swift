import KISRecording
import KISScenario
import KISWire

extension Sandbox {
  /// What an unmatched request may have meant: rules, recorded exchanges, APIs of the catalogue.
  func nearMisses(of request: ObservedRequest) -> [NearMiss] {
    let request = request.beginning
    var candidates: [(name: String, pattern: RequestPattern)] = []
    for rule in story.engine?.scenario.rules ?? [] {
      if case .request(let pattern) = rule.trigger { candidates.append(("rule \(rule.name)", pattern)) }
    }
    for recording in configuration.recordings {
      for exchange in recording.exchanges.near(path: request.path) {
        candidates.append(("recorded exchange", exchange.pattern))
      }
    }
    for path in Catalogue.nearest(toPath: request.path) {
      guard let api = Catalogue.rest(path: path) else { continue }
      let ids = api.ids(on: configuration.venue).map(\.rawValue)
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

  /// What a registration or release may have meant: rules, what is recorded or registered, TRs and codes that exist.
  func nearMisses(of request: RegistrationRequest) -> [NearMiss] {
    let (id, key) = (TransactionID(request.transactionID.rawValue.beginning), request.key.beginning)
    var candidates: [(name: String, pattern: RegistrationPattern)] = []
    for rule in story.engine?.scenario.rules ?? [] {
      switch (rule.trigger, request.action) {
      case (.register(let pattern), .register), (.release(let pattern), .release):
        candidates.append(("rule \(rule.name)", pattern))
      default: break
      }
    }
    for route in configuration.recordings.flatMap({ $0.playedRoutes }) {
      guard let name = routes.name(of: route) else { continue }
      candidates.append(("recording", RegistrationPattern(transactionID: name.transactionID, key: name.key)))
    }
    for code in nearestCodes(to: request) {
      candidates.append(
        (
          "\(code.code) \(code.koreanName)", RegistrationPattern(transactionID: id.rawValue, key: code.code)
        ))
    }
    // With a tr_id that exists it is the key that is wrong.
    for near in Catalogue.realtime(id) == nil ? Catalogue.nearest(to: id) : [] where Catalogue.realtime(near) != nil {
      candidates.append(("TR \(near)", RegistrationPattern(transactionID: TextPattern([near.rawValue]))))
    }
    return NearMiss.nearest(toRegistration: id.rawValue, key: key, among: candidates)
  }

  /// Whether a recording or the simulation will send something for a registration.
  func isFed(_ request: RegistrationRequest) -> Bool {
    configuration.simulates || isRecorded(request.transactionID, request.key)
  }

  /// Whether a recording holds anything for a registration.
  func isRecorded(_ transactionID: TransactionID, _ key: String) -> Bool {
    configuration.recordings.contains { $0.plays(transactionID, key) }
  }

  /// The codes of a TR that look most like the key of a request.
  private func nearestCodes(to request: RegistrationRequest) -> [(code: String, koreanName: String)] {
    let known: [(code: String, koreanName: String)] =
      switch Catalogue.realtime(request.transactionID)?.key {
      case .industry?: CodeTable.industries.map { ($0.code, $0.koreanName) }
      case .stock?: CodeTable.instruments.filter { $0.kind == .share }.map { ($0.code, $0.koreanName) }
      default: []
      }
    let nearest = Similarity.nearest(to: request.key, in: known.map(\.code))
    return nearest.compactMap { code in known.first { $0.code == code } }
  }
}

extension ObservedRequest {
  /// As much of it as is compared and told: whatever a client sends, the work is bounded.
  fileprivate var beginning: ObservedRequest {
    var request = self
    request.path = request.path.beginning
    request.transactionID = request.transactionID.beginning
    request.parameters = parameters.prefix(100).map { .init($0.name.beginning, $0.value.beginning) }
    return request
  }
}

extension String {
  fileprivate var beginning: String {
    utf8.count > Similarity.longest ? String(decoding: utf8.prefix(Similarity.longest), as: UTF8.self) + "…" : self
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

extension RegistrationPattern {
  /// Exactly this registration.
  fileprivate init(transactionID: String, key: String) {
    self.init(transactionID: TextPattern([transactionID]), key: TextPattern([key]))
  }
}
