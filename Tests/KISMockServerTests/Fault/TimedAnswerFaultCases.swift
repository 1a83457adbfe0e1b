import KISSandbox
import KISWire
import Testing

/// Faults that let an answer or a handshake wait.
enum TimedAnswerFaultCases {
  private static let healthy = HTTPBytes.healthy

  static let all = [
    FaultCase("{name: http-delay, delay: 2s}") { stage in
      let client = try stage.callingClient()
      try await stage.pass(.milliseconds(1_999))
      try await stage.expectSilence(client)
      try await stage.pass(.milliseconds(1))
      try await client.expect(healthy.bytes)
    },
    FaultCase("{name: http-delay, delay: 2s, jitter: 1s}") { stage in
      let client = try stage.callingClient()
      try await stage.pass(.seconds(2))
      try await stage.expectSilence(client)
      try await stage.pass(.seconds(1))
      try await client.expect(healthy.bytes)
    },
    FaultCase("{name: http-drip, bytes: 40, interval: 100ms}") { stage in
      let client = try stage.callingClient()
      try await client.expect(healthy.head + healthy.body[..<40])
      try await stage.expectSilence(client)
      try await stage.pass(.milliseconds(100))
      try await client.expect(Array(healthy.body[40..<80]))
      try await stage.expectSilence(client)
      try await stage.pass(.milliseconds(100))
      try await client.expect(Array(healthy.body[80...]))
    },
    FaultCase("{name: http-slow-headers, interval: 20ms}") { stage in
      let client = try stage.callingClient()
      for byte in healthy.head.dropLast() {
        try await client.expect([byte])
        try await stage.pass(.milliseconds(20))
      }
      try await client.expect(healthy.head.suffix(1) + healthy.body)
    },
    FaultCase("{name: ws-refuse-upgrade, status: 429}") { stage in
      let client = try stage.upgradingClient()
      try await client.expect(
        Array("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8))
      try await client.expectEnd(.finished)
    },
    FaultCase("{name: ws-slow-handshake, delay: 3s}") { stage in
      let client = try stage.upgradingClient()
      try await stage.pass(.milliseconds(2_999))
      try await stage.expectSilence(client)
      try await stage.pass(.milliseconds(1))
      try await client.expect(FaultStage.upgraded)
    },
  ]
}
