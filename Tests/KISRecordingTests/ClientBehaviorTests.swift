import KISWire
import Testing

@testable import KISRecording

@Suite("What a client did")
struct ClientBehaviorTests {
  private func recording(_ lines: String...) throws -> RecordingReader {
    let header = #"{"kis_recording":2,"start":"2026-09-21T09:00:00+09:00","provenance":"captured"}"#
    return try RecordingReader(bytes: Array(([header] + lines).joined(separator: "\n").utf8 + [0x0A]), name: "seen")
  }

  private static let registration =
    #"{\"header\":{\"approval_key\":\"k\",\"custtype\":\"P\",\"tr_type\":\"1\",\"content-type\":\"utf-8\"},\"body\":{\"input\":{\"tr_id\":\"H0STCNT0\",\"tr_key\":\"005930\"}}}"#
  private static let reply =
    #"{\"header\":{\"tr_id\":\"H0STCNT0\",\"tr_key\":\"005930\",\"encrypt\":\"N\"},\"body\":{\"rt_cd\":\"0\",\"msg_cd\":\"OPSP0000\",\"msg1\":\"SUBSCRIBE SUCCESS\",\"output\":{\"iv\":\"0123456789abcdef\",\"key\":\"abcdefghijklmnopabcdefghijklmnop\"}}}"#

  @Test("is its calls, and on each connection what it sent behind how many frames, without heartbeats")
  func lines() throws {
    let behavior = try ClientBehavior(
      recording(
        #"{"t":0,"rest":{"method":"POST","path":"/oauth2/Approval","tr_id":"","parameters":{"b":"2","a":"1"},"status":200,"body":"{}"}}"#,
        #"{"t":1,"conn":7,"open":{"path":"/tryitout","headers":{}}}"#,
        #"{"t":2,"conn":7,"ws":"0|H0STCNT0|001|005930^1"}"#,
        #"{"t":3,"conn":7,"from":"client","ws":"\#(Self.registration)"}"#,
        #"{"t":4,"conn":7,"ws":"\#(Self.reply)"}"#,
        #"{"t":5,"conn":7,"from":"client","ws":"{\"header\":{\"tr_id\":\"PINGPONG\",\"datetime\":\"20260921090000\"}}"}"#,
        #"{"t":6,"conn":7,"ws":"0|H0STCNT0|001|005930^2"}"#,
        #"{"t":7,"conn":7,"from":"client","close":{"code":1000}}"#))
    #expect(
      behavior.lines == [
        "REST", "POST /oauth2/Approval a=1 b=2 → 200", "connection 1 /tryitout",
        "after 1 frames: register H0STCNT0 005930 → OPSP0000", "after 2 frames: closes",
      ])
  }

  @Test("differs from what was accepted as diff(1) shows it")
  func difference() throws {
    let behavior = try ClientBehavior(
      recording(
        #"{"t":1,"conn":7,"open":{"path":"/","headers":{}}}"#,
        #"{"t":7,"conn":7,"from":"client","close":{"code":1000}}"#))
    #expect(behavior.difference(from: behavior.lines) == nil)
    #expect(
      behavior.difference(from: ["connection 1 /", "after 3 frames: closes"])
        == "  connection 1 /\n- after 3 frames: closes\n+ after 0 frames: closes")
  }
}
