import Foundation
import KISRecording
import KISSandbox
import KISTesting
import KISWire
import Testing

@testable import KISMockServer

@Suite("The admin API for those who look") struct AdminWatchingTests {
  @Test("tells how a sandbox stands, all in one")
  func status() async throws {
    try await withAdminConsole { console, sandbox in
      _ = try await AdminSession.registered("H0UPPGM0", "0001", in: sandbox)
      _ = await console.post("/replay/step", ["count": 3])
      let status = await console.get("/status")
      #expect(status["frames"]?["H0UPPGM0"]?.int == 2)
      #expect(status["market_time"]?.string == "09:00:02" && status["sessions"]?.array?.count == 1)
    }
  }

  @Test("counts over the recordings' time line")
  func timeline() async throws {
    try await withAdminConsole { console, _ in
      let line = await console.get("/timeline", [("bins", "5")])
      #expect(line["lanes"]?["H0UPPGM0"]?.array?.map(\.int) == [2, 2, 2, 2, 2])
      #expect(line["beginning"]?.string == "09:00:00" && line["end_ns"]?.int == 9_000_000_000)
      #expect(line["marks"]?.array?.first?["name"]?.string == "noon")
      let part = await console.get(
        "/timeline", [("bins", "2"), ("from_ns", "4000000000"), ("to_ns", "6000000000")])
      #expect(part["lanes"]?["H0UPPGM0"]?.array?.map(\.int) == [1, 1])
      #expect(await console.call("GET", "/timeline", [("from_ns", "5"), ("to_ns", "5")]).status == 400)
    }
  }

