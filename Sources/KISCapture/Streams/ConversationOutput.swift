/// Where all connections of a capture put what they find.
struct ConversationOutput {
  var events: [CapturedEvent] = []
  var report: CaptureReport
  /// The number of the last connection.
  private(set) var connections = 0
  /// Server ports that were named; empty for all.
  let ports: Set<UInt16>

  init(report: CaptureReport, ports: Set<UInt16>) {
    self.report = report
    self.ports = ports
  }

  mutating func nextConnection() -> Int {
    connections += 1
    return connections
  }

  /// Reasons that more than one place gives.
  enum Reason {
    static let brokenMessage = "WebSocket messages with a part that was not captured"
    static let brokenRequest = "requests with a part that was not captured"
    static let brokenAnswer = "answers with a part that was not captured"
    static let skipped = "bytes before the first message that could be recognised"
  }
}
