import KISMockServer
import KISRecording
import KISSandbox
import KISScenario
import KISTesting
import KISTransport
import KISWire
import Testing

/// Two hundred worlds in one process, each with its own clock, seed, scenario, app key and client, all at once, again
/// and again: every client sees the bytes and the journal of its own alone.
@Suite("Crosstalk", .timeLimit(.minutes(10)))
struct CrosstalkTests {
  private static let worlds = 200
  private static let rounds = 5

  @Test("does not happen in a thousand runs of sandboxes, whatever becomes of the neighbours")
  func thousand() async throws {
    try await withMockServer { mock in
      var first: [Int: [UInt8]] = [:]
      for round in 1...Self.rounds {
        for number in 0..<Self.worlds { try await World(number).create(on: mock) }
        let seen = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
          for number in 0..<Self.worlds {
            group.addTask { (number, try await World(number).play(on: mock, round: round)) }
          }
          return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(seen.count == Self.worlds)
        #expect(Set(seen.values).count == Self.worlds, "no two worlds say the same")
        if round == 1 { first = seen }
        for (number, bytes) in seen where !World(number).isDisturbed(in: round) && !World(number).isDisturbed(in: 1) {
          let isSame = bytes == first[number]
          #expect(isSame, "world \(number) says the same in round \(round) as in the first: \(bytes.readable)")
        }
        for name in mock.server.sandboxes.all.map(\.name) where name != "default" {
          try await mock.server.sandboxes.delete(name)
        }
      }
      #expect(await mock.sandbox.currentJournal().entries.allSatisfy { $0.kind == .connect || $0.kind == .disconnect })
    }
  }
}

/// One sandbox with everything of its own, and its client.
private struct World {
  let number: Int

  init(_ number: Int) { self.number = number }

  var name: String { "world-\(number)" }
  private var appKey: String { "key of \(name)" }
  private var text: String { "\(number)^\(number * 7)" }

  /// Some are reset, some deleted, in the middle of everybody's traffic, others in each round.
  func isDisturbed(in round: Int) -> Bool { isReset(in: round) || isDeleted(in: round) }
  private func isReset(in round: Int) -> Bool { number % 10 == round }
  private func isDeleted(in round: Int) -> Bool { number % 10 == round + 4 }

  /// Six messages, a second apart, of which some are dropped, doubled or spoilt by this world's seed.
  func create(on mock: RunningMockServer) async throws {
    let scenario = try Scenario(
      parsing: """
        title: \(name)
        seed: \(number + 1)
        faults:
          - {name: ws-corrupt-frame, chance: 0.3}
          - {name: ws-duplicate-frame, chance: 0.2, copies: \(2 + number % 3)}
        rules:
          - when: {request: {path: /uapi/hashkey}}
            do: [{answer: {body: "answer of \(name)"}}]
        """, file: name)
    var configuration = SandboxConfiguration(scenario: scenario)
    configuration.name = name
    configuration.simulates = false
    configuration.recordings = [try RecordingLibrary().recording(bytes: recording, name: name)]
    let clock = VirtualClock(
      wallStart: KoreanTime(year: 2026, month: 1 + number % 12, day: 1 + number % 28, hour: 9), autoAdvance: false)
    try await mock.server.sandboxes.create(configuration, for: .appKeys([appKey]), clock: clock)
  }

  private var recording: [UInt8] {
    var bytes: [UInt8] = []
    RecordingHeader(
      start: "2026-09-21T09:00:00+09:00", dialectDay: "2026-09-21", provenance: .simulated, source: "a test",
      title: name
    ).appendLine(to: &bytes)
    for second in 1...6 {
      let message = Array("0|H0UPPGM0|001|0001^\(second)^\(text)".utf8)
      RecordedEvent(at: RecordedTime(.seconds(second)), .message(message, from: .server)).appendLine(to: &bytes)
    }
    return bytes
  }

  /// A token, a call, a registration and six seconds of messages.
  /// - Returns: every byte of the session.
  func play(on mock: RunningMockServer, round: Int) async throws -> [UInt8] {
    let sandboxes = mock.server.sandboxes
    let sandbox = try #require(sandboxes.sandbox(named: name))
    let client = WireClient(addresses: mock.addresses, appKey: appKey)
    #expect(try await !client.token().isEmpty)
    let approvalKey = try await client.approvalKey()
    #expect(await sandbox.knows(approvalKey: approvalKey))
    #expect(try await answer(mock) == "answer of \(name)")
    #expect(await sandbox.currentJournal().count(of: .anyRequest).count == 3)
    let session = try await RawWebSocket(to: mock)
    session.send(
      ClientFrame.text(RegistrationRequest(.register, "H0UPPGM0", key: "0001", approvalKey: approvalKey).text))
    _ = try await session.frame()
    for second in 1...6 {
      if second == 4, isReset(in: round) { try await sandbox.reset() }
      if second == 4, isDeleted(in: round) { try await sandboxes.delete(name) }
      sandbox.clock.advance(by: .seconds(1))
      await sandbox.runUntilIdle()
      await Task.yield()
    }
    // Its own journal knows its own client alone.
    for entry in await sandbox.currentJournal().entries { #expect(entry.appKey == nil || entry.appKey == appKey) }
    if !isDisturbed(in: round) { session.send(ClientFrame.close(1000)) }
    let frames = try await session.rest()
    check(frames, round)
    return session.socket.received
  }

  /// What the rule of this world answers.
  private func answer(_ mock: RunningMockServer) async throws -> String {
    let headers = [HTTPField("appkey", appKey), HTTPField("appsecret", "secret")]
    let answer = try await HTTPExchange(Endpoint(mock.addresses.rest))
      .send(HTTPRequest("POST", "/uapi/hashkey", headers: headers, body: Array("{}".utf8)))
    return String(decoding: answer.body, as: UTF8.self)
  }

  /// All messages are this world's, spoilt or not; a client is only cut when its own world was disturbed.
  private func check(_ frames: [RawWebSocket.Frame], _ round: Int) {
    let code: UInt16 = isReset(in: round) ? 1012 : isDeleted(in: round) ? 1001 : 1000
    #expect(frames.last?.closeCode == code, "\(name): \(frames)")
    let messages = frames.dropLast().map { String(decoding: $0.payload, as: UTF8.self) }
    #expect(messages.count >= (isDisturbed(in: round) ? 3 : 6), "\(name)")
    for message in messages {
      // A spoilt message differs in one character.
      let isOwn = (1...6).contains { second in
        let own = "0|H0UPPGM0|001|0001^\(second)^\(text)"
        return own.utf8.count == message.utf8.count && zip(own.utf8, message.utf8).count { $0 != $1 } <= 1
      }
      #expect(isOwn, "\(name): \(message)")
    }
  }
}
