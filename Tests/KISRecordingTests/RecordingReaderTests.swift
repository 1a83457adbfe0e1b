import KISRecording
import Testing

@Suite("Reading a recording")
struct RecordingReaderTests {
  @Test("what was written is read, header and every kind of event")
  func roundTrip() throws {
    var reader = try RecordingReader(bytes: Array(Samples.text.utf8))
    #expect(reader.header == Samples.header)
    #expect(try reader.rest() == Samples.events)
    #expect(!reader.isTruncated)
    #expect(reader.warnings.isEmpty)
  }

  @Test("a reader of messages passes over exchanges, however broken, and counts their lines")
  func passingOverExchanges() throws {
    var reader = try RecordingReader(bytes: Array(Samples.text.utf8))
    reader.passesOverExchanges = true
    let messages = Samples.events.filter { if case .exchange = $0.content { false } else { true } }
    #expect(try reader.rest() == messages)

    let text = Samples.headerLine + #"{"t":1,"rest":{broken}}"# + "\n" + #"{"t":2,"marker":7}"# + "\n"
    var broken = try RecordingReader(bytes: Array(text.utf8))
    broken.passesOverExchanges = true
    let error = #expect(throws: RecordingError.self) { try broken.next() }
    #expect(error?.line == 3)
  }

  @Test("a file reads as its bytes do")
  func roundTripByFile() throws {
    try Samples.withTemporaryFile { path in
      var writer = try RecordingWriter(creating: path, header: Samples.header)
      try writer.append(Samples.events)
      var reader = try RecordingReader(path: path)
      #expect(reader.size == writer.size)
      #expect(try reader.rest() == Samples.events)
    }
  }

  @Test("a recording cut at any byte opens up to its last whole line and says so")
  func cutAnywhere() throws {
    let bytes = Array(Samples.text.utf8)
    let headerEnd = Samples.headerLine.utf8.count
    for length in headerEnd..<bytes.count {
      var reader = try RecordingReader(bytes: Array(bytes[..<length]))
      let events = try reader.rest()
      let whole = bytes[..<length].count { $0 == 0x0A } - 1
      // A line that lacks nothing but its line feed is whole.
      let isWhole = bytes[length] == 0x0A
      #expect(events == Array(Samples.events.prefix(whole + (isWhole ? 1 : 0))), "cut at byte \(length)")
      #expect(reader.isTruncated == (!isWhole && bytes[length - 1] != 0x0A), "cut at byte \(length)")
    }
  }

