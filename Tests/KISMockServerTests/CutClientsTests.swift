import KISMockServer
import KISRecording
import KISTesting
import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("Time on a virtual clock")
struct CutClientsTests {
  /// Every fault that ends a session, or silences it until its client gives up, and where it is armed.
  static let faults: [(name: FaultName, conditions: FaultConditions, values: [String: FaultValue])] = [
    (.wsClose, thirdFrame, [:]), (.wsCloseWithoutFrame, thirdFrame, [:]), (.wsReset, thirdFrame, [:]),
    (.wsCutInFrame, thirdFrame, [:]), (.wsHalfOpen, thirdFrame, [:]), (.wsStall, thirdFrame, [:]),
    (.tcpResetAfter, webSocket, ["bytes": .number(600)]), (.tcpHalfClose, webSocket, ["bytes": .number(600)]),
  ]
  private static let thirdFrame = FaultConditions(skip: 2, times: 1)
  /// The first connection asks for the approval key.
  private static let webSocket = FaultConditions(skip: 1, times: 1)

  @Test("stands while a client that was cut is away, whichever way it was", arguments: faults.indices)
  func standsStill(_ index: Int) async throws {
    let (name, conditions, values) = CutClientsTests.faults[index]
    let fault = ConfiguredFault(name, values, when: conditions)
    var first: Set<String> = []
    for _ in 0..<20 { first.insert(try await CutClient.firstFrameOfReturn(under: fault)) }
    #expect(first.count == 1, "\(first.sorted())")
  }

  @Test("goes on to where an app key is free again for a client that was told it is not, and no further")
  func slot() async throws {
    let fault = ConfiguredFault(.wsReset, when: FaultConditions(skip: 2, times: 1))
    var first: Set<String> = []
    for _ in 0..<20 { first.insert(try await CutClient.firstFrameOfReturn(under: fault, slotRelease: .seconds(60))) }
    #expect(first.count == 1, "\(first.sorted())")
    #expect(first.first?.contains("^0901") == true)
  }
}

/// A client that registers, is cut and comes back at once.
private enum CutClient {
  static func firstFrameOfReturn(under fault: ConfiguredFault, slotRelease: Duration = .zero) async throws -> String {
    var configuration = MockServerConfiguration.ephemeral
    configuration.sandbox.recordings = [try RecordingLibrary().recording(bytes: recording, name: "a message a second")]
    configuration.sandbox.simulates = false
    configuration.sandbox.heartbeat.rhythm = .never
    configuration.sandbox.limits.slotRelease = slotRelease
    let clock = VirtualClock(
      wallStart: KoreanTime(year: 2026, month: 9, day: 21, hour: 9), settle: .milliseconds(5), grain: .seconds(1))
    return try await withMockServer(configuration, clock: clock) { mock in
      await mock.sandbox.arm(fault)
      let approvalKey = try await WireClient(addresses: mock.addresses, appKey: "app").approvalKey()
      let request = RegistrationRequest(.register, "H0UPPGM0", key: "0001", approvalKey: approvalKey)
      try await untilCut(request, by: fault, at: mock)
      while true {
        let socket = try await RawWebSocket(to: mock)
        socket.send(ClientFrame.text(request.text))
        guard let reply = try await socket.frame() else { continue }
        guard reply.description.contains("SUBSCRIBE SUCCESS") else { continue }
        guard let frame = try await socket.frame() else { continue }
        return frame.description
      }
    }
  }

  /// Listens until the mock ends the connection, or says nothing more.
  private static func untilCut(
    _ request: RegistrationRequest, by fault: ConfiguredFault, at mock: RunningMockServer
  ) async throws {
    let socket = try await RawWebSocket(to: mock)
    socket.send(ClientFrame.text(request.text))
    switch fault.behavior {
    case .frame(.end(.halfOpen)), .frame(.end(.stall)):
      _ = try await socket.frame()
      while await !mock.sandbox.isSilent(1) {
        try Task.checkCancellation()
        await Task.yield()
      }
    default:
      while try await socket.frame() != nil {}
    }
  }

  private static let recording: [UInt8] = {
    var bytes: [UInt8] = []
    RecordingHeader(
      start: "2026-09-21T09:00:00+09:00", dialectDay: "2026-09-21", provenance: .simulated, source: "a test",
      title: "a message a second"
    ).appendLine(to: &bytes)
    for second in 0..<20_000 {
      let time = TimeOfDay(nanoseconds: (32_400 + Int64(second)) * 1_000_000_000).digits
      let text = "0|H0UPPGM0|001|0001^\(time)^\(String(repeating: "7", count: 80))"
      RecordedEvent(at: RecordedTime(.seconds(second)), .message(Array(text.utf8), from: .server)).appendLine(
        to: &bytes)
    }
    return bytes
  }()
}
