import KISRecording
import KISWire
import Synchronization
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("A replay")
struct SandboxReplayTests {
  private static func frame(_ number: Int) -> String { "0|H0UPPGM0|001|0001^\(number)" }
  private static let ten = (0..<10).map { (second: Double($0), text: frame($0)) }

  private func started(
    _ change: (inout SandboxConfiguration) -> Void = { _ in }
  ) async throws -> (SandboxFixture, RecordingSink, Int) {
    let fixture = try SandboxFixture(Self.ten, change)
    let client = try await fixture.connect()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: await fixture.approvalKey())
    return (fixture, client.sink, client.id)
  }

  @Test("starts with the first registration and keeps the recorded pace")
  func pace() async throws {
    let (fixture, sink, _) = try await started()
    #expect(sink.frames == [Self.frame(0)])
    await fixture.advance(2.5)
    #expect(sink.frames == (0...2).map(Self.frame))
    await fixture.advance(100)
    #expect(sink.frames == (0...9).map(Self.frame))
    #expect(try await fixture.sandbox.replayStatus().state == "ended")
  }

  @Test("plays at a multiple, and changes the multiple without a jump")
  func rates() async throws {
    let (fixture, sink, _) = try await started { $0.speed = .times(2) }
    await fixture.advance(1)
    #expect(sink.frames.count == 3)
    try await fixture.sandbox.changeSpeed(to: .times(0.5))
    await fixture.advance(2)
    #expect(sink.frames.count == 4)
    try await fixture.sandbox.changeSpeed(to: .max)
    await fixture.advance(0)
    #expect(sink.frames.count == 10)
  }

  @Test("that nothing paces waits while nobody listens, and goes on where it stood")
  func unheard() async throws {
    let (fixture, _, id) = try await started { $0.speed = .times(2) }
    await fixture.sandbox.disconnected(id, cleanly: true)
    try await fixture.sandbox.changeSpeed(to: .max)
    await fixture.advance(0)
    #expect(try await fixture.sandbox.replayStatus().state == "playing")
    let next = try await fixture.connect()
    await fixture.register(next.id, "H0UPPGM0", "0001", approvalKey: await fixture.approvalKey())
    await fixture.advance(0)
    #expect(next.sink.frames == (1...9).map(Self.frame))
  }

  @Test("pauses, steps and goes on where it stood")
  func pauseAndStep() async throws {
    let (fixture, sink, _) = try await started()
    await fixture.advance(3)
    try await fixture.sandbox.pause()
    await fixture.advance(1000)
    #expect(sink.frames.count == 4)
    let stepped = try await fixture.sandbox.step(2)
    #expect(stepped.map { String(decoding: $0, as: UTF8.self) } == [Self.frame(4), Self.frame(5)])
    try await fixture.sandbox.play()
    await fixture.advance(1)
    #expect(sink.frames.count == 7)
  }

  @Test("that is sent behind its end stands at its end, the last values known")
  func seekBehindTheEnd() async throws {
    let (fixture, _, _) = try await started()
    try await fixture.sandbox.seek(to: .timeOfDay(TimeOfDay(nanoseconds: 86_399_000_000_000)))
    let status = try await fixture.sandbox.replayStatus()
    #expect(status.timeOfDay.colons == "09:00:09")
    #expect(status.next == nil)
    #expect(
      try await fixture.sandbox.lastMessages().map { String(decoding: $0.text, as: UTF8.self) } == [Self.frame(9)])
  }

  @Test("that would begin behind its end is refused with its times")
  func startBehindTheEnd() throws {
    #expect(
      performing: { _ = try SandboxFixture(Self.ten) { $0.start = TimeOfDay("10:00") } },
      throws: { "\($0)" == "nothing is left to play at 10:00:00; the recordings go from 09:00:00 to 09:00:09" })
  }

  @Test("steps until a message matches")
  func stepUntil() async throws {
    let (fixture, sink, _) = try await started { $0.isPaused = true }
    let wanted = Self.frame(6)
    try await fixture.sandbox.step(100, until: { String(decoding: $0, as: UTF8.self) == wanted })
    #expect(sink.frames.last == wanted)
    #expect(sink.frames.count == 7)
  }

  @Test("seeks by time of day, with the last value of every registration rebuilt")
  func seek() async throws {
    let (fixture, sink, _) = try await started()
    try await fixture.sandbox.seek(to: .timeOfDay(try #require(TimeOfDay("09:00:07"))))
    let last = try await fixture.sandbox.lastMessages()
    #expect(last.map { String(decoding: $0.text, as: UTF8.self) } == [Self.frame(6)])
    await fixture.advance(0)
    #expect(sink.frames == [Self.frame(0), Self.frame(7)])
    try await fixture.sandbox.seek(to: .position(.zero))
    await fixture.advance(1)
    #expect(sink.frames.suffix(2) == [Self.frame(0), Self.frame(1)])
  }

  @Test("a rule of a time of day comes before the messages of that time and behind the earlier ones, at any speed")
  func ruleInItsPlace() async throws {
    for speed in [PlaySpeed.times(1), .times(600), .max] {
      let (fixture, sink, _) = try await started {
        $0.speed = speed
        $0.scenario = try? Scenario(
          parsing: "rules: [{when: {time: 09:00:05}, do: [{emit: {text: five, to: all}}, pause]}]", file: "s.yaml")
      }
      await fixture.advance(40)
      #expect(Array(sink.texts.dropFirst()) == (0...4).map(Self.frame) + ["five"], "at \(speed)")
      try await fixture.sandbox.play()
      await fixture.advance(40)
      #expect(
        Array(sink.texts.dropFirst()) == (0...4).map(Self.frame) + ["five"] + (5...9).map(Self.frame), "at \(speed)")
    }
  }

  @Test("a seek does not make up for the rules that it jumped over")
  func seekOverRules() async throws {
    let (fixture, sink, _) = try await started {
      $0.scenario = try? Scenario(
        parsing: "rules: [{when: {time: 09:00:05}, do: {emit: {text: five, to: all}}}]", file: "s.yaml")
    }
    try await fixture.sandbox.seek(to: .timeOfDay(try #require(TimeOfDay("09:00:07"))))
    await fixture.advance(0)
    #expect(!sink.texts.contains("five"))
    try await fixture.sandbox.seek(to: .timeOfDay(try #require(TimeOfDay("09:00:04"))))
    await fixture.advance(1)
    #expect(sink.texts.suffix(3) == [Self.frame(4), "five", Self.frame(5)])
  }

  @Test("that has ended plays on from where a seek puts it")
  func seekAfterTheEnd() async throws {
    let (fixture, sink, _) = try await started()
    await fixture.advance(100)
    try await fixture.sandbox.seek(to: .timeOfDay(try #require(TimeOfDay("09:00:08"))))
    await fixture.advance(1)
    #expect(sink.frames.suffix(2) == (8...9).map(Self.frame))
  }

  @Test(
    "that was paused at its end stays paused when it is sent elsewhere, and plays from the beginning when it is not")
  func pausedAtTheEnd() async throws {
    let (fixture, sink, _) = try await started()
    await fixture.advance(40)
    try await fixture.sandbox.pause()
    try await fixture.sandbox.seek(to: .position(.zero))
    await fixture.advance(10)
    #expect(sink.frames.count == 10)
    try await fixture.sandbox.step(100)
    try await fixture.sandbox.play()
    await fixture.advance(2)
    #expect(sink.frames.suffix(3) == (0...2).map(Self.frame))
  }

  @Test("has one speed, a multiple of the host's time, on a scaled clock too")
  func speedOnAScaledClock() async throws {
    let fixture = try SandboxFixture(Self.ten) { $0.speed = .times(30) }
    let clock = RealClock(rate: 30)
    let sandbox = try await Sandbox(fixture.sandbox.configuration, clock: clock)
    await sandbox.freezeClock()
    try await sandbox.play()
    await sandbox.advanceClock(by: .seconds(4))
    let position = try await sandbox.replayStatus().position
    #expect(position == .seconds(4))
  }

  @Test("begins when its clock is moved by hand, with nobody registered")
  func movedByHand() async throws {
    let fixture = try SandboxFixture(Self.ten)
    await fixture.sandbox.advanceClock(by: .seconds(4))
    #expect(try await fixture.sandbox.replayStatus().position == .seconds(4))
  }

  @Test("shares that speed with what is simulated")
  func simulationOnAScaledClock() async throws {
    let fixture = try SandboxFixture {
      $0.speed = .times(30)
      $0.simulates = true
    }
    let clock = RealClock(rate: 30, wallStart: SandboxFixture.open + .seconds(600))
    let sandbox = try await Sandbox(fixture.sandbox.configuration, clock: clock)
    await sandbox.freezeClock()
    let sink = RecordingSink()
    let id = try await sandbox.connect(sink)
    let request = RegistrationRequest(.register, "H0STCNT0", key: "005930", approvalKey: await sandbox.approvalKey())
    await sandbox.receive(Array(request.text.utf8), from: id)
    await sandbox.advanceClock(by: .seconds(60))
    await sandbox.runUntilIdle()
    let text = try #require(sink.frames.last)
    let last = Array(try #require(try Frame(parsing: text).records().last))
    #expect(last[1] > "091030" && last[1] <= clock.wallTime.timeOfDay, "a minute of this clock is one of the market")
  }

  @Test("steps over a connection that ends without a message")
  func stepOverAClose() async throws {
    let fixture = try SandboxFixture {
      var bytes = recording([])
      RecordedEvent(at: 1_000_000_000, .closed(.init(code: 1006))).appendLine(to: &bytes)
      $0.recordings = (try? RecordingLibrary().recording(bytes: bytes)).map { [$0] } ?? []
    }
    #expect(try await fixture.sandbox.step(3).isEmpty)
    #expect(try await fixture.sandbox.replayStatus().position == .seconds(1))
  }

  @Test("unpaced and over and over lets others have their turn", .timeLimit(.minutes(10)))
  func leavesRoom() async throws {
    let (fixture, _, _) = try await started { $0.loops = true }
    try await fixture.sandbox.changeSpeed(to: .max)
    let run = Task { await fixture.sandbox.run() }
    while try await fixture.sandbox.replayStatus().laps < 3 { await Task.yield() }
    run.cancel()
    await run.value
  }

  @Test("counts what went out, nothing that a dropped frame or a stall kept back")
  func countsWhatWentOut() async throws {
    let (fixture, sink, _) = try await started()
    await fixture.advance(2)
    await fixture.sandbox.arm(ConfiguredFault(.wsDropFrame))
    await fixture.advance(2)
    await fixture.sandbox.clearFaults()
    await fixture.sandbox.arm(ConfiguredFault(.wsStall))
    await fixture.advance(2)
    #expect(sink.frames.count == 3)
    #expect(await fixture.sandbox.sessionStatuses.first?.registrations.first?.delivered == 3)
  }

  @Test("an unknown marker is an error that names the known ones")
  func unknownMarker() async throws {
    let (fixture, _, _) = try await started()
    await #expect(throws: ReplayError.self) { try await fixture.sandbox.seek(to: .marker("lunch")) }
  }

  @Test("loops")
  func loop() async throws {
    let (fixture, sink, _) = try await started { $0.loops = true }
    for _ in 0..<25 { await fixture.advance(1) }
    #expect(sink.frames.count > 20)
    #expect(try await fixture.sandbox.replayStatus().laps >= 2)
  }

  @Test("shared, a late joiner joins midway")
  func shared() async throws {
    let (fixture, _, _) = try await started()
    await fixture.advance(4)
    let late = try await fixture.connect()
    await fixture.register(late.id, "H0UPPGM0", "0001", approvalKey: await fixture.approvalKey("other"))
    await fixture.advance(1)
    #expect(late.sink.frames == [Self.frame(5)])
  }

  @Test("of its own, each session gets the recording from its first registration on")
  func perSession() async throws {
    let (fixture, first, _) = try await started { $0.playhead = .session }
    await fixture.advance(4)
    let late = try await fixture.connect()
    await fixture.register(late.id, "H0UPPGM0", "0001", approvalKey: await fixture.approvalKey("other"))
    await fixture.advance(1)
    #expect(late.sink.frames == (0...1).map(Self.frame))
    #expect(first.frames == (0...5).map(Self.frame))
  }

  @Test("a client that does not read loses its connection, nobody else notices")
  func slowClient() async throws {
    let (fixture, sink, _) = try await started { $0.limits.outbox = 1000 }
    let stalled = try await fixture.connect()
    await fixture.register(stalled.id, "H0UPPGM0", "0001", approvalKey: await fixture.approvalKey("other"))
    stalled.sink.pretendedBacklog.withLock { $0 = 2000 }
    await fixture.advance(1)
    #expect(stalled.sink.ending == .reset)
    await fixture.advance(3)
    #expect(sink.frames.count == 5)
    #expect(sink.ending == nil)
  }

  @Test("the same recording, seed and script give the same bytes", arguments: [1, 7] as [UInt64])
  func deterministic(seed: UInt64) async throws {
    var wires: [[UInt8]] = []
    for _ in 0..<2 {
      let (fixture, sink, _) = try await started { $0.seed = seed }
      await fixture.advance(150)
      wires.append(sink.wire)
    }
    #expect(wires[0] == wires[1])
  }
}
