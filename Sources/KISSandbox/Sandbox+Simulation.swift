import KISMarket
import KISRecording
import KISScenario
import KISWire
import Synchronization

/// The messages of a registration that no recording feeds, as they become due.
struct LiveStream {
  var stream: MarketStream
  /// The step that comes next, looked at but not taken.
  var next: MarketStream.Step?
  /// Whether a recording still feeds it: the market takes over where that ends.
  var isRecorded = false
  /// The route of the recorded connection that feeds it; nil when that is the registration's own.
  var recorded: Route?
}

extension Sandbox {
  /// Starts the simulated stream of a registration, unless the scenario's rules send its messages. While a recording
  /// feeds it, the stream waits for the recording's end.
  func simulate(_ registration: Session.Registration, for id: Int) {
    guard configuration.simulates else { return tellSilence(of: registration, for: id) }
    guard !registration.isForgotten, makesUp(registration.transactionID),
      scenarioRun.engine?.scenario.sends(registration.transactionID) != true
    else { return }
    let playhead: Stage.PlayheadOwner = stage.playheads[.session(id)] == nil ? .everybody : .session(id)
    let owner = StreamOwner(playhead: playhead, route: registration.route)
    guard stage.streams[owner] == nil else { return }
    begin(owner, recorded: registration.recorded)
    tellClosedMarket(of: registration)
  }

  /// Whether messages of a TR are made up at all: there are no notices of orders that nobody made, unless they were
  /// asked for.
  func makesUp(_ transactionID: TransactionID) -> Bool {
    StreamKind(transactionID) != .notices || configuration.simulatesOrders
  }

  /// Begins a stream where its playhead stands now.
  private func begin(_ owner: StreamOwner, recorded: Route?) {
    var live = liveStream(owner)
    live?.recorded = recorded
    live?.isRecorded = isRecorded(recorded ?? owner.route, by: stage.playheads[owner.playhead])
    stage.streams[owner] = live
    drawForStreams()
  }

  /// Restarts a stream after what it has sent.
  ///
  /// - Parameters:
  ///   - start: nothing that happened until then is sent; nil for now.
  ///   - isDue: whether a stream that samples the market does so at the start.
  func restage(_ owner: StreamOwner, after start: TradingMoment?, isDue: Bool = false) {
    let recorded = stage.streams[owner]?.recorded
    var live = liveStream(owner, after: start, isDue: isDue)
    live?.recorded = recorded
    stage.streams[owner] = live
  }

  private func liveStream(
    _ owner: StreamOwner, after start: TradingMoment? = nil, isDue: Bool = false
  ) -> LiveStream? {
    guard let name = routes.name(of: owner.route) else { return nil }
    return LiveStream(
      stream: MarketStream(
        name.transactionID, key: name.key,
        after: start ?? TradingMoment(marketTime(of: owner.playhead)),
        dialect: sentDialect, shift: stage.dateShift, isDue: isDue, in: stage.market))
  }

  /// Restarts all streams of a playhead where it stands now, after it was moved.
  func restage(_ playhead: Stage.PlayheadOwner) {
    let (drawn, changes) = (drawnAhead.load(ordering: .relaxed), stage.market.market.changes)
    stage.market.forgetRecorded()
    stage.handovers.begin()
    stage.released[playhead] = nil
    if stage.market.market.changes != changes || stage.day != TradingMoment(marketTime).date {
      drawnAhead.store(0, ordering: .relaxed)
    }
    for (owner, live) in stage.streams where owner.playhead == playhead { begin(owner, recorded: live.recorded) }
    if stage.market.market.changes != changes { redraw(drawn) }
  }

  /// Ends the streams that nobody has registered any more.
  func dropUnheardStreams() {
    let heard = Set(sessions.inOrder.flatMap { $0.registrations.map(\.route) })
    for owner in stage.streams.keys where !heard.contains(owner.route) { stage.streams[owner] = nil }
  }

  /// Whether a recording still holds messages of a route, from where its playhead stands.
  func isRecorded(_ route: Route, by playhead: Playhead?) -> Bool {
    guard let playhead, playhead.state != .ended else { return false }
    guard !stage.handovers.isLeft(route, at: playhead.position(at: clock.now)) else { return false }
    let position = playhead.reached(at: clock.now)
    return configuration.recordings.contains { recording in
      recording.plays(route, from: position - (recording.startOfDay - beginning))
    }
  }

  /// The moment of the last recorded message of a route; nil where there is none.
  private func recordedEnd(of route: Route) -> TradingMoment? {
    let ends = configuration.recordings.compactMap { recording in
      recording.lastOffset(of: route).map { $0 + (recording.startOfDay - beginning) }
    }
    guard let end = ends.max().map({ min($0, stage.handovers.departures[route] ?? .distantFuture) }),
      let (_, days) = stage.timeLine(of: .everybody, in: configuration)
    else { return nil }
    return days.moment(after: Int(end.nanoseconds / 1_000_000))
  }

  /// Applies an event to the market; streams show its effects from then on.
  func happen(_ event: MarketEvent) {
    stage.market.add(event)
    drawnAhead.store(0, ordering: .relaxed)
    for owner in stage.streams.keys where stage.streams[owner]?.isRecorded == false {
      // What is gathered into one message is sent whole.
      restage(owner, after: TradeSource.mark(before: TradingMoment(marketTime(of: owner.playhead))))
    }
    wake()
  }

