import KISRecording
import KISWire

extension Sandbox {
  /// Answers a request to `/oauth2` or `/uapi`.
  ///
  /// In this order: does the path exist, is the caller known, does it call too often, is the input complete; then the
  /// recording, as it stands at the playhead.
  public func answer(_ request: RESTRequest) -> RESTAnswer {
    clock.clientSpoke()
    switch (request.method, request.path) {
    case ("POST", "/oauth2/tokenP"): return issueToken(request)
    case ("POST", "/oauth2/Approval"): return issueApprovalKey(request)
    case ("POST", "/oauth2/revokeP"): return revokeToken(request)
    case ("POST", "/uapi/hashkey"): return hash(request)
    default: break
    }
    guard request.path.hasPrefix("/uapi/"), let api = Catalogue.rest(path: request.path, method: request.method) else {
      return .notFound
    }
    var answer = answer(request, by: api)
    answer.headers += [
      ("tr_id", request.transactionID), ("gt_uid", credentials.globalID()),
    ]
    if !answer.headers.contains(where: { $0.name == "tr_cont" }) { answer.headers.append(("tr_cont", "")) }
    return answer
  }

  private func answer(_ request: RESTRequest, by api: RESTAPI) -> RESTAnswer {
    switch admission(of: request) {
    case .refused(let refusal): return refusal
    case .appKey(let appKey):
      let limit = configuration.limits.requestsPerSecond ?? (configuration.venue == .real ? 20 : 2)
      guard callRates.allows(appKey, perSecond: limit, now: clock.now) else { return .gatewayRefusal(.tooManyCalls) }
    }
    let validation = RequestValidation(api: api, venue: configuration.venue)
    if let refusal = validation.refusal(of: request) { return refusal }
    if let recorded = recordedAnswer(to: request) { return recorded }
    return .inputRefusal(.noSuchService, MessageCode.noSuchService.text ?? "", resultCode: "1")
  }

  private enum Admission {
    case refused(RESTAnswer)
    case appKey(String)
  }

  /// Who calls, by token and app key (PROTOCOL section 2.3, and section 7 where it is silent).
  private func admission(of request: RESTRequest) -> Admission {
    guard let token = request.bearerToken else { return .refused(.gatewayRefusal(.invalidToken)) }
    let owner: String
    switch credentials.state(ofToken: token, now: clock.now) {
    case .valid(let appKey): owner = appKey
    case .expired: return .refused(.gatewayRefusal(.expiredToken))
    case .unknown: return .refused(.gatewayRefusal(.invalidToken))
    }
    guard let appKey = request.header("appkey"), !appKey.isEmpty else {
      return .refused(.gatewayRefusal(.appKeyRequired))
    }
    guard let secret = request.header("appsecret"), !secret.isEmpty else {
      return .refused(.gatewayRefusal(.appSecretRequired))
    }
    guard appKey == owner else { return .refused(.gatewayRefusal(.invalidToken)) }
    if credentials.refusal(appKey: appKey, secret: secret) != nil {
      return .refused(.gatewayRefusal(.invalidCustomerKey))
    }
    return .appKey(appKey)
  }

  /// What the recordings answered by now.
  private func recordedAnswer(to request: RESTRequest) -> RESTAnswer? {
    let parameters = request.parameters
    let position = playheads[.everybody]?.position(at: clock.now) ?? 0
    for tape in configuration.tapes {
      guard
        let exchange = try? tape.exchanges().answer(
          method: request.method, path: request.path, transactionID: request.transactionID, parameters: parameters,
          at: position - shift(of: tape))
      else { continue }
      var answer = RESTAnswer(status: exchange.status, body: Array(exchange.body.utf8))
      for header in exchange.headers where header.name == "tr_cont" { answer.headers.append(("tr_cont", header.value)) }
      if let type = exchange.headers.first(where: { $0.name.lowercased() == "content-type" }) {
        answer.contentType = type.value
      }
      return answer
    }
    return nil
  }

  /// How far a tape's beginning lies behind the earliest one's.
  private func shift(of tape: Tape) -> Int64 {
    tape.startOfDay - beginning
  }
}
