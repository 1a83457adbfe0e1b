import KISSandbox
import KISScenario
import KISWire
import Testing

/// Faults of an answer's bytes.
enum HTTPFaultCases {
  private static let healthy = HTTPBytes.healthy
  private static var length: Int { healthy.body.count }

  static let all: [FaultCase] = answers + lengths + ends

  private static let answers = [
    FaultCase("{name: http-status, status: 418, body: tea}") { stage in
      let client = try stage.callingClient()
      try await client.expect(healthy.with(status: "418 Fault", body: "tea").bytes)
      try await stage.expectSilence(client)
    },
    FaultCase("{name: http-fail-first, times: 2, status: 502}") { stage in
      let client = try stage.callingClient()
      try await client.expect(healthy.with(status: "502 Fault").bytes)
      client.send(HTTPBytes.request)
      try await client.expect(healthy.with(status: "502 Fault").bytes)
      client.send(HTTPBytes.request)
      try await client.expect(healthy.bytes)
    },
    FaultCase("http-html-body") { stage in
      let client = try stage.callingClient()
      let page = "<html><head><title>502</title></head><body>Gateway error</body></html>"
      try await client.expect(
        healthy.with(status: "502 Fault", body: page).with("Content-Type", "text/html").bytes)
    },
    FaultCase("http-broken-json") { stage in
      let client = try stage.callingClient()
      let half = String(decoding: healthy.body.prefix(length / 2), as: UTF8.self)
      try await client.expect(healthy.with(status: "200 OK", body: half).bytes)
      #expect(throws: WireError.self) { try JSONValue(parsing: half) }
      try await stage.expectSilence(client)
    },
    FaultCase("http-invalid-utf8") { stage in
      let client = try stage.callingClient()
      try await client.expect(healthy.head)
      let body = try #require(try await client.take(length))
      let changed = body.indices.filter { body[$0] != healthy.body[$0] }
      #expect(changed.count == 1 && body[changed[0]] == 0xFF)
      #expect(String(validating: body, as: UTF8.self) == nil)
    },
    FaultCase("http-lower-case-headers") { stage in
      let client = try stage.callingClient()
      var lower = healthy
      lower.headers = lower.headers.map { ($0.name.lowercased(), $0.value) }
      try await client.expect(lower.bytes)
    },
  ]

  private static let lengths = [
    FaultCase("{name: http-truncate, percent: 25}") { stage in
      let client = try stage.callingClient()
      try await client.expect(healthy.head + healthy.body.prefix(length / 4))
      try await client.expectEnd(.finished)
    },
    FaultCase("{name: http-length-too-long, bytes: 9}") { stage in
      let client = try stage.callingClient()
      try await client.expect(healthy.with("Content-Length", "\(length + 9)").bytes)
      try await stage.expectSilence(client)
    },
    FaultCase("{name: http-length-too-short, bytes: 9}") { stage in
      let client = try stage.callingClient()
      try await client.expect(healthy.with("Content-Length", "\(length - 9)").bytes)
      try await stage.expectSilence(client)
    },
    FaultCase("http-bad-chunk") { stage in
      let client = try stage.callingClient()
      var chunked = healthy.with("Content-Length", nil)
      chunked.headers.append(("Transfer-Encoding", "chunked"))
      chunked.body = Array("chunk\r\n".utf8) + healthy.body + Array("\r\n0\r\n\r\n".utf8)
      try await client.expect(chunked.bytes)
    },
  ]

  private static let ends = [
    FaultCase("http-no-answer") { stage in
      let client = try stage.callingClient()
      await stage.untilRequested()
      await stage.play(seconds: 100)
      try await stage.expectSilence(client)
    },
    FaultCase("http-garbage") { stage in
      let client = try stage.callingClient()
      let bytes = try await client.rest()
      #expect(bytes.count == 64 && !bytes.starts(with: Array("HTTP".utf8)))
      #expect(client.end == .finished)
    },
    FaultCase("http-empty-reply") { stage in
      try await stage.callingClient().expectEnd(.finished)
    },
    FaultCase("http-reset") { stage in
      try await stage.callingClient().expectEnd(.reset)
    },
    FaultCase("{name: http-reset-in-body, percent: 50}") { stage in
      let client = try stage.callingClient()
      try await client.expect(healthy.head + healthy.body.prefix(length / 2))
      try await client.expectEnd(.reset)
    },
    FaultCase("http-close-after") { stage in
      let client = try stage.callingClient()
      try await client.expect(healthy.bytes)
      try await client.expectEnd(.finished)
    },
  ]
}
