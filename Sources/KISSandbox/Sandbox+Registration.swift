import KISScenario
import KISWire

extension Sandbox {
  /// A client sent a text message.
  public func receive(_ text: [UInt8], from id: Int) {
    guard let session = sessions[id], !session.isEnding, !session.isDeaf else { return }
    traffic.note(.heard(text), session: id)
    if let answer = PingPong(answer: text) {
      note(.message(answer.text), session: id, appKey: session.appKey)
      heard(answer, from: id)
      return
    }
    do {
      let request = try RegistrationRequest(parsing: text)
      answer(request, from: id)
    } catch {
      clock.clientSpoke()
      note(.message(String(decoding: text, as: UTF8.self)), session: id, appKey: session.appKey)
      session.send(text: RegistrationReply.refused(error).bytes, at: clock.now)
    }
  }

  /// A client sent a PING or PONG control frame; some answer a PINGPONG that way.
  public func receiveControlFrame(_ payload: [UInt8], from id: Int) {
    traffic.note(.heardPing(payload), session: id)
    if let answer = PingPong(answer: payload) { heard(answer, from: id) }
  }

  /// A client sent a PONG frame. Unsolicited ones make the server drop TCP, with quirk 51.
  public func receivePong(_ payload: [UInt8], from id: Int) {
    if PingPong(answer: payload) == nil, configuration.quirks.contains(.unsolicitedPongsCut) { end(id, .drop) }
    traffic.note(.heardPong(payload), session: id)
    if let answer = PingPong(answer: payload) { heard(answer, from: id) }
  }

  private func heard(_ answer: PingPong, from id: Int) {
    guard !happens(.clientPing(.answerIgnored), on: .clientPing(session: id)) else { return }
    if sessions[id]?.heartbeat.answered() == true { clock.release(.client) }
    observe(.pingPongAnswered(session: id))
  }

  private func answer(_ request: RegistrationRequest, from id: Int) {
    let header = RegistrationReply.Header(
      request.transactionID, key: request.key, encrypt: encryptMark(of: request.transactionID))
    if let refusal = admission(of: request, for: id) {
      reply(refusal, to: request, for: id)
      return
    }
    // Not for a refused client: asking again and again, it would keep a virtual clock from reaching the moment at which
    // it is admitted.
    clock.clientSpoke()
    let (transactionID, key) = (request.transactionID, request.key)
    let outcome = observe(
      request.action == .register
        ? .registered(session: id, transactionID: transactionID, key: key)
        : .released(session: id, transactionID: transactionID, key: key))
    if outcome.delay > .zero { sessions[id]?.outflow.wait(outcome.delay, at: clock.now) }
    if let answer = outcome.answer {
      reply(answer, to: request, header, for: id)
      return
    }
    switch request.action {
    case .register: register(request, header, for: id)
    case .release:
      claimSlot(for: id)
      let isKnown = release(request, for: id)
      let output = configuration.releaseHasOutput ? sessions[id]?.output : nil
      reply(isKnown ? .released(header, output) : .refused(header, .notSubscribed), to: request, for: id)
      if isKnown { blockLoop(of: sessions[id]?.appKey) }
    }
  }

  /// Whether this client may register anything at all; its app key becomes the session's.
  private func admission(of request: RegistrationRequest, for id: Int) -> RegistrationReply? {
    let now = clock.now
    guard !isUnknownAfterHours,
      let appKey = admission.credentials.appKey(
        ofApprovalKey: request.approvalKey, now: configuration.quirks.contains(.expiredApprovalKeySilent) ? .zero : now)
    else {
      let header = RegistrationReply.Header(request.transactionID, key: request.key)
      return .refused(header, .unknownApprovalKey, message: "invalid approval : \(request.approvalKey)")
    }
    if case .owned(let owner) = admission.slots[appKey], let other = sessions[owner], other.isGone {
      // The mock itself has cut it: its client may be back before the socket is closed.
      freeSlot(of: other, cleanly: other.endsCleanly)
    }
    switch admission.slots[appKey] {
    case .owned(let owner) where owner != id: return .refused(.null, .appKeyInUse)
    case .held(let until) where now < until:
      admission.awaited.insert(appKey)
      return .refused(.null, .appKeyInUse)
    case .held:
      // What is due at the moment at which the key becomes free is sent first: otherwise the outcome would depend on
      // which is quicker, the client or the replay.
      if clock is VirtualClock { runUntilIdle() }
    default: break
    }
    admission.awaited.remove(appKey)
    if let session = sessions[id], session.appKey == nil {
      session.appKey = appKey
      identify(session)
    }
    return nil
  }

  /// Makes a session the owner of its app key. Requests that rules or faults refuse leave the app key free.
  private func claimSlot(for id: Int) {
    if let appKey = sessions[id]?.appKey { admission.slots[appKey] = .owned(by: id) }
  }

