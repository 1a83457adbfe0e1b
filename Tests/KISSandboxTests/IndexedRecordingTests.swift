import Foundation
import KISRecording
import KISWire
import Testing

@testable import KISSandbox

@Suite("A large recording with an index beside it")
struct IndexedRecordingTests {
  /// Two connections with market data, notices, replies and exchanges, and two moments that have a name.
  private static let bytes: [UInt8] = {
    var bytes: [UInt8] = []
    RecordingHeader(
      start: "2026-09-21T09:00:00+09:00", dialectDay: "2026-09-21", provenance: .captured, source: "", title: ""
    ).appendLine(to: &bytes)
    func add(_ offset: Int, on connection: Int?, _ content: RecordedEvent.Content) {
      RecordedEvent(at: RecordedTime(nanoseconds: Int64(offset)), on: connection, content).appendLine(to: &bytes)
    }
    for number in 0..<600 {
      let connection = 1 + number % 2
      switch number % 100 {
      case 3: add(number, on: connection, .opened(.init(path: "/tryitout")))
      case 20:
        let notice = "1|H0STCNI0|001|hts\(connection)^1234567801^\(number)"
        add(number, on: connection, .message(Array(notice.utf8), from: .server))
      case 40:
        let exchange = RecordedExchange(
          method: "GET", path: "/uapi/a", transactionID: "T\(number)",
          parameters: [NameValue("CANO", "1234567\(connection)")], body: #"{"number":\#(number)}"#)
        add(number, on: nil, .exchange(exchange))
      case 60: add(number, on: nil, .marker("at \(number)"))
      case 80:
        add(number, on: connection, .message(Array(#"{"header":{"tr_id":"PINGPONG"}}"#.utf8), from: .server))
      case let rest:
        let frame = "0|H0STCNT0|001|00\(rest % 7)\(rest % 3)30^\(number)^\"quoted\""
        add(number, on: connection, .message(Array(frame.utf8), from: .server))
      }
    }
    return bytes
  }()

  /// All of it in one text: what there is to ask of a recording before it plays, and then what it plays.
  private func told(_ recording: FramedRecording) throws -> [String] {
    func name(_ route: Route) -> String {
      recording.routes.name(of: route).map { "\($0.transactionID) \($0.key) \($0.connection?.number ?? 0)" } ?? ""
    }
    func texts(_ found: [(Route, [UInt8])]) -> [String] {
      found.map { name($0.0) + ": " + String(decoding: $0.1, as: UTF8.self) }.sorted()
    }
    var lines = recording.connections.map { "connection \($0.connection.number) from \($0.start)" }
    lines += recording.playedRoutes.map { "\(name($0)) to \(recording.lastOffset(of: $0) ?? -1)" }.sorted()
    lines += recording.encryptedTransactions.map(\.rawValue).sorted()
    lines += recording.people.accounts + recording.people.htsIDs
    lines += recording.markers.map { "\($0.name) \($0.offset)" } + ["to \(recording.end), cut \(recording.isTruncated)"]
    lines += recording.exchanges.near(path: "/uapi/a").map(\.transactionID).sorted()
    for offset in stride(from: 0, through: 600, by: 97).map({ RecordedTime(nanoseconds: $0) }) {
      lines += texts(try recording.lastTexts(before: offset))
    }
    var cursor = recording.cursor()
    try cursor.seek(to: 333)
    while let batch = try cursor.next() {
      for (index, message) in batch.messages.enumerated() where message.offset >= 333 {
        lines += texts([(message.route, batch.text(of: index))])
      }
    }
    return lines
  }

  private func open(_ path: String, keptSize: ByteCount = .zero) throws -> FramedRecording {
    try FramedRecording(
      RecordingReader(path: path), routes: RouteTable(), memory: [UInt8].self, keptSize: keptSize)
  }

  private func withRecording(_ body: (_ path: String, _ index: String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kis-mock-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "day.jsonl").path(percentEncoded: false)
    try Data(IndexedRecordingTests.bytes).write(to: URL(filePath: path))
    try body(path, RecordingIndexFile.path(of: path))
  }

  private func writeIndex(of path: String) throws {
    var output = try RecordingOutput(creating: RecordingIndexFile.path(of: path), replacing: true)
    try RecordingIndexFile.write(RecordingReader(path: path), stretch: 1_500, to: &output)
    try output.finish()
  }

  @Test("plays and tells the same as one that was read from its beginning to its end")
  func tellsTheSame() throws {
    try withRecording { path, _ in
      let whole = try told(open(path))
      try writeIndex(of: path)
      let indexed = try open(path)
      #expect(indexed.outdatedIndex == nil)
      #expect(try told(indexed) == whole)
      #expect(whole.count > 500)
    }
  }

  @Test("is not read whole: what its index leaves out is not known")
  func isNotReadWhole() throws {
    try withRecording { path, index in
      try writeIndex(of: path)
      let lines = try String(contentsOfFile: index, encoding: .utf8).split(separator: "\n")
      let changed = lines.map { $0.contains(#""notable""#) ? #"{"notable":[]}"# : $0 }
      #expect(changed != lines)
      try changed.joined(separator: "\n").appending("\n").write(toFile: index, atomically: true, encoding: .utf8)
      let recording = try open(path)
      #expect(recording.markers.isEmpty && recording.connections.isEmpty)
      #expect(recording.end == 599)
      // A small one is framed whole, whatever lies beside it.
      #expect(try open(path, keptSize: 1_000_000).markers.count == 6)
    }
  }

  @Test("is read whole when its index was cut, between lines or within one, which is told")
  func cutIndex() throws {
    try withRecording { path, index in
      let whole = try told(open(path))
      try writeIndex(of: path)
      let bytes = try Array(Data(contentsOf: URL(filePath: index)))
      let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
      let cuts = stride(from: 0, to: ends.count, by: ends.count / 7).map { ends[$0] } + [ends[ends.count - 2]]
      for end in cuts.flatMap({ [$0 - 3, $0 + 1] }) + [bytes.count - 1] {
        try Data(bytes[..<end]).write(to: URL(filePath: index))
        let recording = try open(path)
        #expect(recording.outdatedIndex != nil, "\(end) of \(bytes.count) bytes")
        #expect(try told(recording) == whole)
      }
    }
  }

  @Test("is read whole when the index is of another state of it, which is told")
  func outdated() throws {
    try withRecording { path, _ in
      try writeIndex(of: path)
      let file = try FileHandle(forWritingTo: URL(filePath: path))
      try file.seekToEnd()
      try file.write(contentsOf: Data("{\"t\":9000,\"marker\":\"more\"}\n".utf8))
      try file.close()
      let recording = try open(path)
      #expect(recording.outdatedIndex != nil)
      #expect(recording.markers.last?.name == "more")
    }
  }
}
