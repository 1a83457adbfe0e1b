import Foundation
import KISRecording
import KISWire
import Testing

@Suite("Trim and merge")
struct TrimMergeTests {
  /// A recording with everything that trimming has to think of: connections that open, register and close, slow answers
  /// whose lines stand late, notices that are still encrypted.
  private static func recording(seed: UInt64, version: Int = 2) -> String {
    var generator = TestGenerator(state: seed)
    var text = Samples.headerLine.replacing(#""kis_recording":2"#, with: #""kis_recording":\#(version)"#)
    var offset = RecordedTime.zero
    func append(_ event: RecordedEvent) {
      var bytes: [UInt8] = []
      event.appendLine(to: &bytes)
      text += String(decoding: bytes, as: UTF8.self)
    }
    for _ in 0..<300 {
      offset = offset + .nanoseconds(Int64.random(in: 0...4, using: &generator))
      let connection = version == 1 ? nil : Int.random(in: 1...3, using: &generator)
      let key = ["005930", "000660", "0001"].randomElement(using: &generator) ?? ""
      let id: TransactionID = key == "0001" ? "H0UPPGM0" : "H0STCNT0"
      switch Int.random(in: 0..<20, using: &generator) {
      case 0 where version == 2: append(RecordedEvent(at: offset, on: connection, .opened(.init(path: "/tryitout"))))
      case 1 where version == 2: append(RecordedEvent(at: offset, on: connection, .lost))
      case 2...4:
        let action: RegistrationRequest.Action = Bool.random(using: &generator) ? .register : .release
        let request = RegistrationRequest(action, id, key: key, approvalKey: "a")
        append(RecordedEvent(at: offset, on: connection, .message(Array(request.text.utf8), from: .client)))
      case 5, 6:
        let reply = RegistrationReply.registered(.init(id, key: key), .init(iv: "i", key: "k"))
        append(RecordedEvent(at: offset, on: connection, .message(reply.bytes, from: .server)))
      case 7 where version == 2:
        let took = Duration.nanoseconds(Int64.random(in: 0...30, using: &generator))
        append(
          RecordedEvent(
            at: max(0, offset - took), on: connection,
            .exchange(
              RecordedExchange(
                method: "GET", path: "/a", transactionID: "FHKST01010100", body: Array("{}".utf8), took: took))))
      case 8: append(RecordedEvent(at: offset, .marker("m\(offset)")))
      case 9 where version == 2:
        append(
          RecordedEvent(at: offset, on: connection, .ciphertext(Array("1|H0STCNI0|001|AAAAAAAAAAAAAAAAAAAAAA==".utf8))))
      default:
        append(
          RecordedEvent(at: offset, on: connection, .message(Array("0|\(id)|001|\(key)^\(offset)".utf8), from: .server))
        )
      }
    }
    return text
  }

  private func trimmed(_ text: String, _ trim: Trim) throws -> (text: String, report: Trim.Report) {
    var report: Trim.Report?
    let bytes = try written { output in
      report = try trim.write(RecordingReader(bytes: Array(text.utf8)), to: &output)
    }
    return (bytes, try #require(report))
  }

  private func merged(_ texts: [String]) throws -> String {
    try written { output in
      var merge = try Merge(texts.map { try RecordingReader(bytes: Array($0.utf8)) })
      _ = try merge.write(to: &output)
    }
  }

  private func written(_ body: (inout RecordingOutput) throws -> Void) throws -> String {
    var bytes: [UInt8] = []
    var output = RecordingOutput { bytes += $0 }
    try body(&output)
    try output.finish()
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("the parts of a recording give it back byte for byte, wherever it was cut", arguments: [UInt64](1...30))
  func thereAndBack(seed: UInt64) throws {
    let text = Self.recording(seed: seed, version: seed % 5 == 0 ? 1 : 2)
    var generator = TestGenerator(state: seed)
    let cut = RecordedTime(nanoseconds: Int64.random(in: 0...700, using: &generator))
    let later = RecordedTime(nanoseconds: Int64.random(in: cut.nanoseconds...700, using: &generator))
    let parts = try [
      Trim(to: cut), Trim(from: cut, to: later), Trim(from: later),
    ].map { try trimmed(text, $0).text }
    #expect(try merged(parts) == text)
    #expect(try merged(parts.reversed()) == text)
    // Cut again, what was carried is carried on.
    let again = try [Trim(to: later), Trim(from: later)].map { try trimmed(merged(Array(parts[1...])), $0).text }
    #expect(try merged([parts[0]] + again) == text)
  }

  @Test("what a session needs comes first, marked; what was released or closed does not")
  func carried() throws {
    func request(_ action: RegistrationRequest.Action, _ key: String) -> RecordedEvent.Content {
      .message(Array(RegistrationRequest(action, "H0STCNI0", key: key, approvalKey: "a").text.utf8), from: .client)
    }
    func reply(_ key: String) -> RecordedEvent.Content {
      .message(RegistrationReply.registered(.init("H0STCNI0", key: key), .init(iv: "i", key: "k")).bytes, from: .server)
    }
    let contents: [(Int, RecordedEvent.Content)] = [
      (1, .opened(.init(path: "/tryitout"))), (2, .opened(.init(path: "/"))), (1, request(.register, "hong")),
      (1, reply("hong")), (1, request(.register, "kim")), (1, reply("kim")), (1, request(.release, "kim")),
      (2, request(.register, "lee")), (2, .closed(.init(code: 1000))),
      (1, .message(Array("0|A|001|x".utf8), from: .server)),
    ]
    var text = Samples.headerLine
    for (index, (connection, content)) in contents.enumerated() {
      var bytes: [UInt8] = []
      RecordedEvent(at: RecordedTime(nanoseconds: Int64(index)), on: connection, content).appendLine(to: &bytes)
      text += String(decoding: bytes, as: UTF8.self)
    }
    let (part, report) = try trimmed(text, Trim(from: 9))
    var reader = try RecordingReader(bytes: Array(part.utf8))
    #expect(reader.header.part == .init(from: 9, to: nil))
    let events = try reader.rest()
    #expect(events.map(\.isCarried) == [true, true, true, false])
    #expect(events.map(\.content) == [contents[0].1, contents[2].1, contents[3].1, contents[9].1])
    #expect(report.carried == 3)
    #expect(report.kept == 1)
    #expect(report.outside == 6)
  }

  @Test("TRs, keys and connections are chosen in frames, registrations and exchanges alike")
  func selection() throws {
    let text = Self.recording(seed: 3)
    var reader = try RecordingReader(
      bytes: Array(try trimmed(text, Trim(transactions: ["H0STCNT0"], keys: ["005930"])).text.utf8))
    let events = try reader.rest()
    #expect(!events.isEmpty)
    for event in events {
      guard case .message(let bytes, _) = event.content else { continue }
      let message = String(decoding: bytes, as: UTF8.self)
      #expect(message.contains("H0STCNT0") && message.contains("005930"), "\(message)")
    }
    #expect(!events.contains { if case .exchange = $0.content { true } else { false } })
    var second = try RecordingReader(bytes: Array(try trimmed(text, Trim(connections: [2])).text.utf8))
    #expect(try second.rest().allSatisfy { $0.connection == 2 })
  }

  @Test("recordings of different moments keep their distance, and their connections are told apart")
  func differentRecordings() throws {
    let early = Samples.headerLine + #"{"t":5,"conn":1,"ws":"a"}"# + "\n"
    let late = Samples.headerLine.replacing("08:59:00", with: "08:59:01") + #"{"t":7,"conn":1,"ws":"b"}"# + "\n"
    let both = Samples.headerLine + #"{"t":5,"conn":1,"ws":"a"}"# + "\n" + #"{"t":1000000007,"conn":2,"ws":"b"}"# + "\n"
    #expect(try merged([late, early]) == both)
  }

  @Test("venues and layouts that differ are refused with what differs")
  func refusals() throws {
    let header = Samples.headerLine
    let paper = header.replacing(#""venue":"real""#, with: #""venue":"vts""#)
    let old = header.replacing(#""dialect":"2026-09-21""#, with: #""dialect":"2024-01-02""#)
    for (other, says) in [(paper, "is of venue vts"), (old, "changed between them")] {
      let error = #expect(throws: RecordingError.self) { try merged([header, other]) }
      #expect(error?.code == .unmergeable)
      #expect(error?.reason.contains(says) == true)
    }
  }

  @Test("a file appears under its name when it is whole, and never over another unless asked")
  func output() throws {
    try Samples.withTemporaryFile { path in
      var output = try RecordingOutput(creating: path)
      try output.append(Samples.header)
      #expect(!FileManager.default.fileExists(atPath: path))
      try output.finish()
      #expect(try String(contentsOfFile: path, encoding: .utf8) == Samples.headerLine)
      #expect(throws: RecordingError.self) { _ = try RecordingOutput(creating: path) }
      do {
        var abandoned = try RecordingOutput(creating: path, replacing: true)
        try abandoned.append(Samples.events[0])
      }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == Samples.headerLine)
      let folder = URL(filePath: path).deletingLastPathComponent().path
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["test.jsonl"])
    }
  }

  // MARK: - With an index

  /// A recording in a file, with an index of many places beside it.
  private func indexed(_ text: String) throws -> (path: String, folder: URL) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kis-mock-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appending(path: "session.jsonl").path(percentEncoded: false)
    try Data(text.utf8).write(to: URL(filePath: path))
    var output = try RecordingOutput(creating: RecordingIndexFile.path(of: path))
    let places = try RecordingIndexFile.write(RecordingReader(path: path), stretch: 500, to: &output)
    try output.finish()
    #expect(places > 20)
    return (path, folder)
  }

  @Test("a part that is found by way of an index is the same part", arguments: [UInt64](1...3))
  func cutsByAnIndex(seed: UInt64) throws {
    let text = TrimMergeTests.recording(seed: seed)
    let (path, folder) = try indexed(text)
    defer { try? FileManager.default.removeItem(at: folder) }
    let index = try #require(try RecordingIndexFile(of: RecordingReader(path: path)))
    for from in stride(from: 0, to: 620, by: 47).map({ RecordedTime(nanoseconds: $0) }) {
      for to in [from + .nanoseconds(1), from + .nanoseconds(40), nil] {
        for trim in [
          Trim(from: from, to: to), Trim(from: from, to: to, transactions: ["H0STCNT0"]),
          Trim(from: from, to: to, connections: [2]),
        ] {
          let (plain, report) = try trimmed(text, trim)
          var found: Trim.Report?
          let part = try written { output in
            found = try trim.write(RecordingReader(path: path), using: index, to: &output)
          }
          #expect(part == plain)
          #expect(found?.kept == report.kept && found?.carried == report.carried)
          if trim.transactions.isEmpty, trim.connections.isEmpty { #expect(found == report) }
        }
      }
    }
  }

  @Test("an index of another state of the recording is refused, and none is none")
  func refusesAnOldIndex() throws {
    let text = TrimMergeTests.recording(seed: 1)
    let (path, folder) = try indexed(text)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data("{\"t\":9000,\"marker\":\"more\"}\n".utf8))
    try file.close()
    #expect(throws: RecordingIndexFile.Outdated.self) { _ = try RecordingIndexFile(of: RecordingReader(path: path)) }
    try FileManager.default.removeItem(atPath: RecordingIndexFile.path(of: path))
    #expect(try RecordingIndexFile(of: RecordingReader(path: path)) == nil)
    #expect(try RecordingIndexFile(of: RecordingReader(bytes: Array(text.utf8))) == nil)
  }

  @Test("what is kept only for its connection is not what was asked for")
  func countsWhatWasAskedFor() throws {
    let text = TrimMergeTests.recording(seed: 2)
    let none = try trimmed(text, Trim(transactions: ["H0STASP0"])).report
    #expect(none.kept > 0 && none.matching == 0)
    #expect(try trimmed(text, Trim(transactions: ["H0STCNT0"])).report.matching > 0)
  }
}
