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
    let fixture = try SandboxFixture([(0, "0|H0UPPGM0|001|0001^1"), (8, "0|H0UPPGM0|001|0001^2")]) {
      $0.heartbeat = .quietSessions
    }
    let client = try await fixture.connect()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: await fixture.approvalKey())
    await fixture.advance(8)
    await fixture.advance(9)
    #expect(!client.sink.texts.contains { $0.contains("PINGPONG") })
    await fixture.advance(1)
    #expect(client.sink.texts.contains { $0.contains("PINGPONG") })
  }

  @Test("of a quiet session: after 10 seconds, then every 20, and it is cut 10 seconds after one unanswered")
  func quiet() async throws {
    let scenario = try Scenario(parsing: "pingpong: {rhythm: idle}", file: "quiet.yaml")
    let fixture = try SandboxFixture { $0.heartbeat = scenario.pingPong }
    let client = try await fixture.connect()
    func pings() -> Int { client.sink.texts.count { $0.contains("PINGPONG") } }
    for (seconds, count) in [(9.0, 0), (1, 1), (19, 1), (1, 2), (20, 3)] {
      await fixture.advance(seconds)
      #expect(pings() == count)
      await fixture.sandbox.receiveControlFrame(PingPong(datetime: "20260921090140").bytes, from: client.id)
    }
    await fixture.advance(20)
    #expect(pings() == 4)
    await fixture.advance(9)
    #expect(client.sink.ending == nil)
    await fixture.advance(1)
    #expect(client.sink.ending == .drop)
  }

  @Test(
    "has a first interval of its own when told",
    arguments: [
      ("{first: 3s}", 3.0, 100.0), ("{first: 3s, interval: 7s}", 3, 7), ("{interval: 7s}", 7, 7), ("{}", 100, 100),
    ])
  func first(text: String, first: Double, then: Double) async throws {
    let scenario = try Scenario(parsing: "pingpong: \(text)", file: "first.yaml")
    let fixture = try SandboxFixture { $0.heartbeat = scenario.pingPong }
    let client = try await fixture.connect()
    func pings() -> Int { client.sink.texts.count { $0.contains("PINGPONG") } }
    await fixture.advance(first - 1)
    #expect(pings() == 0)
    await fixture.advance(1)
    #expect(pings() == 1)
    await fixture.sandbox.receiveControlFrame(PingPong(datetime: "20260921090140").bytes, from: client.id)
    await fixture.advance(then - 1)
    #expect(pings() == 1)
    await fixture.advance(1)
    #expect(pings() == 2)
  }
}