  /// Gives a session its iv and key, which follow from its app key and its number among that key's sessions, whatever
  /// other sessions there are.
  func identify(_ session: Session) {
    guard session.output == nil else { return }
    let appKey = session.appKey ?? ""
    let ordinal = admission.credentials.nextSession(of: appKey)
    do {
      try session.identify(ordinal, admission.credentials.cipherParameters(ofSession: ordinal, of: appKey))
    } catch {
      note(.fault(name: "cipher", detail: "\(error)"), session: session.id)
    }
  }

  /// Quirk 10: outside business hours a valid approval key is unknown.
  private var isUnknownAfterHours: Bool {
    configuration.quirks.contains(.approvalKeyUnknownAfterHours) && !servesBusiness(at: marketTime)
  }

  /// Registered, and no frame will come: quirks 9, 48 and 60; quirk 47 is a fault.
  private func isSilent(_ request: RegistrationRequest) -> Bool {
    if hasLeftNXT(request.transactionID, request.key) { return true }
    if configuration.quirks.contains(.vtsNoticesMissing), configuration.venue == .vts,
      Catalogue.realtime(request.transactionID)?.isEncrypted == true
    {
      return true
    }
    return admission.credentials.appKey(ofApprovalKey: request.approvalKey, now: clock.now) == nil
  }

  private func register(_ request: RegistrationRequest, _ header: RegistrationReply.Header, for id: Int) {
    let armed = faultsHappening(
      on: .registration(
        session: id, transactionID: request.transactionID, key: request.key,
        appKey: sessions[id]?.appKey ?? ""))
    for fault in armed where fault.happensBefore {
      if case .registration(.refused(let code)) = fault.behavior {
        reply(Answer(body: .code(code)), to: request, header, for: id)
      } else {
        note(registered(request, MessageCode(""), reply: nil), session: id, appKey: sessions[id]?.appKey)
      }
      return
    }
    let happening = armed.compactMap { if case .registration(let fault) = $0.behavior { fault } else { nil } }
    claimSlot(for: id)
    guard let session = sessions[id] else { return }
    let rules = RegistrationRules(
      venue: configuration.venue, htsIDs: configuration.htsIDs, codes: configuration.codes,
      knownCodes: configuration.knownCodes)
    let isRecorded = isRecorded(request.transactionID, request.key)
    if isRecorded == false, configuration.refusesUnrecorded,
      scenarioRun.engine?.scenario.sends(request.transactionID) != true
    {
      reply(.refused(header, .invalidKey), to: request, for: id)
    } else if let refusal = rules.refusal(of: request, header), !isRecorded || refusal.code != .invalidKey {
      guard refusal.code != .wrongHTSID || !configuration.quirks.contains(.wrongHtsIdDropped) else {
        // Quirk 53: no reply, no close frame.
        note(registered(request, MessageCode(""), reply: nil), session: id, appKey: session.appKey)
        end(id, .drop)
        return
      }
      reply(refusal, to: request, for: id)
    } else if session.isRegistered(request.transactionID, request.key) {
      reply(.refused(header, .alreadySubscribed), to: request, for: id)
    } else if session.registrations.count >= configuration.limits.registrations {
      reply(.refused(header, .tooManySubscriptions), to: request, for: id)
    } else {
      succeed(request, header, happening, for: id)
    }
  }

  /// Takes a registration away, with all that only it needed.
  /// - Returns: false when there was none.
  private func release(_ request: RegistrationRequest, for id: Int) -> Bool {
    guard let session = sessions[id], let route = session.release(request.transactionID, request.key) else {
      return false
    }
    dropUnheardStreams()
    tellDeliveries(of: session)
    session.forgetCounts(of: route)
    routes.drop(route)
    return true
  }

