import KISSandbox
import KISScenario
import KISWire
import Testing

/// Faults of a connection, whatever is spoken on it. Each is armed for the first one alone: the stage needs others.
enum TCPFaultCases {
  private static let healthy = HTTPBytes.healthy.bytes

  static let all = [
    FaultCase("{name: tcp-refuse, times: 1}") { stage in
      try await stage.restClient().expectEnd(.reset)
      try await stage.callingClient().expect(healthy)
    },
    FaultCase("{name: tcp-accept-stall, times: 1}") { stage in
      let client = try stage.callingClient()
      try await stage.until { await $0.armedFaults.isEmpty }
      await stage.play(seconds: 100)
      try await stage.expectSilence(client)
      #expect(await stage.sandbox.currentJournal().count(of: .anyRequest).count == 0)
    },
    FaultCase("{name: tcp-reset-after, times: 1, bytes: 50}") { stage in
      let client = try stage.callingClient()
      try await client.expect(Array(healthy[..<50]))
      try await client.expectEnd(.reset)
    },
    FaultCase("{name: tcp-reset-after, times: 1, bytes: \(HTTPBytes.healthy.head.count + 10)}") { stage in
      let client = try stage.callingClient()
      try await client.expect(Array(healthy[..<(HTTPBytes.healthy.head.count + 10)]))
      try await client.expectEnd(.reset)
      try await expectJournal(.part, bytes: 10, stage)
    },
    FaultCase("{name: tcp-slice, times: 1, bytes: 30, interval: 5ms}") { stage in
      let client = try stage.callingClient()
      try await expectPieces(of: 30, every: .milliseconds(5), client, stage)
    },
    FaultCase("{name: tcp-bandwidth, times: 1, bytes-per-second: 1000}") { stage in
      let client = try stage.callingClient()
      try await expectPieces(of: 50, every: .milliseconds(50), client, stage)
    },
    FaultCase("{name: tcp-latency, times: 1, delay: 200ms}") { stage in
      let client = try stage.callingClient()
      try await stage.pass(.milliseconds(199))
      try await stage.expectSilence(client)
      try await stage.pass(.milliseconds(1))
      try await client.expect(healthy)
    },
    FaultCase("{name: tcp-half-close, times: 1, bytes: 50}") { stage in
      let client = try stage.callingClient()
      try await client.expect(Array(healthy[..<50]))
      try await client.expectEnd(.finished)
      try await expectJournal(.nothing, bytes: 0, stage)
      client.send(HTTPBytes.request)
      await stage.untilRequested(times: 2)
      try await expectJournal(.nothing, bytes: 0, stage)
    },
  ]

  /// The journal says of the last request what of its answer left.
  private static func expectJournal(_ extent: JournalAnswer.Extent, bytes: Int, _ stage: FaultStage) async throws {
    let last = await stage.sandbox.currentJournal().entries.last { $0.kind == .request }
    guard case .request(_, let answer) = last?.content else {
      Issue.record("the journal has no request")
      return
    }
    #expect(answer.sent == extent)
    #expect(answer.status == (extent == .nothing ? nil : 200))
    #expect(Array(answer.body.utf8) == Array(HTTPBytes.healthy.body.prefix(bytes)))
  }

  private static func expectPieces(
    of size: Int, every interval: Duration, _ client: RawSocket, _ stage: FaultStage
  ) async throws {
    var came: [UInt8] = []
    while came.count < healthy.count {
      if !came.isEmpty { try await stage.pass(interval) }
      let piece = try #require(try await client.take(1)) + client.pending()
      #expect(piece.count <= size)
      came += piece
      try await stage.expectSilence(client)
    }
    #expect(came == healthy)
  }
}
