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
    let whole = [0..<batch.size]
    let log = TrafficLog(VirtualClock(wallStart: SandboxFixture.open, autoAdvance: false), remembers: true)
    for session in 1...3 { log.noteSent(batch, whole, to: session) }
    log.noteSent(batch, whole, to: 1)
    log.note(.heardPing([]), session: 2)
    log.noteSent(batch, whole, to: 2)
    let entries = log.entries(from: .zero, through: .seconds(60))
    #expect(entries.map(\.sessions) == [[1, 2, 3], [1], [2], [2]])
    let events = entries[0].events(since: .zero)
    #expect(events.map(\.connection) == [1, 2, 3])
    #expect(events.allSatisfy { $0.content == .message(Array("0|H0UPPGM0|001|0001^1".utf8), from: .server) })
  }

  @Test("keeps no more memory than it counts: small batches have no room of large ones")
  func memory() throws {
    for isFilling in [false, true] {
      var builder = FrameBatchBuilder(routes: RouteTable(), filling: isFilling ? [UInt8].self : nil)
      for number in 1...3 {
        Array("0|H0UPPGM0|001|0001^\(number)".utf8).withUnsafeBytes { builder.append($0, at: 0) }
        let finished = builder.finish()
        let batch = try #require(finished)
        #expect((batch.size * 2..<1_024).contains(batch.cost), "\(isFilling) \(number)")
      }
    }
  }

  /// Found: 600 sessions that read made the server grow by 50 MB in ten minutes, for their numbers were not counted.
  @Test("takes no more memory with many sessions than with few")
  func manySessions() throws {
    var builder = FrameBatchBuilder(routes: RouteTable())
    Array("0|H0UPPGM0|001|0001^1".utf8).withUnsafeBytes { builder.append($0, at: 0) }
    let finished = builder.finish()
    let batch = try #require(finished)
    let log = TrafficLog(VirtualClock(wallStart: SandboxFixture.open, autoAdvance: false), remembers: true)
    for _ in 0..<2_000 {
      for session in 1...600 { log.noteSent(batch, [0..<batch.size], to: session) }
    }
    let numbers = log.entries(from: .zero, through: .seconds(60)).reduce(0) { $0 + $1.sessions.count }
    #expect(numbers > 0 && numbers * MemoryLayout<Int>.stride < TrafficLog.capacity)
  }

  @Test("is there for any stretch of the clock, and says when a part of it has gone")
  func stretches() {
    let clock = VirtualClock(wallStart: SandboxFixture.open, autoAdvance: false)
    let log = TrafficLog(clock, remembers: true)
    for _ in 0..<5 {
      log.note(.heard([65]), session: 1)
      clock.advance(by: .seconds(1))
    }
    func seconds(_ first: Int, _ last: Int) -> [Duration] {
      log.entries(from: .seconds(first), through: .seconds(last)).map(\.time)
    }
    #expect(seconds(1, 3) == [.seconds(1), .seconds(2), .seconds(3)])
    #expect(log.isComplete(since: .zero))
    clock.advance(by: TrafficLog.memory - .seconds(3))
    log.note(.heard([66]), session: 1)
    #expect(!log.isComplete(since: .zero) && log.isComplete(since: .seconds(2)))
    #expect(seconds(0, 3) == [.seconds(2), .seconds(3)])
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

  @Test("is on file where no recording is played too: its header names the day of the newest layouts")
  func withoutRecordings() async throws {
    let sandbox = try SandboxFixture { $0.recordings = [] }.sandbox
    let path = FileManager.default.temporaryDirectory.appending(path: "alone-\(UUID()).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await sandbox.startRecording(to: path)
    try await sandbox.stopRecording()
    let header = try RecordingReader(path: path).header
    #expect(try Dialect(day: header.dialectDay).layout(of: .stockTrade) == Dialect.latest().layout(of: .stockTrade))
  }

  @Test("is written as soon as it is much for all sessions together")
  func roundsOnFile() throws {
    var builder = FrameBatchBuilder(routes: RouteTable())
    let text = "0|H0UPPGM0|001|0001^" + String(repeating: "1", count: 400)
    Array(text.utf8).withUnsafeBytes { builder.append($0, at: 0) }
    let finished = builder.finish()
    let batch = try #require(finished)
    let path = FileManager.default.temporaryDirectory.appending(path: "rounds-\(UUID()).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let log = TrafficLog(VirtualClock(wallStart: SandboxFixture.open, autoAdvance: false), remembers: false)
    try log.start(path, SandboxConfiguration(), since: .zero)
    let header = try #require(log.recorded).bytes
    for session in 1...100 { log.noteSent(batch, [0..<batch.size], to: session) }
    log.note(.heardPing([]), session: 1)
    try log.flush(all: false)
    #expect(try #require(log.recorded).bytes > header + 100 * 400)
    try log.stop()
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