  @Test("tells orders and fills of a recording apart from other requests and notices")
  func recordedFills() async throws {
    var bytes: [UInt8] = []
    RecordingHeader(
      start: "2026-09-21T09:00:00+09:00", dialectDay: "2026-09-21", provenance: .simulated, source: "a test",
      title: "an order and its fill"
    ).appendLine(to: &bytes)
    for (second, path) in ["/uapi/x/trading/order-cash", "/uapi/x/quotations/inquire-price"].enumerated() {
      let exchange = RecordedExchange(
        method: second == 0 ? "POST" : "GET", path: path, transactionID: "", body: [UInt8]())
      RecordedEvent(at: RecordedTime(.seconds(second)), .exchange(exchange)).appendLine(to: &bytes)
    }
    let layout = try Dialect(day: "2026-09-21").layout(of: "H0STCNI0")
    for (second, flag) in [(2, "1"), (3, "2")] {
      var values = Array(repeating: "1", count: layout.width)
      values[try #require(layout.index(of: "CNTG_YN"))] = flag
      RecordedEvent(
        at: RecordedTime(.seconds(second)),
        .message(Array("1|H0STCNI0|001|\(values.joined(separator: "^"))".utf8), from: .server)
      ).appendLine(to: &bytes)
    }
    var configuration = MockServerConfiguration.ephemeral
    configuration.sandbox.recordings = [try RecordingLibrary().recording(bytes: bytes, name: "fill")]
    try await withMockServer(configuration) { running in
      let line = await AdminConsole(server: running.server).get("/timeline", [("bins", "4"), ("to_ns", "4000000000")])
      #expect(line["rest"]?.array?.map(\.int) == [1, 1, 0, 0] && line["orders"]?.array?.map(\.int) == [1, 0, 0, 0])
      #expect(line["fills"]?.array?.map(\.int) == [0, 0, 0, 1])
      let asked = await AdminConsole(server: running.server).get("/recording/events", [("kind", "requests")])
      #expect(asked["events"]?.array?.map { $0["position_ns"]?.int } == [0, 1_000_000_000])
    }
  }

  @Test("shows recorded events, and saves a range of them")
  func recorded() async throws {
    try await withAdminConsole { console, _ in
      let events = await console.get("/recording/events", [("from_ns", "7000000000"), ("limit", "2")])
      #expect(events["events"]?.array?.map { $0["position_ns"]?.int } == [7_000_000_000, 8_000_000_000])
      #expect(events["complete"]?.bool == false)
      let part = await console.call(
        "GET", "/recording/part", [("from_ns", "2000000000"), ("to_ns", "4000000000")]
      ).body.string
      #expect(part?.split(separator: "\n").count == 3)
    }
  }

  @Test("adds a rule that answers from then on, until it is taken away")
  func rules() async throws {
    try await withAdminConsole { console, sandbox in
      let rule: JSONValue = [
        "name": "teapot", "when": ["request": ["path": "/uapi/*"]], "do": [["answer": ["status": 418, "body": "no"]]],
      ]
      let rules = await console.post("/rules", ["rule": rule])
      #expect(rules["rules"]?.array?.map { $0["name"]?.string } == ["teapot"])
      let request = RESTRequest(method: "GET", path: "/uapi/domestic-stock/v1/quotations/inquire-price")
      #expect(await sandbox.answer(request).status == 418)
      #expect(await console.call("DELETE", "/rules").body["rules"]?.array == [])
      #expect(await sandbox.answer(request).status != 418)
      #expect(await console.call("POST", "/rules", [], ["rule": ["when": "never", "do": ["end"]]]).status == 400)
    }
  }

  @Test("strikes a session with what ends one, and refuses anything else")
  func strike() async throws {
    try await withAdminConsole { console, sandbox in
      let (number, _) = try await AdminSession.registered("H0UPPGM0", "0001", in: sandbox)
      #expect(await console.call("POST", "/sessions/\(number)/strike", [], ["fault": "http-status"]).status == 400)
      #expect(await console.call("POST", "/sessions/99/strike", [], ["fault": "ws-close"]).status == 404)
      let struck = await console.post("/sessions/\(number)/strike", ["fault": "ws-close"])
      #expect(struck["sessions"]?.array?.first?["ending"]?.bool == true)
    }
  }

  @Test("forks a sandbox onto a port of its own, at the same moment")
  func fork() async throws {
    try await withAdminConsole { console, _ in
      _ = await console.post("/replay/seek", ["time": "09:00:04"])
      let fork = await console.post("/sandboxes/default/fork", [:])
      #expect(fork["name"]?.string == "default-fork-1" && fork["rest"]?.string?.contains("127.0.0.1") == true)
      let replay = await console.get("/replay", [("sandbox", "default-fork-1")])
      #expect(replay["position_ns"]?.int == 4_000_000_000 && replay["state"]?.string == "paused")
      _ = await console.post("/replay/seek", ["time": "09:00:01"], [("sandbox", "default-fork-1")])
      #expect(await console.get("/replay")["position_ns"]?.int == 4_000_000_000)
      let taken = await console.call("POST", "/sandboxes/default/fork", [], ["name": "default-fork-1"])
      #expect(taken.status == 409)
    }
  }

  @Test("writes metrics that Prometheus reads: every sample behind its type, every histogram whole")
  func metrics() async throws {
    try await withAdminConsole { console, sandbox in
      _ = try await AdminSession.registered("H0UPPGM0", "0001", in: sandbox)
      _ = await console.post("/replay/step", ["count": 2])
      let text = await console.get("/metrics").string ?? ""
      #expect(text.contains("kis_mock_frames_total{sandbox=\"default\",tr_id=\"H0UPPGM0\"} 1\n"))
      #expect(text.contains("# TYPE kis_mock_request_duration_seconds histogram\n"))
      #expect(text.contains("kis_mock_request_duration_seconds_bucket{sandbox=\"default\",le=\"+Inf\"}"))
      #expect(text.contains("kis_mock_journal_evictions_total{sandbox=\"default\"} 0\n"))
      var known: Set<Substring> = []
      for line in text.split(separator: "\n") {
        let words = line.split(separator: " ")
        if words.first == "#" { known.insert(words[2]) } else { #expect(known.contains { line.hasPrefix($0) }) }
      }
    }
  }

  @Test("gives a browser the page and a program the routes")
  func negotiation() throws {
    #expect(AdminPage.owns("", accept: "text/html,application/xhtml+xml") && !AdminPage.owns("", accept: "*/*"))
    #expect(!AdminPage.owns("/health", accept: "text/html"))
    let page = try #require(AdminPage.answer(""))
    #expect(page.contentType.hasPrefix("text/html") && "\(page.headers)".contains("script-src 'self'"))
    #expect(AdminPage.answer("/page/main.js") != nil && AdminPage.answer("/page/../schema.json") == nil)
    #expect(AdminPage.answer("/page/nothing.js") == nil)
  }
}
