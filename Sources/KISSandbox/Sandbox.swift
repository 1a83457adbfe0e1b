import KISMarket
import KISRecording
import KISScenario
import KISWire
import Synchronization

/// One isolated mock: clock, seed, playhead, sessions, credentials, limits, scenario, faults, journal.
///
/// It decides what is sent, and when, without a socket. Whatever changes state and enqueues what follows from it
/// happens in one synchronous step, so a SUBSCRIBE SUCCESS is never overtaken by a frame.
public actor Sandbox {
  /// Its name, which never changes.
  public nonisolated let name: String
  /// Where everything random comes from.
  public nonisolated let seed: UInt64
  /// What it was made with, as edited since by ``adopt(_:)``.
  public internal(set) var configuration: SandboxConfiguration { didSet { stage.answers.forget() } }
  /// Where all its times come from.
  public nonisolated let clock: any MockClock

  var sessions = SessionTable()
  var admission: Admission
  var stage: Stage
  var scenarioRun: ScenarioRun
  /// What clients ordered and own.
  var exchange: ClientExchange
  var journal: Journal
  var waiters = Waiters()
  /// What passed between clients and the sandbox.
  let traffic: TrafficLog
  /// Counts of what passed.
  var counts = Traffic()
  /// How many journals there have been: a reset begins a new one.
  var journals = 1
  let frameLog = FrameLog()
  /// How long requests took.
  package nonisolated let requestTimes = RequestTimes()
  /// How much of the market's day is drawn: see ``DrawnPart``.
  nonisolated let drawnAhead = Atomic(0)
  /// Whether it is being drawn again, for streams, answers and orders that wait for it; how many such drawings are
  /// running, and the latest of them.
  nonisolated let isRedrawing = Atomic(false)
  var redraws = 0
  var redrawing: Task<Void, Never>?
  /// Whether that is because the market has changed, so that streams of single shares have to wait too.
  var redrawsShares = false
  /// How many requests wait for something to be drawn, and who goes on drawing when none does.
  var waiting = 0
  var resting: [CheckedContinuation<Void, Never>] = []
  /// Whether ``run()`` is running.
  private(set) var isRunning = false
  let routes: RouteTable
  let generator: SeededGenerator
  private nonisolated let alarm = Alarm()
  /// Whether time is kept from passing: see ``letTimePass(_:)``.
  private var holdsTime = false

  /// - Throws: ``RecordingError`` when a recording cannot be read; ``ReplayError`` when nothing is left at its start.
  public init(_ configuration: SandboxConfiguration, clock: any MockClock) throws {
    let routes = configuration.recordings.first?.routes ?? RouteTable()
    var configuration = configuration
    configuration.recordings = configuration.recordings.map { $0.bound(to: routes) }
    if clock.tellsHostTime { configuration.openMarket(at: clock.wallTime) }
    self.configuration = configuration
    self.routes = routes
    name = configuration.name
    seed = configuration.seed
    self.clock = clock
    generator = SeededGenerator(seed: configuration.seed)
    journal = Journal(configuration.limits)
    admission = Admission(configuration, generator: generator)
    stage = try Stage(configuration, on: clock)
    scenarioRun = ScenarioRun(
      configuration, generator: generator, at: stage.moment(in: configuration, on: clock), wall: clock.wallTime)
    traffic = TrafficLog(clock, remembers: !journal.isOff)
    if let file = configuration.recordsTo { try traffic.start(file, configuration, since: clock.now) }
    let marketTime = stage.marketTime(of: .everybody, in: configuration, on: clock)
    exchange = ClientExchange(configuration, at: TradingMoment(marketTime))
  }

  /// Whether a rule said that the scenario is over.
  public var isOver: Bool { scenarioRun.isOver }

  // MARK: Sessions

  /// Whether an approval key was issued here.
  public func knows(approvalKey: String) -> Bool { admission.credentials.approvalKeys[approvalKey] != nil }

  /// A client connected. Call ``disconnected(_:cleanly:)`` when its connection is gone.
  /// - Parameter path: the path of its upgrade, for the journal.
  public func connect(_ sink: any SessionSink, path: String = "/") throws -> Int {
    let id = sessions.nextNumber
    traffic.note(.opened(path: path), session: id)
    let heartbeat = Heartbeat(opened: clock.now, rules: configuration.heartbeat)
    sessions.append(Session(id: id, sink: sink, heartbeat: heartbeat, traffic: traffic, log: frameLog))
    note(.connect(path: path), session: id)
    observe(.connected(session: id))
    alarm.ring()
    return id
  }

  /// A connection is gone.
  /// - Parameter cleanly: whether it ended with a close handshake; if not, its app key may stay taken for a while.
  public func disconnected(_ id: Int, cleanly: Bool) {
    guard let session = sessions.remove(id) else { return }
    if !session.isEnding { traffic.note(.left(cleanly: cleanly), session: id) }
    flushTraffic(all: true)
    tellDeliveries(of: session)
    keepTraffic(of: session)
    for registration in session.registrations { routes.drop(registration.route) }
    stage.forget(session: id)
    dropUnheardStreams()
    scenarioRun.faults.forget(session: id)
    if session.heartbeat.answerDue != nil { clock.release(.client) }
    freeSlot(of: session, cleanly: cleanly)
    blockLoop(of: session.appKey)
    let reason = session.isEnding ? "the mock ended it" : cleanly ? "close handshake" : "vanished"
    note(.disconnect(reason: reason), session: id, appKey: session.appKey)
    observe(.disconnected(session: id))
    alarm.ring()
  }

  /// Frees the app key of a session that is gone, at once or after a while.
  func freeSlot(of session: Session, cleanly: Bool) {
    guard let appKey = session.appKey, case .owned(by: session.id) = admission.slots[appKey] else { return }
    let hold = cleanly ? .zero : configuration.slotRelease
    admission.slots[appKey] = hold > .zero ? .held(until: clock.now + hold) : nil
  }

  /// Ends every session at once, without waiting for what faults hold back.
  public func endSessions(_ ending: SessionEnding) {
    for session in sessions.inOrder {
      if !session.isEnding { traffic.note(.ended(ending), session: session.id) }
      session.isEnding = true
      session.sink.end(ending)
    }
    flushTraffic(all: true)
  }

  func end(_ id: Int, _ ending: SessionEnding) {
    guard let session = sessions[id], !session.isEnding else { return }
    session.isEnding = true
    if case .closeFrame = ending { session.endsCleanly = true }
    session.outflow.end(ending, at: clock.now)
  }

  /// A socket has room again, or something else changed: look at what is due.
  public nonisolated func wake() { alarm.ring() }

  // MARK: Time

  /// Sends what is due when it is due, until the task is cancelled.
  public func run() async {
    waiters.isWoundDown = false
    isRunning = true
    defer { isRunning = false }
    observe(.started)
    while !Task.isCancelled {
      switch step() {
      case .again: await Task.yield()
      case .blocked: await alarm.waitForRing(atMost: Sandbox.stallPatience)
      case .sleep(let deadline):
        if clock is RealClock { await keepTime(from: deadline) } else { await sleep(until: deadline) }
      }
    }
    endWaits()
    endTraffic()
  }

  /// Sleeps and sends what is due, with priority over requests that have queued up meanwhile: a message is then late by
  /// one answer at most, not by all that are waiting. Returns when there is so much to send that others need their turn
  /// in between.
  private func keepTime(from deadline: Duration?) async {
    // A task of its own: children of a group wait for the actor by the priority of their parent.
    let sending = Task(priority: .high) { await sleepAndSend(from: deadline) }
    await withTaskCancellationHandler {
      await sending.value
    } onCancel: {
      sending.cancel()
    }
  }

  private func sleepAndSend(from first: Duration?) async {
    var deadline = first
    repeat {
      await sleep(until: deadline)
      guard !Task.isCancelled, case .sleep(let next) = step() else { return }
      deadline = next
    } while deadline.map { $0 > clock.now } ?? true
  }

  private func sleep(until deadline: Duration?) async {
    let now = clock.now
    if let deadline, deadline - now < .milliseconds(2), clock is RealClock, !clock.isFrozen {
      let resumes = max(deadline, now + breather)
      if resumes > now { try? await clock.sleep(until: resumes) } else { await Task.yield() }
    } else {
      let clock = clock
      await alarm.wait { try await clock.sleep(until: deadline) }
    }
  }

  /// Ends every session, and every wait on the clock, the journal or the scenario: whoever serves the sandbox stops and
  /// must not be kept by somebody who waits for what will never happen.
  public func windDown(_ ending: SessionEnding) {
    endSessions(ending)
    endWaits()
  }

  private func endWaits() {
    waiters.isWoundDown = true
    fireTimers { _ in true }
    for waiter in waiters.takeAll() { waiter.resume() }
  }

  /// The pause between two rounds of sending, about what the writes of one round cost the sockets: with many sessions,
  /// frames that are due closer together share a write instead of queueing for one each.
  private var breather: Duration { .microseconds(10) * max(0, sessions.inOrder.count - 1) }

  /// Waits on this sandbox's clock, as a late answer does.
  ///
  /// - Parameter isHolding: whether the caller holds the clock for its work. The hold is released while it waits, and
  ///   taken again before time can go on.
  public func delay(_ duration: Duration, isHolding: Bool = false) async {
    guard duration > .zero, !waiters.isWoundDown else { return }
    let deadline = clock.now + duration
    await withCheckedContinuation { waiter in
      waiters.timers.append(Waiters.Timer(deadline: deadline, waiter: .caller(waiter), isHolding: isHolding))
      alarm.ring()
    }
    if !isHolding { clock.release(.work) }
  }

  /// Resumes the waiters whose time has come, each with a hold on the clock.
  private func fireTimers(_ isDue: (Waiters.Timer) -> Bool) {
    for timer in waiters.timers where isDue(timer) {
      switch timer.waiter {
      case .caller(let waiter):
        if !timer.isHolding { clock.hold(.work) }
        waiter.resume()
      case .watch(let id): waiters.watches.remove(id)?.resume()
      }
    }
    waiters.timers.removeAll(where: isDue)
  }

  /// Runs everything that is due without sleeping; the caller moves the clock.
  package func runUntilIdle() {
    while case .again = step() {}
  }

  private enum Next {
    case again
    /// Somebody's socket is full.
    case blocked
    case sleep(until: Duration?)
  }

  /// Does everything that is due now.
  private func step() -> Next {
    flushTraffic()
    let now = clock.now
    fireTimers { $0.deadline <= now }
    for index in waiters.timers.indices where waiters.timers[index].isHolding {
      waiters.timers[index].isHolding = false
      clock.release(.work)
    }
    if scenarioRun.engine != nil { observe(.time) }
    leaveNXT(at: now)
    var deadline = waiters.timers.map(\.deadline).min() ?? .never
    for session in sessions.inOrder {
      if !session.isEnding { beatHeart(of: session, at: now) }
      session.outflow.pump(at: now)
      deadline = min(deadline, session.outflow.nextDeadline)
    }
    // A late answer, or a message that a fault holds back, is waited for even if nothing plays.
    var isHeard = deadline < .never
    for owner in stage.playheads.keys.sorted(by: { $0.order < $1.order }) {
      switch release(owner, at: now) {
      case .again: return .again
      case .blocked: return .blocked
      case .sleep(let next):
        deadline = min(deadline, next ?? .never)
        if next != nil, hasListeners(owner) { isHeard = true }
      }
    }
    // A client that was told that its app key is still taken waits for it, even if nothing else needs time to pass.
    let freed = admission.awaitedRelease(after: now)
    deadline = min(deadline, freed)
    for session in sessions.inOrder where !session.isEnding && !session.outflow.isSilent(at: now) {
      deadline = min(deadline, session.heartbeat.nextDeadline)
    }
    if drawsBeside { noteOtherMarket() }
    // While the market is drawn again outside the actor, nothing is sent that depends on it.
    if isDrawn(redrawsShares ? .shares : nil) {
      // Orders meet the market first: what they trade is in the tape when that is sent.
      let look = followMarket(at: now, onMarks: true)
      let told = releaseStreams(at: now)
      if playsStreamsAlone(next: told) { isHeard = true }
      deadline = min(deadline, look, told)
    }
    letTimePass(isHeard || freed < .never)
    deadline = min(deadline, scenarioDeadline(at: now))
    flushTraffic(all: true)
    return .sleep(until: deadline < .never ? deadline : nil)
  }

  /// Lets a virtual clock move by itself only while something plays to somebody. Otherwise the market would be over,
  /// and a client cut for missed heartbeats, between connecting and registering; and after a disconnect the market
  /// would have moved on by as long as the socket took to close.
  private func letTimePass(_ passes: Bool) {
    guard passes == holdsTime else { return }
    holdsTime = !passes
    if passes { clock.release(.work) } else { clock.hold(.work) }
  }

  private func beatHeart(of session: Session, at now: Duration) {
    guard !session.outflow.isSilent(at: now) else { return }
    let owesAnswer = session.heartbeat.answerDue != nil
    switch session.heartbeat.beat(at: now) {
    case .ping:
      guard !happens(.heartbeat(.lost), on: .heartbeat(session: session.id)) else {
        if !owesAnswer { _ = session.heartbeat.answered() }
        return
      }
      if !owesAnswer { clock.hold(.client) }
      session.send(text: PingPong(datetime: shownMarketTime.compact).bytes, at: now)
    case .cut: end(session.id, .drop)
    case nil: break
    }
  }

  // MARK: Playing

  /// How long, in host time, a socket may take nothing before an unpaced replay stops waiting for it.
  static let stallPatience = Duration.seconds(1)
  /// How many bytes an unpaced replay, or a virtual clock, lets pile up for a session before it waits.
  public static let softBacklog = 1024 * 1024
  /// How many batches one step releases at most, so that commands get their turn.
  private static let batchesPerStep = 16

  private func release(_ owner: Stage.PlayheadOwner, at now: Duration) -> Next {
    let isUnpaced = stage.playheads[owner]?.speed == .max
    if isUnpaced { for session in audience(of: owner) { session.sink.beginBurst() } }
    defer { if isUnpaced { for session in audience(of: owner) { session.sink.endBurst() } } }
    let isVirtual = clock is VirtualClock
    var batches = 0
    // What is due on a virtual clock while nobody listens is released in one go: no client may register in between.
    while batches < Sandbox.batchesPerStep || (isVirtual && !hasListeners(owner)) {
      batches += 1
      guard let playhead = stage.playheads[owner], playhead.state == .playing else { return .sleep(until: nil) }
      // Only its readers set the pace of an unpaced replay.
      if playhead.speed == .max, !hasListeners(owner) { return .sleep(until: nil) }
      if mustWait(playhead.speed, owner) { return .blocked }
      do {
        let stop = owner == .everybody ? nextRulePosition : .distantFuture
        guard let due = try stage.playheads[owner]?.due(at: now, before: stop) else {
          if let playhead = stage.playheads[owner], playhead.state == .playing, playhead.reached(at: now) >= stop {
            return .again
          }
          if stage.playheads[owner]?.state == .ended { tellEnd(of: owner) }
          return .sleep(until: stage.playheads[owner]?.nextDeadline(now: now))
        }
        noteLateness(of: due, owner, at: now)
        deliver(due, to: owner, at: now)
      } catch {
        stage.playheads[owner]?.pause(at: now)
        note(.fault(name: "recording", detail: "\(error)"))
        return .sleep(until: nil)
      }
    }
    return .again
  }

  /// Sends messages to everybody who registered them.
  /// - Parameter translating: whether the messages are recorded, in the layouts of their own day.
  func deliver(_ due: Playhead.Due, to owner: Stage.PlayheadOwner, at now: Duration, translating: Bool = true) {
    if translating, exchange.followed != nil { noteNews(in: due) }
    // A clock may be advanced by hours without a listener: then no messages are made.
    guard !audience(of: owner).isEmpty else { return }
    let due = translating ? recorded(due) : due
    let isSampled = translating && configuration.quirks.switchedOn[.sampledQuotes] != nil
    let isWatched = scenarioRun.engine?.watchesFrames == true || scenarioRun.faults.concerns(.frame) || isSampled
    for session in audience(of: owner) where !session.isEnding {
      let sent: Bool
      if isWatched || session.frameFaults != nil || session.heldReply != nil {
        sent = deliverWatched(due, to: session, at: now)
      } else {
        sent = session.deliver(due, at: now)
      }
      if sent {
        session.heartbeat.sentData(at: now)
        if !waiters.watches.isEmpty { tellDeliveries(of: session) }
        endIfOverfull(session)
      }
      if let closing = due.closing, session.follows(closing) {
        end(session.id, closing.code.map { .closeFrame(code: UInt16(clamping: $0), reason: "") } ?? .drop)
      }
    }
  }

  /// Recorded messages as they are sent: in the layouts in force, and without the routes that the simulated market has
  /// taken over.
  private func recorded(_ due: Playhead.Due) -> Playhead.Due {
    let due = stage.handovers.departures.isEmpty ? due : due.without(stage.handovers.departures)
    let told = stage.translation?.translated(due) ?? due
    return stage.market.own.isEmpty ? told : withOwnTrading(told)
  }

  /// The layouts that frames are sent in.
  var sentDialect: Dialect { stage.translation?.target ?? configuration.dialect ?? configuration.recordedDialect }

  private func audience(of owner: Stage.PlayheadOwner) -> ArraySlice<Session> {
    switch owner {
    case .everybody: sessions.inOrder[...]
    case .session(let id): sessions[id].map { [$0] } ?? []
    }
  }

  func hasListeners(_ owner: Stage.PlayheadOwner) -> Bool {
    audience(of: owner).contains { $0.isListening }
  }

  private func endIfOverfull(_ session: Session) {
    guard configuration.limits.slowClient == .cut, session.sink.backlog > configuration.limits.outbox else { return }
    note(.fault(name: "slow client", detail: "its outbox was full; cut"), session: session.id, appKey: session.appKey)
    end(session.id, .reset)
  }

  /// Whether somebody's outbox has to drain first. An unpaced replay waits for its readers, but for one that has
  /// stopped reading only with the policy `wait`; a paced replay waits with that policy only.
  private func mustWait(_ speed: PlaySpeed, _ owner: Stage.PlayheadOwner) -> Bool {
    let waits = configuration.limits.slowClient == .wait
    let bound = speed == .max ? Sandbox.softBacklog : configuration.limits.outbox
    guard waits || speed == .max else { return false }
    for session in audience(of: owner) where !session.isEnding && session.sink.backlog > bound {
      if waits || session.stall.duration(taken: session.sink.taken, now: HostTime.now) < Sandbox.stallPatience {
        return true
      }
    }
    return false
  }
}
