import KISMarket
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

  @Test("A seek into an evening leads there too, one back to the day ends the day at 20:00 again")
  func seeks() async throws {
    let fixture = try fixture(at: 10)
    let sandbox = fixture.sandbox
    try await sandbox.play()
    for hour in [22.5, 20.0] {
      try await sandbox.seek(to: .timeOfDay(TimeOfDay(sinceMidnight: .seconds(hour * 3_600))))
      #expect(await sandbox.marketTime == SandboxFixture.open + .seconds((hour - 9) * 3_600))
      let told = try await sandbox.replayStatus().timeOfDay
      #expect(told.sinceMidnight == .seconds(hour * 3_600))
    }
    try await sandbox.seek(to: .timeOfDay(TimeOfDay(sinceMidnight: .seconds(19.5 * 3_600))))
    await fixture.advance(3_600)
    #expect(await sandbox.marketTime == SandboxFixture.open + .seconds(24 * 3_600))
  }

  @Test("A scenario that is loaded again the next morning leaves it that morning")
  func loadedAgain() async throws {
    let fixture = try fixture(at: 19.5)
    try await fixture.sandbox.play()
    await fixture.advance(3_600)
    var edited = await fixture.sandbox.configuration
    edited.recordings = [
      try RecordingLibrary().recording(bytes: recording([(0, "0|H0UPPGM0|001|0001^3")]), name: "another")
    ]
    try await fixture.sandbox.adopt(edited)
    #expect(await fixture.sandbox.marketTime == SandboxFixture.open + .seconds(24 * 3_600))
  }

  @Test(
    "On a virtual clock streams that nothing is recorded of play to the end of the day, and there it stands",
    .timeLimit(.minutes(1)))
  func endOfDay() async throws {
    var configuration = SandboxConfiguration()
    (configuration.day, configuration.start) = ("2026-09-21", TimeOfDay(sinceMidnight: .seconds(19.9 * 3_600)))
    configuration.heartbeat.rhythm = .never
    let clock = VirtualClock(wallStart: SandboxFixture.open)
    let sandbox = try Sandbox(configuration, clock: clock)
    let running = Task { await sandbox.run() }
    let sink = RecordingSink()
    let id = try await sandbox.connect(sink)
    #expect(await sandbox.marketTime == SandboxFixture.open + .seconds(10.9 * 3_600))
    let request = RegistrationRequest(.register, "H0NXCNT0", key: "005930", approvalKey: await sandbox.approvalKey())
    await sandbox.receive(Array(request.text.utf8), from: id)
    while await sandbox.marketTime < SandboxFixture.open + .seconds(10.99 * 3_600) { await Task.yield() }
    for _ in 0..<1_000 { await Task.yield() }
    #expect(await sandbox.marketTime <= SandboxFixture.open + .seconds(11 * 3_600))
    let times = sink.frames.compactMap { $0.split(separator: "^").dropFirst().first }
    #expect(times.count > 5 && times == times.sorted() && times.allSatisfy { $0 < "200000" })
    running.cancel()
    await running.value
  }
}
