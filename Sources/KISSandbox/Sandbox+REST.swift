import KISRecording
import KISScenario
import KISWire

/// What is sent as the answer to a request.
package struct RESTOutcome: Sendable {
  /// What to send.
  package let content: Content
  /// The number of the journal's entry that says so, for ``Sandbox/neverSent(_:)``; nil when nothing is kept.
  package var entry: Int?
  /// A request that nothing answered: the caller finds its near misses and then calls ``Sandbox/note(_:nearest:)``. nil
  /// for all others.
  package let unmatched: UnmatchedRequest?

  /// What to send.
  package enum Content: Sendable {
    case answer(RESTAnswer)
    /// Bytes, waits and ends, as faults want them.
    case script([FaultyOutput])
  }

  init(_ content: Content, entry: Int? = nil, unmatched: UnmatchedRequest? = nil) {
    self.content = content
    self.entry = entry
    self.unmatched = unmatched
  }
}

extension Sandbox {
  /// Answers a request to `/oauth2` or `/uapi`, faults included.
  ///
  /// Near misses of a request that nothing answers are found outside the actor, since others wait for it: the caller
  /// finds them and then calls ``note(_:nearest:)``.
  /// - Parameter bytesLeft: how many more bytes a fault of TCP lets out of the connection; nil for any number.
  package func respond(to request: RESTRequest, bytesLeft: Int? = nil) -> RESTOutcome {
    clock.clientSpoke()
    let ruled = observe(.request(request.observed))
    let happening = faultsHappening(on: .request(request.observed))
    let answer = answer(request, ruled, happening)
    let delay = ruled.delay + exchange.replyDelay
    exchange.replyDelay = .zero
    let onWire = happening.compactMap { if case .http(let fault) = $0.behavior { fault } else { nil } }
    guard !onWire.isEmpty || delay > .zero || bytesLeft != nil else {
      let sent = SentAnswer(answer)
      traffic.note(.exchange(request, sent, took: .zero))
      return outcome(.answer(answer), of: request, sent)
    }
    let reply = answer.reply(date: clock.wallTime)
    let outputs = scenarioRun.drawing(for: request.appKey) { HTTPFaults.apply(onWire, to: reply, using: &$0) }
    let script = (delay > .zero ? [.wait(delay)] : []) + outputs
    let sent = SentAnswer(answer, leavingAs: bytesLeft.map(outputs.cut(after:)) ?? outputs)
    traffic.note(.exchange(request, sent, took: delay))
    return outcome(.script(script), of: request, sent)
  }

  /// Answers a request as if there were no faults of HTTP.
  public func answer(_ request: RESTRequest) -> RESTAnswer {
    let outcome = respond(to: request)
    if let unmatched = outcome.unmatched { note(unmatched, nearest: unmatched.nearest()) }
    return switch outcome.content {
    case .answer(let answer): answer
    case .script: RESTAnswer(status: 500, body: [], source: .fault)
    }
  }

  /// In this order: what a rule or a fault answers in KIS's place; does the path exist, is the caller known, does it
  /// call too often; a capture; is the input complete; the exchange, for orders and accounts; the recording as it
  /// stands at the playhead; and last, what is generated.
  private func answer(
    _ request: RESTRequest, _ ruled: RuleOutcome, _ happening: [ConfiguredFault]
  ) -> RESTAnswer {
    if let wished = ruled.answer {
      return RESTAnswer(wished, path: request.path, source: .rule).withKISHeaders(
        request, globalID: globalID(for: request))
    }
    if let fault = happening.first(where: \.happensBefore) {
      // Faults of HTTP make their own bytes of it.
      guard let refusal = fault.refusal else { return RESTAnswer(body: [], source: .fault) }
      return RESTAnswer(refusal.answer, path: request.path, source: .fault)
        .withKISHeaders(request, globalID: globalID(for: request))
    }
    let answer = effect(of: request)
    guard let refusal = happening.lazy.compactMap(\.refusal).first else { return answer }
    return RESTAnswer(refusal.answer, path: request.path, source: .fault)
      .withKISHeaders(request, globalID: globalID(for: request))
  }