  @Test("a recording cut inside its header is refused with words", arguments: [1, 20, 100])
  func cutHeader(length: Int) {
    let error = #expect(throws: RecordingError.self) {
      try RecordingReader(bytes: Array(Samples.text.utf8.prefix(length)))
    }
    #expect(error?.code == .notARecording)
  }

  @Test("a copy goes on by itself")
  func copies() throws {
    var reader = try RecordingReader(bytes: Array(Samples.text.utf8))
    _ = try reader.next()
    var copy = reader
    #expect(try copy.rest() == Array(Samples.events.dropFirst()))
    #expect(try reader.rest() == Array(Samples.events.dropFirst()))
    reader.rewind()
    #expect(try reader.rest() == Samples.events)
  }

  @Test("a visitor sees every message of the server in place, and what it puts back comes again")
  func visits() throws {
    var reader = try RecordingReader(bytes: Array(Samples.text.utf8))
    var seen: [RecordedEvent] = []
    var wasPutBack = false
    while seen.count < Samples.events.count {
      try reader.read { view in
        if case .other(.message(_, from: .server)) = view.content { Issue.record("a copied message of the server") }
        if !wasPutBack {
          wasPutBack = true
          return .putBack
        }
        wasPutBack = false
        seen.append(view.event)
        return .enough
      }
    }
    #expect(seen == Samples.events)
  }

  @Test(
    "the lines that people edit read the same",
    arguments: [
      #"{"ws":"0|A|001|x","t":7}"#,
      #" { "t" : 7 , "ws" : "0|A|001|x" } "#,
      #"{"t":7,"ws":"0\u007CA|001|x"}"#,
      #"{"t":7,"ws":"0|A|001|x","from":"server"}"#,
      #"{"t":7,"ws64":"MHxBfDAwMXx4"}"#,
      #"{"t":07,"ws":"0|A|001|x"}"#,
    ])
  func editedLines(line: String) throws {
    // A leading zero is no JSON; the fast path must not let pass what the tolerant one refuses.
    guard !line.contains(":07") else {
      #expect(throws: RecordingError.self) { _ = try Self.events(line) }
      return
    }
    #expect(try Self.events(line) == [RecordedEvent(at: 7, .message(Array("0|A|001|x".utf8), from: .server))])
  }

  @Test("blank lines, CR LF and a missing last line feed do no harm")
  func looseEnds() throws {
    let events = try Self.events(
      "\r\n{\"t\":1,\"ws\":\"a\"}\r\n\n  \n{\"t\":2,\"marker\":\"b\"}\r\n{\"t\":3,\"lost\":true}")
    #expect(events.map(\.offset) == [1, 2, 3])
    #expect(events[0].content == .message(Array("a".utf8), from: .server))
  }

  @Test("a byte order mark before the header does no harm")
  func byteOrderMark() throws {
    let reader = try RecordingReader(bytes: [0xEF, 0xBB, 0xBF] + Array(Samples.headerLine.utf8))
    #expect(reader.header == Samples.header)
  }

  @Test("an unknown key is passed over with a warning that names it")
  func unknownKey() throws {
    var reader = try Samples.reader(#"{"t":1,"ws":"a","form":"client"}"# + "\n")
    #expect(try reader.rest() == [RecordedEvent(at: 1, .message(Array("a".utf8), from: .server))])
    let warning = try #require(reader.warnings.first)
    #expect(
      warning.description.hasPrefix(
        #"test.jsonl:2:24: "form" means nothing in such a line and was passed over; did you mean "from"?"#))
  }

  @Test("a line longer than the buffer is read; beyond the limit it is refused")
  func longLines() throws {
    let long = String(repeating: "x", count: 700_000)
    #expect(try Self.events(#"{"t":1,"ws":"\#(long)"}"# + "\n").count == 1)
    let tooLong = Array((Samples.headerLine + #"{"t":1,"ws":""#).utf8) + [UInt8](repeating: 0x78, count: 17 << 20)
    var reader = try RecordingReader(bytes: tooLong)
    let error = #expect(throws: RecordingError.self) { _ = try reader.next() }
    #expect(error?.code == .lineTooLong)
    #expect(error?.line == 2)
  }

  @Test("lines and times survive any chunking, whatever is in the messages")
  func manySeededMessages() throws {
    var generator = TestGenerator(state: 20_260_921)
    var events: [RecordedEvent] = []
    var offset = RecordedTime.zero
    for _ in 0..<3_000 {
      offset = offset + .nanoseconds(Int64.random(in: 0...3, using: &generator))
      let pool: ClosedRange<UInt8> = Bool.random(using: &generator) ? 0x20...0x7E : 0x00...0xFF
      let bytes = (0..<Int.random(in: 0...300, using: &generator)).map { _ in UInt8.random(in: pool, using: &generator)
      }
      events.append(
        RecordedEvent(at: offset, .message(bytes, from: Bool.random(using: &generator) ? .server : .client)))
    }
    var bytes = Array(Samples.headerLine.utf8)
    for event in events { event.appendLine(to: &bytes) }
    var reader = try RecordingReader(bytes: bytes)
    #expect(try reader.rest() == events)
  }

  static func events(_ lines: String) throws -> [RecordedEvent] {
    var reader = try Samples.reader(lines)
    return try reader.rest()
  }
}

@Suite("The order of lines")
struct LineOrderTests {
  private func events(_ lines: String) throws -> [RecordedTime] {
    try RecordingReaderTests.events(lines).map(\.offset)
  }

  @Test("an exchange may stand anywhere between its request and its answer")
  func exchanges() throws {
    let rest = #"{"t":5,"rest":{"method":"GET","path":"/","took":20}}"#
    #expect(try events(rest + "\n" + #"{"t":20,"ws":"a"}"# + "\n") == [5, 20])
    #expect(try events(#"{"t":20,"ws":"a"}"# + "\n" + rest + "\n" + #"{"t":20,"ws":"b"}"# + "\n") == [20, 5, 20])
    #expect(try events(#"{"t":25,"ws":"a"}"# + "\n" + rest + "\n") == [25, 5])
    let error = #expect(throws: RecordingError.self) { try events(#"{"t":26,"ws":"a"}"# + "\n" + rest + "\n") }
    #expect(error?.code == .backInTime)
  }
}
