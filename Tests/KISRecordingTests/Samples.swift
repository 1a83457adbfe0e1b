import Foundation
import KISRecording
import KISWire
import Testing

/// A header, an event of every kind, and their bytes as the format fixes them.
enum Samples {
  static let header = RecordingHeader(
    start: "2026-09-21T08:59:00+09:00", dialectDay: "2026-09-21", provenance: .simulated,
    source: "kis-mock simulate x.yaml --seed 1", title: "한 장 \"sample\"")

  static let events: [RecordedEvent] = [
    RecordedEvent(at: 0, .marker("장 시작")),
    RecordedEvent(at: 5, .message(Array(#"{"header":{"tr_id":"H0UPPGM0"}}"#.utf8), from: .client)),
    RecordedEvent(at: 13, .message(Array("0|H0UPPGM0|001|0001^085913^0^^-1".utf8), from: .server)),
    RecordedEvent(at: 13, .message(Array("0|H0BJCNT0|001|KR103502GB97^국고채권^".utf8), from: .server)),
    RecordedEvent(at: 14, .message(Array("\u{1}\"\\\n\t\r".utf8), from: .server)),
    RecordedEvent(at: 15, .message([0x30, 0x7C, 0xFF, 0xFE, 0x80], from: .server)),
    RecordedEvent(at: 15, .message([0xC3], from: .client)),
    RecordedEvent(
      at: 16,
      .exchange(
        RecordedExchange(
          method: "GET", path: "/uapi/domestic-stock/v1/quotations/foreign-institution-total",
          transactionID: "FHPTJ04400000", parameters: [.init("FID_INPUT_ISCD", "0001"), .init("fid_etc_cls_code", "")],
          headers: [.init("tr_cont", "")], body: #"{"rt_cd":"0", "output":[{"a\/b":"  -1 "}],"n":1.00}"#))),
    RecordedEvent(
      at: 17,
      .exchange(
        RecordedExchange(
          method: "POST", path: "/oauth2/tokenP", transactionID: "", status: 403,
          body: "<html>\n502 \"bad\"</html>"))),
    RecordedEvent(at: 18, .lost),
    RecordedEvent(
      at: 19, on: 1,
      .opened(.init(path: "/tryitout", headers: [.init("Host", "127.0.0.1:21000"), .init("Upgrade", "websocket")]))),
    RecordedEvent(
      at: 20, on: 1, isCarried: true, .message(Array(#"{"header":{"tr_id":"H0STCNI0"}}"#.utf8), from: .client)),
    RecordedEvent(at: 21, on: 1, .message(Array("1|H0STCNI0|001|kismock^12345678^".utf8), from: .server)),
    RecordedEvent(at: 22, on: 2, .ciphertext(Array("1|H0STCNI0|001|AAAAAAAAAAAAAAAAAAAAAA==".utf8))),
    RecordedEvent(at: 23, on: 2, .binary(Array("a".utf8), from: .client)),
    RecordedEvent(at: 24, on: 2, .ping(Array("p\n".utf8), from: .client)),
    RecordedEvent(at: 25, on: 2, .pong([0xFF], from: .server)),
    RecordedEvent(
      at: 26, on: 3,
      .exchange(
        RecordedExchange(
          method: "POST", path: "/uapi/hashkey", transactionID: "", parameters: [.init("A", "1")],
          requestHeaders: [.init("content-type", "application/json"), .init("x", "1"), .init("x", "2")],
          requestBody: Array(#"{"A":"1"}"#.utf8), status: 500, headers: [.init("Content-Length", "2")],
          body: [0xC7, 0xD1], took: .nanoseconds(1_500), firstByte: .nanoseconds(1_000)))),
    RecordedEvent(
      at: 27, on: 3,
      .exchange(
        RecordedExchange(
          method: "GET", path: "/", transactionID: "", status: RecordedExchange.unanswered, body: ""))),
    RecordedEvent(at: 28, on: 1, .closed(.init(code: 1000, reason: "끝", from: .client))),
    RecordedEvent(at: 29, on: 2, .closed(.init(code: nil))),
    RecordedEvent(at: .distantFuture, on: 999_999_999, .closed(.init(code: 1006))),
  ]

  static let text = #"""
    {"kis_recording":2,"start":"2026-09-21T08:59:00+09:00","venue":"real","dialect":"2026-09-21","provenance":"simulated","source":"kis-mock simulate x.yaml --seed 1","title":"한 장 \"sample\""}
    {"t":0,"marker":"장 시작"}
    {"t":5,"from":"client","ws":"{\"header\":{\"tr_id\":\"H0UPPGM0\"}}"}
    {"t":13,"ws":"0|H0UPPGM0|001|0001^085913^0^^-1"}
    {"t":13,"ws":"0|H0BJCNT0|001|KR103502GB97^국고채권^"}
    {"t":14,"ws":"\u0001\"\\\n\t\r"}
    {"t":15,"ws64":"MHz//oA="}
    {"t":15,"from":"client","ws64":"ww=="}
    {"t":16,"rest":{"method":"GET","path":"/uapi/domestic-stock/v1/quotations/foreign-institution-total","tr_id":"FHPTJ04400000","parameters":{"FID_INPUT_ISCD":"0001","fid_etc_cls_code":""},"status":200,"headers":{"tr_cont":""},"body":{"rt_cd":"0", "output":[{"a\/b":"  -1 "}],"n":1.00}}}
    {"t":17,"rest":{"method":"POST","path":"/oauth2/tokenP","tr_id":"","status":403,"body":"<html>\n502 \"bad\"</html>"}}
    {"t":18,"lost":true}
    {"t":19,"conn":1,"open":{"path":"/tryitout","headers":{"Host":"127.0.0.1:21000","Upgrade":"websocket"}}}
    {"t":20,"conn":1,"from":"client","ws":"{\"header\":{\"tr_id\":\"H0STCNI0\"}}","carried":true}
    {"t":21,"conn":1,"ws":"1|H0STCNI0|001|kismock^12345678^"}
    {"t":22,"conn":2,"ws":"1|H0STCNI0|001|AAAAAAAAAAAAAAAAAAAAAA==","cipher":true}
    {"t":23,"conn":2,"from":"client","ws64":"YQ==","binary":true}
    {"t":24,"conn":2,"from":"client","ping":"p\n"}
    {"t":25,"conn":2,"pong64":"/w=="}
    {"t":26,"conn":3,"rest":{"method":"POST","path":"/uapi/hashkey","tr_id":"","parameters":{"A":"1"},"request_headers":{"content-type":"application/json","x":"1","x":"2"},"request_body":{"A":"1"},"status":500,"headers":{"Content-Length":"2"},"took":1500,"first_byte":1000,"body64":"x9E="}}
    {"t":27,"conn":3,"rest":{"method":"GET","path":"/","tr_id":"","status":0,"body":""}}
    {"t":28,"conn":1,"from":"client","close":{"code":1000,"reason":"끝"}}
    {"t":29,"conn":2,"close":{}}
    {"t":9223372036854775807,"conn":999999999,"close":{"code":1006}}

    """#

  /// The header line, for recordings made in a test.
  static var headerLine: String { String(text.prefix { $0 != "\n" }) + "\n" }

  static func reader(_ lines: String) throws -> RecordingReader {
    try RecordingReader(bytes: Array((headerLine + lines).utf8), name: "test.jsonl")
  }

  /// Runs a body with the path of a file that does not exist yet, in a folder of its own.
  static func withTemporaryFile<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kis-recording-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.appendingPathComponent("test.jsonl").path)
  }
}

extension RecordingReader {
  /// Everything from here to the end.
  mutating func rest() throws -> [RecordedEvent] {
    var events: [RecordedEvent] = []
    while let event = try next() { events.append(event) }
    return events
  }
}

/// A generator for property tests: the same seed, the same values (SplitMix64).
struct TestGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