  /// Sends what is due of all streams of the market.
  /// - Returns: when the next message is due.
  func releaseStreams(at now: Duration) -> Duration {
    handOver()
    tellNewDay()
    var deadline = Duration.never
    for owner in stage.streams.keys.sorted(by: {
      ($0.playhead.order, $0.route.index) < ($1.playhead.order, $1.route.index)
    }) where isDrawn(part(toldBy: owner)) {
      let moment = TradingMoment(marketTime(of: owner.playhead))
      stage.released[owner.playhead] = moment
      let recorded = stage.streams[owner]?.recorded ?? owner.route
      if isRecorded(recorded, by: stage.playheads[owner.playhead]) {
        stage.streams[owner]?.isRecorded = true
        continue
      }
      if stage.streams[owner]?.isRecorded == true { restage(owner, after: recordedEnd(of: recorded)) }
      deadline = min(deadline, release(owner, until: moment, at: now))
    }
    return deadline
  }

  /// Whether simulated streams have something to say before their day is over, and nothing is recorded: a virtual clock
  /// goes through the day for them. A replay ends where its recordings end.
  ///
  /// - Parameter next: when they say it, on the clock.
  func playsStreamsAlone(next: Duration) -> Bool {
    guard configuration.recordings.allSatisfy(\.isEmpty), hasListeners(.everybody),
      let (playhead, days) = stage.timeLine(of: .everybody, in: configuration),
      let end = playhead.moment(ofMarket: RecordedTime(.milliseconds(days.firstEnd)))
    else { return false }
    return next < end
  }

  private func release(_ owner: StreamOwner, until moment: TradingMoment, at now: Duration) -> Duration {
    while var live = stage.streams[owner] {
      let step = live.next ?? live.stream.next(in: stage.market)
      live.next = step
      stage.streams[owner] = live
      switch step {
      case .message(let message):
        guard message.moment <= moment else { return clockMoment(of: message.moment, for: owner.playhead) }
        stage.streams[owner]?.next = nil
        send(message.bytes, to: owner, at: now)
      case .nothing(until: let next):
        guard next <= moment else { return clockMoment(of: next, for: owner.playhead) }
        stage.streams[owner]?.next = nil
      }
    }
    return .never
  }

  func send(_ bytes: [UInt8], to owner: StreamOwner, at now: Duration) {
    var builder = FrameBatchBuilder(routes: routes)
    bytes.withUnsafeBytes { builder.append($0, on: owner.route, at: 0) }
    guard let batch = builder.finish() else { return }
    let due = Playhead.Due(batch: batch, messages: 0..<batch.messages.count, closing: nil)
    deliver(due, to: owner.playhead, at: now, translating: false)
  }

  /// The answer that is made of the market, the account and the catalogue. One about the market alone is kept for a
  /// moment, for others who ask the same.
  func generatedAnswer(to request: RESTRequest, _ asked: AnswerRequest) -> RESTAnswer {
    handOver()
    guard request.method == "GET", asked.isAboutMarket else { return drawnAnswer(to: request, asked) }
    let question = AnswerMemo.Question(request)
    let state = AnswerMemo.State(
      changes: stage.market.market.changes, ownChanges: stage.market.own.changes,
      released: stage.playheads[.everybody]?.released ?? 0)
    if let known = stage.answers.answer(to: question, in: state, arrived: request.arrived ?? clock.now) { return known }
    let answer = drawnAnswer(to: request, asked)
    stage.answers.keep(answer, to: question, in: state, at: asked.read)
    return answer
  }

  private func drawnAnswer(to request: RESTRequest, _ asked: AnswerRequest) -> RESTAnswer {
    let api = asked.api
    var asked = asked
    asked.recordedBook = { self.recordedBook(of: $0) }
    let generated = GeneratedAnswer(asked, latest: { self.knownTrade(of: $0) })
    let hasMore = generated.hasMore
    // Before the first day that is known nothing follows.
    let isFull = api.pagesByDay && generated.envelope.rows("output2").count >= DailyChartWindow.rowsOfChart
    var members = configuration.quirks.applied(
      to: generated.envelope, of: request.transactionID, at: marketTime
    ).members
    dateShift(of: api)?.show(&members)
    var answer = RESTAnswer(Envelope(members), source: .generated)
    if api.pagesByDay {
      answer.headers.append(("tr_cont", isFull ? (request.header("tr_cont") == "N" ? "M" : "F") : "D"))
    }
    if !api.paging.cursors.isEmpty {
      // First page F, further ones M, the last one D (PROTOCOL section 2.5).
      let isFirst = asked.listsOwnOrders ? asked.orderPage == 0 : asked.page == 0
      answer.headers.append(("tr_cont", hasMore ? (isFirst ? "F" : "M") : "D"))
    }
    return answer
  }

  /// How an API's dates are shifted; nil for the calendar's, which are about the days that are shown.
  private func dateShift(of api: RESTAPI) -> DateShift? { api.isByCalendar ? nil : stage.dateShift }

  /// A request with all that an answer to it may depend on.
  func asked(_ request: RESTRequest, by api: RESTAPI) -> AnswerRequest {
    let read = clock.now
    var asked = AnswerRequest(
      api: api, id: request.transactionID,
      parameters: dateShift(of: api)?.asked(request.observed.parameters) ?? request.observed.parameters,
      moment: dateShift(of: api) == nil ? shownMarketTime : marketTime, venue: configuration.venue,
      quotes: stage.market,
      page: GeneratedAnswer.page(of: api, parameters: request.observed.parameters))
    asked.read = read
    asked.knownCodes = configuration.knownCodes
    asked.acceptsAnyCode = configuration.codes == .permissive
    asked.beforeEntries = configuration.beforeEntries
    return asked
  }
}
