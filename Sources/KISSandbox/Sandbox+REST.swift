import KISRecording
import KISScenario
import KISWire

/// What leaves instead of, or as, the answer to a request.
package enum RESTOutcome: Sendable {
  case answer(RESTAnswer)
  /// Bytes, waits and ends, as faults want them.
  case script([FaultyOutput])
}

extension Sandbox {
  /// Answers a request to `/oauth2` or `/uapi`, faults included.
  package func respond(to request: RESTRequest) -> RESTOutcome {
    clock.clientSpoke()
    let observed = request.observed
    let wishes = observe(.request(observed))
    let happening = faultsHappening(on: .request(observed)).filter {
      $0.refusal?.concerns(path: request.path) ?? true
    }
    let answer = answer(request, observed, wishes, happening)
    let onWire = happening.compactMap { if case .http(let fault) = $0.behavior { fault } else { nil } }
    guard !onWire.isEmpty || wishes.delay > .zero else { return .answer(answer) }
    let reply = answer.reply(date: clock.wallTime)
    let outputs = story.drawing(for: observed.appKey) { HTTPFaults.apply(onWire, to: reply, using: &$0) }
    return .script((wishes.delay > .zero ? [.wait(wishes.delay)] : []) + outputs)
  }

  /// Answers a request as if there were no faults of HTTP.
  public func answer(_ request: RESTRequest) -> RESTAnswer {
    switch respond(to: request) {
    case .answer(let answer): answer
    case .script: RESTAnswer(status: 500, body: [])
    }
  }

  /// In this order: what a rule or a fault of KIS's own answers; does the path exist, is the caller known, does it call
  /// too often, is the input complete; then the recording as it stands at the playhead, then the catalogue.
  private func answer(
    _ request: RESTRequest, _ observed: ObservedRequest, _ wishes: Wishes, _ happening: [ConfiguredFault]
  ) -> RESTAnswer {
    if let wished = wishes.answer {
      return told(RESTAnswer(wished, path: request.path), request, observed, source: "scenario")
    }
    if let fault = happening.first(where: \.happensBefore) {
      if let refusal = fault.refusal {
        return told(RESTAnswer(refusal.answer, path: request.path), request, observed, source: "fault")
      }
      // Faults of HTTP make their own bytes of it.
      let nothing = RESTAnswer(body: [])
      note(request, observed, nothing, source: "fault")
      return nothing
    }
    let answer = effect(of: request, observed)
    guard let refusal = happening.lazy.compactMap(\.refusal).first else { return answer }
    return told(RESTAnswer(refusal.answer, path: request.path), request, observed, source: "fault")
  }

  /// Writes down what is answered instead of what the request would have come to.
  private func told(
    _ answer: RESTAnswer, _ request: RESTRequest, _ observed: ObservedRequest, source: String
  ) -> RESTAnswer {
    note(request, observed, answer, source: source)
    return answer.withKISHeaders(request, globalID: admission.credentials.globalID(for: request.header("appkey") ?? ""))
  }

  /// What a request comes to when nobody interferes.
  private func effect(of request: RESTRequest, _ observed: ObservedRequest) -> RESTAnswer {
    if let answer = answerOAuth(request) {
      note(request, observed, answer, source: "oauth")
      return answer
    }
    guard request.path.hasPrefix("/uapi/"), let api = Catalogue.rest(path: request.path, method: request.method) else {
      note(request, observed, .notFound, source: "refusal", isMatched: false)
      return .notFound
    }
    let (answer, source) = answer(request, observed, by: api)
    note(request, observed, answer, source: source, isMatched: source != "unmatched")
    return answer.withKISHeaders(request, globalID: admission.credentials.globalID(for: request.header("appkey") ?? ""))
  }

  private func answerOAuth(_ request: RESTRequest) -> RESTAnswer? {
    switch (request.method, request.path) {
    case ("POST", "/oauth2/tokenP"): issueToken(request)
    case ("POST", "/oauth2/Approval"): issueApprovalKey(request)
    case ("POST", "/oauth2/revokeP"): revokeToken(request)
    case ("POST", "/uapi/hashkey"): hash(request)
    default: nil
    }
  }

  private func answer(
    _ request: RESTRequest, _ observed: ObservedRequest, by api: RESTAPI
  ) -> (RESTAnswer, source: String) {
    if let refusal = refusal(of: request) { return (refusal, "refusal") }
    if request.method == "POST", request.header("transfer-encoding")?.lowercased() == "chunked" {
      return (.gatewayRefusal(.routingError), "refusal")
    }
    if let empty = emptyPaperList(request, by: api) { return (empty, "quirk") }
    let validation = RequestValidation(
      api: api, venue: configuration.venue, knownCodes: configuration.knownCodes,
      acceptsAnyCode: configuration.codes == .permissive)
    if let refusal = validation.refusal(of: request) {
      return (refusal, validation.knowsTransaction(of: request) ? "refusal" : "unmatched")
    }
    if let refusal = configuration.refusal(ofAccountIn: request.parameters) { return (refusal, "refusal") }
    fillRestingOrders(at: clock.now)
    let asked = asked(request, observed, by: api)
    if let refusal = quirkRefusal(of: request, asked) { return (refusal, "quirk") }
    startPlayingForQuotations()
    if let recorded = recordedAnswer(to: request) { return (recorded, "recording") }
    if let generated = generatedAnswer(to: request, asked, appKey: observed.appKey) { return (generated, "generated") }
    return (.inputRefusal(.noSuchService, MessageCode.noSuchService.text ?? "", resultCode: "1"), "unmatched")
  }

