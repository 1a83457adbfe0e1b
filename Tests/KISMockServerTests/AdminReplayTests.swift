import KISSandbox
import KISWire
import Testing

@testable import KISMockServer

@Suite("The replay by the admin API")
struct AdminReplayTests {
  @Test("waits, plays, and tells where it stands")
  func playing() async throws {
    try await withAdminConsole { console, _ in
      #expect(await console.get("/replay")["state"] == "waiting")
      #expect(await console.post("/replay/play")["state"] == "playing")
      _ = await console.post("/clock/advance", ["by": "2.5s"])
      let replay = await console.get("/replay")
      #expect(replay["position_ns"]?.int == 2_500_000_000)
      #expect(replay["time_of_day"] == "09:00:02.5")
      #expect(replay["released"]?.int == 3)
      #expect(replay["next_ns"]?.int == 3_000_000_000)
      #expect(await console.post("/replay/pause")["state"] == "paused")
    }
  }

  @Test("changes its speed without a jump")
  func rate() async throws {
    try await withAdminConsole { console, _ in
      _ = await console.post("/replay/play")
      _ = await console.post("/clock/advance", ["by": "2s"])
      let changed = await console.post("/replay/rate", ["speed": 3])
      #expect(changed["speed"]?.int == 3)
      #expect(changed["position_ns"]?.int == 2_000_000_000)
      _ = await console.post("/clock/advance", ["by": "1s"])
      #expect(await console.get("/replay")["position_ns"]?.int == 5_000_000_000)
      #expect(await console.post("/replay/rate", ["speed": "max"])["speed"] == "max")
    }
  }

  @Test("seeks to a time, a position and a marker, and rebuilds the market there")
  func seeking() async throws {
    try await withAdminConsole { console, _ in
      let sought = await console.post("/replay/seek", ["time": "09:00:03"])
      #expect(sought["position_ns"]?.int == 3_000_000_000)
      let registrations = await console.get("/replay/state")["registrations"]?.array ?? []
      #expect(registrations.map { $0["tr_key"] } == ["0001", "1001"])
      #expect(registrations.map { $0["text"]?.string?.last } == ["2", "1"])
      #expect(await console.post("/replay/seek", ["marker": "noon"])["position_ns"]?.int == 5_000_000_000)
      #expect(await console.post("/replay/seek", ["position_ns": 9])["position_ns"]?.int == 9)
    }
  }

  @Test("names the markers there are when one is missing")
  func missingMarker() async throws {
    try await withAdminConsole { console, _ in
      let (status, body) = await console.call("POST", "/replay/seek", [], ["marker": "night"])
      #expect(status == 409)
      #expect(body["error"]?["message"] == "no marker `night`; there are: noon")
    }
  }

  @Test("steps by count, and up to the message asked for")
  func stepping() async throws {
    try await withAdminConsole { console, sandbox in
      let (_, session) = try await AdminSession.registered(.indexProgramTrading, "0001", in: sandbox)
      _ = await console.post("/replay/pause")
      let two = await console.post("/replay/step", ["count": 2])
      #expect(two["stepped"]?.int == 2)
      #expect(two["matched"]?.bool == false)
      let found = await console.post("/replay/step", ["until": ["tr_key": "0001", "contains": "^090006^"]])
      #expect(found["stepped"]?.int == 5)
      #expect(found["matched"]?.bool == true)
      #expect(found["messages"]?.array?.last == "0|H0UPPGM0|001|0001^090006^6")
      #expect(found["replay"]?["position_ns"]?.int == 6_000_000_000)
      #expect(session.received.contains("^090006^6"))
      #expect(!session.received.contains("1001"))
    }
  }

  @Test("stands still while the clock is frozen, and moves by what is told")
  func clock() async throws {
    try await withAdminConsole { console, _ in
      let frozen = await console.post("/clock/freeze")
      #expect(frozen["frozen"]?.bool == true)
      #expect(frozen["kind"] == "virtual")
      #expect(frozen["time"] == "2026-09-21T09:00:00+09:00")
      let advanced = await console.post("/clock/advance", ["by": "1h30m"])
      #expect(advanced["time"] == "2026-09-21T10:30:00+09:00")
      #expect(await console.post("/clock/reset")["frozen"]?.bool == false)
    }
  }
}
