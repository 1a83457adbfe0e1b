import KISMarket
import KISRecording
import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

/// Rules that wait for a time of day, and what the journal tells of the time, where nothing is recorded.
@Suite("A rule of a time of day behind the end of the recordings")
struct RulesBehindRecordingsTests {
  private func scenario(_ time: String, _ more: String = "") throws -> Scenario {
    try Scenario(parsing: "rules: [{when: {time: \(time)}, do: {emit: {text: now, to: all}}\(more)}]", file: "s.yaml")
  }

  private func started(
    at start: KoreanTime = SandboxFixture.open, _ events: [(second: Double, text: String)] = [(0, "0|X|001|a")],
    _ change: (inout SandboxConfiguration) throws -> Void
  ) async throws -> (SandboxFixture, RecordingSink) {
    let fixture = try SandboxFixture(events, at: start) { try! change(&$0) }
    let (_, sink) = try await fixture.connect()
    try await fixture.sandbox.play()
    return (fixture, sink)
  }

  @Test("fires when the market gets there, once")
  func sameDay() async throws {
    let (fixture, sink) = try await started { $0.scenario = try scenario("09:01:00") }
    await fixture.advance(59.9)
    #expect(!sink.texts.contains("now"))
    let due = await fixture.sandbox.clockMoment(ofRuleAt: try #require(TimeOfDay("09:01:00")))
    // Rounded up to the nanosecond after it.
    #expect(due >= .seconds(60) && due < .seconds(60.001))
    await fixture.advance(0.1)
    await fixture.advance(3_600)
    #expect(sink.texts.filter { $0 == "now" }.count == 1)
  }

  @Test("fires once on each of the market's days, which leave out nights and weekends")
  func eachDay() async throws {
    // A Friday.
    let (fixture, sink) = try await started {
      $0.recordings = []
      $0.day = CalendarDate(year: 2026, month: 9, day: 18)
      $0.start = TimeOfDay("19:00:00")
      $0.simulates = true
      $0.scenario = try scenario("08:45:00")
    }
    await fixture.advance(3_600)
    #expect(await fixture.sandbox.moment.timeOfDay.withinDay == TimeOfDay("08:30:00"))
    #expect(!sink.texts.contains("now"), "Saturday's 08:45 is none of the market's")
    await fixture.advance(900)
    #expect(sink.texts.filter { $0 == "now" }.count == 1)
    // From Monday 08:45 to Tuesday 08:45: eleven hours and a half, since the night is left out.
    await fixture.advance(11.5 * 3_600 - 1)
    let (_, next) = try await fixture.connect()
    #expect(!next.texts.contains("now"))
    await fixture.advance(1)
    #expect(next.texts.contains("now"))
  }

  @Test("fires where nothing is recorded and no day is said: by the clock")
  func clockAlone() async throws {
    let (fixture, sink) = try await started {
      $0.recordings = []
      $0.simulates = true
      $0.scenario = try scenario("09:00:30")
    }
    await fixture.advance(29)
    #expect(!sink.texts.contains("now"))
    await fixture.advance(1)
    #expect(sink.texts.contains("now"))
  }

  @Test("the journal tells the market's time there, not the end of the recordings")
  func journal() async throws {
    let (fixture, _) = try await started { _ in }
    await fixture.advance(3_600)
    _ = try await fixture.connect()
    let entry = try #require(await fixture.sandbox.currentJournal().kept.last)
    #expect(entry.marketTime == TimeOfDay("10:00:00"))
    #expect(await fixture.sandbox.standing.marketTime == TimeOfDay("10:00:00"))
  }
}
