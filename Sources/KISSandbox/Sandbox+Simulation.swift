import KISRecording
import KISScenario
import KISWire

/// The messages of one registration that no recording feeds, as they become due.
struct SimulatedStream {
  private var simulator: RealtimeSimulator
  private var message: RealtimeSimulator.Message?
  private let start: KoreanTime
  private let begun: Duration
  private let rate: Double

  /// - Parameter rate: simulated seconds in one second of the clock.
  init(_ simulator: RealtimeSimulator, start: KoreanTime, begun: Duration, rate: Double) {
    self.simulator = simulator
    self.start = start
    self.begun = begun
    self.rate = rate
    message = self.simulator.next()
  }

  /// When the next message leaves.
  var nextDeadline: Duration {
    guard let message else { return .never }
    let distance = Double(message.time.epochNanoseconds - start.epochNanoseconds) / rate
    return begun + .nanoseconds(Int64(clamping: distance))
  }

  /// The next message if it is due; nil when nothing is.
  mutating func due(at now: Duration) -> [UInt8]? {
    guard let bytes = message?.bytes, nextDeadline <= now else { return nil }
    message = simulator.next()
    return bytes
  }
}

extension Sandbox {
  /// Begins to simulate what was registered, unless a recording has it or the scenario's rules send it.
  func simulate(_ registration: Session.Registration, for id: Int) {
    guard configuration.simulates, !registration.isForgotten,
      story.engine?.scenario.sends(registration.transactionID) != true,
      makesUp(registration.transactionID),
      !isRecorded(
        registration.recorded ?? registration.route, by: stage.playheads[.session(id)] ?? stage.playheads[.everybody])
    else { return }
    // A speed is a multiple of host time, on a scaled clock too.
    let rate = configuration.speed == .max ? 1 : configuration.speed.rate / clock.rate
    let start = clock.wallTime
    let dialect = stage.translation?.target ?? configuration.dialect ?? configuration.recordedDialect
    let simulator = RealtimeSimulator(
      registration.transactionID, key: registration.key, from: start, dialect: dialect, seed: configuration.seed,
      hours: openingHours, codes: configuration.knownCodes)
    stage.streams[StreamOwner(session: id, route: registration.route)] = SimulatedStream(
      simulator, start: start, begun: clock.now, rate: rate)
  }

  /// Whether messages of a TR are made up at all: nobody is told of orders that nobody made, unless asked for.
  func makesUp(_ transactionID: TransactionID) -> Bool {
    RealtimeFamily(transactionID) != .notices || configuration.simulatesOrders
  }

  var openingHours: OpeningHours { clock.tellsHostTime ? .always : .exchange }

  /// Whether a recording still holds messages of a registration, from where its playhead stands.
  private func isRecorded(_ route: Route, by playhead: Playhead?) -> Bool {
    let goesOn = !configuration.loops && playhead?.state != .ended
    let position = goesOn ? playhead?.position(at: clock.now) : nil
    return configuration.recordings.contains { recording in
      recording.plays(route, from: position.map { $0 - (recording.startOfDay - beginning) } ?? .min)
    }
  }

  /// Sends what is due of all simulated streams.
  /// - Returns: when the next message is due.
  func releaseStreams(at now: Duration) -> Duration {
    var deadline = Duration.never
    for owner in stage.streams.keys.sorted(by: { ($0.session, $0.route.index) < ($1.session, $1.route.index) }) {
      guard sessions[owner.session]?.isEnding == false else {
        stage.streams[owner] = nil
        continue
      }
      while let bytes = stage.streams[owner]?.due(at: now) { send(simulated: bytes, to: owner, at: now) }
      deadline = min(deadline, stage.streams[owner]?.nextDeadline ?? .never)
    }
    return deadline
  }

  private func send(simulated bytes: [UInt8], to owner: StreamOwner, at now: Duration) {
    var builder = FrameBatchBuilder(routes: routes)
    bytes.withUnsafeBytes { builder.append($0, on: owner.route, at: 0) }
    guard let batch = builder.finish() else { return }
    let due = Playhead.Due(batch: batch, messages: 0..<batch.messages.count, closing: nil)
    deliver(due, to: .session(owner.session), at: now, translating: false)
  }

  /// What the catalogue makes up when nothing else has an answer (issue order: recording, scenario, generated).
  func generatedAnswer(to request: RESTRequest, _ asked: AnswerRequest) -> RESTAnswer {
    let latest = latestTrades()
    let api = asked.api
    let generated = GeneratedAnswer(asked, latest: { latest[$0] })
    let envelope = configuration.quirks.applied(
      to: generated.envelope, of: request.transactionID, at: clock.wallTime)
    var answer = RESTAnswer(envelope, source: .generated)
    if api.pagesByDay { answer.headers.append(("tr_cont", request.header("tr_cont") == "N" ? "M" : "F")) }
    if !api.paging.cursors.isEmpty {
      // First page F, further ones M, the last one D (PROTOCOL section 2.5).
      let isFirst = asked.listsOwnOrders ? asked.orderPage == 0 : asked.page == 0
      answer.headers.append(("tr_cont", generated.hasMore ? (isFirst ? "F" : "M") : "D"))
    }
    return answer
  }

  /// A request with all that an answer to it may depend on.
  func asked(_ request: RESTRequest, by api: RESTAPI) -> AnswerRequest {
    var asked = AnswerRequest(
      api: api, id: TransactionID(request.transactionID), parameters: request.observed.parameters,
      moment: clock.wallTime,
      venue: configuration.venue, seed: configuration.seed,
      page: GeneratedAnswer.page(of: api, parameters: request.observed.parameters))
    asked.hours = openingHours
    asked.knownCodes = configuration.knownCodes
    asked.acceptsAnyCode = configuration.codes == .permissive
    return asked
  }

  /// The last trade of each stock that the replay has released; before any, the first one that it will. What it tells no
  /// more of goes on in the simulation, for answers as for registrations.
  func latestTrades() -> [String: Record] {
    guard let playhead = stage.playheads[.everybody] else { return [:] }
    let dialect = configuration.recordedDialect
    var trades: [String: Record] = [:]
    func isTrade(_ route: Route) -> Bool {
      routes.name(of: route)?.transactionID == TransactionID.stockTrade.rawValue && isRecorded(route, by: playhead)
    }
    let texts = configuration.recordings.flatMap { $0.firstTexts(where: isTrade) } + playhead.lastTexts(where: isTrade)
    for (route, text) in texts {
      guard let frame = try? Frame(parsing: text), let record = try? frame.records(in: dialect).last else { continue }
      trades[routes.name(of: route)?.key ?? ""] = record
    }
    return trades
  }
}
