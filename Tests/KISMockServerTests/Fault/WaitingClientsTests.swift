import KISMockServer
import KISSandbox
import KISScenario
import KISTesting
import KISWire
import Testing

@Suite("Clients whom faults keep waiting", .timeLimit(.minutes(10)))
struct WaitingClientsTests {
  @Test(
    "do not keep a server from stopping",
    arguments: [
      "http-no-answer", "{name: http-delay, delay: 1h}", "tcp-accept-stall", "{name: tcp-latency, delay: 1h}",
    ])
  func callers(_ fault: String) async throws {
    let client = try await FaultStage.set(with: Scenario(faulty: fault)) { stage in
      let client = try stage.callingClient()
      try await stage.until { await !$0.currentJournal().entries.isEmpty }
      return client
    }
    _ = try await client.rest()
  }

  @Test(
    "on a WebSocket neither",
    arguments: ["ws-stall", "ws-half-open", "{name: ws-delay-frame, delay: 1h}", "{name: tcp-latency, delay: 0s}"])
  func listeners(_ fault: String) async throws {
    let client = try await FaultStage.set(with: Scenario(faulty: fault)) { stage in
      let client = try await stage.registeredClient()
      await stage.play(seconds: 2)
      return client
    }
    let seen = try await client.rest()
    #expect(seen.contains(0x88), "a close frame: \(seen.readable)")
  }

  @Test(
    "let a virtual clock move by itself",
    arguments: [
      "{name: http-delay, delay: 1h}", "{name: http-drip, bytes: 5, interval: 1h}",
      "http-close-after\n  - {name: tcp-latency, delay: 1h}",
    ])
  func virtualTime(_ fault: String) async throws {
    var configuration = MockServerConfiguration.ephemeral
    configuration.sandbox = SandboxConfiguration(scenario: try Scenario(faulty: fault))
    let clock = VirtualClock(wallStart: KoreanTime(year: 2026, month: 9, day: 21, hour: 9))
    try await withMockServer(configuration, clock: clock) { mock in
      let client = try RawSocket(mock.addresses.rest)
      client.send(HTTPBytes.request)
      try await client.expect(HTTPBytes.healthy.bytes)
      #expect(clock.now >= .seconds(3_600))
    }
  }
}