  private func succeed(
    _ request: RegistrationRequest, _ header: RegistrationReply.Header, _ happening: [RegistrationFault], for id: Int
  ) {
    guard let session = sessions[id], let output = session.output else { return }
    guard let route = routes.hold(request.transactionID, request.key) else {
      reply(.refused(header, .subscribeInternalError), to: request, for: id)
      return
    }
    var success = RegistrationReply.registered(header, output)
    var registration = Session.Registration(
      transactionID: request.transactionID, key: request.key, route: route,
      isSealed: isEncrypted(request.transactionID))
    var framesFirst = 0
    var isAnswered = true
    var refusal: String?
    for fault in happening {
      switch fault {
      case .replyLate(let delay): session.outflow.wait(delay, at: clock.now)
      case .replyWithoutKey: success.output = nil
      case .forgotten: registration.isForgotten = true
      case .replyAfterData(let frames): framesFirst = max(frames, 1)
      case .replyMissing: isAnswered = false
      case .refused(let code): refusal = refusal ?? code
      }
    }
    if isSilent(request) { registration.isForgotten = true }
    if Catalogue.realtime(request.transactionID)?.key == .htsID { noteClient(of: session, htsID: request.key) }
    registration.recorded = recordedRoute(request.transactionID, request.key, for: session)
    session.register(registration)
    // Before the reply: a test may move the clock as soon as its client has it.
    startPlaying(for: id)
    if let refusal {
      reply(Answer(body: .code(refusal)), to: request, header, for: id)
    } else if !isAnswered {
      note(registered(request, MessageCode(""), reply: nil), session: id, appKey: session.appKey)
    } else if framesFirst > 0 {
      session.heldReply = (session.framed(success.bytes), framesFirst)
      note(registered(request, success.code, reply: success.text), session: id, appKey: session.appKey)
    } else {
      reply(success, to: request, for: id)
    }
    simulate(registration, for: id)
  }

  /// Sends a reply and writes it down; a session that is refused for its app key is dropped.
  private func reply(_ reply: RegistrationReply, to request: RegistrationRequest, for id: Int) {
    // What is written to a stalled or half-open connection is never sent.
    let isLost = sessions[id]?.outflow.isSilent(at: clock.now) != false
    let content = registered(request, isLost ? MessageCode("") : reply.code, reply: isLost ? nil : reply.text)
    note(content, session: id, appKey: sessions[id]?.appKey)
    sessions[id]?.send(text: reply.bytes, at: clock.now)
    if reply.code == .appKeyInUse { end(id, .drop) }
  }

  /// Sends what a rule or a fault answers instead.
  private func reply(
    _ answer: Answer, to request: RegistrationRequest, _ header: RegistrationReply.Header, for id: Int
  ) {
    switch answer.body {
    case .code(let code):
      let code = MessageCode(code)
      let isAboutNobody = code == .appKeyInUse || code == .wrongHTSID
      reply(.refused(isAboutNobody ? .null : header, code), to: request, for: id)
    case .text(let text):
      note(registered(request, MessageCode(""), reply: text), session: id, appKey: sessions[id]?.appKey)
      sessions[id]?.send(text: Array(text.utf8), at: clock.now)
    case .json(let json):
      let code = MessageCode(json["body"]?["msg_cd"]?.string ?? "")
      note(registered(request, code, reply: json.text), session: id, appKey: sessions[id]?.appKey)
      sessions[id]?.send(text: json.utf8, at: clock.now)
    }
  }

  /// The journal's entry of a registration or release, with what it may have meant when it was refused, or when nothing
  /// will ever be sent for it.
  /// - Parameter reply: what is sent; nil when nothing is.
  private func registered(
    _ request: RegistrationRequest, _ code: MessageCode, reply: String?
  ) -> JournalEntry.Content {
    let isRefused = [.invalidTransactionID, .invalidKey, .notSubscribed, .wrongHTSID].contains(code)
    let isSilent = code == .subscribed && request.action == .register && !isFed(request)
    let registration = JournalRegistration(
      transactionID: request.transactionID, key: request.key, code: code.rawValue, isFed: !isSilent,
      text: request.text, reply: reply, nearMisses: isRefused || isSilent ? nearMisses(of: request) : [])
    return request.action == .register ? .register(registration) : .release(registration)
  }

  /// The `encrypt` of a reply: what will come, except under quirk 42.
  private func encryptMark(of transactionID: TransactionID) -> String {
    guard isEncrypted(transactionID) else { return "N" }
    return configuration.quirks.contains(.noticeEncryptN, transactionID: transactionID) ? "N" : "Y"
  }

  /// Whether messages of a TR are sent encrypted: as KIS does, as somebody asked for, or as they are recorded.
  private func isEncrypted(_ transactionID: TransactionID) -> Bool {
    Catalogue.realtime(transactionID)?.isEncrypted == true
      || configuration.encryptedTransactions.contains(transactionID)
      || configuration.recordings.contains { $0.encryptedTransactions.contains(transactionID) }
  }

  /// The first registration starts a replay that waits for its first client.
  private func startPlaying(for id: Int) {
    let owner: Stage.PlayheadOwner
    switch configuration.playhead {
    case .shared: owner = .everybody
    case .session:
      owner = .session(id)
      if stage.playheads[owner] == nil, let session = sessions[id] {
        do {
          stage.playheads[owner] = try replay(for: session)
        } catch {
          note(.fault(name: "recording", detail: "\(error)"), session: id)
        }
      }
    }
    if stage.playheads[owner]?.state == .waiting { try? stage.playheads[owner]?.play(at: clock.now) }
    wake()
  }
}
