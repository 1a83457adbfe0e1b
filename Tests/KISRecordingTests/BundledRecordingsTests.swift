import Foundation
import KISRecording
import KISWire
import Testing

@Suite("The recordings that come with kis-mock")
struct BundledRecordingsTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "recordings")

  static let files = ["captured-2022-2025", "captured-2026", "captured-2026-09", "captured-paper", "documented"]
  static let simulated = ["simulated-day", "simulated-session"]

  @Test("are read as their lines stand, the old ones too: every time, message and body", arguments: files + simulated)
  func lines(file: String) throws {
    let path = Self.folder.appending(path: file + ".jsonl").path
    var reader = try RecordingReader(path: path)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for line in text.split(separator: "\n").dropFirst() {
      let json = try JSONValue(parsing: String(line))
      let event = try #require(try reader.next())
      #expect(event.offset == json["t"]?.int.map { RecordedTime(nanoseconds: Int64($0)) })
      switch event.content {
      case .message(let bytes, let side):
        #expect(json["ws"]?.string == String(decoding: bytes, as: UTF8.self))
        #expect((json["from"]?.string ?? "server") == side.rawValue)
      case .exchange(let exchange):
        let body = json["rest"]?["body"]?.string ?? exchange.bodyText
        #expect(exchange.bodyText == body)
        #expect(line.contains(#""body":"#) && (json["rest"]?["body"]?.string != nil || line.contains(body)))
        #expect(exchange.status == json["rest"]?["status"]?.int)
      case .marker(let name): #expect(json["marker"]?.string == name)
      default: Issue.record("an event that version 1 has no word for: \(line.prefix(80))")
      }
    }
    #expect(try reader.next() == nil)
    #expect(!reader.isTruncated)
    #expect(reader.warnings.isEmpty)
  }

  @Test("are written again byte for byte", arguments: simulated)
  func written(file: String) throws {
    let bytes = try Data(contentsOf: Self.folder.appending(path: file + ".jsonl"))
    var reader = try RecordingReader(bytes: Array(bytes))
    var written: [UInt8] = []
    reader.header.appendLine(to: &written)
    for event in try reader.rest() { event.appendLine(to: &written) }
    #expect(Data(written) == bytes)
  }

  @Test("read the same under a header of version 1", arguments: simulated)
  func version1(file: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: file + ".jsonl"), encoding: .utf8)
    var new = try RecordingReader(bytes: Array(text.utf8))
    let old = text.replacing(#"{"kis_recording":2"#, with: #"{"kis_recording":1"#, maxReplacements: 1)
    var reader = try RecordingReader(bytes: Array(old.utf8))
    #expect(reader.header == new.header)
    #expect(try reader.rest() == new.rest())
  }
}
