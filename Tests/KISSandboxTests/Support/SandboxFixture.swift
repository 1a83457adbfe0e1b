import KISRecording
import KISWire
import Synchronization

@testable import KISSandbox
@testable import KISScenario

/// A session's sink that keeps what it gets: a socket that takes everything at once.
final class RecordingSink: SessionSink {
  private struct State {
    var bytes: [UInt8] = []
    var ending: SessionEnding?
  }

  private let state = Mutex(State())
  /// What it claims to hold back, for tests of slow clients.
  let pretendedBacklog = Mutex(0)

  func send(_ batch: FrameBatch, _ ranges: [Range<Int>]) {
    state.withLock { state in
      for range in ranges { state.bytes += batch.bytes(in: range) }
    }
  }

  func send(_ bytes: [UInt8]) { state.withLock { $0.bytes += bytes } }
  func end(_ ending: SessionEnding) { state.withLock { $0.ending = ending } }
  var backlog: Int { pretendedBacklog.withLock { $0 } }
  var taken: Int { state.withLock { $0.bytes.count } }

  var ending: SessionEnding? { state.withLock { $0.ending } }

  /// The bytes on the wire, headers included.
  var wire: [UInt8] { state.withLock { $0.bytes } }

  /// The texts of the messages sent, in order.
  var texts: [String] {
    var texts: [String] = []
    var rest = wire[...]
    while let header = rest.first {
      precondition(header == 0x81, "a text message in one frame")
      let short = Int(rest[rest.startIndex + 1])
      let (length, skip) =
        short < 126 ? (short, 2) : (Int(rest[rest.startIndex + 2]) << 8 | Int(rest[rest.startIndex + 3]), 4)
      texts.append(String(decoding: rest.dropFirst(skip).prefix(length), as: UTF8.self))
      rest = rest.dropFirst(skip + length)
    }
    return texts
  }

  /// The data frames among them.
  var frames: [String] { texts.filter { $0.first == "0" || $0.first == "1" } }
}

/// A recording in memory: its events at whole seconds, from 09:00:00.
func recording(_ events: [(second: Double, text: String)]) -> [UInt8] {
  var bytes: [UInt8] = []
  RecordingHeader(
    start: "2026-09-21T09:00:00+09:00", dialectDay: "2026-09-21", provenance: .simulated, source: "a test",
    title: "a test"
  ).appendLine(to: &bytes)
  for event in events {
    RecordedEvent(
      at: RecordedTime(nanoseconds: Int64(event.second * 1e9)), .message(Array(event.text.utf8), from: .server)
    ).appendLine(to: &bytes)
  }
  return bytes
}

/// A sandbox on a clock that the test moves, playing a recording.
struct SandboxFixture {
  let clock: VirtualClock
  let sandbox: Sandbox

  /// A Monday, nine o'clock: the market opens.
  static let open = KoreanTime(year: 2026, month: 9, day: 21, hour: 9)
  /// Five minutes later: the opening auction has traded.
  static let trading = open + .seconds(300)

  init(
    _ events: [(second: Double, text: String)] = [], at start: KoreanTime = open,
    _ change: (inout SandboxConfiguration) -> Void = { _ in }
  ) throws {
    var configuration = SandboxConfiguration()
    configuration.recordings = [try RecordingLibrary().recording(bytes: recording(events))]
    configuration.simulates = false
    configuration.tokenExpiryText = .byClock
    change(&configuration)
    clock = VirtualClock(wallStart: start, autoAdvance: false)
    sandbox = try Sandbox(configuration, clock: clock)
  }

  /// Moves time; returns when the sandbox has done what became due.
  func advance(_ seconds: Double) async {
    clock.advance(by: .seconds(seconds))
    await sandbox.runUntilIdle()
  }

  func approvalKey(_ appKey: String = "app") async -> String { await sandbox.approvalKey(of: appKey) }

  /// Connects a client.
  func connect() async throws -> (id: Int, sink: RecordingSink) {
    let sink = RecordingSink()
    return (try await sandbox.connect(sink), sink)
  }

  func register(
    _ id: Int, _ transactionID: TransactionID, _ key: String, approvalKey: String,
    action: RegistrationRequest.Action = .register
  ) async {
    let request = RegistrationRequest(action, transactionID, key: key, approvalKey: approvalKey)
    await sandbox.receive(Array(request.text.utf8), from: id)
    await sandbox.runUntilIdle()
  }
}

extension Sandbox {
  /// An approval key (웹소켓 접속키), as a client asks for it.
  nonisolated func approvalKey(of appKey: String = "app") async -> String {
    let answer = await answer(
      RESTRequest(
        method: "POST", path: "/oauth2/Approval",
        body: Array(#"{"grant_type":"client_credentials","appkey":"\#(appKey)","secretkey":"secret"}"#.utf8)))
    return (try? JSONValue(parsing: answer.body))?["approval_key"]?.string ?? ""
  }
}
