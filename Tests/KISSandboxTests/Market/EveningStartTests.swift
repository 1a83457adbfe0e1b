import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Who begins in the evening")
struct EveningStartTests {
  /// A sandbox that plays a morning, begun at an hour of that day.
  private func fixture(at hour: Double) throws -> SandboxFixture {
    try SandboxFixture([(0, "0|H0UPPGM0|001|0001^1"), (60, "0|H0UPPGM0|001|0001^2")]) {
      $0.simulates = true
      $0.start = TimeOfDay(sinceMidnight: .seconds(hour * 3_600))
      $0.heartbeat.rhythm = .never
    }
  }

  @Test("is in that evening, which the night follows: New York trades", arguments: [20.0, 20.5, 22.5, 23.75])
  func evening(hour: Double) async throws {
    let fixture = try fixture(at: hour)
    try await fixture.sandbox.play()
    #expect(await fixture.sandbox.marketTime == SandboxFixture.open + .seconds((hour - 9) * 3_600))
    await fixture.advance(6 * 3_600)
    #expect(await fixture.sandbox.marketTime == SandboxFixture.open + .seconds((hour - 3) * 3_600))
  }

  @Test("and who begins before is at 08:30 of the next trading day when the evening is over")
  func day() async throws {
    let fixture = try fixture(at: 19.5)
    try await fixture.sandbox.play()
    await fixture.advance(3_600)
    #expect(await fixture.sandbox.marketTime == SandboxFixture.open + .seconds(24 * 3_600))
  }
}