  private func globalID(for request: RESTRequest) -> String {
    admission.credentials.globalID(for: request.header("appkey") ?? "")
  }

  /// The answer to a request without rules and faults.
  private func effect(of request: RESTRequest) -> RESTAnswer {
    if let answer = oauthAnswer(to: request) { return answer }
    guard request.path.hasPrefix("/uapi/"), let api = request.api else {
      return .notFound
    }
    return answer(request, by: api).withKISHeaders(request, globalID: globalID(for: request))
  }

  private func answer(_ request: RESTRequest, by api: RESTAPI) -> RESTAnswer {
    if let refusal = refusal(of: request) { return refusal }
    if request.method == "POST", request.isChunked {
      return .refusal(.routingError)
    }
    noteClient(of: request)
    startPlayingForQuotations()
    if let recorded = capturedAnswer(to: request) { return recorded }
    let answer = answer(admitted: request, by: api, isClient: true)
    noteOwnOrder(request, answer)
    return answer
  }

  /// The answer to a caller that was admitted.
  /// - Parameter isClient: false for somebody who only looks, whom no quirk refuses.
  func answer(admitted request: RESTRequest, by api: RESTAPI, isClient: Bool) -> RESTAnswer {
    if let empty = emptyPaperList(request, by: api) { return empty }
    let validation = RequestValidation(
      api: api, venue: configuration.venue, knownCodes: configuration.knownCodes,
      acceptsAnyCode: configuration.codes == .permissive, day: String(clock.wallTime.compact.prefix(8)))
    if let refusal = validation.refusal(of: request) { return refusal }
    var asked = asked(request, by: api)
    if let refusal = configuration.refusal(ofAccountIn: request.parameters, isOrder: asked.isOrder) { return refusal }
    if isClient, let refusal = quirkRefusal(of: request) { return refusal }
    if configuration.scenario?.answers == .recordingFirst, let recorded = recordedAnswer(to: request) {
      return recorded
    }
    if let answer = exchangeAnswer(to: request, &asked, appKey: request.appKey) {
      exchange.replyDelay = replyDelay(of: asked)
      return answer.from(.exchange)
    }
    if asked.asksForChangedOrders { return .changedWhilePaging }
    if asked.account != nil { return generatedAnswer(to: request, asked).from(.exchange) }
    if let recorded = recordedAnswer(to: request) { return recorded }
    if configuration.generatesAnswers { return generatedAnswer(to: request, asked) }
    return .refusal(.noSuchService).from(.unmatched)
  }

  /// Why a caller is refused, by token, app key and rate (PROTOCOL section 2.3, and section 7 where it is silent).
  private func refusal(of request: RESTRequest) -> RESTAnswer? {
    guard let token = request.bearerToken else { return .refusal(.invalidToken) }
    let owner: String
    switch admission.credentials.state(ofToken: token, now: clock.now, wall: clock.wallTime) {
    case .valid(let appKey): owner = appKey
    case .expired: return .refusal(.expiredToken)
    case .ofOtherVenue: return .refusal(.wrongCredentialsType)
    case .unknown: return .refusal(.invalidToken)
    }
    guard let appKey = request.header("appkey"), !appKey.isEmpty else { return .refusal(.appKeyRequired) }
    guard appKey == owner else { return .refusal(.invalidToken) }
    if let code = admission.credentials.refusalOfVenue(appKey) { return .refusal(code) }
    let customer = CustomerHeaders(request)
    if let code = customer.refusal(on: configuration.venue) { return .refusal(code) }
    if !customer.hasPersonalKey {
      guard let secret = request.header("appsecret"), !secret.isEmpty else {
        return .refusal(.appSecretRequired)
      }
      guard admission.credentials.refusal(appKey: appKey, secret: secret) == nil,
        admission.credentials.isSecret(secret, of: appKey)
      else {
        return .refusal(.invalidCustomerKey)
      }
    }
    let limit = configuration.limits.requestsPerSecond ?? (configuration.venue == .real ? 20 : 2)
    guard admission.callRates.allows(appKey, perSecond: limit, now: clock.now), !isLimitedEarly(appKey) else {
      return .refusal(.tooManyCalls, status: configuration.quirks.contains(.rateLimitWithHttp200) ? 200 : nil)
    }
    return nil
  }

