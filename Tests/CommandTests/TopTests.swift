import KISWire
import Terminal
import Testing

@testable import kis_mock

@Suite("kis-mock top")
struct TopTests {
  private func status(frames: Int, requests: Int) -> JSONValue {
    [
      "sandbox": "default", "market_time": "10:00:01", "clock": ["time": "2026-09-21T10:00:01+09:00", "frozen": false],
      "replay": ["state": "playing", "speed": 1], "frames": ["H0STCNT0": .number(frames), "H0UPPGM0": 1],
      "sent_bytes": 900, "requests": .number(requests), "faults_happened": 0,
      "lateness": ["p50_us": 250, "p99_us": .null],
      "request_times": ["p50_us": 500, "p99_us": 2_500],
      "faults": [["name": "http-status", "remaining": 2]],
      "sessions": [
        [
          "session": 1, "app_key": "PSABCDEFGHIJ", "registrations": [["delivered": 7]], "sent_bytes": 900,
          "backlog_bytes": 0,
        ]
      ],
    ]
  }

  @Test("shows what passed in a second from the second look on")
  func rates() {
    var view = TopView(TerminalStyle(hasColor: false))
    view.take(status(frames: 10, requests: 4), [], [], at: 1_000_000_000)
    #expect(view.lines.contains { $0.hasPrefix("frames 11  bytes 900  requests 4 ") })
    view.take(status(frames: 60, requests: 5), [], [], at: 3_000_000_000)
    #expect(view.lines.contains { $0.hasPrefix("frames 61 (25/s)  bytes 900 (0/s)  requests 5 (1/s)") })
  }

  @Test("masks app keys, tells what is armed, and prints nothing that moves the cursor")
  func lines() {
    var view = TopView(TerminalStyle(hasColor: false))
    let request: JSONValue = [
      "market_time": "10:00:00", "method": "GET", "path": "/uapi/\u{1B}[2J", "tr_id": "X", "status": 200,
      "code": "MCA00000",
    ]
    view.take(
      status(frames: 1, requests: 1), [request], [["kind": "fault", "fault": "http-status", "detail": "503"]], at: 1)
    let text = view.lines.joined(separator: "\n")
    #expect(text.contains("PSAB…IJ") && !text.contains("PSABCDEFGHIJ"))
    #expect(text.contains("http-status (2 left)") && text.contains("http-status: 503") && !text.contains("\u{1B}"))
    #expect(text.contains("lateness p50 250 µs p99 –  answers p50 500 µs p99 2.5 ms"))
  }
}
