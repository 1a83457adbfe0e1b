import KISRecording
import Testing

@Suite("What is wrong with a recording")
struct RecordingErrorTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var line: String
    var code = RecordingError.Code.malformedLine
    var column: Int?
    var says: String
    var testDescription: String { line }
  }

  @Test(
    "names line, column and what was expected",
    arguments: [
      Mistake(line: #"{"t":1,"ws":"a}"#, column: 16, says: "expected a closing quote, found the end"),
      Mistake(line: #"{"t":1,"ws":"국"가"}"#, column: 16, says: "expected a comma or a closing brace"),
      Mistake(
        line: #"{"t":"1","ws":"a"}"#, column: 6,
        says: #"expected whole nanoseconds since the start, 0 or more, found "1""#),
      Mistake(line: #"{"t":-1,"ws":"a"}"#, column: 6, says: "0 or more, found -1"),
      Mistake(line: #"{"t":1.5,"ws":"a"}"#, column: 6, says: "found 1.5"),
      Mistake(line: #"{"t":9223372036854775808,"ws":"a"}"#, column: 6, says: "found 9223372036854775808"),
      Mistake(line: #"{"ws":"a"}"#, says: #"expected "t""#),
      Mistake(
        line: #"{"t":1}"#,
        says: "expected one of open, ws, ws64, ping, ping64, pong, pong64, close, lost, rest or marker"),
      Mistake(line: #"{"t":1,"ws":"a","marker":"b"}"#, column: 26, says: "a line holds one event, found ws and marker"),
      Mistake(line: #"{"t":1,"ws":7}"#, column: 13, says: "expected the message as text, found a number"),
      Mistake(line: #"{"t":1,"ws":"a","from":"me"}"#, column: 24, says: #"expected "server" or "client", found "me""#),
      Mistake(line: #"{"t":1,"ws64":"*"}"#, column: 15, says: "expected the message in base64"),
      Mistake(line: #"{"t":1,"marker":1}"#, column: 17, says: "expected the marker's name as text"),
      Mistake(
        line: #"{"t":1,"close":{"code":"x"}}"#, column: 24, says: "expected a close code from 0 to 65535 or null"),
      Mistake(line: #"{"t":1,"close":1000}"#, column: 16, says: "expected an object with code and reason"),
      Mistake(line: #"{"t":1,"lost":false}"#, column: 15, says: "expected true, found false"),
      Mistake(line: #"{"t":1,"conn":-1,"lost":true}"#, column: 15, says: "expected the number of a connection from 0"),
      Mistake(line: #"{"t":1,"conn":"a","ws":"b"}"#, column: 15, says: #"found "a""#),
      Mistake(line: #"{"t":1,"open":{"headers":{}}}"#, column: 15, says: #"open: expected "path", found no such key"#),
      Mistake(line: #"{"t":1,"ping64":"*"}"#, column: 17, says: "expected the message in base64"),
      Mistake(line: #"{"t":1,"ws":"a","carried":1}"#, column: 27, says: "expected true or false, found 1"),
      Mistake(
        line: #"{"t":1,"ws":"0|A|001|x","cipher":true}"#, column: 34, says: "expected a message 1|tr_id|count|base64"),
      Mistake(
        line: #"{"t":1,"rest":{"method":"GET","path":"/","took":-1}}"#, column: 49,
        says: "rest: expected whole nanoseconds"),
      Mistake(
        line: #"{"t":1,"rest":{"method":"GET","path":"/","status":99}}"#, column: 51,
        says: "three digits, 0 for no answer"),
      Mistake(
        line: #"{"t":1,"ws":"1|H0STCNI0|001|AAAAAAAAAAAAAAAAAAAAAA=="}"#, code: .ciphertext, column: 13,
        says: "this notice is still encrypted"),
      Mistake(
        line: #"{"t":1, "conn":4,"ws":"1|H0STCNI0|001|AAAAAAAAAAAAAAAAAAAAAA=="}"#, code: .ciphertext, column: 23,
        says: "`kis-mock redact` decrypts it"),
      Mistake(line: #"{"t":1,"rest":[]}"#, column: 15, says: "expected an object with method, path, status and body"),
      Mistake(line: #"{"t":1,"rest":{"path":"/"}}"#, column: 15, says: #"rest: expected "method", found no such key"#),
      Mistake(line: #"{"t":1,"rest":{"method":"GET","path":"/","status":"200"}}"#, column: 51, says: "three digits"),
      Mistake(line: #"[1]"#, column: 1, says: "found an array"),
    ])
  func lines(mistake: Mistake) throws {
    var reader = try Samples.reader(
      "{\"t\":0,\"marker\":\"first\"}\n\(mistake.line)\n{\"t\":5,\"marker\":\"behind\"}\n")
    _ = try reader.next()
    let error = #expect(throws: RecordingError.self) { _ = try reader.next() }
    #expect(error?.code == mistake.code)
    #expect(error?.line == 3)
    #expect(error?.column == mistake.column)
    #expect(error?.reason.contains(mistake.says) == true, "\(error?.description ?? "")")
    #expect(try reader.next() == RecordedEvent(at: 5, .marker("behind")))
  }

  @Test("broken UTF-8 is named with its line and column, in plain and in edited lines")
  func invalidText() throws {
    for start in [#"{"t":1,"ws":"국"#, #"{"t": 1,"ws":""#] {
      let bytes = Array((Samples.headerLine + start).utf8) + [0xFF] + Array("\"}\n".utf8)
      var reader = try RecordingReader(bytes: bytes, name: "x")
      let error = #expect(throws: RecordingError.self) { _ = try reader.next() }
      #expect(error?.code == .invalidText)
      #expect(error?.line == 2)
      #expect(error?.column == start.count + 1)
    }
  }

  @Test("time that goes back is refused with both times")
  func backInTime() throws {
    var reader = try Samples.reader("{\"t\":9,\"ws\":\"a\"}\n{\"t\":8,\"ws\":\"b\"}\n")
    _ = try reader.next()
    let error = #expect(throws: RecordingError.self) { _ = try reader.next() }
    #expect(
      error?.description
        == "test.jsonl:3: t is 8, but the event in front has 9; events must be in the order of time")
  }

  @Test("a missing file, a folder, an empty file, another file and a newer version each have their own words")
  func files() throws {
    func message(_ body: () throws -> RecordingReader) -> String {
      do {
        _ = try body()
        return "no error"
      } catch { return "\(error)" }
    }
    #expect(message { try RecordingReader(path: "/nowhere/a.jsonl") } == "/nowhere/a.jsonl: there is no such file")
    #expect(message { try RecordingReader(path: "/tmp") } == "/tmp: is a folder, not a recording")
    #expect(message { try RecordingReader(path: "/dev/null") }.contains("is not a regular file"))
    #expect(
      message { try RecordingReader(bytes: [], name: "e") }
        == "e: the file is empty; a recording begins with a header")
    #expect(
      message { try RecordingReader(bytes: Array("{\"log\":{}}\n".utf8), name: "x.har") }
        == "x.har:1: expected the header of a recording, {\"kis_recording\":2,…} (near `{\"log\":{}}`)")
    #expect(
      message { try RecordingReader(bytes: Array("{\"kis_recording\":7}\n".utf8), name: "n") }
        == "n:1: this recording has version 7 of the format, and this kis-mock reads up to 2; update kis-mock")
  }

  @Test(
    "a wrong part of the header is pointed at",
    arguments: [
      ("\"start\":\"2026-09-21T08:59:00+09:00\"", "\"start\":\"yesterday\"", "start: expected a moment"),
      ("\"venue\":\"real\"", "\"venue\":\"paper\"", "venue: expected real or vts, found \"paper\""),
      ("\"simulated\"", "\"dreamt\"", "provenance: expected captured, documented, simulated, found \"dreamt\""),
      ("\"dialect\":\"2026-09-21\"", "\"dialect\":\"today\"", "dialect: expected a day"),
      ("\"start\"", "\"begin\"", "the header has no \"start\""),
      ("\"kis_recording\":2", "\"kis_recording\":\"1\"", "kis_recording: expected the number of a version"),
    ])
  func header(right: String, wrong: String, says: String) {
    let bytes = Array(Samples.headerLine.replacing(right, with: wrong).utf8)
    let error = #expect(throws: RecordingError.self) { try RecordingReader(bytes: bytes) }
    #expect(error?.line == 1)
    #expect(error?.reason.contains(says) == true, "\(error?.description ?? "")")
  }
}
