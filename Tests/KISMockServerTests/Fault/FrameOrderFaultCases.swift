import KISSandbox
import KISWire
import Testing

/// Faults of which frames come, and when. The stage plays one a second.
enum FrameOrderFaultCases {
  private static func message(_ second: Int) -> [UInt8] { ServerFrame.message(second) }

  static let all = [
    FaultCase("{name: ws-delay-frame, times: 1, delay: 1500ms}") { stage in
      let client = try await stage.registeredClient()
      await stage.play(seconds: 2)
      try await stage.expectSilence(client)
      try await stage.pass(.milliseconds(499))
      try await stage.expectSilence(client)
      try await stage.pass(.milliseconds(1))
      try await client.expect(message(1) + message(2))
      await stage.play(seconds: 1)
      try await client.expect(message(3))
    },
    FaultCase("{name: ws-drop-frame, every-nth: 2}") { stage in
      let client = try await stage.registeredClient()
      await stage.play(seconds: 5)
      try await client.expect(message(1) + message(3) + message(5))
      try await stage.expectSilence(client)
    },
    FaultCase("{name: ws-duplicate-frame, times: 1, copies: 3}") { stage in
      let client = try await stage.registeredClient()
      await stage.play(seconds: 2)
      try await client.expect(message(1) + message(1) + message(1) + message(2))
    },
    FaultCase("{name: ws-reorder-frames, times: 1, window: 4}") { stage in
      let client = try await stage.registeredClient()
      await stage.play(seconds: 3)
      try await stage.expectSilence(client)
      await stage.play(seconds: 2)
      var came: [[UInt8]] = []
      for _ in 1...4 { came.append(try await client.takeText()) }
      let inOrder = (1...4).map { Array(FaultStage.message($0).utf8) }
      #expect(came != inOrder && Set(came) == Set(inOrder))
      try await client.expect(message(5))
    },
    FaultCase("{name: ws-gap, times: 1, skip: 1, frames: 3}") { stage in
      let client = try await stage.registeredClient()
      await stage.play(seconds: 6)
      try await client.expect(message(1) + message(5) + message(6))
      try await stage.expectSilence(client)
    },
    FaultCase("{name: ws-coalesce-frames, times: 1, frames: 3}") { stage in
      let client = try await stage.registeredClient()
      await stage.play(seconds: 2)
      try await stage.expectSilence(client)
      await stage.play(seconds: 1)
      try await client.expect(message(1) + message(2) + message(3))
    },
    FaultCase("{name: ws-split-frame, times: 1, bytes: 9, interval: 10ms}") { stage in
      let client = try await stage.registeredClient()
      await stage.play(seconds: 1)
      let whole = message(1)
      for start in stride(from: 0, to: whole.count, by: 9) {
        if start > 0 { try await stage.pass(.milliseconds(10)) }
        try await client.expect(Array(whole[start..<min(start + 9, whole.count)]))
        try await stage.expectSilence(client)
      }
    },
  ]
}