  /// Quirk 14: on vts the limit strikes now and then although the calls are spaced.
  private func isLimitedEarly(_ appKey: String) -> Bool {
    guard configuration.venue == .vts, configuration.quirks.contains(.vtsRateLimitEarly) else { return false }
    let chance = configuration.quirks.chance(of: .vtsRateLimitEarly)
    return scenarioRun.drawing(for: appKey) { $0.chance(chance) }
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

  /// What the recordings answered by now, for the account of whoever asks.
  func recordedAnswer(
    to request: RESTRequest, where isMeant: (FramedRecording) -> Bool = { _ in true }
  ) -> RESTAnswer? {
    let position = replayPosition(for: request.appKey)
    let request = stage.dateShift.map { request.meant(under: $0) } ?? request
    let asked = asRecorded(request)
    for recording in configuration.recordings where isMeant(recording) && !isOver(recording, request, at: position) {
      let offset = position - (recording.startOfDay - beginning)
      guard let answer = recording.exchanges.answer(to: request, asked, at: offset) else { continue }
      var own = personal(answer, for: request)
      if let shift = stage.dateShift { own.body = shift.shown(own.body) }
      return own
    }
    return nil
  }

  /// Where the replay stands that an app key sees: that of everybody, or of its own session.
  private func replayPosition(for appKey: String) -> RecordedTime {
    let own = sessions.inOrder.last { $0.appKey == appKey }.flatMap { stage.playheads[.session($0.id)] }
    return (stage.playheads[.everybody] ?? own)?.position(at: clock.now) ?? .zero
  }

  /// Whether the market itself answers a quotation from here on: where a recording has ended it goes on from what was
  /// recorded, and of a recording that it made itself it knows more.
  private func isOver(_ recording: FramedRecording, _ request: RESTRequest, at position: RecordedTime) -> Bool {
    guard configuration.generatesAnswers,
      request.path.contains("/quotations/") || request.path.contains("/ranking/")
    else { return false }
    // No recording knows of a market that was steered.
    if stage.handovers.departures.values.contains(where: { $0 <= position }) { return true }
    return recording.isMadeByMarket || position - (recording.startOfDay - beginning) > recording.end
  }

  /// Writes a request down with what is sent as its answer, unless its near misses have to be found first.
  private func outcome(_ content: RESTOutcome.Content, of request: RESTRequest, _ sent: SentAnswer) -> RESTOutcome {
    guard sent.source == .unmatched else {
      let answer = JournalAnswer(sent, nearMisses: [])
      return RESTOutcome(content, entry: note(.request(request.observed, answer), appKey: request.appKey))
    }
    let unmatched = UnmatchedRequest(
      request: request.observed, sent: sent, rules: scenarioRun.engine?.scenario.rules ?? [],
      recordings: configuration.recordings, venue: configuration.venue)
    return RESTOutcome(content, unmatched: unmatched)
  }

  /// Writes down a request that nothing answered, with what came near.
  /// - Returns: the number of its entry; nil when nothing is kept.
  @discardableResult
  package func note(_ unmatched: UnmatchedRequest, nearest: [NearMiss]) -> Int? {
    let answer = JournalAnswer(unmatched.sent, nearMisses: nearest)
    return note(.request(unmatched.request, answer), appKey: unmatched.request.appKey)
  }

  /// Notes that an answer was not sent after all, because its client had gone: in the journal, and for whoever follows
  /// it.
  package func neverSent(_ outcome: RESTOutcome) {
    guard let number = outcome.entry, let entry = journal.withdrawAnswer(of: number) else { return }
    configuration.onEntry?(entry)
  }
}

extension ConfiguredFault {
  /// The refusal that it is; nil for all others.
  fileprivate var refusal: RESTRefusal? { if case .refusal(let refusal) = behavior { refusal } else { nil } }
}
