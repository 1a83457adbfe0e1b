import KISSandbox
import KISScenario
import KISWire

/// The server as a whole, its sandboxes and their sessions.
extension AdminCall {
  func health() async throws -> JSONValue {
    let addresses = try await server.ready()
    return [
      "status": "healthy", "version": .string(MockServer.version), "rest": .string(addresses.rest),
      "ws": .string(addresses.webSocket), "sandboxes": .number(server.sandboxes.all.count),
    ]
  }

  func reset() async throws -> JSONValue {
    try await sandbox.reset()
    return await json(of: sandbox)
  }

  func sandboxes() async -> JSONValue {
    var list: [JSONValue] = []
    for sandbox in server.sandboxes.all { list.append(await json(of: sandbox)) }
    return ["sandboxes": .array(list)]
  }

  func sandboxByName() async throws -> JSONValue {
    await json(of: try server.sandboxes.known(path["name"] ?? ""))
  }

  func resetSandboxByName() async throws -> JSONValue {
    let sandbox = try server.sandboxes.known(path["name"] ?? "")
    try await sandbox.reset()
    return await json(of: sandbox)
  }

  func createSandbox() async throws -> JSONValue {
    let name = body["name"]?.string ?? ""
    let keys = (body["app_keys"]?.array ?? []).compactMap(\.string)
    let clients = SandboxClients(appKeys: Set(keys), port: body["port"]?.int)
    if clients == SandboxClients() {
      throw AdminError.badRequest(
        "nobody could ever be in the sandbox `\(name)`", hint: "give it `app_keys`, a `port`, or both")
    }
    let plan = try plan()
    var configuration = plan.configuration.sandbox
    configuration.name = name
    let clock = configuration.clock(plan.clock)
    return await json(of: try await server.sandboxes.create(configuration, for: clients, clock: clock))
  }

  /// The server that the body's settings describe, of which the sandbox is taken.
  private func plan() throws -> ServerPlan {
    let library = server.configuration.scenarios
    var written: [Setting: [String]] = [:]
    for setting in Setting.allCases where setting.row.places.contains(.admin) {
      written[setting] = body[setting.adminKey].map(\.settingTexts)
    }
    let folders = NamedFolders(library, started: server.configuration.sandbox)
    let scenario = try written[.scenario]?.last.map { try folders.scenario($0) }
    written[.recording] = try written[.recording]?.map { try folders.recording($0) }
    do {
      return try ServerPlan(scenario: scenario, written: written, library: library)
    } catch let error as SettingError {
      throw AdminError.badRequest("`\(error.setting.adminKey)`: \(error)", nearest: error.nearest)
    }
  }

  func deleteSandbox() async throws -> JSONValue {
    let sandbox = try server.sandboxes.known(path["name"] ?? "")
    try await server.sandboxes.delete(sandbox.name)
    return await sandboxes()
  }

  func json(of sandbox: Sandbox) async -> JSONValue {
    let configuration = await sandbox.configuration
    let clients = server.sandboxes.clients(of: configuration.name) ?? SandboxClients()
    return [
      "name": .string(configuration.name), "app_keys": .array(clients.appKeys.sorted().map { .string($0) }),
      "rest": clients.port.map { .string(server.configuration.url("http", port: $0)) } ?? .null,
      "ws": clients.port.map { .string(server.configuration.url("ws", port: $0)) } ?? .null,
      "seed": .number(configuration.seed), "venue": .string(configuration.venue.rawValue),
      "sessions": .number(await sandbox.sessionStatuses.count),
      "scenario": configuration.scenario.map { .string($0.file) } ?? .null,
      "recordings": .array(configuration.recordings.map { .string($0.name) }),
    ]
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
}

extension JSONValue {
  /// The texts that say the same on the command line.
  fileprivate var settingTexts: [String] {
    switch self {
    case .string(let text), .number(let text): [text]
    case .bool(let isSet): [String(isSet)]
    case .array(let elements): elements.compactMap(\.string)
    case .null, .object: []
    }
  }
}

extension SessionStatus {
  var json: JSONValue {
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
