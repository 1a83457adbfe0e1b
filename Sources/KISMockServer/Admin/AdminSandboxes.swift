import KISSandbox
import KISWire

/// The server as a whole, its sandboxes and their sessions.
extension AdminCall {
  func health() async throws -> JSONValue {
    let addresses = try await server.ready()
    return [
      "status": "healthy", "version": .string(MockServer.version), "rest": .string(addresses.rest),
      "ws": .string(addresses.webSocket), "sandboxes": .number(server.directory.all.count),
    ]
  }

  func reset() async throws -> JSONValue {
    try await sandbox.reset()
    return await sandbox.json
  }

  func sandboxes() async -> JSONValue {
    var list: [JSONValue] = []
    for sandbox in server.directory.all { list.append(await sandbox.json) }
    return ["sandboxes": .array(list)]
  }

  func sandboxByName() async throws -> JSONValue {
    await (try server.directory.sandbox(named: path["name"] ?? "")).json
  }

  func resetSandboxByName() async throws -> JSONValue {
    let sandbox = try server.directory.sandbox(named: path["name"] ?? "")
    try await sandbox.reset()
    return await sandbox.json
  }

  func sessions() async -> JSONValue { ["sessions": .array(await sandbox.sessionStatuses.map(\.json))] }

  func send() async throws -> JSONValue {
    let number = body["session"]?.int
    let audience = await sandbox.send(Array((body["text"]?.string ?? "").utf8), toSession: number)
    if let number, audience.isEmpty {
      throw AdminError.unknown(
        "session", String(number), known: await sandbox.sessionStatuses.map { String($0.number) })
    }
    return ["sessions": .array(audience.map { .number($0) })]
  }

  /// Counters in the text form of Prometheus, one sample a sandbox.
  func metrics() async -> String {
    var samples: [(name: String, kind: String, note: String, lines: [String])] = [
      ("kis_mock_sessions", "gauge", "WebSocket connections.", []),
      ("kis_mock_registrations", "gauge", "Registrations of all sessions.", []),
      ("kis_mock_backlog_bytes", "gauge", "Bytes that wait for clients to read.", []),
      ("kis_mock_released_messages_total", "counter", "Messages that the shared replay released.", []),
    ]
    for sandbox in server.directory.all {
      let sessions = await sandbox.sessionStatuses
      let values = [
        sessions.count, sessions.reduce(0) { $0 + $1.registrations.count }, sessions.reduce(0) { $0 + $1.backlog },
        (try? await sandbox.replayStatus().released) ?? 0,
      ]
      let label = JSONValue.string(sandbox.configuration.name).text
      for (index, value) in values.enumerated() {
        samples[index].lines.append("\(samples[index].name){sandbox=\(label)} \(value)\n")
      }
    }
    return samples.map { "# HELP \($0.name) \($0.note)\n# TYPE \($0.name) \($0.kind)\n\($0.lines.joined())" }.joined()
  }
}

extension Sandbox {
  fileprivate var json: JSONValue {
    [
      "name": .string(configuration.name), "seed": .number(configuration.seed),
      "venue": .string(configuration.venue.rawValue), "sessions": .number(sessionStatuses.count),
      "recordings": .array(configuration.tapes.map { .string($0.name) }),
    ]
  }
}

extension SessionStatus {
  fileprivate var json: JSONValue {
    [
      "session": .number(number), "app_key": appKey.map { .string($0) } ?? .null,
      "registrations": .array(
        registrations.map {
          [
            "tr_id": .string($0.transactionID.rawValue), "tr_key": .string($0.key), "delivered": .number($0.delivered),
          ]
        }),
      "backlog_bytes": .number(backlog), "sent_bytes": .number(taken), "owes_pingpong": .bool(owesPingPong),
      "ending": .bool(isEnding),
    ]
  }
}
