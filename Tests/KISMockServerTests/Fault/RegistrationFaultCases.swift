import KISSandbox
import KISScenario
import KISWire
import Testing

/// Faults of registrations and of the heartbeat.
enum RegistrationFaultCases {
  static let all: [FaultCase] = replies + refusals + heartbeat

  private static let replies = [
    FaultCase("{name: registration-reply-late, times: 1, delay: 2500ms}") { stage in
      let client = try await stage.registeringClient()
      try await stage.expectRegistrations(1)
      await stage.play(seconds: 2)
      try await stage.expectSilence(client)
      try await stage.pass(.milliseconds(500))
      _ = try await client.expectSuccess("H0UPPGM0", "0001")
      try await client.expect(ServerFrame.message(1) + ServerFrame.message(2))
    },
    FaultCase("{name: registration-reply-missing, times: 1}") { stage in
      let client = try await stage.registeringClient()
      try await stage.register("H0UPPGM0", "1001", client)
      _ = try await client.expectSuccess("H0UPPGM0", "1001")
      await stage.play(seconds: 1)
      try await client.expect(ServerFrame.message(1, "1001"))
      try await stage.expectSilence(client)
    },
    FaultCase("{name: registration-reply-after-data, frames: 2}") { stage in
      let client = try await stage.registeringClient()
      try await stage.expectRegistrations(1)
      await stage.play(seconds: 3)
      try await client.expect(ServerFrame.message(1) + ServerFrame.message(2))
      _ = try await client.expectSuccess("H0UPPGM0", "0001")
      try await client.expect(ServerFrame.message(3))
    },
    FaultCase("registration-reply-without-key") { stage in
      let client = try await stage.registeringClient()
      try await client.expect(
        text:
          #"{"header":{"tr_id":"H0UPPGM0","tr_key":"0001","encrypt":"N"},"body":{"rt_cd":"0","msg_cd":"OPSP0000","msg1":"SUBSCRIBE SUCCESS"}}"#
      )
      await stage.play(seconds: 1)
      try await client.expect(ServerFrame.message(1))
    },
    FaultCase("{name: registration-forgotten, times: 1}") { stage in
      let client = try await stage.registeredClient()
      try await stage.register("H0UPPGM0", "1001", client)
      _ = try await client.expectSuccess("H0UPPGM0", "1001")
      await stage.play(seconds: 1)
      try await client.expect(ServerFrame.message(1, "1001"))
      try await stage.expectSilence(client)
    },
  ]

  private static let refusals = [
    FaultCase("{name: registration-refused, code: OPSP0009}") { stage in
      try await expectRefusal(code: "OPSP0009", "SUBSCRIBE ERROR : mci send failed", stage)
    },
    FaultCase("registration-limit") { stage in
      try await expectRefusal(code: "OPSP0008", "MAX SUBSCRIBE OVER", stage)
    },
    FaultCase("approval-key-unknown") { stage in
      try await expectRefusal(code: "OPSP0011", "invalid approval : NOT FOUND", stage)
    },
    FaultCase("app-key-in-use") { stage in
      let client = try await stage.registeringClient()
      try await client.expect(
        text:
          #"{"header":{"tr_id":"(null)","tr_key":"","encrypt":"N"},"body":{"rt_cd":"9","msg_cd":"OPSP8996","msg1":"ALREADY IN USE appkey"}}"#
      )
      try await client.expectEnd(.finished)
    },
  ]

  /// The stage's heartbeat is of twenty seconds, the answer due within twenty more. Nobody has registered anything, so
  /// that the recording has not begun, and the market's time stands.
  private static let heartbeat = [
    FaultCase("{name: pingpong-lost, times: 1}") { stage in
      let client = try await stage.openClient()
      await stage.play(seconds: 39)
      try await stage.expectSilence(client)
      await stage.play(seconds: 1)
      try await client.expect(text: #"{"header":{"tr_id":"PINGPONG","datetime":"20260921090000"}}"#)
    },
    FaultCase("pingpong-answer-ignored") { stage in
      let client = try await stage.openClient()
      await stage.play(seconds: 20)
      let pingPong = #"{"header":{"tr_id":"PINGPONG","datetime":"20260921090000"}}"#
      try await client.expect(text: pingPong)
      client.send(ClientFrame.text(pingPong))
      try await stage.until { await $0.currentJournal().entries.contains { $0.kind == .message } }
      await stage.play(seconds: 19)
      try await stage.expectSilence(client)
      await stage.play(seconds: 1)
      try await client.expectEnd(.finished)
    },
  ]

  private static func expectRefusal(code: String, _ message: String, _ stage: FaultStage) async throws {
    let client = try await stage.registeringClient()
    try await client.expect(
      text:
        #"{"header":{"tr_id":"H0UPPGM0","tr_key":"0001","encrypt":"N"},"body":{"rt_cd":"1","msg_cd":"\#(code)","msg1":"\#(message)"}}"#
    )
    await stage.play(seconds: 2)
    try await stage.expectSilence(client)
  }
}
