import KISSandbox
import KISWire
import Testing

@testable import KISMockServer

@Suite("The journal by the admin API")
struct AdminJournalTests {
  @Test("lists requests with their answers, secrets masked")
  func requests() async throws {
    try await withAdminConsole { console, sandbox in
      _ = try await AdminSession.registered(.indexProgramTrading, "0001", in: sandbox)
      let listed = await console.get("/requests")
      #expect(listed["complete"]?.bool == true)
      let request = listed["requests"]?.array?.first
      #expect(request?["path"] == "/oauth2/Approval")
      #expect(request?["status"]?.int == 200)
      #expect(request?["parameters"]?["secretkey"] == "***")
      #expect(await console.post("/requests/count", ["query": ["request": ["path": "/oauth2/*"]]])["count"]?.int == 1)
    }
  }

  @Test("keeps registrations, and forgets them when told")
  func messages() async throws {
    try await withAdminConsole { console, sandbox in
      _ = try await AdminSession.registered(.indexProgramTrading, "0001", in: sandbox)
      let kinds = await console.get("/messages")["messages"]?.array?.map { $0["kind"] }
      #expect(kinds == ["connect", "register"])
      _ = await console.call("DELETE", "/requests")
      #expect(await console.get("/messages")["messages"] == [])
    }
  }

  @Test("shows what an unmatched request may have meant")
  func nearMisses() async throws {
    try await withAdminConsole { console, sandbox in
      let path = "/uapi/domestic-stock/v1/quotations/inquire-pric"
      _ = await sandbox.answer(RESTRequest(method: "GET", path: path))
      let unmatched = await console.get("/requests/unmatched")["requests"]?.array ?? []
      #expect(unmatched.map { $0["path"] } == [.string(path)])
      let entries = await console.get("/near-misses")["entries"]?.array ?? []
      #expect(entries.first?["near_misses"]?.array?.isEmpty == false)
    }
  }

  @Test("says yes, no and what came near to expectations")
  func verify() async throws {
    try await withAdminConsole { console, sandbox in
      _ = try await AdminSession.registered(.indexProgramTrading, "0001", in: sandbox)
      let answer = await console.post(
        "/verify",
        [
          "expect": [
            ["register": ["tr_id": "H0UPPGM0"], "exactly": 1], ["register": ["tr_id": "H0STCNT0"]],
            ["in-order": [["request": ["path": "/oauth2/Approval"]], "connect"]],
          ]
        ])
      #expect(answer["met"]?.bool == false)
      #expect(answer["findings"]?.array?.map { $0["verdict"] } == ["yes", "no", "yes"])
      #expect(answer["findings"]?.array?[1]["near_misses"]?.array?.first?["found"] == "H0UPPGM0")
    }
  }

  @Test("says what is wrong with a query")
  func badQuery() async throws {
    try await withAdminConsole { console, _ in
      let (status, body) = await console.call(
        "POST", "/requests/count", [], ["query": ["register": ["trid": "H0UPPGM0"]]])
      #expect(status == 400)
      #expect(body["error"]?["message"]?.string?.contains("did you mean `tr_id`?") == true)
    }
  }

  @Test("waits until something has happened, without asking again")
  func waiting() async throws {
    try await withAdminConsole { console, sandbox in
      async let waited = console.post("/messages/wait", ["for": ["register": ["tr_id": "H0UPPGM0"]], "timeout": "60s"])
      _ = try await AdminSession.registered(.indexProgramTrading, "0001", in: sandbox)
      #expect(await waited["happened"]?.bool == true)
      let late = await console.post("/messages/wait", ["for": "disconnect", "timeout": "1ms"])
      #expect(late["happened"]?.bool == false)
    }
  }

  @Test("arms faults by name, with settings, and takes them away")
  func faults() async throws {
    try await withAdminConsole { console, _ in
      let armed = await console.post("/faults", ["fault": "ws-stall"])["faults"]?.array ?? []
      #expect(armed.map { $0["name"] } == ["ws-stall"])
      let (status, body) = await console.call("POST", "/faults", [], ["fault": "ws-stal"])
      #expect(status == 400)
      #expect(body["error"]?["message"]?.string?.contains("ws-stall") == true)
      #expect(await console.call("DELETE", "/faults", [("name", "ws-stall")]).body["faults"] == [])
    }
  }

  @Test("tells of armed faults what was set, how often they have happened and how often they will")
  func armedFaults() async throws {
    try await withAdminConsole { console, sandbox in
      let fault: JSONValue = ["name": "rate-limit", "status": 200, "times": 2, "path": "/uapi/*", "for": "1m"]
      _ = await console.post("/faults", ["fault": fault])
      func armed() async -> JSONValue? { await console.call("GET", "/faults").body["faults"]?.array?.first }
      let fresh = await armed()
      #expect(fresh?["settings"] == ["status": "200"])
      #expect(fresh?["conditions"] == ["times": "2", "for": "1m", "path": "/uapi/*"])
      #expect(fresh?["happened"] == 0)
      #expect(fresh?["remaining"] == 2)
      #expect(fresh?["session"] == .null)
      _ = await sandbox.answer(RESTRequest(method: "GET", path: "/uapi/x"))
      let used = await armed()
      #expect(used?["happened"] == 1)
      #expect(used?["remaining"] == 1)
      _ = await sandbox.answer(RESTRequest(method: "GET", path: "/uapi/x"))
      #expect(await armed() == nil)
    }
  }

  @Test("says of a body that is written as in a scenario where it is wrong")
  func places() async throws {
    try await withAdminConsole { console, _ in
      let (status, body) = await console.call("POST", "/verify", [], ["expect": [["request": ["pth": "/x"]]]])
      #expect(status == 400)
      #expect(body["error"]?["message"]?.string?.hasPrefix("expect:1:14: expected a key") == true, "\(body.text)")
    }
  }
}
