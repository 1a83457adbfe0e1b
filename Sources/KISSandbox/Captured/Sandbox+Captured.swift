import KISRecording
import KISScenario
import KISWire

/// The replay of captured sessions for a client with keys and an account of its own.
extension Sandbox {
  // MARK: Connections

  /// The recorded connection that feeds a registration from now on; nil when what is recorded is for every session, or
  /// nothing is.
  ///
  /// With one replay for all it is one that the session follows already, else one that goes on and that no other session
  /// follows. With a replay of its own a session has the connection of its ordinal, and no other.
  func recordedRoute(_ transactionID: TransactionID, _ key: String, for session: Session) -> Route? {
    if configuration.playhead == .session, session.connection == nil,
      let connection = stage.nextConnection(among: configuration.recordings)
    {
      session.follow(connection)
    }
    let taken = sessions.inOrder.reduce(into: Set<RecordedConnection>()) { taken, other in
      if other !== session, !other.isEnding { taken.formUnion(other.connections) }
    }
    var best: (rank: Int, captured: FramedRecording.CapturedRoute)?
    for recording in configuration.recordings {
      for captured in recording.capturedRoutes(transactionID, key) {
        let isOwn = session.connections.contains(captured.connection)
        if configuration.playhead == .session, !isOwn { continue }
        let goesOn = goesOn(captured.route, of: recording)
        let isFree = isOwn || !taken.contains(captured.connection)
        let rank = (goesOn ? 0 : 4) + (isFree ? 0 : 2) + (isOwn ? 0 : 1)
        if rank < best?.rank ?? .max { best = (rank, captured) }
      }
    }
    guard let captured = best?.captured else { return nil }
    session.follow(captured.connection)
    return captured.route
  }

  /// Whether the shared replay has messages left on a route.
  private func goesOn(_ route: Route, of recording: FramedRecording) -> Bool {
    guard !configuration.loops, let playhead = stage.playheads[.everybody] else { return true }
    let offset = playhead.position(at: clock.now) - (recording.startOfDay - beginning)
    return recording.plays(route, from: offset)
  }

  /// A replay for one session: from the beginning of the connection whose place it takes.
  func replay(for session: Session) throws -> Playhead {
    var playhead = try Playhead(starting: configuration, on: clock)
    guard configuration.start == nil, let connection = session.connection else { return playhead }
    for recording in configuration.recordings {
      guard let start = recording.connections.first(where: { $0.connection == connection })?.start else { continue }
      try playhead.seek(to: start + (recording.startOfDay - beginning), at: clock.now)
    }
    return playhead
  }

  // MARK: Who is who

  private var recordedAccounts: [String] { configuration.recordings.flatMap(\.people.accounts) }

  /// Notes the accounts and the HTS id that a request names: they stand for the recorded ones.
  func noteClient(of request: RESTRequest) {
    guard hasCapturedPeople else { return }
    var client = admission.clients[request.appKey] ?? CapturedClient()
    for parameter in request.observed.parameters where !parameter.value.isEmpty {
      if RecordedPeople.namesAccount(parameter.name) {
        client.note(account: String(parameter.value.prefix(8)), among: recordedAccounts)
      } else if RecordedPeople.namesHTSID(parameter.name) {
        client.htsID = parameter.value
      }
    }
    note(client, of: request.appKey)
  }

  /// Notes the HTS id with which a session registers its notices.
  func noteClient(of session: Session, htsID: String) {
    guard hasCapturedPeople, let appKey = session.appKey else { return }
    var client = admission.clients[appKey] ?? CapturedClient()
    client.htsID = htsID
    note(client, of: appKey)
  }

  private var hasCapturedPeople: Bool { configuration.recordings.contains { !$0.people.isEmpty } }

  private func note(_ client: CapturedClient, of appKey: String) {
    guard admission.clients[appKey] != client else { return }
    admission.clients[appKey] = client
    let substitution = substitution(for: appKey)
    for session in sessions.inOrder where session.appKey == appKey { session.person = substitution }
  }

  private func substitution(for appKey: String) -> PersonSubstitution {
    var all = PersonSubstitution()
    guard let client = admission.clients[appKey] else { return all }
    let account = configuration.accounts.first.map { String($0.prefix(8)) }
    for recording in configuration.recordings {
      let own = client.substitution(for: recording.people, account: account)
      all.accounts.merge(own.accounts) { first, _ in first }
      all.htsIDs.merge(own.htsIDs) { first, _ in first }
    }
    return all
  }

  // MARK: REST

  /// What KIS answered to the same request when it was recorded; nil when no capture holds it, the scenario lets the
  /// exchange answer first, or the account is no longer as it was recorded.
  func capturedAnswer(to request: RESTRequest) -> RESTAnswer? {
    guard configuration.scenario?.answers != .exchangeFirst,
      configuration.recordings.contains(where: { $0.header.provenance == .captured })
    else { return nil }
    if request.path.contains("/trading/"), configuration.scenario?.answers != .recordingFirst,
      admission.clients[request.appKey]?.tradesItself == true
    {
      return nil
    }
    return recordedAnswer(to: request) { $0.header.provenance == .captured }
  }

  /// Notes that a client has placed or changed an order of its own beside a capture.
  func noteOwnOrder(_ request: RESTRequest, _ answer: RESTAnswer) {
    guard answer.source == .exchange, OrderAPI(path: request.path) != nil,
      configuration.recordings.contains(where: { $0.header.provenance == .captured }),
      let envelope = try? Envelope(parsing: answer.body), envelope.isSuccess
    else { return }
    var client = admission.clients[request.appKey] ?? CapturedClient()
    client.tradesItself = true
    note(client, of: request.appKey)
  }

  /// A request as whoever was recorded would have made it.
  func asRecorded(_ request: RESTRequest) -> [String: String] {
    guard let client = admission.clients[request.appKey], hasCapturedPeople else { return request.parameters }
    var parameters = request.parameters
    for (name, value) in parameters {
      if RecordedPeople.namesAccount(name) {
        let recorded = client.recordedAccounts[String(value.prefix(8))]
        if let recorded { parameters[name] = recorded + value.dropFirst(8) }
      } else if RecordedPeople.namesHTSID(name), value == client.htsID,
        let recorded = configuration.recordings.lazy.compactMap(\.people.htsIDs.first).first
      {
        parameters[name] = recorded
      }
    }
    return parameters
  }

  /// A recorded answer with the client's own account and HTS id.
  func personal(_ answer: RESTAnswer, for request: RESTRequest) -> RESTAnswer {
    let substitution = substitution(for: request.appKey)
    guard !substitution.isEmpty, let body = substitution.applied(toNamedValuesIn: answer.body) else { return answer }
    var answer = answer
    answer.body = body
    return answer
  }
}
