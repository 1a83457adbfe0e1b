import KISWire

extension Sandbox {
  /// A client sent a text message.
  public func receive(_ text: [UInt8], from id: Int) {
    guard let session = sessions[id], !session.isEnding else { return }
    if let answer = PingPong(answer: text) {
      heard(answer, from: id)
      return
    }
    clock.clientSpoke()
    do {
      let request = try RegistrationRequest(parsing: text)
      answer(request, from: id)
    } catch {
      session.send(text: RegistrationReply.refused(error).bytes)
    }
  }

  /// A client sent a PING or PONG control frame; some answer a PINGPONG that way.
  public func receiveControlFrame(_ payload: [UInt8], from id: Int) {
    if let answer = PingPong(answer: payload) { heard(answer, from: id) }
  }

  private func heard(_ answer: PingPong, from id: Int) {
    if sessions[id]?.heartbeat.answered() == true { clock.release(.client) }
  }

  private func answer(_ request: RegistrationRequest, from id: Int) {
    let header = RegistrationReply.Header(
      request.transactionID, key: request.key, encrypt: encryptMark(of: request.transactionID))
    if let refusal = admission(of: request, for: id) {
      sessions[id]?.send(text: refusal.bytes)
      if refusal.code == .appKeyInUse { end(id, .drop) }
      return
    }
    let reply =
      switch request.action {
      case .register: register(request, header, for: id)
      case .release: release(request, header, for: id)
      }
    sessions[id]?.send(text: reply.bytes)
    if request.action == .register, reply.isSuccess { startPlaying(for: id) }
  }

  /// Whether this client may register anything at all; its app key becomes the session's.
  private func admission(of request: RegistrationRequest, for id: Int) -> RegistrationReply? {
    let now = clock.now
    guard let appKey = credentials.appKey(ofApprovalKey: request.approvalKey, now: now) else {
      let header = RegistrationReply.Header(request.transactionID, key: request.key)
      return .refused(header, .unknownApprovalKey, message: "invalid approval : \(request.approvalKey)")
    }
    switch slots[appKey] {
    case .owned(let owner) where owner != id: return .refused(.null, .appKeyInUse)
    case .held(let until) where now < until: return .refused(.null, .appKeyInUse)
    default: break
    }
    slots[appKey] = .owned(by: id)
    if sessions[id]?.appKey == nil { sessions[id]?.appKey = appKey }
    return nil
  }

  private func register(
    _ request: RegistrationRequest, _ header: RegistrationReply.Header, for id: Int
  ) -> RegistrationReply {
    guard let session = sessions[id] else { return .refused(header, .subscribeInternalError) }
    if let refusal = RegistrationRules(venue: configuration.venue).refusal(of: request, header) { return refusal }
    if session.isRegistered(request.transactionID, request.key) { return .refused(header, .alreadySubscribed) }
    guard session.registrations.count < configuration.limits.registrations else {
      return .refused(header, .tooManySubscriptions)
    }
    guard let route = routes.route(request.transactionID.rawValue, request.key) else {
      return .refused(header, .subscribeInternalError)
    }
    sessions[id]?.register(request.transactionID, request.key, route: route)
    return .registered(header, session.output)
  }

  private func release(
    _ request: RegistrationRequest, _ header: RegistrationReply.Header, for id: Int
  ) -> RegistrationReply {
    guard sessions[id]?.release(request.transactionID, request.key) == true else {
      return .refused(header, .notSubscribed)
    }
    return .released(header)
  }

  private func encryptMark(of transactionID: TransactionID) -> String {
    Catalogue.realtime(transactionID)?.isEncrypted == true ? "Y" : "N"
  }

  /// The first registration starts a replay that waits for its first client.
  private func startPlaying(for id: Int) {
    let owner: PlayheadOwner
    switch configuration.playhead {
    case .shared: owner = .everybody
    case .session:
      owner = .session(id)
      if playheads[owner] == nil { playheads[owner] = try? Sandbox.playhead(configuration) }
    }
    if playheads[owner]?.state == .waiting { try? playheads[owner]?.play(at: clock.now) }
    wake()
  }
}
