import KISSandbox
import KISScenario
import KISWire
import Synchronization
import Testing

extension ScenarioCase {
  /// Scenarios about connections that end, stall or may not be.
  static let connections = [
    ScenarioCase("duplicate-app-key.yaml", duplicateAppKey),
    ScenarioCase("reconnect-reregister.yaml", reconnectReregister),
    ScenarioCase("silent-stall.yaml", silentStall),
    ScenarioCase("unanswered-pingpong.yaml", unansweredPingpong),
    ScenarioCase("market-open-rush.yaml", marketOpenRush),
  ]

  private static func duplicateAppKey() async throws {
    let play = try ScenarioPlay("duplicate-app-key.yaml")
    let first = try await play.client(("H0STCNT0", "005930"))
    let second = try await play.client(("H0STCNT0", "005930"))
    #expect(second.codes == ["OPSP8996"] && second.sink.ending == .drop)
    #expect(second.sink.texts.first?.contains(#""tr_id":"(null)""#) == true)
    await play.leave(second)
    while first.sink.ending == nil, first.sink.frames.count < 300 { await play.pass(1) }
    #expect(first.sink.frames.count == 199 && first.sink.ending == .drop)
    await play.leave(first)
    let early = try await play.client(("H0STCNT0", "005930"))
    #expect(early.codes == ["OPSP8996"])
    await play.leave(early)
    await play.pass(3)
    let late = try await play.client(("H0STCNT0", "005930"))
    #expect(late.codes == ["OPSP0000"])
    #expect(await play.isMet)
  }

  private static func reconnectReregister() async throws {
    let play = try ScenarioPlay("reconnect-reregister.yaml")
    for _ in 1...3 {
      let client = try await play.client(("H0STCNT0", "005930"), ("H0STASP0", "005930"))
      while client.sink.ending == nil, client.sink.frames.count < 600 {
        await play.pass(0.5)
        if try await play.sandbox.replayStatus().state == "ended" { try await play.sandbox.play() }
      }
      #expect(client.sink.ending == .drop && client.sink.frames.count < 500)
      await play.leave(client)
      let unregistered = try await play.client()
      await play.pass(1)
      #expect(unregistered.sink.wire.isEmpty)
      await play.leave(unregistered)
    }
    #expect(await play.isMet)
  }

  private static func silentStall() async throws {
    let play = try ScenarioPlay("silent-stall.yaml")
    let stalled = try await play.client(("H0STCNT0", "005930"))
    await play.pass(6.9)
    #expect(!stalled.sink.frames.isEmpty && stalled.sink.texts.contains { $0.contains("PINGPONG") })
    await play.pass(0.2)
    let before = stalled.sink.wire
    await play.pass(20)
    #expect(stalled.sink.wire == before && stalled.sink.ending == nil)
    await play.leave(stalled, cleanly: true)
    let second = try await play.client(("H0STCNT0", "005930"))
    await play.pass(5)
    #expect(!second.sink.frames.isEmpty)
    #expect(await play.isMet)
  }

  private static func unansweredPingpong() async throws {
    for answers in [true, false] {
      let play = try ScenarioPlay("unanswered-pingpong.yaml")
      let client = try await play.client(("H0STCNT0", "005930"))
      for _ in 1...10 {
        await play.pass(1)
        guard answers, let last = client.sink.texts.last(where: { $0.contains("PINGPONG") }) else { continue }
        await play.sandbox.receive(Array(last.utf8), from: client.id)
      }
      #expect(client.sink.ending == (answers ? nil : .drop))
      #expect(await play.isMet)
    }
  }

  private static func marketOpenRush() async throws {
    for reads in [true, false] {
      let play = try ScenarioPlay("market-open-rush.yaml")
      let client = try await play.client(("H0STCNT0", "005930"), ("H0STCNT0", "000660"), ("H0STCNT0", "035420"))
      if !reads { client.sink.pretendedBacklog.withLock { $0 = 300_000 } }
      await play.pass(4.9)
      #expect(try await play.sandbox.replayStatus().speed == .times(1))
      await play.pass(2)
      #expect(try await play.sandbox.replayStatus().speed == .times(30))
      await play.pass(8)
      #expect(try await play.sandbox.replayStatus().speed == .times(1))
      #expect(client.sink.ending == (reads ? nil : .reset))
      if reads { #expect(client.sink.texts.contains { $0.utf8.count > 8_192 }) }
      #expect(await play.isMet)
    }
  }
}
