import Foundation
import KISRecording
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("What passes between a sandbox and its clients")
struct TrafficLogTests {
  @Test("is noted once for all sessions that one round sends the same, and told of each of them")
  func rounds() throws {
    var builder = FrameBatchBuilder(routes: RouteTable())
    Array("0|H0UPPGM0|001|0001^1".utf8).withUnsafeBytes { builder.append($0, at: 0) }
    let finished = builder.finish()
    let batch = try #require(finished)
    let whole = [0..<batch.bytes.count]
    let log = TrafficLog(VirtualClock(wallStart: SandboxFixture.open, autoAdvance: false), remembers: true)
    for session in 1...3 { log.noteSent(batch, whole, to: session) }
    log.noteSent(batch, whole, to: 1)
    log.note(.heardPing([]), session: 2)
    log.noteSent(batch, whole, to: 2)
    let entries = log.last(.seconds(60))
    #expect(entries.map(\.sessions) == [[1, 2, 3], [1], [2], [2]])
    let events = entries[0].events(since: .zero)
    #expect(events.map(\.connection) == [1, 2, 3])
    #expect(events.allSatisfy { $0.content == .message(Array("0|H0UPPGM0|001|0001^1".utf8), from: .server) })
  }

  @Test("is on file from when its recording begins, for sessions that were there before, without a journal too")
  func late() async throws {
    let fixture = try SandboxFixture([(1, "0|H0UPPGM0|001|0001^1"), (2, "0|H0UPPGM0|001|0001^2")]) {
      $0.limits.journalEntries = 0
    }
    let path = FileManager.default.temporaryDirectory.appending(path: "late-\(UUID()).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try await fixture.listener("H0UPPGM0", "0001")
    await fixture.advance(1)
    try await fixture.sandbox.startRecording(to: path)
    await fixture.advance(1)
    try await fixture.sandbox.stopRecording()
    var texts: [String] = []
    var reader = try RecordingReader(path: path)
    try reader.read { event in
      if case .serverMessage(let text) = event.content { texts.append(String(decoding: text, as: UTF8.self)) }
      return .more
    }
    #expect(texts == ["0|H0UPPGM0|001|0001^2"])
  }

  @Test("keeps of spoilt bytes the messages in front, and the rest as it is")
  func spoilt() {
    let bytes: [UInt8] = [0x81, 2, 65, 66, 0x81, 9, 67]
    let entry = TrafficEntry(time: .zero, sessions: [4], .sent(.bytes(bytes), nil))
    #expect(
      entry.events(since: .zero).map(\.content) == [
        .message([65, 66], from: .server), .binary([0x81, 9, 67], from: .server),
      ])
  }
}
