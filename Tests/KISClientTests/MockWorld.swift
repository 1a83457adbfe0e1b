import KISClient
import KISMockServer
import KISSandbox
import KISScenario
import KISTesting
import KISWire
import Synchronization

/// A mock that plays these lines of a recording at full speed, and a client's configuration for it.
func withMock(
  _ lines: [String] = [], clock: any MockClock = RealClock(), speed: PlaySpeed = .max,
  limits: Limits = Limits(), appKeys: [String: String?]? = nil,
  _ body: (RunningMockServer, ClientConfiguration) async throws -> Void
) async throws {
  let header =
    #"{"kis_recording":1,"start":"2026-09-21T09:00:00+09:00","venue":"real","dialect":"2026-09-21","provenance":"simulated","source":"test","title":"test"}"#
  var server = MockServerConfiguration.ephemeral
  server.sandbox.speed = speed
  server.sandbox.limits = limits
  server.sandbox.limits.tokenInterval = .zero
  server.sandbox.appKeys = appKeys
  let text = ([header] + lines).joined(separator: "\n") + "\n"
  server.sandbox.recordings = [try RecordingLibrary().recording(bytes: Array(text.utf8))]
  try await withMockServer(server, clock: clock) { running in
    var configuration = ClientConfiguration(
      restURL: running.addresses.rest, webSocketURL: running.addresses.webSocket, appKey: "app-key",
      appSecret: "app-secret")
    configuration.clock = PatientClock()
    configuration.reconnect = ReconnectPolicy(firstDelay: .milliseconds(1), longestDelay: .milliseconds(1))
    configuration.htsID = "me"
    try await body(running, configuration)
  }
}

/// A clock for clients that must neither time out nor wait: what takes a second never ends, what takes less is soon
/// over.
struct PatientClock: Clock {
  /// What was slept to its end.
  final class Sleeps: Sendable {
    private let durations = Mutex<[Duration]>([])
    var all: [Duration] { durations.withLock(\.self) }
    func add(_ duration: Duration) { durations.withLock { $0.append(duration) } }
  }

  let sleeps = Sleeps()

  struct Instant: InstantProtocol {
    var offset = Duration.zero
    func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    func duration(to other: Instant) -> Duration { other.offset - offset }
    static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  var now: Instant { Instant() }
  var minimumResolution: Duration { .zero }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    if deadline.offset >= .seconds(1) {
      let (never, end) = AsyncStream.makeStream(of: Never.self)
      for await _ in never {}
      end.finish()
    }
    // Long enough that one who gives up a sleep is noticed.
    for _ in 0..<100 { await Task.yield() }
    try Task.checkCancellation()
    sleeps.add(deadline.offset)
  }
}

/// Lines of program trading, a second apart; the buy quantity counts up from 1.
func programTradingLines(_ code: String = "0001", count: Int) -> [String] {
  (0..<count).map { number in
    let values = [code, "0900\(number < 10 ? "0" : "")\(number)"] + Array(repeating: "\(number + 1)", count: 86)
    return #"{"t":\#(number * 1_000_000_000),"ws":"0|H0UPPGM0|001|\#(values.joined(separator: "^"))"}"#
  }
}
