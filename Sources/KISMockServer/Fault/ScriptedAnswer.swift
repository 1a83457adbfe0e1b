import KISFrontDoor
import KISSandbox
import KISTransport
import NIOCore

/// Carries out what faults made of an HTTP answer, on the sandbox's clock, which the caller holds.
struct ScriptedAnswer {
  let outputs: [FaultyOutput]
  let sandbox: Sandbox

  /// - Throws: when the connection is gone.
  func send(on channel: any Channel) async throws {
    for output in outputs {
      switch output {
      // Faults of TCP may hold back what is written until time has moved.
      case .wire(let bytes), .text(let bytes): try await lettingTimePass { try await RawBytes.send(bytes, on: channel) }
      case .wait(let duration): await sandbox.delay(duration, isHolding: true)
      case .end(.reset): try await channel.closeWithReset()
      case .end(.close), .end(.finish): try await channel.close()
      // The connection stays, nothing more is said on it: the client's patience decides.
      case .end(.halfOpen), .end(.stall): try await lettingTimePass { try await StalledConnection.wait(on: channel) }
      }
    }
  }

  private func lettingTimePass(_ body: () async throws -> Void) async rethrows {
    sandbox.clock.release(.work)
    defer { sandbox.clock.hold(.work) }
    try await body()
  }
}
