import KISSandbox
import KISScenario
import Testing

/// Every row of the fault table, armed in a running mock and seen by a raw socket.
@Suite("Faults, on the wire", .timeLimit(.minutes(10)))
struct FaultsOnTheWireTests {
  static let cases: [FaultCase] =
    HTTPFaultCases.all + TimedAnswerFaultCases.all + TCPFaultCases.all + SessionEndFaultCases.all
    + FrameOrderFaultCases.all + FrameBytesFaultCases.all + FrameValuesFaultCases.all + NoticeFaultCases.all
    + RegistrationFaultCases.all + BrokerAnswerFaultCases.all

  @Test("do what the table says, and the same again for the same seed", arguments: Fault.table.map(\.name))
  func onTheWire(_ name: FaultName) async throws {
    let cases = Self.cases.filter { $0.name == name }
    #expect(!cases.isEmpty, "no case plays \(name.rawValue)")
    for item in cases {
      let first = try await item.play()
      #expect(try await item.play() == first, "\(item.written)")
    }
  }

  @Test("are all that is wrong: without one, answers, handshakes and messages are whole")
  func healthy() async throws {
    try await FaultStage.set(with: Scenario()) { stage in
      let client = try stage.callingClient()
      try await client.expect(HTTPBytes.healthy.bytes)
      let session = try await stage.registeredClient()
      await stage.play(seconds: 2)
      try await session.expect(ServerFrame.message(1) + ServerFrame.message(2))
      try await stage.expectSilence(session)
    }
  }
}
