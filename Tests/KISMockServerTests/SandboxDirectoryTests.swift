import KISRecording
import KISSandbox
import KISScenario
import KISTesting
import KISTransport
import KISWire
import Testing

@testable import KISMockServer

@Suite("Sandboxes")
struct SandboxDirectoryTests {
  @Test("are two hundred at once, and no client gets another's frames, tokens or keys", .timeLimit(.minutes(10)))
  func isolation() async throws {
    try await withMockServer { mock in
      let names = (0..<200).map { "box-\($0)" }
      for name in names {
        try await mock.server.sandboxes.create(SandboxConfiguration(playing: name), for: .appKeys(["key of \(name)"]))
      }
      let found = try await withThrowingTaskGroup(of: (name: String, token: String, frames: [String]).self) { group in
        for name in names {
          group.addTask {
            let client = WireClient(addresses: mock.addresses, appKey: "key of \(name)")
            let token = try await client.token()
            let frames = try await client.listening(to: .indexProgramTrading, "0001") { frames in
              [try await frames.next() ?? "", try await frames.next() ?? "", try await frames.next() ?? ""]
            }
            return (name, token, frames)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      for (name, _, frames) in found {
        #expect(frames == (0..<3).map { "0|H0UPPGM0|001|0001^\(name)^\($0)" })
      }
      #expect(Set(found.map(\.token)).count == names.count)
    }
  }

  @Test("know their own tokens alone")
  func tokens() async throws {
    try await withMockServer { mock in
      for name in ["a", "b"] {
        try await mock.server.sandboxes.create(SandboxConfiguration(playing: name), for: .appKeys([name]))
      }
      let a = WireClient(addresses: mock.addresses, appKey: "a")
      let b = WireClient(addresses: mock.addresses, appKey: "b")
      let token = try await a.token()
      #expect(try await a.code(withToken: token) != "EGW00121")
      #expect(try await b.code(withToken: token) == "EGW00121")
    }
  }

  @Test("leave the others alone when they are deleted or reset")
  func deletion() async throws {
    try await withMockServer { mock in
      let sandboxes = mock.server.sandboxes
      for name in ["a", "b", "c"] {
        try await sandboxes.create(SandboxConfiguration(playing: name, isPaused: true), for: .appKeys([name]))
      }
      try await WireClient(addresses: mock.addresses, appKey: "a").listening(to: .indexProgramTrading, "0001") { a in
        try await WireClient(addresses: mock.addresses, appKey: "b").listening(to: .indexProgramTrading, "0001") { b in
          try await WireClient(addresses: mock.addresses, appKey: "c").listening(to: .indexProgramTrading, "0001") {
            c in
            for name in ["a", "b", "c"] { try await sandboxes.sandbox(named: name)?.registered() }
            try await sandboxes.delete("a")
            try await sandboxes.sandbox(named: "b")?.reset()
            try await sandboxes.sandbox(named: "c")?.step()
            let (frame, end) = (try await c.next(), try await b.next())
            #expect(frame == "0|H0UPPGM0|001|0001^c^0")
            #expect(end == nil)
          }
        }
        let end = try await a.next()
        #expect(end == nil)
      }
      #expect(sandboxes.all.map(\.name) == ["default", "b", "c"])
      #expect(await sandboxes.sandbox(named: "b")?.sessionStatuses == [])
    }
  }

  @Test("are chosen by a port of their own, which closes with them")
  func port() async throws {
    try await withMockServer { mock in
      let sandboxes = mock.server.sandboxes
      try await sandboxes.create(SandboxConfiguration(playing: "a"), for: .port(0))
      let port = try #require(sandboxes.clients(of: "a")?.port)
      let own = MockServer.Addresses(rest: "http://127.0.0.1:\(port)", webSocket: "ws://127.0.0.1:\(port)")
      let frame = try await WireClient(addresses: own, appKey: "any").listening(to: .indexProgramTrading, "0001") {
        try await $0.next()
      }
      #expect(frame == "0|H0UPPGM0|001|0001^a^0")
      try await sandboxes.delete("a")
      await #expect(throws: (any Error).self) {
        while true { _ = try await WireClient(addresses: own, appKey: "any").token() }
      }
    }
  }

  @Test("refuse a name, an app key or a port that is taken, and keep the default one")
  func conflicts() async throws {
    try await withMockServer { mock in
      let sandboxes = mock.server.sandboxes
      try await sandboxes.create(SandboxConfiguration(playing: "a"), for: .appKeys(["key"]))
      await #expect(throws: SandboxError(description: "there is a sandbox `a` already")) {
        try await sandboxes.create(SandboxConfiguration(playing: "a"), for: .appKeys(["other"]))
      }
      await #expect(throws: SandboxError(description: "the app key `key` belongs to the sandbox `a` already")) {
        try await sandboxes.create(SandboxConfiguration(playing: "b"), for: .appKeys(["key"]))
      }
      let taken = try #require(Int(mock.addresses.rest.split(separator: ":").last ?? ""))
      await #expect(throws: MockServerError.self) {
        try await sandboxes.create(SandboxConfiguration(playing: "b"), for: .port(taken))
      }
      await #expect(throws: SandboxError(description: "the default sandbox stays; reset it instead")) {
        try await sandboxes.delete("default")
      }
      #expect(sandboxes.all.map(\.name) == ["default", "a"])
    }
  }

  @Test("come with a scenario that names them")
  func ofAScenario() async throws {
    var configuration = MockServerConfiguration.ephemeral
    var scenario = Scenario()
    scenario.sandboxes = [SandboxChoice(name: "a", appKeys: ["key"], scenario: nil)]
    configuration.sandbox = try SandboxConfiguration(playing: "default")
    configuration.sandbox.scenario = scenario
    try await withMockServer(configuration) { mock in
      #expect(mock.server.sandboxes.clients(of: "a") == .appKeys(["key"]))
      let token = try await WireClient(addresses: mock.addresses, appKey: "key").token()
      #expect(try await WireClient(addresses: mock.addresses, appKey: "other").code(withToken: token) == "EGW00121")
    }
  }
}

extension Sandbox {
  /// Returns when somebody has registered something.
  fileprivate func registered() async throws {
    _ = await wait(for: JournalQuery(.register(RegistrationPattern())))
  }
}

extension SandboxConfiguration {
  /// A sandbox that plays three messages with its own name in them, as fast as they are read.
  fileprivate init(playing name: String, isPaused: Bool = false) throws {
    self.init()
    self.name = name
    self.isPaused = isPaused
    speed = .max
    var bytes: [UInt8] = []
    RecordingHeader(
      start: "2026-09-21T09:00:00+09:00", dialectDay: "2026-09-21", provenance: .simulated, source: "a test",
      title: name
    ).appendLine(to: &bytes)
    for number in 0..<3 {
      let text = "0|H0UPPGM0|001|0001^\(name)^\(number)"
      RecordedEvent(at: RecordedTime(.nanoseconds(number)), .message(Array(text.utf8), from: .server)).appendLine(
        to: &bytes)
    }
    recordings = [try RecordingLibrary().recording(bytes: bytes, name: name)]
  }
}
