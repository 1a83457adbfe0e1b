import KISRecording
import KISScenario
import KISWire

extension Sandbox {
  /// What a registration or release may have meant: rules, what is recorded or registered, TRs and codes that exist.
  func nearMisses(of request: RegistrationRequest) -> [NearMiss] {
    let (id, key) = (TransactionID(request.transactionID.rawValue.beginning(of: 32)), request.key.beginning(of: 32))
    var candidates: [(name: String, pattern: RegistrationPattern)] = []
    for rule in scenarioRun.engine?.scenario.rules ?? [] {
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
          "\(code.code) \(code.koreanName)", RegistrationPattern(transactionID: id, key: code.code)
        ))
    }
    // With a tr_id that exists it is the key that is wrong.
    for near in Catalogue.realtime(id) == nil ? Catalogue.nearest(to: id) : [] where Catalogue.realtime(near) != nil {
      candidates.append(("TR \(near)", RegistrationPattern(transactionID: TextPattern([near.rawValue]))))
    }
    return NearMiss.nearest(toRegistration: id, key: key, among: candidates)
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

extension RegistrationPattern {
  /// Exactly this registration.
  fileprivate init(transactionID: TransactionID, key: String) {
    self.init(transactionID: TextPattern([transactionID.rawValue]), key: TextPattern([key]))
  }
}
