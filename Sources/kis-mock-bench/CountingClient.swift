import Histogram
import KISSandbox
import KISWire

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Receives on many connections at once, as fast as one thread can, and counts.
struct CountingClient {
  private let plan: ClientPlan
  private let sockets: [TCPSocket]
  /// Kept open, never read.
  private let silent: [TCPSocket]
  private var counters: [FrameCounter]
  /// When the replay started: the playhead's anchor, or the beginning of a raw connection.
  private var anchor: Int64 = 0
  private var firstArrival: Int64?
  private var lastArrival: Int64 = 0
  private var lateness = Histogram<UInt64>(
    highestTrackableValue: 60_000_000_000, numberOfSignificantValueDigits: .three)

  /// After how long without a message it gives up, in milliseconds.
  private static let patience: Int32 = 15_000

  /// Opens and registers every connection.
  init(_ plan: ClientPlan) async throws {
    self.plan = plan
    sockets = try await Self.open(plan.connections, plan, name: "bench")
    silent = try await Self.open(plan.silent, plan, name: "silent")
    counters = Array(repeating: FrameCounter(), count: plan.connections)
  }

  private static func open(_ count: Int, _ plan: ClientPlan, name: String) async throws -> [TCPSocket] {
    var sockets: [TCPSocket] = []
    for index in 0..<count {
      if let restPort = plan.restPort {
        sockets.append(try await CountedSession.open(plan, restPort: restPort, appKey: "\(name)-\(index)"))
      } else {
        sockets.append(try TCPSocket(connectingTo: plan.port))
      }
    }
    return sockets
  }

  /// Starts the replay, counts until the plan is met, and tells what was seen.
  mutating func run() async throws -> ClientTally {
    let started = try await start()
    let before: Snapshot
    switch plan.stop {
    case .frames(let expected):
      try receive { client, _ in client.counters.allSatisfy { $0.frames >= expected } }
      if let extra = counters.first(where: { $0.frames > expected }) {
        throw BenchError("a connection received \(extra.frames) frames of a recording of \(expected)")
      }
      before = Snapshot(frames: 0, bytes: 0, time: firstArrival ?? started, processorTime: 0)
    case .time(let warmUp, let measured):
      try receive { client, now in client.firstArrival.map { now - $0 >= warmUp } ?? false }
      before = snapshot
      try receive { _, now in now - before.time >= measured }
    }
    return ClientTally(
      frames: snapshot.frames - before.frames, bytes: snapshot.bytes - before.bytes,
      nanoseconds: max(1, lastArrival - before.time), sinceStart: lastArrival - started,
      span: lastArrival - (firstArrival ?? lastArrival), lateness: plan.schedule.map { _ in lateness },
      processorSeconds: processorTime.map { $0 - before.processorTime })
  }

  /// Starts the replay and learns when its playhead left; returns when it was asked to.
  private mutating func start() async throws -> Int64 {
    let started = HostTime.monotonicNanoseconds
    anchor = started
    guard let restPort = plan.restPort else { return started }
    let replay = try await MockRequest.json("POST", "/__admin/replay/play", port: restPort)
    if plan.schedule != nil {
      guard let moment = replay["anchor_monotonic_ns"]?.int else {
        throw BenchError("expected the playhead's anchor_monotonic_ns, found \(replay.text)")
      }
      anchor = Int64(moment)
    }
    return started
  }

  /// Receives until told to stop, which is asked after every round with the time of that round.
  private mutating func receive(until isDone: (borrowing Self, Int64) -> Bool) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1_024, alignment: 64)
    defer { buffer.deallocate() }
    var polls = sockets.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    repeat {
      guard poll(&polls, nfds_t(polls.count), Self.patience) > 0 else {
        let counts = counters.map(\.frames)
        throw BenchError(
          "nothing arrived for \(Self.patience / 1_000) s, after \(counts.min() ?? 0) to \(counts.max() ?? 0) frames")
      }
      for index in polls.indices where polls[index].revents != 0 {
        let count = try sockets[index].receive(into: buffer)
        guard count > 0 else {
          throw BenchError("the server closed a connection after \(counters[index].frames) frames")
        }
        lastArrival = HostTime.monotonicNanoseconds
        let pings = counters[index].controlMessages
        let completed = try counters[index].consume(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        if counters[index].controlMessages > pings { try CountedSession.answerPingPong(on: sockets[index]) }
        if completed > 0 { arrived(completed, on: index) }
      }
    } while !isDone(self, lastArrival)
  }

  private mutating func arrived(_ completed: Int, on index: Int) {
    if firstArrival == nil { firstArrival = lastArrival }
    guard let schedule = plan.schedule else { return }
    let all = counters[index].frames
    for frame in (all - completed)..<all {
      let due = anchor + schedule.lead + Int64(frame) * schedule.interval
      lateness.record(UInt64(max(0, lastArrival - due)))
    }
  }

  /// What was counted up to a moment.
  private struct Snapshot {
    var frames: Int
    var bytes: Int
    var time: Int64
    /// Of the server, in seconds.
    var processorTime: Double
  }

  private var processorTime: Double? { plan.server.flatMap { ProcessTime(of: $0) }?.seconds }

  private var snapshot: Snapshot {
    Snapshot(
      frames: counters.reduce(0) { $0 + $1.frames }, bytes: counters.reduce(0) { $0 + $1.bytes }, time: lastArrival,
      processorTime: processorTime ?? 0)
  }
}
