import Foundation
import KISCapture
import Testing

@Suite("Text logs")
struct LogCaptureTests {
  /// A log, how many of its received and sent texts are in it, and whether its lines have times.
  static let files: [(name: String, received: Int, sent: Int, hasTimes: Bool)] = [
    ("aiohttp-recv.log", 63, 5, true), ("aiohttp-repr.log", 63, 5, true), ("official-kis-auth.log", 77, 3, false),
    ("official-legacy-print.log", 31, 3, false), ("websockets-debug-full.log", 63, 3, true),
    ("websocket-client-trace.log", 63, 5, false),
  ]

  private static func events(_ text: String, _ options: LogOptions = LogOptions()) throws -> [CapturedEvent] {
    var capture = LogCapture(CaptureInput(bytes: Array(text.utf8)), options: options)
    return try Captures.events(of: &capture)
  }

  @Test("A log gives every text once, in order, at its line's time", arguments: files)
  func agreesWithItsTruth(_ file: (name: String, received: Int, sent: Int, hasTimes: Bool)) throws {
    let truth = try Truth(of: "logs/" + file.name).events.filter { $0.kind == "ws-text" }
    var capture = LogCapture(
      try CaptureInput(path: Captures.path(of: "logs/" + file.name)),
      options: LogOptions(date: LogDate(year: 2026, month: 11, day: 29)))
    let found = TruthEvent.list(try Captures.events(of: &capture)).filter { $0.kind == "ws-text" }
    // The official sample answers PINGPONG with a PONG frame and writes it down as if it were a text.
    let sent = found.filter { $0.side == .client && !($0.what.contains("PINGPONG") && file.name.hasPrefix("official")) }
    let received = found.filter { $0.side == .server }
    #expect(received.count == file.received)
    #expect(sent.count == file.sent)
    #expect(received.map(\.what) == truth.filter { $0.side == .server }.map(\.what))
    #expect(sent.map(\.what) == truth.filter { $0.side == .client }.map(\.what))
    #expect(
      received.map(\.plain)
        == truth.filter { $0.side == .server }.map { file.name == "official-legacy-print.log" ? nil : $0.plain })
    guard file.hasTimes else { return }
    // A logger cuts to milliseconds and writes a little later than the library delivers.
    for (one, other) in zip(received, truth.filter { $0.side == .server }) {
      #expect(abs(one.time - other.time) < 0.003)
    }
  }

  @Test("A frame whose middle the logger left out is refused")
  func refusesElidedFrames() throws {
    var capture = LogCapture(
      try CaptureInput(path: Captures.path(of: "logs/websockets-debug.log")), options: LogOptions())
    let texts = TruthEvent.list(try Captures.events(of: &capture)).filter { $0.kind == "ws-text" }
    #expect(texts.count == 2)
    #expect(texts.allSatisfy { $0.what.contains("PINGPONG") })
    #expect(capture.report.omissions.map(\.count) == [64])
    #expect(capture.report.omissions.first?.first == .line(17))
  }

  @Test("A log without frames gives none", arguments: ["python-kis-debug.log", "mojito2-print.log"])
  func findsNothingWhereNothingIs(_ file: String) throws {
    var capture = LogCapture(try CaptureInput(path: Captures.path(of: "logs/" + file)), options: LogOptions())
    #expect(try Captures.events(of: &capture).isEmpty)
  }

  static let frame = "0|H0UPPGM0|001|" + (["0001", "090013"] + (0..<86).map { "\($0)" }).joined(separator: "^")

  /// Lines of one shape each, and the moment that they mean.
  static let times: [(line: String, moment: String)] = [
    ("2026-09-17 09:30:45 [INFO    ] src.realtime.handler — RECV FRAME", "2026-09-17T09:30:45+09:00"),
    ("2025-07-31 09:11:38,511 - INFO - FRAME", "2025-07-31T09:11:38.511+09:00"),
    ("[Nest] 19800  - 2024. 11. 14. 오후 4:15:13     LOG [H0STCNT0] FRAME", "2024-11-14T16:15:13+09:00"),
    ("[Nest] 19800  - 2024. 11. 14. 오전 12:15:13     LOG FRAME", "2024-11-14T00:15:13+09:00"),
    ("[2025-05-19T00:15:02Z] FRAME", "2025-05-19T00:15:02Z"), ("1795892952414\tFRAME", "2026-11-28T19:09:12.414Z"),
    ("1795892952.4146209 FRAME", "2026-11-28T19:09:12.4146209Z"), ("1795892952 FRAME", "2026-11-28T19:09:12Z"),
    ("11/28/2026 04:09:02 PM Received: FRAME", "2026-11-28T16:09:02+09:00"),
    ("Nov 28 04:09:02 host kis[12]: FRAME", "2026-11-28T04:09:02+09:00"),
    ("11-28 04:09:02.250 D/kis: FRAME", "2026-11-28T04:09:02.250+09:00"),
    ("[04:09:02] FRAME", "2026-11-28T04:09:02+09:00"), ("20261128 040902.5 FRAME", "2026-11-28T04:09:02.5+09:00"),
    ("2026-11-28T04:09:02.123456789-05:00 FRAME", "2026-11-28T04:09:02.123456789-05:00"),
    (#"{"ts":"2026-01-09T17:00:00.123456","dir":"RX","msg":"FRAME"}"#, "2026-01-09T17:00:00.123456+09:00"),
    (
      #"{"source":"KIS","tr_id":"H0STCNT0","received_at":"2026-05-11T19:10:38.910768+09:00","raw_message":"FRAME"}"#,
      "2026-05-11T19:10:38.910768+09:00"
    ), (#"{"level":30,"time":1795892952414,"msg":"recv FRAME"}"#, "2026-11-28T19:09:12.414Z"),
    // On another day than the one that is given, so that the line's own has to be read.
    ("11/27/2026 04:09:02 PM Received: FRAME", "2026-11-27T16:09:02+09:00"),
    ("27/11/2026 04:09:02 Received: FRAME", "2026-11-27T04:09:02+09:00"),
    ("27.11.2026 04:09:02.5 FRAME", "2026-11-27T04:09:02.5+09:00"),
    ("[11/27/2026, 4:09:02 PM] FRAME", "2026-11-27T16:09:02+09:00"),
    ("[27/Nov/2026:04:09:02 +0530] FRAME", "2026-11-27T04:09:02+05:30"),
    ("27 November 2026 04:09:02 FRAME", "2026-11-27T04:09:02+09:00"),
    ("2026년 11월 27일 04:09:02 FRAME", "2026-11-27T04:09:02+09:00"),
    ("2026년 11월 27일 금요일 오후 4시 09분 02초 FRAME", "2026-11-27T16:09:02+09:00"),
    ("2026년11월27일(금) 오전 12:09:02 FRAME", "2026-11-27T00:09:02+09:00"),
    ("오후 4:09:02 FRAME", "2026-11-28T16:09:02+09:00"),
    ("Fri Nov 27 2026 16:09:02 GMT+0900 (KST) FRAME", "2026-11-27T16:09:02+09:00"),
    ("2026-11-27 04:09:02 EST FRAME", "2026-11-27T04:09:02-05:00"),
    ("2026-11-27 04:09:02 UTC FRAME", "2026-11-27T04:09:02Z"), ("INFO    |kis.ws|RECV FRAME at", ""),
  ]

  @Test("Every way to write a time is understood", arguments: times.dropLast())
  func readsTimes(_ line: String, _ moment: String) throws {
    let options = LogOptions(date: LogDate(year: 2026, month: 11, day: 28))
    let events = try LogCaptureTests.events(line.replacing("FRAME", with: LogCaptureTests.frame), options)
    #expect(events.count == 1)
    #expect(events.first?.content == .text(Array(LogCaptureTests.frame.utf8)))
    let expected = try #require(KoreanMoment.nanoseconds(moment))
    #expect(events.first?.time == expected)
  }

  @Test(
    "Quotes, brackets, colours and separators around a frame are no part of it",
    arguments: [
      "INFO    |kis.ws|RECV FRAME", "[recv] <FRAME>", "msg='FRAME' end", #"b'FRAME'"#, #"data="FRAME", extra"#,
      "\u{1B}[37mRECV FRAME\u{1B}[0m", "RECV (FRAME)", "RECV [FRAME]", "Recev Command is :FRAME",
      "Raw WebSocket Response: FRAME  ",
    ])
  func stripsWhatIsAround(_ line: String) throws {
    let options = LogOptions(date: LogDate(year: 2026, month: 11, day: 28))
    let events = try LogCaptureTests.events(line.replacing("FRAME", with: LogCaptureTests.frame), options)
    #expect(events.map(\.content) == [.text(Array(LogCaptureTests.frame.utf8))])
  }

  static let registration = #"{"header": {"tr_type": "1"}, "body": {"input": {"tr_id": "H0STCNT0", "tr_key": "삼성'"}}}"#

  @Test(
    "A JSON message is found in the quotes of CSV, printed as a dictionary, or over several lines",
    arguments: [
      "2026-11-28 04:09:02,SEND,\"\(registration.replacing("\"", with: "\"\""))\",ok",
      #"SEND {'header': {'tr_type': '1'}, 'body': {'input': {'tr_id': 'H0STCNT0', 'tr_key': "삼성'"}}} sent"#,
      "SEND \"{'header': {'tr_type': '1'}, 'body': {'input': {'tr_id': 'H0STCNT0', 'tr_key': '삼성\\\\''}}}\"",
      """
      11:00:00 SEND {
          "header": {
              "tr_type": "1"
          },
          "body": {
              "input": {
                  "tr_id": "H0STCNT0",
                  "tr_key": "삼성'"
              }
          }
      }
      """,
    ])
  func findsJSON(_ text: String) throws {
    let options = LogOptions(date: LogDate(year: 2026, month: 11, day: 28))
    let events = try LogCaptureTests.events("class Client {\n\(text)\nif x {\n}", options)
    #expect(events.map(\.content) == [.text(Array(LogCaptureTests.registration.utf8))])
    #expect(events.map(\.side) == [.client])
  }

  @Test("A word that says who sent outweighs one that only may", arguments: [("sent", true), ("received", false)])
  func weighsDirections(_ word: String, isClient: Bool) throws {
    let line = #"2026-11-28T04:09:02Z [debug] \#(word) conn=1 data='{"header":{"tr_id":"PINGPONG","datetime":"1"}}'"#
    #expect(try LogCaptureTests.events(line).map(\.side) == [isClient ? .client : .server])
  }

  @Test("A log in UTF-16, as PowerShell writes one, is read", arguments: [true, false])
  func readsUTF16(isBigEndian: Bool) throws {
    let text = "2026-11-28 04:09:02 수신 😀 \(LogCaptureTests.frame)\r\n"
    let bytes = ("\u{FEFF}" + text).utf16.flatMap { unit in
      isBigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
    #expect(CaptureFormat(beginning: Array(text.utf8)) == .log)
    var capture = LogCapture(CaptureInput(bytes: bytes), options: LogOptions())
    #expect(try Captures.events(of: &capture).map(\.content) == [.text(Array(LogCaptureTests.frame.utf8))])
  }

  @Test("A frame that a logger cut is refused")
  func refusesCutFrames() throws {
    var capture = LogCapture(
      CaptureInput(bytes: Array("1795892952414\t\(LogCaptureTests.frame.prefix(120))".utf8)), options: LogOptions())
    #expect(try Captures.events(of: &capture).isEmpty)
    #expect(capture.report.omissions.map(\.count) == [1])
  }

  @Test("A pattern says where time, direction and message stand")
  func followsAPattern() throws {
    let pattern = try LogPattern("{any}@{time}@{dir};{frame}")
    let options = LogOptions(pattern: pattern)
    let line = #"x 2020-01-01 00:00:00 @2026-11-28 04:09:02@out;{"header":{"tr_id":"PINGPONG","datetime":"1"}}"#
    let events = try LogCaptureTests.events("nothing here\n" + line, options)
    #expect(events.map(\.side) == [.client])
    #expect(events.map(\.time) == [try #require(KoreanMoment.nanoseconds("2026-11-28T04:09:02+09:00"))])
    #expect(throws: LogPattern.Mistake.self) { try LogPattern("{time} {fame}") }
    #expect(throws: LogPattern.Mistake.self) { try LogPattern("{time}{frame}") }
    #expect(throws: LogPattern.Mistake.self) { try LogPattern("{time} only") }
  }

  @Test("Lines of two handlers count once; two frames of one moment count twice")
  func countsDoubledLinesOnce() throws {
    let line = "2026-11-28 04:09:02,100 RECV \(LogCaptureTests.frame)"
    #expect(try LogCaptureTests.events("\(line)\n\(line)").count == 1)
    let later = line.replacing(",100", with: ",101")
    #expect(try LogCaptureTests.events("\(line)\n\(later)").count == 2)
  }

  @Test("A log without times is spaced by the interval, from nine o'clock of the day given")
  func spacesMessagesWithoutTimes() throws {
    let options = LogOptions(date: LogDate(year: 2026, month: 11, day: 28), interval: 250_000_000)
    let events = try LogCaptureTests.events("RECV \(LogCaptureTests.frame)\nRECV \(LogCaptureTests.frame)1", options)
    let start = try #require(KoreanMoment.nanoseconds("2026-11-28T09:00:00+09:00"))
    #expect(events.map(\.time) == [start, start + 250_000_000])
  }

  @Test("A clock without a date goes past midnight")
  func goesPastMidnight() throws {
    let options = LogOptions(date: LogDate(year: 2026, month: 12, day: 31))
    let events = try LogCaptureTests.events(
      "23:59:59 \(LogCaptureTests.frame)\n00:00:01 \(LogCaptureTests.frame)", options)
    #expect(events.map(\.time).reduce(0) { $1 - $0 } == 2_000_000_000)
  }
}
