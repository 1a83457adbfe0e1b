import KISRecording
import KISWire
import Testing

@testable import KISSandbox

@Suite("A recording with a mistake")
struct MalformedRecordingTests {
  private static let header = #"""
    {"kis_recording":2,"start":"2026-09-21T09:00:00+09:00","provenance":"captured"}

    """#
  private static let first = #"{"t":0,"ws":"0|H0UPPGM0|001|0001^090000"}"# + "\n"

  private func open(_ lines: String) throws -> FramedRecording {
    try RecordingLibrary().recording(bytes: Array((Self.header + Self.first + lines).utf8), name: "day.jsonl")
  }

  @Test(
    "is refused when it is opened, with line, column and what is wrong",
    arguments: [
      (
        #"{"t":1,"rest":{"method":"GET","path":"/uapi/x","status":"200","body":{}}}"#,
        "day.jsonl:3:57: rest: expected an HTTP status"
      ),
      (
        #"{"t":1,"rest":{"method":"GET","path":"/uapi/x","body":{"output":[}}}"#,
        "day.jsonl:3:66: expected a JSON value"
      ),
      (#"{"t":1,"ws":7}"#, "day.jsonl:3:13: expected the message as text"),
      (#"{"t":1,"ws":"1|H0STCNI0|001|AAAAAAAAAAAAAAAAAAAAAA=="}"#, "day.jsonl:3:13: this notice is still encrypted"),
    ])
  func refused(line: String, says: String) throws {
    let error = #expect(throws: RecordingError.self) { try open(line + "\n" + #"{"t":2,"marker":"end"}"# + "\n") }
    #expect(error?.description.hasPrefix(says) == true, "\(error?.description ?? "opened")")
    #expect(error?.excerpt.isEmpty == false)
  }

  @Test("is played up to its last whole line when that is all, and says that it was cut")
  func cut() throws {
    let recording = try open(#"{"t":1,"ws":"0|H0UPPGM0|001|00"#)
    #expect(recording.isTruncated)
    #expect(recording.end == 0)
    #expect(recording.playedRoutes.count == 1)
    #expect(try !open("").isTruncated)
  }
}

@Suite("Exchanges of a recording")
struct ExchangeDirectoryTests {
  private func exchange(_ body: String, took: Duration?, status: Int = 200) -> RecordedExchange {
    RecordedExchange(
      method: "GET", path: "/a", transactionID: "T", status: status, body: Array(body.utf8), took: took)
  }

  @Test("are found by the time of their request, although slow answers stand behind later lines")
  func late() throws {
    var bytes: [UInt8] = []
    RecordingHeader(
      start: "2026-09-21T09:00:00+09:00", dialectDay: "2026-09-21", provenance: .captured, source: "", title: ""
    ).appendLine(to: &bytes)
    let events = [
      RecordedEvent(at: 10, .exchange(exchange("quick", took: .nanoseconds(1)))),
      RecordedEvent(at: 20, .message(Array("0|H0UPPGM0|001|0001^1".utf8), from: .server)),
      RecordedEvent(at: 5, .exchange(exchange("slow", took: .nanoseconds(20)))),
      RecordedEvent(at: 25, .exchange(exchange("", took: nil, status: RecordedExchange.unanswered))),
    ]
    for event in events { event.appendLine(to: &bytes) }
    let exchanges = try RecordingLibrary().recording(bytes: bytes).exchanges
    func answer(at offset: RecordedTime) -> String? {
      let request = RESTRequest(method: "GET", path: "/a", headers: [("tr_id", "T")])
      return exchanges.answer(to: request, request.parameters, at: offset)?.text
    }
    #expect(answer(at: 5) == "slow")
    #expect(answer(at: 9) == "slow")
    #expect(answer(at: 10) == "quick")
    #expect(answer(at: 30) == "quick")
  }
}
