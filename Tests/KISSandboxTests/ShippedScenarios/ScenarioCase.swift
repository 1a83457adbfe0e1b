import Testing

/// What one shipped scenario promises in its description, seen by a client.
struct ScenarioCase: Sendable {
  /// Its file in `scenarios/`.
  let name: String
  let play: @Sendable () async throws -> Void

  init(_ name: String, _ play: @escaping @Sendable () async throws -> Void) {
    self.name = name
    self.play = play
  }

  static let all: [ScenarioCase] = connections + frames + notices + calls + simulations
}

@Suite("Shipped scenarios, played")
struct ShippedScenariosPlayedTests {
  @Test("each does what its description says, and its expectations are met", arguments: ShippedScenariosTests.names)
  func played(name: String) async throws {
    let item = ScenarioCase.all.first { $0.name == name }
    try await #require(item, "no case plays \(name)").play()
  }
}
