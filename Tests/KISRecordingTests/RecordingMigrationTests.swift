import KISWire
import Testing

@testable import KISRecording

@Suite("Older recordings")
struct RecordingMigrationTests {
  private let steps = [
    RecordingMigration.Step(version: 1, header: { $0["zone"] = "KST" }),
    RecordingMigration.Step(
      version: 2,
      event: { line in
        line["ws"] = line["text"]
        line["text"] = nil
      }),
  ]

  @Test("go through every step behind their own version, in order")
  func chain() {
    let old = RecordingMigration(from: 1, through: steps, to: 3)
    #expect(old.header(["kis_recording": 1]) == ["kis_recording": 3, "zone": "KST"])
    #expect(old.event(["t": 1, "text": "a"]) == ["t": 1, "ws": "a"])
    let newer = RecordingMigration(from: 2, through: steps, to: 3)
    #expect(newer.header(["kis_recording": 2]) == ["kis_recording": 3])
    #expect(newer.isNeeded)
  }

  @Test("their lines are read through the steps, the plain ones too")
  func lines() throws {
    var lines = LineReader(
      at: .init(position: 0, line: 2, offset: 0), of: "old",
      migration: RecordingMigration(from: 2, through: steps, to: 3))
    let event = try Array(#"{"t":1,"text":"a"}"#.utf8).withUnsafeBytes {
      try lines.event(of: $0, length: $0.count)?.event
    }
    #expect(event == RecordedEvent(at: 1, .message(Array("a".utf8), from: .server)))
  }

  @Test("of version 1 have closes that are told apart since: a lost connection, and a close frame of the server")
  func closes() throws {
    let header = Samples.headerLine.replacing(#""kis_recording":2"#, with: #""kis_recording":1"#)
    let lines =
      #"{"t":1,"ws":"0|A|001|x"}"# + "\n" + #"{"t":2,"closed":null}"# + "\n" + #"{"t":3,"closed":1006}"# + "\n"
    var reader = try RecordingReader(bytes: Array((header + lines).utf8))
    #expect(
      try reader.rest() == [
        RecordedEvent(at: 1, .message(Array("0|A|001|x".utf8), from: .server)), RecordedEvent(at: 2, .lost),
        RecordedEvent(at: 3, .closed(.init(code: 1006))),
      ])
  }

  @Test("a mistake in an old line is pointed at where it stands in the file")
  func columns() throws {
    let header = Samples.headerLine.replacing(#""kis_recording":2"#, with: #""kis_recording":1"#)
    var reader = try RecordingReader(bytes: Array((header + #"{ "t":1,   "ws":7}"# + "\n").utf8))
    let error = #expect(throws: RecordingError.self) { try reader.next() }
    #expect(error?.column == 17)
  }

  @Test("of today's version need no step")
  func today() {
    #expect(!RecordingMigration(from: RecordingHeader.currentVersion).isNeeded)
  }
}
