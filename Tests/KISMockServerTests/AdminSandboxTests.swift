import Foundation
import KISSandbox
import KISScenario
import KISWire
import Testing

@testable import KISMockServer

@Suite("Sandboxes and sessions by the admin API")
struct AdminSandboxTests {
  @Test("lists what each session registered and was sent")
  func sessions() async throws {
    try await withAdminConsole { console, sandbox in
      let (number, _) = try await AdminSession.registered(.indexProgramTrading, "1001", in: sandbox)
      _ = await console.post("/clock/advance", ["by": "3s"])
      let sessions = await console.get("/sessions")["sessions"]?.array ?? []
      #expect(sessions.map { $0["session"]?.int } == [number])
      #expect(sessions.first?["app_key"] == "app-1001")
      #expect(
        sessions.first?["registrations"] == [["tr_id": "H0UPPGM0", "tr_key": "1001", "delivered": 2]])
    }
  }

  @Test("sends a data message to whoever registered it, and any text to one session")
  func sending() async throws {
    try await withAdminConsole { console, sandbox in
      let (first, one) = try await AdminSession.registered(.indexProgramTrading, "0001", in: sandbox)
      let (second, other) = try await AdminSession.registered(.indexProgramTrading, "1001", in: sandbox)
      let data = await console.post("/channels/send", ["text": "0|H0UPPGM0|001|1001^made up"])
      #expect(data["sessions"] == [.number(second)])
      #expect(!one.received.contains("made up"))
      #expect(other.received.contains("made up"))
      let text = await console.post("/channels/send", ["text": "no frame at all", "session": .number(first)])
      #expect(text["sessions"] == [.number(first)])
      #expect(one.received.contains("no frame at all"))
    }
  }

  @Test("encrypts a notice with the session's own key")
  func notices() async throws {
    try await withAdminConsole { console, sandbox in
      let (_, session) = try await AdminSession.registered(.orderNotice, "hts", in: sandbox)
      _ = await console.post("/channels/send", ["text": "1|H0STCNI0|001|hts^a secret order"])
      #expect(session.received.contains("1|H0STCNI0|001|"))
      #expect(!session.received.contains("a secret order"))
    }
  }

  @Test("refuses to send to a session that is not there")
  func sendingToNobody() async throws {
    try await withAdminConsole { console, _ in
      let (status, body) = await console.call("POST", "/channels/send", [], ["text": "x", "session": 7])
      #expect(status == 404)
      #expect(body["error"]?["message"] == "there is no session `7`")
    }
  }

  @Test(
    "says what is wrong with a sandbox that cannot be",
    arguments: [
      (
        ["name": "x", "app_keys": ["k"], "recordings": ["nowhere.jsonl"]], 404,
        "there is no recording `nowhere.jsonl` in the folders that this mock knows"
      ),
      (["name": "x", "port": 99_999], 400, "`port`: expected a whole number from 0 to 65535, found 99999"),
      (
        ["name": "x", "app_keys": ["k"], "as_of": "today"], 400,
        "`as_of`: expected a day such as 2026-09-21, found `today`"
      ),
      (["name": "x", "app_keys": [""]], 409, "an app key needs a character at least"),
    ] as [(JSONValue, Int, String)])
  func impossibleSandboxes(wanted: JSONValue, status: Int, message: String) async throws {
    try await withAdminConsole { console, _ in
      let answer = await console.call("POST", "/sandboxes", [], wanted)
      #expect(answer.0 == status)
      #expect(answer.1["error"]?["message"] == .string(message))
    }
  }

  @Test("sets everything that a scenario's sandbox may have when it creates one")
  func settings() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "kis-mock-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("industry,0129,새 업종".utf8).write(to: file)
    try await withAdminConsole { console, sandbox in
      let answer = await console.call(
        "POST", "/sandboxes", [],
        [
          "name": "mine", "app_keys": ["k"], "codes": "permissive", "code_file": .string(file.path), "speed": 2,
          "clock": "virtual", "start": "09:10:00", "loop": true, "paused": true, "playhead": "session", "venue": "vts",
          "as_of": "2026-09-21", "seed": 7, "slow_client": "wait", "encrypt": ["H0UPPGM0"], "simulate_orders": true,
          "lenient": true, "only_recorded": true, "exchange_prints": "shadow",
        ])
      #expect(answer.0 == 200)
      let made = try #require(console.server.sandboxes.sandbox(named: "mine"))
      let configuration = await made.configuration
      #expect(configuration.codes == .permissive && configuration.codeFile == file.path)
      #expect(configuration.speed == .times(2) && configuration.start == TimeOfDay("09:10:00"))
      #expect(configuration.loops && configuration.isPaused && configuration.playhead == .session)
      #expect(configuration.venue == .vts && configuration.dialect?.day == "2026-09-21" && configuration.seed == 7)
      #expect(configuration.limits.slowClient == .wait && configuration.limits.requestsPerSecond == 0)
      #expect(configuration.encryptedTransactions == ["H0UPPGM0"] && configuration.simulatesOrders)
      #expect(configuration.ownPrints == .shadow)
      #expect(!configuration.simulates && !configuration.generatesAnswers)
      #expect(made.clock is VirtualClock)
    }
  }

  @Test("refuses a fault for a session that is not there")
  func faultForNobody() async throws {
    try await withAdminConsole { console, sandbox in
      let (status, body) = await console.call("POST", "/faults", [], ["fault": "ws-stall", "session": 7])
      #expect(status == 404)
      #expect(body["error"]?["message"] == "there is no session `7`")
      #expect(await sandbox.armedFaults.isEmpty)
    }
  }

  @Test("makes a sandbox as it was: no tokens, no position")
  func reset() async throws {
    try await withAdminConsole { console, sandbox in
      let (number, _) = try await AdminSession.registered(.indexProgramTrading, "0001", in: sandbox)
      _ = await console.post("/clock/advance", ["by": "3s"])
      _ = await console.post("/reset")
      await sandbox.disconnected(number, cleanly: true)
      let replay = await console.get("/replay")
      #expect(replay["state"] == "waiting")
      #expect(replay["released"]?.int == 0)
      #expect(await console.get("/sessions")["sessions"] == [])
    }
  }

  @Test("shows counters by sandbox")
  func metrics() async throws {
    try await withAdminConsole { console, sandbox in
      _ = try await AdminSession.registered(.indexProgramTrading, "0001", in: sandbox)
      let text = await console.get("/metrics").string ?? ""
      #expect(text.contains("kis_mock_sessions{sandbox=\"default\"} 1\n"))
      #expect(text.contains("kis_mock_registrations{sandbox=\"default\"} 1\n"))
    }
  }
}
