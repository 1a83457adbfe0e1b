import KISWire

/// A line of JSON that holds a message among other members: `{"ts":"…","dir":"RX","msg":"0|H0STCNT0|…"}`.
struct JSONLogLine {
  var finding: LogLine.Finding
  /// Text of a time, for ``LogTime``.
  var time: String?
  /// Nanoseconds since 1970, where the time is a number.
  var epoch: Int64?

  private static let timeNames = [
    "recv_ns", "received_at", "recv_ms", "recv_ts", "ts", "timestamp", "@timestamp", "time", "t_ms", "t", "datetime",
    "asctime", "created_at", "created", "date",
  ]
  private static let sideNames = ["dir", "direction", "side", "type", "event", "op", "kind", "from"]

  /// Nil when the line is no JSON object, or a message itself.
  init?(_ line: [UInt8]) {
    guard line.first(where: { $0 != 0x20 }) == UInt8(ascii: "{"), let json = try? JSONValue(parsing: line),
      let object = json.object, object["header"] == nil
    else { return nil }
    finding = .nothing
    var found: LogLine.Finding?
    JSONLogLine.search(object, depth: 4, &found)
    let named = JSONLogLine.timeNames.lazy.compactMap { name in object.members.first { $0.name.lowercased() == name } }
    for member in named {
      switch member.value {
      case .string(let text) where LogTime.first(in: Array(text.utf8)) != nil: time = text
      case .string(let text), .number(let text): epoch = EpochTime.nanoseconds(text)
      default: continue
      }
      if time != nil || epoch != nil { break }
    }
    guard case .message(var message)? = found else {
      finding = found ?? .nothing
      return
    }
    let side = JSONLogLine.sideNames.lazy.compactMap { object[$0]?.string }.compactMap(Direction.side(named:)).first
    message.side = message.side ?? side
    message.shape = Array(object.names.joined(separator: ",").utf8)
    finding = .message(message)
  }

  private static func search(_ object: JSONObject, depth: Int, _ found: inout LogLine.Finding?) {
    for member in object.members where found == nil {
      switch member.value {
      case .string(let text):
        let bytes = Array(text.utf8)
        guard let start = LogLine.start(in: bytes[...]) else { continue }
        found = LogLine.finding(in: bytes[...], at: start)
      case .object(let inner):
        if inner["header"]?.object != nil, inner["header"]?["tr_id"] != nil || inner["body"] != nil {
          let text = JSONValue.object(inner).utf8
          found = .message(LogLine.Message(content: .text(text), side: MessageCheck.side(of: text), shape: []))
        } else if depth > 0 {
          search(inner, depth: depth - 1, &found)
        }
      default: continue
      }
    }
  }
}
