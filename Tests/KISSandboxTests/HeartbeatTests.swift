import Facts
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("PINGPONG")
struct HeartbeatTests {
  @Test("an answer in a control frame counts; an empty RFC pong does not", .proves("3.4 answers"))
  func controlFrames() async throws {
    let fixture = try SandboxFixture()
    let client = try await fixture.connect()
    await fixture.advance(100)
    let answer = PingPong(datetime: "20260921090140").bytes
    await fixture.sandbox.receiveControlFrame(answer, from: client.id)
    await fixture.advance(100)
    #expect(client.sink.ending == nil)
    await fixture.sandbox.receiveControlFrame([], from: client.id)
    await fixture.advance(100)
    #expect(client.sink.ending == .drop)
  }

  @Test("sent only when idle, data postpones it", .proves("3.4 rhythm"))
  func idleOnly() async throws {
    let fixture = try SandboxFixture([(0, "0|H0UPPGM0|001|0001^1"), (60, "0|H0UPPGM0|001|0001^2")]) {
      $0.heartbeat.rhythm = .idle
    }
    let client = try await fixture.connect()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: await fixture.approvalKey())
    await fixture.advance(60)
    await fixture.advance(60)
    #expect(!client.sink.texts.contains { $0.contains("PINGPONG") })
    await fixture.advance(40)
    #expect(client.sink.texts.contains { $0.contains("PINGPONG") })
  }
}