  /// Why a caller is refused, by token, app key and rate (PROTOCOL section 2.3, and section 7 where it is silent).
  private func refusal(of request: RESTRequest) -> RESTAnswer? {
    guard let token = request.bearerToken else { return .gatewayRefusal(.invalidToken) }
    let owner: String
    switch admission.credentials.state(ofToken: token, now: clock.now) {
    case .valid(let appKey): owner = appKey
    case .expired: return .gatewayRefusal(.expiredToken)
    case .ofOtherVenue: return .gatewayRefusal(.wrongCredentialsType)
    case .unknown: return .gatewayRefusal(.invalidToken)
    }
    guard let appKey = request.header("appkey"), !appKey.isEmpty else { return .gatewayRefusal(.appKeyRequired) }
    guard appKey == owner else { return .gatewayRefusal(.invalidToken) }
    let customer = CustomerHeaders(request)
    if let code = customer.refusal(on: configuration.venue) { return .gatewayRefusal(code) }
    if !customer.hasPersonalKey {
      guard let secret = request.header("appsecret"), !secret.isEmpty else {
        return .gatewayRefusal(.appSecretRequired)
      }
      guard admission.credentials.refusal(appKey: appKey, secret: secret) == nil,
        admission.credentials.isSecret(secret, of: appKey)
      else {
        return .gatewayRefusal(.invalidCustomerKey)
      }
    }
    let limit = configuration.limits.requestsPerSecond ?? (configuration.venue == .real ? 20 : 2)
    guard admission.callRates.allows(appKey, perSecond: limit, now: clock.now), !isLimitedEarly(appKey) else {
      return .gatewayRefusal(.tooManyCalls, status: configuration.quirks.contains(.rateLimitWithHttp200) ? 200 : 500)
    }
    return nil
  }

  /// Quirk 14: on vts the limit strikes now and then although the calls are spaced.
  private func isLimitedEarly(_ appKey: String) -> Bool {
    guard configuration.venue == .vts, configuration.quirks.contains(.vtsRateLimitEarly) else { return false }
    let chance = configuration.quirks.chance(of: .vtsRateLimitEarly)
    return story.drawing(for: appKey) { $0.chance(chance) }
  }

  /// A paced replay is the market's day: the first quotation starts it, as the first registration does. An unpaced one
  /// would be over before anybody has registered.
  private func startPlayingForQuotations() {
    guard case .times = configuration.speed, !(clock is VirtualClock), stage.playheads[.everybody]?.state == .waiting
    else {
      return
    }
    try? play()
  }

  /// What the recordings answered by now.
  private func recordedAnswer(to request: RESTRequest) -> RESTAnswer? {
    let parameters = request.parameters
    let position = stage.playheads[.everybody]?.position(at: clock.now) ?? 0
    for recording in configuration.recordings where !isOver(recording, at: position) {
      guard
        let exchange = recording.exchanges.answer(
          method: request.method, path: request.path, transactionID: request.transactionID, parameters: parameters,
          at: position - (recording.startOfDay - beginning))
      else { continue }
      return RESTAnswer(exchange)
    }
    return nil
  }

  /// Whether a recording that was simulated is over while another one plays on. The simulation goes on without it, so
  /// what it answered last would only contradict everything else.
  private func isOver(_ recording: FramedRecording, at position: Int64) -> Bool {
    guard recording.header.provenance == .simulated, configuration.recordings.count > 1 else { return false }
    return position - (recording.startOfDay - beginning) > recording.end
  }

  private func note(
    _ request: RESTRequest, _ observed: ObservedRequest, _ answer: RESTAnswer, source: String, isMatched: Bool = true
  ) {
    let json = try? JSONValue(parsing: answer.body.prefix(64 * 1024))
    let code = json?["msg_cd"]?.string ?? json?["error_code"]?.string ?? ""
    let entry = JournalAnswer(
      status: answer.status, code: code, source: source, isMatched: isMatched,
      nearMisses: isMatched ? [] : nearMisses(of: observed),
      body: String(decoding: answer.body.prefix(500), as: UTF8.self))
    note(.request(observed, entry), appKey: observed.appKey)
  }
}

extension ConfiguredFault {
  /// The refusal that it is; nil for all others.
  fileprivate var refusal: RESTRefusal? { if case .refusal(let refusal) = behavior { refusal } else { nil } }
}
