import KISRecording
import KISSandbox
import KISTesting
import KISWire
import Synchronization

@testable import KISMockServer

/// The admin API of a running mock, called without a socket.
struct AdminConsole {
  let server: MockServer

  func get(_ path: String, _ query: [(String, String)] = []) async -> JSONValue {
    await call("GET", path, query).body
  }

  func post(_ path: String, _ body: JSONValue? = nil, _ query: [(String, String)] = []) async -> JSONValue {
    await call("POST", path, query, body).body
  }

  /// The status and the body; a body that is no JSON comes as a string.
  func call(
    _ method: String, _ path: String, _ query: [(String, String)] = [], _ body: JSONValue? = nil
  ) async -> (status: Int, body: JSONValue) {
    let answer = await AdminResponder(server: server).answer(
      AdminCall.Raw(
        method: method, path: path, query: query.map { (name: $0.0, value: $0.1) }, body: body?.utf8 ?? []))
    let json = try? JSONValue(parsing: answer.body)
    return (answer.status, json ?? .string(String(decoding: answer.body, as: UTF8.self)))
  }
}

/// Runs a body at the console of a mock that plays ten seconds of two indices on a clock that the body moves.
func withAdminConsole(_ body: (AdminConsole, Sandbox) async throws -> Void) async throws {
  var configuration = MockServerConfiguration.ephemeral
  configuration.sandbox.recordings = [try RecordingLibrary().recording(bytes: tenSeconds, name: "ten seconds")]
  let clock = VirtualClock(wallStart: KoreanTime(year: 2026, month: 9, day: 21, hour: 9), autoAdvance: false)
  try await withMockServer(configuration, clock: clock) { running in
    try await body(AdminConsole(server: running.server), running.sandbox)
  }
}

/// One program trading frame a second, 0001 and 1001 in turn, and a marker `noon` at five seconds.
let tenSeconds: [UInt8] = {
  var bytes: [UInt8] = []
  RecordingHeader(
    start: "2026-09-21T09:00:00+09:00", dialectDay: "2026-09-21", provenance: .simulated, source: "a test",
    title: "ten seconds"
  ).appendLine(to: &bytes)
  for second in 0..<10 {
    let text = "0|H0UPPGM0|001|\(second % 2 == 0 ? "0001" : "1001")^09000\(second)^\(second)"
    let offset = RecordedTime(.seconds(second))
    RecordedEvent(at: offset, .message(Array(text.utf8), from: .server)).appendLine(to: &bytes)
    if second == 5 { RecordedEvent(at: offset, .marker("noon")).appendLine(to: &bytes) }
  }
  return bytes
}()

/// A session without a socket, which keeps what it is sent.
final class AdminSession: SessionSink {
  private let bytes = Mutex<[UInt8]>([])

  func send(_ batch: FrameBatch, _ ranges: [Range<Int>]) {
    bytes.withLock { bytes in
      for range in ranges { bytes += batch.bytes(in: range) }
    }
  }

  func send(_ sent: [UInt8]) { bytes.withLock { $0 += sent } }
  func end(_ ending: SessionEnding) {}
  var backlog: Int { 0 }
  var taken: Int { bytes.withLock { $0.count } }

  /// Everything sent, as text; the headers between messages are no letters.
  var received: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

  /// Connects and registers; the answer has been sent when this returns.
  static func registered(_ transactionID: TransactionID, _ key: String, in sandbox: Sandbox) async throws
    -> (number: Int, session: AdminSession)
  {
    let answer = await sandbox.answer(
      RESTRequest(
        method: "POST", path: "/oauth2/Approval",
        body: Array(#"{"grant_type":"client_credentials","appkey":"app-\#(key)","secretkey":"secret"}"#.utf8)))
    let approvalKey = try JSONValue(parsing: answer.body)["approval_key"]?.string ?? ""
    let session = AdminSession()
    let number = try await sandbox.connect(session)
    let request = RegistrationRequest(.register, transactionID, key: key, approvalKey: approvalKey)
    await sandbox.receive(Array(request.text.utf8), from: number)
    return (number, session)
  }
}
