import KISRecording
import KISWire

/// One isolated world: clock, seed, playhead, sessions, credentials, limits.
///
/// It decides what is sent, and when, without a socket. Whatever changes state and enqueues what follows from it
/// happens in one synchronous step, so a SUBSCRIBE SUCCESS is never overtaken by a frame.
public actor Sandbox {
  public nonisolated let configuration: SandboxConfiguration
  public nonisolated let clock: any MockClock

  var credentials: IssuedCredentials
  var callRates = CallRates()
  var sessions: [Int: Session] = [:]
  /// Which session, or until when nobody else, owns an app key.
  var slots: [String: Slot] = [:]
  var playheads: [PlayheadOwner: Playhead] = [:]
  let routes: RouteTable
  let generator: SeededGenerator
  private var nextSession = 1
  private nonisolated let alarm = Alarm()
  /// Whether time is kept from passing: see ``letTimePass(_:)``.
  private var holdsTime = false

  enum Slot {
    case owned(by: Int)
    case held(until: Duration)
  }

  enum PlayheadOwner: Hashable {
    case everybody
    case session(Int)
  }

  /// - Throws: ``RecordingError`` when a tape cannot be read.
  public init(_ configuration: SandboxConfiguration, clock: any MockClock) throws {
    self.configuration = configuration
    self.clock = clock
    generator = SeededGenerator(seed: configuration.seed)
    credentials = IssuedCredentials(allowed: configuration.appKeys, generator: generator.fork("credentials"))
    routes = configuration.tapes.first?.routes ?? RouteTable()
    if configuration.playhead == .shared { playheads[.everybody] = try Sandbox.playhead(configuration) }
  }

  // MARK: Sessions

  /// Whether an approval key was issued here.
  public func knows(approvalKey: String) -> Bool { credentials.approvalKeys[approvalKey] != nil }

  /// A client connected. Call ``disconnected(_:cleanly:)`` when its connection is gone.
  public func connect(_ sink: any SessionSink) throws -> Int {
    let id = nextSession
    nextSession += 1
    let (iv, key) = credentials.cipherParameters()
    let heartbeat = Heartbeat(opened: clock.now, rules: configuration.heartbeat)
    sessions[id] = try Session(id: id, sink: sink, heartbeat: heartbeat, output: .init(iv: iv, key: key))
    alarm.ring()
    return id
  }

  /// A connection is gone.
  /// - Parameter cleanly: whether it ended with a close handshake; if not, its app key may stay taken for a while.
  public func disconnected(_ id: Int, cleanly: Bool) {
    guard let session = sessions.removeValue(forKey: id) else { return }
    playheads[.session(id)] = nil
    if session.heartbeat.answerDue != nil { clock.release(.client) }
    if let appKey = session.appKey, case .owned(by: id) = slots[appKey] {
      let hold = cleanly ? .zero : configuration.limits.slotRelease
      slots[appKey] = hold > .zero ? .held(until: clock.now + hold) : nil
    }
    alarm.ring()
  }

  /// Ends every session, as a server that stops does.
  public func endSessions(_ ending: SessionEnding) {
    for id in sessions.keys.sorted() { end(id, ending) }
  }

  func end(_ id: Int, _ ending: SessionEnding) {
    guard sessions[id]?.isEnding == false else { return }
    sessions[id]?.isEnding = true
    sessions[id]?.sink.end(ending)
  }

  /// A socket has room again, or something else changed: look at what is due.
  public nonisolated func wake() { alarm.ring() }

  // MARK: Time

  /// Sends what is due when it is due, until the task is cancelled.
  public func run() async {
    let clock = self.clock
    while !Task.isCancelled {
      switch step() {
      case .again: await Task.yield()
      case .blocked: await alarm.wait { try await HostTime.sleep(for: Sandbox.stallPatience) }
      case .sleep(let deadline):
        let gap = deadline.map { $0 - clock.now } ?? .never
        if gap < .milliseconds(2), clock is RealClock {
          if gap > .zero { try? await clock.sleep(until: deadline) }
        } else {
          await alarm.wait { try await clock.sleep(until: deadline) }
        }
      }
    }
  }

  /// Does everything that is due now, and nothing that waits: time stands in the hand of the caller.
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
    let now = clock.now
    beatHearts(at: now)
    var deadline = Duration.never
    var isHeard = false
    for owner in playheads.keys.sorted(by: { $0.order < $1.order }) {
      switch release(owner, at: now) {
      case .again: return .again
      case .blocked: return .blocked
      case .sleep(let next):
        deadline = min(deadline, next ?? .never)
        if next != nil, hasListeners(owner) { isHeard = true }
      }
    }
    letTimePass(isHeard)
    deadline = min(deadline, sessions.values.map(\.heartbeat.nextDeadline).min() ?? .never)
    return .sleep(until: deadline < .never ? deadline : nil)
  }

  /// Lets a virtual clock move by itself only while something plays to somebody. Else the market would be over, and a
  /// client cut for missed heartbeats, between connecting and registering.
  private func letTimePass(_ passes: Bool) {
    guard passes == holdsTime else { return }
    holdsTime = !passes
    if passes { clock.release(.work) } else { clock.hold(.work) }
  }

  private func beatHearts(at now: Duration) {
    for id in sessions.keys.sorted() where sessions[id]?.isEnding == false {
      let owesAnswer = sessions[id]?.heartbeat.answerDue != nil
      switch sessions[id]?.heartbeat.beat(at: now) {
      case .ping:
        if !owesAnswer { clock.hold(.client) }
        sessions[id]?.send(text: PingPong(datetime: clock.wallTime.compact).bytes)
      case .cut:
        end(id, .drop)
      case nil: break
      }
    }
  }

  // MARK: Playing

  /// How long, in host time, a socket may take nothing before an unpaced replay stops waiting for it.
  static let stallPatience = Duration.milliseconds(50)
  /// How much an unpaced replay puts into an outbox before it waits.
  static let softBacklog = 1024 * 1024
  /// How many batches one step releases at the most, so that commands get their turn.
  private static let batchesPerStep = 16

  private func release(_ owner: PlayheadOwner, at now: Duration) -> Next {
    for _ in 0..<Sandbox.batchesPerStep {
      guard let playhead = playheads[owner], playhead.state == .playing else { return .sleep(until: nil) }
      if mustWait(playhead.speed, owner) { return .blocked }
      do {
        guard let due = try playheads[owner]?.due(at: now) else {
          return .sleep(until: playheads[owner]?.nextDeadline(now: now))
        }
        deliver(due, to: owner, at: now)
      } catch {
        playheads[owner]?.pause(at: now)
        return .sleep(until: nil)
      }
    }
    return .again
  }

  /// Sends messages to everybody who registered them.
  func deliver(_ due: Playhead.Due, to owner: PlayheadOwner, at now: Duration) {
    for id in audience(of: owner) where sessions[id]?.isEnding == false {
      if sessions[id]?.deliver(due) == true {
        sessions[id]?.heartbeat.sentData(at: now)
        endIfOverfull(id)
      }
      if let closing = due.closing, sessions[id]?.registrations.isEmpty == false {
        end(id, closing.code.map { .closeFrame(code: UInt16(clamping: $0), reason: "") } ?? .drop)
      }
    }
  }

  private func audience(of owner: PlayheadOwner) -> [Int] {
    switch owner {
    case .everybody: sessions.keys.sorted()
    case .session(let id): [id]
    }
  }

  private func hasListeners(_ owner: PlayheadOwner) -> Bool {
    audience(of: owner).contains { sessions[$0]?.registrations.isEmpty == false }
  }

  private func endIfOverfull(_ id: Int) {
    guard configuration.limits.slowClient != .wait, let session = sessions[id],
      session.sink.backlog > configuration.limits.outbox
    else { return }
    end(id, .reset)
  }

  /// Whether somebody's outbox has to drain first. Only an unpaced replay waits for those who read; one that stands
  /// still is waited for when the policy says so.
  private func mustWait(_ speed: PlaySpeed, _ owner: PlayheadOwner) -> Bool {
    let waits = configuration.limits.slowClient == .wait
    let bound = speed == .max ? Sandbox.softBacklog : configuration.limits.outbox
    guard waits || speed == .max else { return false }
    for id in audience(of: owner) {
      guard let session = sessions[id], !session.isEnding, session.sink.backlog > bound else { continue }
      if waits { return true }
      let stalled = sessions[id]?.stall.duration(taken: session.sink.taken, now: HostTime.now) ?? .zero
      if stalled < Sandbox.stallPatience { return true }
    }
    return false
  }

  static func playhead(_ configuration: SandboxConfiguration) throws -> Playhead {
    let earliest = configuration.tapes.map(\.startOfDay).min() ?? 0
    let start = configuration.start.map { max(0, $0.nanoseconds - earliest) } ?? 0
    var playhead = try Playhead(
      tapes: configuration.tapes, speed: configuration.speed, loops: configuration.loops, start: start)
    if configuration.isPaused { playhead.pause(at: .zero) }
    return playhead
  }
}

extension Sandbox.PlayheadOwner {
  /// The order in which playheads get their turn.
  fileprivate var order: Int {
    switch self {
    case .everybody: 0
    case .session(let id): id
    }
  }
}
