import KISRecording
import KISWire
import Testing

@Suite("The index of a recording")
struct RecordingIndexTests {
  /// A seeded recording with jumps and ties in time, three registrations and everything in between.
  private static func recording(seed: UInt64) throws -> (reader: RecordingReader, events: [RecordedEvent]) {
    var generator = TestGenerator(state: seed)
    var offset = RecordedTime.zero
    let events = (0..<200).map { number in
      offset = offset + .nanoseconds([0, 0, 1, 2, 1_000].randomElement(using: &generator) ?? 0)
      let key = ["0001", "1001", "005930"].randomElement(using: &generator) ?? ""
      let id = key.count == 4 ? "H0UPPGM0" : "H0STCNT0"
      return switch Int.random(in: 0..<10, using: &generator) {
      case 0: RecordedEvent(at: offset, .marker("m\(number)"))
      case 1: RecordedEvent(at: offset, .message(Array("{\"header\":{}}".utf8), from: .client))
      case 2: RecordedEvent(at: offset, .message(Array("{\"header\":{\"tr_id\":\"PINGPONG\"}}".utf8), from: .server))
      default: RecordedEvent(at: offset, .message(Array("0|\(id)|002|\(key)^\(number)^".utf8), from: .server))
      }
    }
    var bytes = Array(Samples.headerLine.utf8)
    for event in events { event.appendLine(to: &bytes) }
    return (try RecordingReader(bytes: bytes), events)
  }

  @Test("a seek finds what reading from the beginning finds, at every moment", arguments: [1, 100, 1_500, 1 << 20])
  func seekEqualsLinearScan(stretch: Int64) throws {
    let (original, events) = try Self.recording(seed: 7)
    let index = try RecordingIndex(original, stretch: ByteCount(stretch))
    var reader = original
    let last = events.last?.offset ?? 0
    var moments: Set<RecordedTime> = [.zero, last + .nanoseconds(5)]
    for event in events {
      moments.formUnion([event.offset - .nanoseconds(1), event.offset, event.offset + .nanoseconds(1)])
    }
    for offset in moments.sorted().reversed() {
      try reader.seek(to: offset, in: index)
      #expect(try reader.next() == events.first { $0.offset >= offset }, "offset \(offset)")
    }
    try reader.seek(to: 1_000, in: index)
    #expect(try reader.rest() == events.filter { $0.offset >= 1_000 })
  }

  @Test("the last message of each registration is what a scan finds", arguments: [1, 100, 1_500, 1 << 20])
  func lastMessagesEqualLinearScan(stretch: Int64) throws {
    let (reader, events) = try Self.recording(seed: 8)
    let index = try RecordingIndex(reader, stretch: ByteCount(stretch))
    for nanoseconds in stride(from: 0, through: (events.last?.offset.nanoseconds ?? 0) + 1, by: 997) {
      let offset = RecordedTime(nanoseconds: nanoseconds)
      var expected: [String: [UInt8]] = [:]
      for event in events where event.offset < offset {
        guard case .message(let text, from: .server) = event.content, text[0] == 0x30 else { continue }
        let key = String(decoding: text, as: UTF8.self).split(separator: "^")[0].split(separator: "|")[3]
        expected[String(key)] = text
      }
      let found = try index.lastMessages(before: offset)
      #expect(
        Dictionary(uniqueKeysWithValues: found.map { ($0.registration.key, $0.text) }) == expected, "offset \(offset)")
      #expect(found.map(\.offset) == found.map(\.offset).sorted())
    }
  }

  @Test("the summary counts what is there")
  func summary() throws {
    let (reader, events) = try Self.recording(seed: 9)
    let summary = try RecordingIndex(reader).summary
    #expect(summary.events == events.count)
    #expect(summary.first == events.first?.offset)
    #expect(summary.last == events.last?.offset)
    #expect(
      summary.markers.map(\.name) == events.compactMap { if case .marker(let name) = $0.content { name } else { nil } })
    #expect(Set(summary.registrations.map(\.registration.key)) == ["0001", "1001", "005930"])
    #expect(summary.registrations.allSatisfy { $0.records == 2 * $0.messages })
    #expect(
      summary.dataMessages + summary.controlMessages + summary.clientMessages + summary.markers.count == events.count)
  }

  @Test("exchanges are counted by kind, and closes and a cut are seen")
  func summaryOfSamples() throws {
    let summary = try RecordingIndex(RecordingReader(bytes: Array(Samples.text.utf8.dropLast(3)))).summary
    #expect(summary.exchanges.map(\.kind.path).last == "/")
    #expect(summary.exchanges.map(\.count) == [1, 1, 1, 1])
    #expect(summary.closes == 3)
    #expect(summary.opens == 1)
    #expect(summary.controlFrames == 2)
    #expect(summary.ciphertexts == 1)
    #expect(summary.isTruncated)
    #expect(summary.last == 29)
  }

  @Test("a recording without events has an index, and a seek in it finds the end")
  func noEvents() throws {
    var reader = try Samples.reader("")
    let index = try RecordingIndex(reader)
    #expect(index.summary.events == 0)
    #expect(index.summary.last == nil)
    #expect(try index.lastMessages(before: 5).isEmpty)
    try reader.seek(to: 5, in: index)
    #expect(try reader.next() == nil)
  }

  @Test("payloads that are no keys do not make registrations without end")
  func unreadablePayloads() throws {
    let lines = (0..<50).map { number in
      #"{"t":\#(number),"ws":"1|H0STCNI0|001|\#(String(repeating: "A", count: 100))\#(number)"}"#
    }
    let summary = try RecordingIndex(Samples.reader(lines.joined(separator: "\n"))).summary
    #expect(summary.registrations.map(\.messages) == [50])
    #expect(summary.registrations.first?.isEncrypted == true)
  }
}
