import Foundation
import KISRecording
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
    RecordedEvent(at: 18, .closed(code: nil)),
    RecordedEvent(at: Int64.max, .closed(code: 1006)),
  ]

  static let text = #"""
    {"kis_recording":1,"start":"2026-09-21T08:59:00+09:00","venue":"real","dialect":"2026-09-21","provenance":"simulated","source":"kis-mock simulate x.yaml --seed 1","title":"한 장 \"sample\""}
    {"t":0,"marker":"장 시작"}
    {"t":5,"ws":"{\"header\":{\"tr_id\":\"H0UPPGM0\"}}","from":"client"}
    {"t":13,"ws":"0|H0UPPGM0|001|0001^085913^0^^-1"}
    {"t":13,"ws":"0|H0BJCNT0|001|KR103502GB97^국고채권^"}
    {"t":14,"ws":"\u0001\"\\\n\t\r"}
    {"t":15,"ws64":"MHz//oA="}
    {"t":15,"ws64":"ww==","from":"client"}
    {"t":16,"rest":{"method":"GET","path":"/uapi/domestic-stock/v1/quotations/foreign-institution-total","tr_id":"FHPTJ04400000","parameters":{"FID_INPUT_ISCD":"0001","fid_etc_cls_code":""},"status":200,"headers":{"tr_cont":""},"body":{"rt_cd":"0", "output":[{"a\/b":"  -1 "}],"n":1.00}}}
    {"t":17,"rest":{"method":"POST","path":"/oauth2/tokenP","tr_id":"","status":403,"body":"<html>\n502 \"bad\"</html>"}}
    {"t":18,"closed":null}
    {"t":9223372036854775807,"closed":1006}

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
