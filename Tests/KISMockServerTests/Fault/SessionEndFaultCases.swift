import KISSandbox
import KISScenario
import KISWire
import Testing

/// Faults that end or silence a session.
enum SessionEndFaultCases {
  static let all = [
    FaultCase("{name: ws-close, code: 1013, reason: later}") { stage in
      let client = try await stage.registeredClient()
      await stage.play(seconds: 1)
      try await client.expect(ServerFrame.close(1013, "later"))
      try await client.expectEnd(.finished)
    },
    FaultCase("{name: ws-close-without-frame, skip: 1}") { stage in
      let client = try await stage.registeredClient()
      await stage.play(seconds: 2)
      try await client.expect(ServerFrame.message(1))
      try await client.expectEnd(.finished)
    },
    FaultCase("{name: ws-reset, skip: 1}") { stage in
      let client = try await stage.registeredClient()
      await stage.play(seconds: 1)
      try await client.expect(ServerFrame.message(1))
      await stage.play(seconds: 1)
      try await client.expectEnd(.reset)
    },
    FaultCase("{name: ws-half-open, skip: 1}") { stage in
      let client = try await stage.registeredClient()
      await stage.play(seconds: 1)
      try await client.expect(ServerFrame.message(1))
      await stage.play(seconds: 100)
      try await stage.register("H0UPPGM0", "1001", client)
      client.send(ClientFrame.ping("p"))
      client.send(ClientFrame.close(1000))
      try await stage.expectSilence(client)
      try await stage.expectRegistrations(1)
    },
    FaultCase("{name: ws-stall, skip: 1}") { stage in
      let client = try await stage.registeredClient()
      await stage.play(seconds: 1)
      try await client.expect(ServerFrame.message(1))
      await stage.play(seconds: 100)
      client.send(ClientFrame.ping("p"))
      try await stage.register("H0UPPGM0", "1001", client)
      // It is heard all the same.
      try await stage.expectRegistrations(2)
      try await stage.expectSilence(client)
    },
    FaultCase("{name: ws-stall, times: 1, duration: 2500ms}") { stage in
      let client = try await stage.registeredClient()
      await stage.play(seconds: 5)
      try await client.expect(ServerFrame.message(4) + ServerFrame.message(5))
    },
    FaultCase("ws-close-unanswered") { stage in
      let client = try await stage.registeredClient()
      client.send(ClientFrame.close(1000))
      try await client.expectEnd(.finished)
    },
    FaultCase("ws-pings-unanswered") { stage in
      let client = try await stage.openClient()
      client.send(ClientFrame.ping("one"))
      try await stage.register("H0UPPGM0", "0001", client)
      _ = try await client.expectSuccess("H0UPPGM0", "0001")
      await stage.sandbox.clearFaults(.wsPingsUnanswered)
      client.send(ClientFrame.ping("two"))
      try await client.expect(ServerFrame.frame(0x8A, Array("two".utf8)))
    },
  ]
}
