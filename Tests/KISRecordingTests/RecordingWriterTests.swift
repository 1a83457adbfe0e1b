import Foundation
import KISRecording
import Testing

@Suite("Writing a recording")
struct RecordingWriterTests {
  @Test("every kind of event has the bytes that the format fixes")
  func goldenBytes() throws {
    try Samples.withTemporaryFile { path in
      var writer = try RecordingWriter(creating: path, header: Samples.header)
      for event in Samples.events { try writer.append(event) }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == Samples.text)
    }
  }

  @Test("a batch gives the same bytes as its events one by one")
  func batchEqualsSingles() throws {
    try Samples.withTemporaryFile { path in
      var writer = try RecordingWriter(creating: path, header: Samples.header)
      try writer.append(Samples.events)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == Samples.text)
      #expect(writer.size.bytes == Int64(Samples.text.utf8.count))
    }
  }

  @Test("each event is in the file as a whole line when append returns")
  func flushedPerLine() throws {
    try Samples.withTemporaryFile { path in
      var writer = try RecordingWriter(creating: path, header: Samples.header)
      for (index, event) in Samples.events.enumerated() {
        try writer.append(event)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.hasSuffix("\n"))
        #expect(text.count { $0 == "\n" } == index + 2)
      }
    }
  }

  @Test("an event before the last one is refused, nothing of its batch is written, and writing goes on")
  func refusesToGoBack() throws {
    try Samples.withTemporaryFile { path in
      var writer = try RecordingWriter(creating: path, header: Samples.header)
      try writer.append(RecordedEvent(at: 7, .marker("a")))
      do throws(RecordingError) {
        try writer.append([RecordedEvent(at: 8, .marker("b")), RecordedEvent(at: 6, .marker("c"))])
        Issue.record("going back in time was accepted")
      } catch {
        #expect(error.code == .backInTime)
        #expect(error.description.contains("an event at 6 ns cannot follow one at 8 ns"))
      }
      try writer.append(RecordedEvent(at: 7, .marker("d")))
      var reader = try RecordingReader(path: path)
      #expect(try reader.rest() == [RecordedEvent(at: 7, .marker("a")), RecordedEvent(at: 7, .marker("d"))])
    }
  }

  @Test("a file that exists is overwritten only when asked")
  func refusesToOverwrite() throws {
    try Samples.withTemporaryFile { path in
      _ = try RecordingWriter(creating: path, header: Samples.header)
      do throws(RecordingError) {
        _ = try RecordingWriter(creating: path, header: Samples.header)
        Issue.record("an existing recording was overwritten")
      } catch {
        #expect(error.code == .alreadyThere)
      }
      _ = try RecordingWriter(creating: path, header: Samples.header, replacing: true)
    }
  }

  @Test("a folder that does not exist is named")
  func unwritable() {
    do throws(RecordingError) {
      _ = try RecordingWriter(creating: "/nowhere/at/all.jsonl", header: Samples.header)
      Issue.record("a file was made in a folder that does not exist")
    } catch {
      #expect(error.description == "/nowhere/at/all.jsonl: cannot be made: No such file or directory")
    }
  }
}
