import KISSandbox
import KISScenario
import KISWire

/// One fault as somebody arms it in a scenario, and what a client that sees bytes only must see of it.
struct FaultCase: Sendable {
  /// As a scenario writes it under `faults`.
  let written: String
  private let act: @Sendable (FaultStage) async throws -> Void

  init(_ written: String, _ act: @escaping @Sendable (FaultStage) async throws -> Void) {
    self.written = written
    self.act = act
  }

  /// The scenario that arms it.
  var scenario: Scenario {
    get throws { try Scenario(faulty: written) }
  }

  var name: FaultName? { try? scenario.faults.first?.name }

  /// Plays the case in a mock of its own.
  /// - Returns: every byte that each of its clients saw, and how its connection ended.
  func play() async throws -> [FaultStage.Transcript] {
    try await FaultStage.set(with: try scenario) { stage in
      try await act(stage)
      return stage.transcripts
    }
  }
}

extension Scenario {
  /// A scenario that is nothing but a fault, as it is written under `faults`.
  init(faulty written: String) throws {
    try self.init(parsing: "title: a fault\nseed: 7\nfaults:\n  - \(written)", file: "a test")
  }
}
