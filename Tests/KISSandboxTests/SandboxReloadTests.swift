import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("A scenario that is loaded again")
struct SandboxReloadTests {
  private static func frame(_ name: String, _ second: Int) -> String { "0|H0UPPGM0|001|0001^\(name)\(second)" }

  private static func recording(_ name: String, in library: RecordingLibrary) throws -> FramedRecording {
    try library.recording(
      bytes: KISSandboxTests.recording((0..<10).map { (second: Double($0), text: frame(name, $0)) }), name: name)
  }

  /// A sandbox that played three seconds of the recording `a` to a client, and the same with `b` to be played.
  private func playing(
    _ text: String
  ) async throws -> (fixture: SandboxFixture, sink: RecordingSink, edited: SandboxConfiguration) {
    let library = RecordingLibrary()
    let first = try Self.recording("a", in: library)
    let scenario = try Scenario(parsing: text, file: "s.yaml")
    let fixture = try SandboxFixture {
      $0.recordings = [first]
      $0.scenario = scenario
      $0.quirks = scenario.quirks
    }
    let client = try await fixture.connect()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: await fixture.approvalKey())
    await fixture.advance(2)
    var edited = await fixture.sandbox.configuration
    edited.recordings = [try Self.recording("b", in: library)]
    return (fixture, client.sink, edited)
  }

  @Test("plays another recording from the same time of day on, to the same connections")
  func recordings() async throws {
    let (fixture, sink, edited) = try await playing("")
    try await fixture.sandbox.adopt(edited)
    await fixture.advance(2)
    #expect(sink.frames == (0...2).map { Self.frame("a", $0) } + (2...4).map { Self.frame("b", $0) })
    #expect(sink.ending == nil)
    try await fixture.sandbox.pause()
    try await fixture.sandbox.adopt(edited)
    await fixture.advance(2)
    #expect(sink.frames.count == 6)
  }

  @Test("changes speed and quirks, and keeps a speed that was set meanwhile")
  func speedAndQuirks() async throws {
    var (fixture, _, edited) = try await playing("")
    edited.speed = .times(5)
    edited.quirks.insert(.revokeCodeAsText)
    try await fixture.sandbox.adopt(edited)
    #expect(try await fixture.sandbox.replayStatus().speed == .times(5))
    #expect(await fixture.sandbox.configuration.quirks.contains(.revokeCodeAsText))
    try await fixture.sandbox.changeSpeed(to: .times(2))
    try await fixture.sandbox.adopt(edited)
    #expect(try await fixture.sandbox.replayStatus().speed == .times(2))
  }

  @Test("keeps faults that rules armed, and arms the file's own when those changed")
  func faults() async throws {
    var (fixture, _, edited) = try await playing("faults: [ws-delay-frame]")
    await fixture.sandbox.arm(ConfiguredFault(.wsDropFrame))
    try await fixture.sandbox.adopt(edited)
    #expect(await fixture.sandbox.armedFaults.map(\.name) == [.wsDelayFrame, .wsDropFrame])
    edited.scenario = try Scenario(parsing: "faults: [ws-gap]", file: "s.yaml")
    try await fixture.sandbox.adopt(edited)
    #expect(await fixture.sandbox.armedFaults.map(\.name) == [.wsGap])
  }

  @Test("names what takes a new start, and is what a reset goes back to")
  func fixedKeys() async throws {
    var (fixture, _, edited) = try await playing("seed: 1")
    edited.scenario = try Scenario(
      parsing: "{seed: 2, clock: virtual, limits: {journal-entries: 1}, states: [a]}", file: "s.yaml")
    edited.seed = 2
    #expect(try await fixture.sandbox.adopt(edited) == ["clock", "seed", "limits: journal-…"])
    #expect(await fixture.sandbox.configuration.seed == 1)
    try await fixture.sandbox.reset()
    #expect(await fixture.sandbox.scenarioState == "a")
  }
}
